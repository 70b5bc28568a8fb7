//! Runs the cases of `testdata/fields/registry.md`, a document for people who know news, not Rust.

use super::{Entry, Known, Registry};
use crate::analyse::outline;
use crate::attribute::{Attribution, Quote, Scores};
use crate::resolve::resolve;
use crate::{Article, Span};

const CASES: &str = include_str!("../../../../testdata/fields/registry.md");

fn registry(lines: &str) -> Registry {
    let entries = lines.lines().map(|line| Entry::from_json(line).unwrap());
    Registry::new(entries.flatten().collect())
}

/// The lines of a case that begin so, without their beginnings.
fn marked<'a>(case: &'a str, begin: &'a str) -> impl Iterator<Item = &'a str> {
    case.lines().filter_map(move |line| line.strip_prefix(begin))
}

/// The name, the kind and the identifier of whoever speaks in a report whose source stands in brackets.
fn speaker(report: &str, published: Option<&str>, registry: &Registry) -> String {
    let (before, rest) = report.split_once('[').unwrap();
    let (source, after) = rest.split_once(']').unwrap();
    let text = format!("{before}{source}{after}");
    let begin = before.len() as u32;
    let attribution = Attribution {
        source: vec![Span { begin, end: begin + source.len() as u32 }],
        cue: vec![],
        content: vec![],
        quote: Quote::Indirect,
        within: None,
        confidence: 1.0,
        scores: Scores::MARKED,
    };
    let outline = outline(&text);
    let article = Article { text, published: published.map(str::to_owned), ..Article::default() };
    let statement = resolve(&article, &outline, vec![attribution], registry).remove(0);
    let speaker = &statement.speakers[0];
    let kind = format!("{:?}", speaker.kind).to_lowercase();
    format!("{}, {kind}, {}", speaker.name, speaker.id.as_deref().unwrap_or("no identifier"))
}

#[test]
fn the_document_holds() {
    let mut wrong = Vec::new();
    let cases: Vec<&str> = CASES.split("\n### ").skip(1).collect();
    for case in &cases {
        let registry = registry(&marked(case, "    ").collect::<Vec<_>>().join("\n"));
        let day = marked(case, "Published: ").next();
        for (report, expected) in marked(case, "> ").zip(marked(case, "- ")) {
            let found = speaker(report, day, &registry);
            if found != expected {
                wrong.push(format!("{report}: expected {expected}, found {found}"));
            }
        }
        assert_eq!(marked(case, "> ").count(), marked(case, "- ").count(), "{case}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 15);
}

#[test]
fn wrong_lines_are_told_apart() {
    for (line, message) in [
        ("{", "no registry entry in JSON: EOF while parsing an object (column 1)"),
        (
            r#"{"name":"Ann Doe"}"#,
            "neither \"type\" (of an entry) nor \"schema\" (of a FollowTheMoney entity) is there",
        ),
        (r#"{"type":"person","name":" "}"#, "the name is missing or empty"),
        (
            r#"{"type":"ship","name":"Swan"}"#,
            "type \"ship\" is none of person, organisation, place, group, document",
        ),
        (
            r#"{"type":"person","name":"Ann Doe","from":"May 2019"}"#,
            "\"May 2019\" is no day: 2019-07-24, 2019-07 or 2019 is",
        ),
        (
            r#"{"type":"person","name":"Ann Doe","to":"2019-13"}"#,
            "\"2019-13\" is no day: 2019-07-24, 2019-07 or 2019 is",
        ),
        (
            r#"{"type":"person","name":"Ann Doe","from":"2019-05","to":"2018"}"#,
            "the entry ends (2018) before it begins (2019-05)",
        ),
        (r#"{"schema":"Person","id":"x"}"#, "the name is missing or empty"),
    ] {
        assert_eq!(Entry::from_json(line).unwrap_err().to_string(), message, "{line}");
    }
    assert!(Entry::from_json(r#"{"type":"person","name":"Ann Doe","from":"2019","to":"2019-05"}"#).is_ok());
    assert_eq!(Entry::from_json(r#"{"schema":"Address","id":"x","properties":{}}"#).unwrap(), None);
}

#[test]
fn the_reason_is_given() {
    use super::Likeness::{Initial, Look, Middle, Same, Spelling};
    let registry = registry(
        "{\"type\":\"person\",\"name\":\"Andriy Morozenko\",\"aliases\":[\"Andrei Petrovich Morozenko\"]}",
    );
    for (name, expected) in [
        ("Andriy Morozenko", Some((0, Same))),
        ("ANDRIY MOROZENKO", Some((0, Look))),
        ("Andrii Morozenko", Some((0, Spelling))),
        ("Andrei Morozenko", Some((1, Middle))),
        ("A. Morozenko", Some((0, Initial))),
        ("Andrey P. Morozenko", Some((1, Spelling))),
        ("Boris Morozenko", None),
        ("Andriy Ivanovych Morozenka", None),
    ] {
        let known = registry.on(None).find(name, None).map(|known| match known {
            Known::One { name, likeness, .. } => (name, likeness),
            Known::Several => panic!("{name} fits several"),
        });
        assert_eq!(known, expected, "{name}");
    }
}

#[test]
fn the_name_in_marks_is_a_given_name_too() {
    let likeness = |a: &str, b: &str| {
        let name = |name| super::Name::new(name, crate::resolve::SpeakerType::Person);
        name(a).likeness(&name(b))
    };
    use super::Likeness::{Look, Middle};
    assert_eq!(likeness("Robert C. \"Bobby\" Lorne", "Bobby Lorne"), Some(Middle));
    assert_eq!(likeness("Bobby Lorne", "Robert “Bobby” Lorne"), Some(Middle));
    assert_eq!(likeness("Robert (Bobby) Lorne", "Robert Lorne"), Some(Look));
    assert_eq!(likeness("Robert \"Bobby\" Lorne", "Andrei Lorne"), None);
    assert_eq!(likeness("Robert \"Bobby\" Lorne", "Bobby Holt"), None);
}

#[test]
fn genders_are_those_that_the_user_tells() {
    use super::Gender::{Female, Male, Other};
    let registry = registry(
        r#"{"type":"person","name":"Ann Doe","aliases":["Anna Dough"],"id":"n1","gender":"female","to":"2019"}
{"type":"person","name":"Robin Fell","id":"n2","gender":"male"}
{"type":"person","name":"Robin Fell","id":"n3","gender":"other"}
{"type":"person","name":"Ede Holt"}
{"schema":"Person","id":"n4","caption":"Bo Morn","properties":{"name":["Bo Morn"],"gender":["male"]}}
{"schema":"Person","id":"n5","caption":"Cy Lund","properties":{"name":["Cy Lund"],"gender":["male","female"]}}
{"type":"organisation","name":"Doe Industries","gender":"female"}"#,
    );
    assert!(registry.has_genders());
    for (id, names, expected) in [
        (None, vec!["Ann Doe"], Some(Female)),
        (None, vec!["Doe", "Mrs. Doe"], None),
        (None, vec!["Doe", "Anna Dough"], Some(Female)),
        (None, vec!["Robin Fell"], None),
        (Some("n3"), vec!["Robin Fell"], Some(Other)),
        (Some("n9"), vec!["Robin Fell"], None),
        (None, vec!["Ede Holt"], None),
        (None, vec!["Bo Morn"], Some(Male)),
        (None, vec!["Bo Morn", "Ann Doe"], None),
        (None, vec!["Cy Lund"], None),
        (None, vec!["Doe Industries"], None),
        (None, vec![], None),
    ] {
        assert_eq!(registry.gender(id, names.iter().copied()), expected, "{names:?}");
    }
    assert!(Entry::from_json(r#"{"type":"person","name":"Ann Doe","gender":"lady"}"#).is_err());
}
