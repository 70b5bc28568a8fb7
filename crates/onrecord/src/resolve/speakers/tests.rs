//! Runs the cases of `testdata/fields/speakers.md`, a document for people who know news, not Rust.

use std::collections::BTreeMap;

use super::{Frame, Speaker, speakers};
use crate::analyse::outline;
use crate::attribute::{Attribution, Quote, Scores};
use crate::{Registry, Span};

const CASES: &str = include_str!("../../../../../testdata/fields/speakers.md");

/// A case: its text without the marks, its statements, and what the document expects of each.
struct Case {
    title: String,
    text: String,
    statements: Vec<Attribution>,
    expected: Vec<Vec<String>>,
}

fn cases() -> Vec<Case> {
    CASES.split("\n### ").skip(1).map(case).collect()
}

fn case(block: &str) -> Case {
    let (title, body) = block.split_once('\n').unwrap();
    let quoted = body.lines().filter_map(|line| line.strip_prefix('>')).map(str::trim);
    let marked = quoted.collect::<Vec<_>>().join("\n");
    let (text, statements) = unmark(&marked);
    let mut expected = vec![Vec::new(); statements.len()];
    for (number, who) in body.lines().filter_map(|line| line.strip_prefix("- ")?.split_once(": ")) {
        let number: usize = number.parse().unwrap();
        if who != "nobody" {
            expected[number - 1].push(who.to_owned());
        }
    }
    Case { title: title.to_owned(), text, statements, expected }
}

/// Takes the marks `[1 source]`, `{1 cue}` and `<1 content>` out of a text and reads statements from them.
fn unmark(marked: &str) -> (String, Vec<Attribution>) {
    let mut text = String::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut found: BTreeMap<usize, [Vec<Span>; 3]> = BTreeMap::new();
    let mut rest = marked.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '[' | '{' | '<' => {
                let number = rest.next().and_then(|c| c.to_digit(10)).unwrap() as usize;
                assert_eq!(rest.next(), Some(' '));
                open.push((number, text.len()));
            }
            ']' | '}' | '>' => {
                let (number, begin) = open.pop().unwrap();
                let role = "]}>".find(c).unwrap();
                found.entry(number).or_default()[role].push(Span::new(begin, text.len()));
            }
            c => text.push(c),
        }
    }
    (text, found.into_values().map(attribution).collect())
}

fn attribution([source, cue, content]: [Vec<Span>; 3]) -> Attribution {
    let scores = Scores::MARKED;
    Attribution { source, cue, content, quote: Quote::Indirect, within: None, confidence: 1.0, scores }
}

/// A speaker as the document writes one: `Ann Doe, person`.
fn written(speaker: &Speaker) -> String {
    let kind = format!("{:?}", speaker.kind).to_lowercase();
    let anonymous = if speaker.anonymous { ", anonymous" } else { "" };
    format!("{}, {kind}{anonymous}", speaker.name)
}

fn found(text: &str, statements: &[Attribution]) -> Vec<Vec<Speaker>> {
    let outline = outline(text);
    let frames: Vec<_> =
        statements.iter().map(|attribution| Frame { text, outline: &outline, attribution }).collect();
    speakers(&frames, Registry::default().on(None))
}

#[test]
fn the_document_holds() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found: Vec<Vec<String>> =
            found(&case.text, &case.statements).iter().map(|who| who.iter().map(written).collect()).collect();
        if found != case.expected {
            wrong.push(format!("{}: expected {:?}, found {found:?}", case.title, case.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases().len() >= 40);
}

#[test]
fn roles_are_kept() {
    let text =
        "Ms. Doe spoke. Norland’s foreign minister Ann Doe said no. Bob Roe, the mayor of Arden, said yes.";
    let span = |words: &str| {
        let begin = text.find(words).unwrap();
        vec![Span::new(begin, begin + words.len())]
    };
    let statement = |words| attribution([span(words), Vec::new(), Vec::new()]);
    let all = [statement("Norland’s foreign minister Ann Doe"), statement("Bob Roe, the mayor of Arden,")];
    let roles: Vec<_> = found(text, &all).into_iter().map(|who| who[0].role.clone().unwrap()).collect();
    assert_eq!(roles, ["Norland’s foreign minister", "mayor of Arden"]);
}

#[test]
fn odd_text_is_survived() {
    let pieces = [
        "",
        "The",
        "’s",
        "“",
        "He",
        "and",
        ",",
        "of",
        "Ann Doe",
        "¶",
        "\n\n",
        "(",
        "Secretary of",
        "who",
        "--",
        "é",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let text = format!("{a} {b}{c} {a}");
                let whole = vec![Span::new(0, text.len())];
                let end = vec![Span::new(text.len(), text.len())];
                let statements = [
                    attribution([whole.clone(), end.clone(), end.clone()]),
                    attribution([end, whole.clone(), whole]),
                ];
                assert_eq!(found(&text, &statements).len(), 2);
            }
        }
    }
}

#[test]
fn roles_are_told_without_determiners_and_forms_of_address() {
    for (words, expected) in [
        ("the Foreign Minister", Some("Foreign Minister")),
        ("Both the", None),
        ("The", None),
        ("both", None),
        ("Mayor, Mr.", Some("Mayor")),
        ("Theatre director", Some("Theatre director")),
        ("17:55 Ferry operator", Some("Ferry operator")),
        ("18.05", None),
    ] {
        assert_eq!(super::role(words).as_deref(), expected, "{words}");
    }
}
