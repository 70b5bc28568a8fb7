//! Checks `testdata/fields/times.md`, and that no text breaks the reader.

use super::*;
use crate::analyse::outline;

const CASES: &str = include_str!("../../../../../testdata/fields/times.md");

/// The day of publication that a line sets.
fn published(line: &str) -> Option<Day> {
    Day::parse(line.strip_prefix("Published ")?.get(..10)?)
}

/// Takes the marks out of a case: the sentence, and the words and value of each expression.
fn unmark(case: &str) -> (String, Vec<(String, Option<String>)>) {
    let (mut text, mut marked, mut rest) = (String::new(), Vec::new(), case);
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once("](").expect("a mark has its value");
        let (value, after) = after.split_once(')').expect("a value is closed");
        text.push_str(before);
        text.push_str(words);
        marked.push((words.to_owned(), (value != "none").then(|| value.to_owned())));
        rest = after;
    }
    text.push_str(rest);
    (text, marked)
}

#[test]
fn the_document_holds() {
    let (mut day, mut wrong, mut count) = (None, Vec::new(), 0);
    for line in CASES.lines() {
        if line.starts_with("Published") {
            day = published(line);
        }
        let Some(case) = line.strip_prefix("- ") else { continue };
        let (text, expected) = unmark(case);
        let found: Vec<_> = times(&text, &outline(&text), day)
            .into_iter()
            .map(|time| (time.span.of(&text).to_owned(), time.value))
            .collect();
        count += 1;
        if found != expected {
            wrong.push(format!("{case}\n    found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 70, "{count} cases");
}

/// Every order of three lexical words, on hostile days: no text breaks the reader, spans ascend and do not overlap.
#[test]
fn no_text_breaks_the_reader() {
    let words = [
        "last",
        "the",
        "Friday",
        "May",
        "31",
        "2016",
        "4294967296",
        "years",
        "ago",
        "Earlier",
        "quarter",
        "first",
        "of",
        "a",
        "'",
        "80s",
        "-",
        "mid-",
        "10:15",
        "p.m.",
        ",",
        "\n",
        "é",
        "Easter",
        "end",
        "next",
        "year",
        "'s",
        "this",
    ];
    for number in 0..words.len().pow(3) {
        let word = |place: u32| words[number / words.len().pow(place) % words.len()];
        let text = format!("{} {} {}", word(0), word(1), word(2));
        for day in ["0001-01-01", "2025-03-14", "9999-12-31", "x"] {
            let mut end = 0;
            for time in times(&text, &outline(&text), Day::parse(day)) {
                assert!(end <= time.span.begin && time.span.begin < time.span.end, "{text}");
                assert!(text.get(time.span.range()).is_some(), "{text}");
                end = time.span.end;
            }
        }
    }
}
