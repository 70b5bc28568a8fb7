//! What people correct wins over what was read.

use onrecord::Act;
use onrecord_ledger::{Correction, Ledger, LedgerError, NewVoice, Question};

use crate::records::{Folder, reading, siege};

const AT: &str = "2025-03-21T09:00:00Z";

#[test]
fn a_correction_wins_and_can_be_taken_back() {
    let folder = Folder::new("correct");
    let mut ledger = folder.with(&siege());
    let promise = Question { words: Some("grain".into()), ..Question::default() };
    let id = ledger.find(&promise).unwrap().remove(0).id;
    let voice = NewVoice { name: "Vera Olen".into(), kind: "person".into(), role: None, anonymous: false };
    let correction =
        Correction { act: Some(Act::Offer), speakers: Some(vec![voice]), ..Correction::default() };
    let after = ledger.correct(&id, &correction, "ed", AT).unwrap();
    assert_eq!(
        (after.act, after.speakers[0].name.as_str(), after.corrected),
        (Act::Offer, "Vera Olen", true)
    );
    assert_eq!(after.speakers[0].entity, Some(ledger.who("Vera Olen").unwrap().entity.id));
    let reject = |rejected| Correction { rejected: Some(rejected), ..Correction::default() };
    assert!(!ledger.correct(&id, &reject(true), "ed", AT).unwrap().holds);
    assert_eq!(ledger.find(&promise).unwrap(), []);
    assert_eq!(ledger.verify().unwrap().complaints, []);
    assert!(ledger.correct(&id[..6], &reject(false), "ed", AT).unwrap().holds);
    assert_eq!(ledger.find(&promise).unwrap().len(), 1);
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

#[test]
fn what_cannot_be_corrected() {
    let folder = Folder::new("uncorrectable");
    let mut ledger = folder.with(&siege());
    let act = Correction { act: Some(Act::Offer), ..Correction::default() };
    for id in ["0000000000000000", "xyz", "", "00"] {
        assert!(matches!(ledger.correct(id, &act, "ed", AT), Err(LedgerError::NoStatement(_))), "{id}");
    }
    let id = ledger.find(&Question::default()).unwrap().remove(0).id;
    assert!(matches!(ledger.correct(&id, &Correction::default(), "ed", AT), Err(LedgerError::Refused(_))));
}

#[test]
fn corrections_survive_another_reading() {
    let folder = Folder::new("reread");
    let mut ledger = folder.with(&siege());
    let found = |ledger: &Ledger, words: &str| {
        ledger.find(&Question { words: Some(words.into()), ..Question::default() }).unwrap()
    };
    let (promise, refusal) = (found(&ledger, "grain").remove(0), found(&ledger, "truce").remove(0));
    let act = Correction { act: Some(Act::Offer), ..Correction::default() };
    ledger.correct(&promise.id, &act, "ed", AT).unwrap();
    let reject = Correction { rejected: Some(true), ..Correction::default() };
    ledger.correct(&refusal.id, &reject, "ed", AT).unwrap();

    // another model takes the claim for a warning, gives the promise a longer content, and finds one statement more
    let mut anew = siege();
    anew[0].record.statements[0].act = Act::Warn;
    anew[1].record.statements[2].attribution.confidence = 0.9;
    let unread = ledger.unread("m2").unwrap();
    assert_eq!(unread.len(), 2);
    for (unread, read) in unread.into_iter().zip(&anew) {
        assert_eq!(ledger.article_of(unread).unwrap(), read.record.article);
        let reread = ledger.reread(unread, &read.record, &reading("m2")).unwrap();
        let what: Vec<&str> = reread.changes.iter().map(|change| change.what).collect();
        match reread.article.as_str() {
            "siege-1" => assert_eq!((what, reread.same), (vec!["changed"], 1)),
            _ => assert_eq!((what, reread.same), (vec!["new"], 2)),
        }
    }
    assert_eq!(ledger.unread("m2").unwrap(), []);
    let after = found(&ledger, "grain").remove(0);
    assert_eq!((after.act, &after.id, &*after.model, after.corrected), (Act::Offer, &promise.id, "m2", true));
    assert_eq!(found(&ledger, "truce"), [], "rejected it stays");
    assert_eq!(found(&ledger, "encircled tarnovka")[0].act, Act::Warn);
    assert_eq!(found(&ledger, "encircled tarnovka")[0].disputed, 1);
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

#[test]
fn what_people_said_is_gold() {
    let folder = Folder::new("gold");
    let mut ledger = folder.with(&siege());
    assert_eq!(ledger.gold().unwrap(), []);
    let ids: Vec<String> =
        ledger.find(&Question::default()).unwrap().into_iter().map(|kept| kept.id).collect();
    let confirm = Correction { confirmed: true, ..Correction::default() };
    let reject = Correction { rejected: Some(true), ..Correction::default() };
    ledger.correct(&ids[0], &confirm, "ed", AT).unwrap();
    ledger.correct(&ids[1], &reject, "ed", AT).unwrap();
    let gold = ledger.gold().unwrap();
    assert_eq!((gold.len(), &*gold[0].id), (1, "siege-2"));
    assert_eq!((&gold[0].statements[0].id, &gold[0].rejected[0].id), (&ids[0], &ids[1]));
}

#[test]
fn people_decide_who_is_whom() {
    let folder = Folder::new("decide");
    let mut ledger = folder.with(&siege());
    let split = ledger.split("Andrey Morosh", "ed", AT).unwrap();
    assert_eq!((split.kind.as_str(), ledger.who("Andrei Morosh").unwrap().statements), ("split", 1));
    assert_eq!(ledger.profile(split.entity.id).unwrap().statements, 1);
    assert!(matches!(ledger.split("Andrey Morosh", "ed", AT), Err(LedgerError::Refused(_))));
    // what is read later stays apart
    let mut later = siege().remove(1);
    later.record.article.id = "siege-3".into();
    ledger.record(&later, &reading("m1")).unwrap();
    assert_eq!(ledger.who("Andrei Morosh").unwrap().statements, 1);
    assert_eq!(ledger.who("Andrey Morosh").unwrap().statements, 2);

    ledger.merge("Andrei Morosh", "Andrey Morosh", "ed", AT).unwrap();
    assert_eq!(ledger.who("Andrei Morosh").unwrap().statements, 3);
    assert_eq!(
        ledger.profile(split.entity.id).unwrap().entity.name,
        "Andrei Morosh",
        "old numbers lead there"
    );
    assert!(matches!(ledger.merge("Andrei Morosh", "Andrey Morosh", "ed", AT), Err(LedgerError::Refused(_))));
    assert!(matches!(ledger.merge("Andrei Morosh", "Nobody", "ed", AT), Err(LedgerError::NoEntity(_))));

    ledger.rename("Andrei Morosh", "Andrei P. Morosh", "ed", AT).unwrap();
    let profile = ledger.who("Andrei Morosh").unwrap();
    assert_eq!((profile.entity.name.as_str(), profile.statements), ("Andrei P. Morosh", 3));
    assert_eq!(ledger.verify().unwrap().complaints, []);
}
