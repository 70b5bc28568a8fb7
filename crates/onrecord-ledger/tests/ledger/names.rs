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

/// Somebody with a role.
fn holds(name: &str, role: &str) -> Speaker {
    Speaker { role: Some(role.into()), ..person(name) }
}

/// How many speak under the name of whoever is called so, and why a spelling is theirs.
#[track_caller]
fn check_office(speakers: &[Speaker], whole: &str, bare: &str, expected: Option<&str>) {
    let names: Vec<&str> = speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let folder = Folder::new(&format!("office-{}", names.join("-").replace([' ', '.'], "")));
    let mut ledger = spoken(&folder, speakers);
    let profile = ledger.who(whole).unwrap();
    let found = profile.spellings.iter().find(|spelling| spelling.name == bare);
    assert_eq!(found.map(|spelling| spelling.reason.as_str()), expected, "{names:?}");
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

#[test]
fn a_surname_joins_by_an_office_that_one_holds() {
    let reason = Some("the same family name and office");
    let whole = holds("Andrei Morosh", "Velmark President");
    check_office(&[whole.clone(), holds("Morosh", "President")], "Andrei Morosh", "Morosh", reason);
    // it was met before: it joins when it is met again
    let bare = holds("Morosh", "president");
    check_office(&[person("Morosh"), whole.clone(), bare.clone()], "Andrei Morosh", "Morosh", reason);
    // another whole name of theirs still joins
    let longer = person("Andrei Petrovich Morosh");
    check_office(&[whole.clone(), bare.clone(), longer], "Andrei Morosh", "Morosh", reason);
    // no office, another one, one that many hold, or two who hold it
    check_office(&[whole.clone(), person("Morosh")], "Andrei Morosh", "Morosh", None);
    check_office(&[whole.clone(), holds("Morosh", "Vice President")], "Andrei Morosh", "Morosh", None);
    check_office(&[holds("Ann Morosh", "Sen."), holds("Morosh", "Sen.")], "Ann Morosh", "Morosh", None);
    let other = holds("Irina Morosh", "President");
    check_office(&[whole, other, bare], "Andrei Morosh", "Morosh", None);
}

#[test]
fn what_a_user_parted_stays_apart() {
    let folder = Folder::new("parted");
    let bare = holds("Morosh", "President");
    let mut ledger = spoken(&folder, &[holds("Andrei Morosh", "President"), bare.clone()]);
    ledger.split("Morosh", None, "ed", "2025-03-15T12:00:00Z").unwrap();
    let again = Report::new("again", "2025-03-16").says(&bare, Act::State, "said", "it snows").read();
    ledger.record(&again, &reading("m1")).unwrap();
    assert_eq!(ledger.who("Andrei Morosh").unwrap().statements, 1);
}

#[test]
fn descriptions_are_nobody_across_articles() {
    let folder = Folder::new("described");
    let body = |name: &str| speaker(name, SpeakerType::Organisation);
    let ledger = spoken(&folder, &[body("the campaign"), body("The campaign"), body("the Bank of Norland")]);
    assert!(matches!(ledger.who("campaign"), Err(LedgerError::NoEntity(_))));
    assert_eq!(ledger.who("Bank of Norland").unwrap().statements, 1);
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
