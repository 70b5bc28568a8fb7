//! What is counted of those who speak stays true, whatever becomes of their statements.

use onrecord::{Act, Channel, ChannelKind};
use onrecord_ledger::{Correction, Count, Ledger, NewVoice, Order, Question};

use crate::records::{Folder, Report, person, reading, siege};

const AT: &str = "2025-03-21T09:00:00Z";

/// What a profile counts, on a line; `verify` compares all of it with the statements.
#[track_caller]
fn check(ledger: &mut Ledger, name: &str, expected: &str) {
    let who = ledger.who(name).unwrap();
    let list = |counts: &[Count]| {
        counts.iter().map(|count| format!("{} {}", count.what, count.count)).collect::<Vec<_>>().join(", ")
    };
    let told = format!(
        "{} in {}; {}; {}; disputed {}, disputing {}",
        who.statements,
        who.articles,
        list(&who.acts),
        list(&who.months),
        who.disputed.len(),
        who.disputing
    );
    assert_eq!(told, expected);
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

fn id_of(ledger: &Ledger, words: &str) -> String {
    ledger.find(&Question { words: Some(words.into()), ..Question::default() }).unwrap().remove(0).id
}

fn correct(ledger: &mut Ledger, words: &str, correction: &Correction) {
    let id = id_of(ledger, words);
    ledger.correct(&id, correction, "ed", AT).unwrap();
}

#[test]
fn corrected() {
    let folder = Folder::new("tally-corrected");
    let mut ledger = folder.with(&siege());
    check(&mut ledger, "Morosh", "2 in 2; claim 1, promise 1; 2025-03 2; disputed 1, disputing 0");
    check(&mut ledger, "Olen", "2 in 2; deny 1, refuse 1; 2025-03 2; disputed 0, disputing 1");
    let later =
        Correction { act: Some(Act::Offer), when: Some(Some("2025-02-01".into())), ..Correction::default() };
    correct(&mut ledger, "grain", &later);
    check(&mut ledger, "Morosh", "2 in 2; claim 1, offer 1; 2025-02 1, 2025-03 1; disputed 1, disputing 0");
    assert_eq!(ledger.who("Morosh").unwrap().days, Some(("2025-02-01".to_owned(), "2025-03-14".to_owned())));
    // the denial is rejected: nothing is disputed any more, until it is one after all
    let denial = id_of(&ledger, "\"that the town\"");
    let rejected = |rejected| Correction { rejected: Some(rejected), ..Correction::default() };
    ledger.correct(&denial, &rejected(true), "ed", AT).unwrap();
    check(&mut ledger, "Morosh", "2 in 2; claim 1, offer 1; 2025-02 1, 2025-03 1; disputed 0, disputing 0");
    check(&mut ledger, "Olen", "1 in 1; refuse 1; 2025-03 1; disputed 0, disputing 0");
    let disputed = Question { disputed: true, ..Question::default() };
    assert_eq!(ledger.find(&disputed).unwrap(), []);
    ledger.correct(&denial, &rejected(false), "ed", AT).unwrap();
    check(&mut ledger, "Olen", "2 in 2; deny 1, refuse 1; 2025-03 2; disputed 0, disputing 1");
    assert_eq!(ledger.find(&disputed).unwrap().len(), 1);
    // another one said it
    let voice = NewVoice { name: "Vera Olen".into(), kind: "person".into(), role: None, anonymous: false };
    correct(
        &mut ledger,
        "grain",
        &Correction {
            speakers: Some(vec![voice.clone()]),
            addressees: Some(vec![voice]),
            ..Correction::default()
        },
    );
    check(&mut ledger, "Morosh", "1 in 1; claim 1; 2025-03 1; disputed 1, disputing 0");
    check(
        &mut ledger,
        "Olen",
        "3 in 2; deny 1, offer 1, refuse 1; 2025-02 1, 2025-03 2; disputed 0, disputing 1",
    );
    assert_eq!(ledger.who("Olen").unwrap().addressees, [Count { what: "Vera Olen".into(), count: 1 }]);
}

#[test]
fn changed_and_read_anew() {
    let folder = Folder::new("tally-anew");
    let mut ledger = folder.with(&siege());
    let mut changed = siege().remove(0);
    changed.record.article.title = Some("Another headline".into());
    changed.record.links.clear();
    ledger.record(&changed, &reading("m1")).unwrap();
    check(&mut ledger, "Morosh", "2 in 2; claim 1, promise 1; 2025-03 2; disputed 0, disputing 0");
    let mut anew = changed.clone();
    anew.record.statements[0].act = Act::Warn;
    anew.record.statements[0].channel = Some(Channel { kind: ChannelKind::Speech, name: None });
    anew.record.links = siege()[0].record.links.clone();
    let unread = ledger.unread("m2").unwrap();
    let unread = unread.into_iter().find(|one| ledger.article_of(*one).unwrap() == anew.record.article);
    ledger.reread(unread.unwrap(), &anew.record, &reading("m2")).unwrap();
    check(&mut ledger, "Morosh", "2 in 2; promise 1, warn 1; 2025-03 2; disputed 1, disputing 0");
    assert_eq!(ledger.who("Morosh").unwrap().channels, [Count { what: "speech".into(), count: 1 }]);
}

#[test]
fn merged_and_split() {
    let folder = Folder::new("tally-merged");
    // in one article under both names: that is one article
    let both = Report::new("both", "2025-04-01")
        .says(&person("Vera Olen"), Act::Ask, "asked", "for water")
        .says(&person("Vera Marsh"), Act::Express, "thanked", "the drivers")
        .says(&person("Andrei Morosh"), Act::Deny, "denied", "that there was water")
        .disputes(2, 0);
    let mut ledger = folder.with(&[siege(), vec![both.read()]].concat());
    ledger.merge("Vera Olen", "Vera Marsh", "ed", AT).unwrap();
    check(
        &mut ledger,
        "Vera Olen",
        "4 in 3; ask 1, deny 1, express 1, refuse 1; 2025-03 2, 2025-04 2; disputed 1, disputing 1",
    );
    let opponents = ledger.opponents(ledger.who("Vera Olen").unwrap().entity.id, 9).unwrap();
    let opponents: Vec<_> = opponents.into_iter().map(|one| (one.by.1, one.of.1, one.count)).collect();
    let pair = |by: &str, of: &str| (by.to_owned(), of.to_owned(), 1);
    assert_eq!(opponents, [pair("Andrei Morosh", "Vera Olen"), pair("Vera Olen", "Andrei Morosh")]);
    ledger.split("Vera Marsh", None, "ed", AT).unwrap();
    check(&mut ledger, "Vera Marsh", "1 in 1; express 1; 2025-04 1; disputed 0, disputing 0");
    check(
        &mut ledger,
        "Vera Olen",
        "3 in 3; ask 1, deny 1, refuse 1; 2025-03 2, 2025-04 1; disputed 1, disputing 1",
    );
}

/// By whichever way statements are found, they come in one order, and each once.
#[test]
fn a_speaker_under_many_names_in_the_order_of_days() {
    let folder = Folder::new("tally-order");
    let mut ledger = folder.ledger();
    for (number, day) in ["2025-03-02", "2025-03-01", "2025-03-02", "2025-03-03"].iter().enumerate() {
        let names = if number % 2 == 0 {
            ["Andrei Morosh", "Andrey Morosh"]
        } else {
            ["Andrey Morosh", "Andrei Morosh"]
        };
        let read = Report::new(&format!("a{number}"), day)
            .says(&person(names[0]), Act::State, "said", "water is there")
            .says(&person(names[1]), Act::State, "added", "and bread")
            .read();
        ledger.record(&read, &reading("m1")).unwrap();
    }
    let ids = |question: &Question| -> Vec<String> {
        ledger.find(question).unwrap().into_iter().map(|kept| kept.id).collect()
    };
    for order in [Order::Newest, Order::Oldest] {
        let all = ids(&Question { order, ..Question::default() });
        assert_eq!(all.len(), 8);
        let some = Question { speaker: Some("Morosh".into()), order, ..Question::default() };
        assert_eq!(ids(&some), all);
        for (limit, skip) in [(3, 0), (3, 2), (5, 4), (9, 9), (0, 0)] {
            let page = Question { limit: Some(limit), skip, ..some.clone() };
            let expected: Vec<String> = all.iter().skip(skip).take(limit).cloned().collect();
            assert_eq!(ids(&page), expected, "{order:?}: {limit} after {skip}");
        }
        let of_days = Question { since: Some("2025-03-02".into()), until: Some("2025-03-02".into()), ..some };
        assert_eq!(ids(&Question { limit: Some(9), ..of_days }).len(), 4);
    }
}
