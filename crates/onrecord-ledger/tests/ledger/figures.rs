//! Figures, compared with a count of what is found.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::{Act, Channel, ChannelKind, Speaker};
use onrecord_ledger::{Count, Kept, Ledger, Period, Question, Read};

use crate::records::{Folder, Report, person, siege};

/// Counts what is found: what is called so, how often, and how often with a speaker who is not named.
fn counted(found: &[Kept], what: impl Fn(&Kept) -> Vec<String>) -> Vec<(String, u64, u64)> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for kept in found {
        for what in what(kept) {
            let count = counts.entry(what).or_default();
            *count = (count.0 + 1, count.1 + u64::from(is_anonymous(kept)));
        }
    }
    let mut counts: Vec<_> =
        counts.into_iter().map(|(what, (all, anonymous))| (what, all, anonymous)).collect();
    counts.sort_by_key(|(_, all, _)| std::cmp::Reverse(*all));
    counts
}

fn is_anonymous(kept: &Kept) -> bool {
    kept.speakers.iter().any(|voice| voice.anonymous)
}

/// All figures but the weeks are those of the statements that are found.
#[track_caller]
fn check(ledger: &Ledger, question: &Question) {
    let stats = ledger.stats(question).unwrap();
    let found = ledger.find(question).unwrap();
    let of = |wanted: fn(&Kept) -> bool| found.iter().filter(|kept| wanted(kept)).count() as u64;
    let in_articles: BTreeSet<&str> = found.iter().map(|kept| kept.article.id.as_str()).collect();
    let expected =
        (in_articles.len() as u64, found.len() as u64, of(is_anonymous), of(|kept| kept.disputed > 0));
    let heads = (stats.articles, stats.statements, stats.anonymous, stats.disputed);
    assert_eq!(heads, expected, "{question:?}");
    let alone = |counts: Vec<(String, u64, u64)>| -> Vec<(String, u64)> {
        counts.into_iter().map(|(what, count, _)| (what, count)).collect()
    };
    let told = |counts: &[Count]| -> Vec<(String, u64)> {
        counts.iter().map(|count| (count.what.clone(), count.count)).collect()
    };
    let named = |kept: &Kept| kept.speakers.iter().filter_map(|voice| voice.entity_name.clone()).collect();
    assert_eq!(told(&stats.speaker_counts()), alone(counted(&found, named)), "{question:?}");
    assert_eq!(
        told(&stats.acts),
        alone(counted(&found, |kept| vec![kept.act.word().into()])),
        "{question:?}"
    );
    let channel = |kept: &Kept| kept.channel.clone().into_iter().collect();
    assert_eq!(told(&stats.channels), alone(counted(&found, channel)), "{question:?}");
    let periods = |periods: &[Period]| -> Vec<(String, u64, u64)> {
        periods.iter().map(|one| (one.what.clone(), one.statements, one.anonymous)).collect()
    };
    let outlet = |kept: &Kept| kept.article.publisher.clone().into_iter().collect();
    assert_eq!(periods(&stats.publishers), counted(&found, outlet), "{question:?}");
}

/// Statements of nobody, of two who are named, of two who are not, of one of each.
fn many_voices() -> Read {
    let official = |name: &str| Speaker { anonymous: true, ..person(name) };
    let mut read = Report::new("voices", "2025-03-24")
        .says(&official("an official"), Act::Warn, "warned", "of the flood in the town")
        .says(&person("Vera Olen"), Act::State, "said", "the town was dry")
        .says(&person("Ede Holt"), Act::State, "said", "it rains")
        .says(&official("an aide"), Act::Deny, "denied", "that the town was dry")
        .disputes(3, 1)
        .read();
    let statements = &mut read.record.statements;
    statements[0].speakers.push(official("a driver"));
    statements[1].speakers.push(person("Andrei Morosh"));
    statements[1].channel = Some(Channel { kind: ChannelKind::Interview, name: None });
    statements[2].speakers.clear();
    statements[3].speakers.insert(0, person("Vera Olen"));
    read
}

#[test]
fn figures_are_those_of_what_is_found() {
    let folder = Folder::new("figures-found");
    let ledger = folder.with(&[siege(), vec![many_voices()]].concat());
    let any = Question::default;
    for question in [
        any(),
        Question { words: Some("town".into()), ..any() },
        Question { words: Some("town".into()), disputed: true, ..any() },
        Question { words: Some("nothing".into()), ..any() },
        Question { speaker: Some("Olen".into()), ..any() },
        Question { speaker: Some("Olen".into()), words: Some("town".into()), ..any() },
        Question { disputed: true, ..any() },
        Question { anonymous: true, ..any() },
        Question { acts: vec![Act::Deny], until: Some("2025-03-20".into()), ..any() },
        Question { publishers: vec!["Norland Times".into()], ..any() },
        Question { about: Some("Tarnovka".into()), ..any() },
    ] {
        check(&ledger, &question);
    }
}

/// Text is never an error: a day that is in no calendar is in no week.
#[test]
fn weeks_of_odd_days() {
    let folder = Folder::new("odd-days");
    let odd =
        Report::new("odd", "2025-13-45").says(&person("Vera Olen"), Act::State, "said", "it snows").read();
    let ledger = folder.with(&[siege(), vec![odd]].concat());
    let weeks = ledger.stats(&Question::default()).unwrap().weeks;
    assert_eq!(
        weeks.iter().map(|week| (week.what.as_str(), week.statements)).collect::<Vec<_>>(),
        [("2025-03-10", 4)]
    );
}
