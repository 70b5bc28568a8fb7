//! What people correct wins over what was read.

use onrecord::Act;
use onrecord_ledger::{Correction, Ledger, LedgerError, NewChannel, NewVoice, Question};

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
fn another_channel_and_another_day() {
    let folder = Folder::new("correct-when");
    let mut ledger = folder.with(&siege());
    let all = ledger.find(&Question::default()).unwrap();
    let dated = all.iter().find(|kept| kept.when.is_some()).expect("a saying whose time is told");
    let undated = all.iter().find(|kept| kept.when.is_none()).expect("one whose time is not told");
    let channel = NewChannel { kind: "social".into(), name: Some("Chirper".into()) };
    let correction = Correction {
        channel: Some(Some(channel.clone())),
        when: Some(Some("2025-02-28".into())),
        ..Correction::default()
    };
    let after = ledger.correct(&dated.id, &correction, "ed", AT).unwrap();
    assert_eq!((after.channel.as_deref(), after.channel_name.as_deref()), (Some("social"), Some("Chirper")));
    assert_eq!(after.day.as_deref(), Some("2025-02-28"));
    assert_eq!(after.when.unwrap().text, dated.when.as_ref().unwrap().text);
    // found by its words, in its new place
    let word = dated.words.content.split_whitespace().find(|word| word.len() > 5).unwrap();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let found = |until: &str| {
        let question =
            Question { words: Some(word.clone()), until: Some(until.into()), ..Question::default() };
        ledger.find(&question).unwrap().iter().any(|kept| kept.id == dated.id)
    };
    assert!(found("2025-02-28") && !found("2025-02-27"));
    assert_eq!(ledger.verify().unwrap().complaints, []);
    let none = Correction { channel: Some(None), when: Some(None), ..Correction::default() };
    let after = ledger.correct(&dated.id, &none, "ed", AT).unwrap();
    assert_eq!((after.channel, after.when.unwrap().value), (None, None));
    assert_eq!(
        after.day,
        ledger.statement(&undated.id).unwrap().article.published.map(|day| day[..10].into())
    );
    // a time that the report has no words for
    let told = Correction { when: Some(Some("2025-03-12".into())), ..Correction::default() };
    let after = ledger.correct(&undated.id, &told, "ed", AT).unwrap();
    let when = after.when.unwrap();
    assert_eq!((when.text.as_str(), when.value.as_deref()), ("", Some("2025-03-12")));
    assert_eq!(after.day.as_deref(), Some("2025-03-12"));
    assert_eq!(ledger.correct(&undated.id, &none, "ed", AT).unwrap().when, None);
    assert_eq!(ledger.verify().unwrap().complaints, []);
    let history = ledger.history(&dated.id).unwrap();
    assert!(history.iter().any(|note| note.field == "channel"
        && serde_json::from_value::<NewChannel>(note.was.clone()).is_ok_and(|was| was == channel)));
    for wrong in [
        Correction { when: Some(Some("Friday".into())), ..Correction::default() },
        Correction {
            channel: Some(Some(NewChannel { kind: "pigeon".into(), name: None })),
            ..Correction::default()
        },
    ] {
        assert!(matches!(ledger.correct(&dated.id, &wrong, "ed", AT), Err(LedgerError::Refused(_))));
    }
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
    let split = ledger.split("Andrey Morosh", None, "ed", AT).unwrap();
    assert_eq!((split.kind.as_str(), ledger.who("Andrei Morosh").unwrap().statements), ("split", 1));
    assert_eq!(ledger.profile(split.entity.id).unwrap().statements, 1);
    assert!(matches!(ledger.split("Andrey Morosh", None, "ed", AT), Err(LedgerError::Refused(_))));
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
    assert!(matches!(
        ledger.rename("Andrei Morosh", " Andrei P. Morosh ", "ed", AT),
        Err(LedgerError::Refused(_))
    ));
    assert_eq!(ledger.verify().unwrap().complaints, []);

    let decided: Vec<_> = profile
        .decisions
        .iter()
        .map(|note| (note.kind.as_str(), note.other.as_ref().map(|other| other.id), note.name.as_deref()))
        .collect();
    let apart = Some(split.entity.id);
    assert_eq!(
        decided,
        [("split", apart, None), ("merge", apart, None), ("rename", None, Some("Andrei P. Morosh"))]
    );
    assert_eq!((profile.decisions[0].author.as_str(), profile.decisions[0].at.as_str()), ("ed", AT));
    assert_eq!(ledger.who("Olen").unwrap().decisions, []);
}

#[test]
fn whoever_was_renamed_is_found_so() {
    let folder = Folder::new("renamed");
    let mut ledger = folder.with(&siege());
    let olen = ledger.rename("Vera Olen", "Baroness Lind", "ed", AT).unwrap().entity.id;
    assert_eq!(ledger.who("Baroness Lind").unwrap().entity.id, olen);
    assert_eq!(ledger.names("baroness li", 5).unwrap()[0].entity.id, olen);
    let asked = Question { speaker: Some("Lind".into()), ..Question::default() };
    assert_eq!(ledger.find(&asked).unwrap().len(), 2);
    ledger.merge("Andrei Morosh", "Baroness Lind", "ed", AT).unwrap();
    assert!(matches!(ledger.who("Baroness Lind"), Err(LedgerError::NoEntity(_))));
}

#[test]
fn names_while_they_are_typed() {
    let folder = Folder::new("typed");
    let ledger = folder.with(&siege());
    let names = |typed: &str, limit| -> Vec<String> {
        ledger.names(typed, limit).unwrap().into_iter().map(|note| note.entity.name).collect()
    };
    assert_eq!(names("mor", 5), ["Andrei Morosh"]);
    assert_eq!(names("Andrey Mo", 5), ["Andrei Morosh"]);
    assert_eq!((names("…", 5), names("Mor", 0), names("rosh", 5)), (vec![], vec![], vec![]));
}

#[test]
fn a_spelling_that_two_have_is_taken_from_the_one_that_is_named() {
    use crate::records::{Report, person, speaker};
    use onrecord::SpeakerType;
    let folder = Folder::new("two");
    let body = |name: &str| speaker(name, SpeakerType::Organisation);
    let says = |at: usize, who: &onrecord::Speaker| {
        Report::new(&format!("r{at}"), "2025-03-14").says(who, Act::State, "said", "it snows").read()
    };
    let mut ledger = folder.with(&[
        says(0, &person("Harlan")),
        says(1, &body("Harlan")),
        says(2, &person("Ann Ruud")),
        says(3, &body("Fjord Line")),
    ]);
    let number = |ledger: &Ledger, kind: &str| {
        let found = ledger.entities("Harlan").unwrap();
        found.iter().find(|note| note.entity.kind == kind).unwrap().entity.id
    };
    let (one, two) = (number(&ledger, "person"), number(&ledger, "organisation"));
    ledger.merge("Ann Ruud", &format!("@{one}"), "ed", AT).unwrap();
    ledger.merge("Fjord Line", &format!("@{two}"), "ed", AT).unwrap();
    for name in ["Fjord Line", "Ann Ruud"] {
        let from = ledger.who(name).unwrap().entity.id;
        let split = ledger.split("Harlan", Some(from), "ed", AT).unwrap();
        assert_eq!((ledger.who(name).unwrap().spellings.len(), split.entity.name.as_str()), (1, "Harlan"));
    }
    assert!(matches!(ledger.split("Harlan", Some(9999), "ed", AT), Err(LedgerError::NoEntity(_))));
}
