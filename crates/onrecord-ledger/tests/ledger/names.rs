//! Whose a name is across articles.

use onrecord::{Act, Speaker, SpeakerType};
use onrecord_ledger::{Ledger, LedgerError, Question};

use crate::records::{Folder, Report, person, reading, siege, speaker};

/// A ledger in which each of these speaks once, in an article of their own.
fn spoken(folder: &Folder, speakers: &[Speaker]) -> Ledger {
    let mut ledger = folder.ledger();
    for (number, speaker) in speakers.iter().enumerate() {
        let read = Report::new(&format!("a{number}"), "2025-03-14")
            .says(speaker, Act::State, "said", "it rains")
            .read();
        ledger.record(&read, &reading("m1")).unwrap();
    }
    ledger
}

/// The names of people that are held to be one's.
#[track_caller]
fn check(names: &[&str], expected: &[&[&str]]) {
    let folder = Folder::new(&format!("names-{}", names.join("-").replace([' ', '.'], "")));
    let ledger = spoken(&folder, &names.iter().map(|name| person(name)).collect::<Vec<_>>());
    let mut groups: Vec<Vec<String>> = Vec::new();
    for kept in
        ledger.find(&Question { order: onrecord_ledger::Order::Oldest, ..Question::default() }).unwrap()
    {
        let profile = ledger.profile(kept.speakers[0].entity.unwrap()).unwrap();
        let mut group: Vec<String> = profile.spellings.into_iter().map(|spelling| spelling.name).collect();
        group.sort();
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    assert_eq!(groups, expected, "{names:?}");
}

#[test]
fn one_person_under_many_spellings() {
    check(
        &["Andrei Morosh", "Andrey Morosh", "ANDREI MOROSH"],
        &[&["ANDREI MOROSH", "Andrei Morosh", "Andrey Morosh"]],
    );
    check(
        &["Anna Lee Holt", "Anna Holt", "Anna L. Holt"],
        &[&["Anna Holt", "Anna L. Holt", "Anna Lee Holt"]],
    );
}

#[test]
fn a_surname_alone_joins_nobody() {
    check(
        &["Andrei Morosh", "Morosh", "Irina Morosh"],
        &[&["Andrei Morosh"], &["Morosh"], &["Irina Morosh"]],
    );
    check(&["A. Morosh", "Andrei Morosh"], &[&["A. Morosh"], &["Andrei Morosh"]]);
}

#[test]
fn names_that_contradict_each_other_stay_apart() {
    check(
        &["John A. Holt", "John Holt", "John B. Holt"],
        &[&["John A. Holt", "John Holt"], &["John B. Holt"]],
    );
    // it could be either one's, so it is nobody's
    check(
        &["John A. Holt", "John B. Holt", "John Holt"],
        &[&["John A. Holt"], &["John B. Holt"], &["John Holt"]],
    );
}

#[test]
fn the_registry_knows_better() {
    let folder = Folder::new("registry");
    let known = |name: &str| Speaker { id: Some("q1".into()), ..person(name) };
    let ledger = spoken(&folder, &[known("Andrei Morosh"), known("The Old Man")]);
    let profile = ledger.who("morosh").unwrap();
    assert_eq!((profile.statements, profile.entity.known.as_deref()), (2, Some("q1")));
    assert_eq!(profile.spellings[1].reason, "same identifier in the registry");
}

#[test]
fn the_unnamed_are_nobody_across_articles() {
    let folder = Folder::new("unnamed");
    let official = Speaker { anonymous: true, ..person("a senior official") };
    let ledger = spoken(&folder, &[official.clone(), official, speaker("he", SpeakerType::Unknown)]);
    assert!(matches!(ledger.who("official"), Err(LedgerError::NoEntity(_))));
    let question = Question { speaker: Some("official".into()), ..Question::default() };
    let found = ledger.find(&question).unwrap();
    assert_eq!(found.len(), 2, "their words are found all the same");
    assert_eq!(found[0].speakers[0].entity, None);
}

#[test]
fn a_profile() {
    let folder = Folder::new("profile");
    let ledger = folder.with(&siege());
    let profile = ledger.who("Morosh").unwrap();
    assert_eq!((profile.statements, profile.articles, profile.disputing), (2, 2, 0));
    assert_eq!(profile.days, Some(("2025-03-14".into(), "2025-03-15".into())));
    let spellings: Vec<_> = profile.spellings.iter().map(|s| (s.name.as_str(), s.like.as_deref())).collect();
    assert_eq!(spellings, [("Andrei Morosh", None), ("Andrey Morosh", Some("Andrei Morosh"))]);
    assert_eq!(profile.publishers.len(), 2);
    assert_eq!(profile.disputed.len(), 1);
    assert_eq!(ledger.who("Olen").unwrap().disputing, 1);
    assert_eq!(ledger.who("vera olen").unwrap().entity.name, "Vera Olen");
    assert!(matches!(ledger.who("Nobody"), Err(LedgerError::NoEntity(_))));
    assert!(matches!(ledger.who("…"), Err(LedgerError::NoEntity(_))));
}
