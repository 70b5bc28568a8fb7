//! What people correct wins over what was read.

use onrecord::Act;
use onrecord_ledger::{Correction, LedgerError, NewVoice, Question};

use crate::records::{Folder, siege};

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
