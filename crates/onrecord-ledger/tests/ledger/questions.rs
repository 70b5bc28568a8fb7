//! What is asked, and what is found.

use onrecord::Act;
use onrecord_ledger::{Ledger, LedgerError, Order, Question};

use crate::records::{Folder, siege};

/// The acts of the statements that fit: in the two reports each occurs once.
#[track_caller]
fn check(ledger: &Ledger, question: Question, expected: &[Act]) {
    let question = Question { order: Order::Oldest, ..question };
    let found: Vec<Act> = ledger.find(&question).unwrap().iter().map(|kept| kept.act).collect();
    assert_eq!(found, expected, "{question:?}");
    assert_eq!(ledger.count(&question).unwrap(), expected.len() as u64);
}

#[test]
fn every_condition() {
    use Act::{Claim, Deny, Promise, Refuse};
    let folder = Folder::new("conditions");
    let ledger = folder.with(&siege());
    let any = Question::default;
    let some = |words: &str| Some(words.to_owned());
    check(&ledger, any(), &[Claim, Deny, Promise, Refuse]);
    check(&ledger, Question { words: some("corridor"), ..any() }, &[Promise, Refuse]);
    check(&ledger, Question { words: some("\"grain corridor\""), ..any() }, &[Promise]);
    check(&ledger, Question { words: some("CORRIDOR trúce"), ..any() }, &[Refuse]);
    check(&ledger, Question { words: some("encircl*"), ..any() }, &[Claim, Deny]);
    check(&ledger, Question { words: some("truce OR grain"), ..any() }, &[Promise, Refuse]);
    check(&ledger, Question { words: some("town -grain -tarnovka"), ..any() }, &[Deny]);
    check(&ledger, Question { speaker: some("morosh"), ..any() }, &[Claim, Promise]);
    check(&ledger, Question { speaker: some("Andrey Morosh"), ..any() }, &[Claim, Promise]);
    check(&ledger, Question { speaker: some("nobody"), ..any() }, &[]);
    check(&ledger, Question { speaker: some("olen"), since: some("2025-03-15"), ..any() }, &[Refuse]);
    check(&ledger, Question { since: some("2025-03-15"), until: some("2025-03-15"), ..any() }, &[Promise]);
    check(&ledger, Question { until: some("2025-03"), ..any() }, &[Claim, Deny, Promise, Refuse]);
    check(&ledger, Question { until: some("2025-02"), ..any() }, &[]);
    check(&ledger, Question { acts: vec![Promise, Deny], ..any() }, &[Deny, Promise]);
    check(&ledger, Question { publishers: vec!["eastern post".into()], ..any() }, &[Promise, Refuse]);
    check(&ledger, Question { article: some("siege-1"), ..any() }, &[Claim, Deny]);
    check(&ledger, Question { disputed: true, ..any() }, &[Claim]);
    check(&ledger, Question { drifted: true, ..any() }, &[]);
    check(&ledger, Question { min_confidence: Some(0.95), ..any() }, &[]);
    check(&ledger, Question { words: some("corridor"), speaker: some("olen"), ..any() }, &[Refuse]);
}

#[test]
fn pages_of_an_answer() {
    let folder = Folder::new("pages");
    let ledger = folder.with(&siege());
    let page = |skip| Question { limit: Some(3), skip, order: Order::Newest, ..Question::default() };
    let acts = |question| ledger.find(&question).unwrap().iter().map(|kept| kept.act).collect::<Vec<_>>();
    assert_eq!(acts(page(0)), [Act::Refuse, Act::Promise, Act::Claim]);
    assert_eq!(acts(page(3)), [Act::Deny]);
    let best = Question { words: Some("town OR corridor".into()), order: Order::Best, ..Question::default() };
    let all = ledger.find(&best).unwrap();
    assert_eq!(all.len(), 4);
    // by whichever way they are found, they are ranked alike
    let since = Question { since: Some("2025".into()), ..best };
    assert_eq!(ledger.find(&since).unwrap(), all);
    let second = Question { limit: Some(1), skip: 1, ..since.clone() };
    let alone = Question { limit: Some(1), skip: 1, since: None, ..since };
    assert_eq!(ledger.find(&alone).unwrap(), ledger.find(&second).unwrap());
    assert_eq!(ledger.find(&alone).unwrap(), all[1..2]);
}

#[test]
fn words_that_cannot_be_searched_for() {
    let folder = Folder::new("odd-words");
    let ledger = folder.with(&siege());
    for words in ["", "…", "-town", "OR"] {
        let question = Question { words: Some(words.into()), ..Question::default() };
        assert!(matches!(ledger.find(&question), Err(LedgerError::Words { .. })), "{words:?}");
    }
    for words in ["NEAR(a b)", "a AND", "\"", "* *", "^town", "words:town", "town'; DROP TABLE statement"] {
        let question = Question { words: Some(format!("town {words}")), ..Question::default() };
        assert!(ledger.find(&question).is_ok(), "{words:?}");
    }
}
