//! Holds acts, channels, addressees, places and links to the cases of `testdata/fields/*.md`.

use std::path::Path;

use onrecord::analyse::outline;
use onrecord::{Article, Attribution, Link, Quote, Scores, Span, Statement, link, resolve};

/// A case: marked text and what is expected.
struct Case {
    marked: String,
    expected: String,
}

fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/fields").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("- "));
    let split = lines.map(|line| line.split_once(" → ").unwrap_or_else(|| panic!("no arrow: {line}")));
    split.map(|(marked, expected)| Case { marked: marked.into(), expected: expected.into() }).collect()
}

/// The text without its marks, and the marked stretches in order.
fn unmark(marked: &str) -> (String, Vec<(char, Span)>) {
    let (mut text, mut spans, mut begin) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '[' | '{' | '<' => begin = text.len(),
            ']' | '}' | '>' => spans.push((c, Span::new(begin, text.len()))),
            c => text.push(c),
        }
    }
    (text, spans)
}

/// The statements marked: each is three stretches, one of them a cue, in any order; `[]` is no source.
fn attributions(text: &str, spans: &[(char, Span)]) -> Vec<Attribution> {
    let quotations = outline(text).quotations();
    let of = |spans: &[(char, Span)], mark| -> Vec<Span> {
        spans.iter().filter(|s| s.0 == mark && s.1.begin < s.1.end).map(|s| s.1).collect()
    };
    let one = |spans: &[(char, Span)]| Attribution {
        source: of(spans, ']'),
        cue: of(spans, '}'),
        content: of(spans, '>'),
        quote: Quote::of(text, &of(spans, '>'), &quotations),
        within: None,
        confidence: 1.0,
        scores: Scores::MARKED,
    };
    spans.chunks(3).map(one).collect()
}

fn read(case: &Case) -> (Vec<Statement>, Vec<Link>) {
    let (text, spans) = unmark(&case.marked);
    let outline = outline(&text);
    let attributions = attributions(&text, &spans);
    let article = Article { text, ..Article::default() };
    let statements = resolve::resolve(&article, &outline, attributions, &onrecord::Registry::default());
    let links = link::link(&statements, &article, &outline);
    for evidence in links.iter().flat_map(|link| &link.evidence) {
        assert!(evidence.begin < evidence.end, "{}: evidence {evidence:?}", case.marked);
    }
    (statements, links)
}

#[track_caller]
fn check(file: &str, least: usize, shown: impl Fn(&[Statement], &[Link]) -> String) {
    let cases = cases(file);
    assert!(cases.len() >= least, "{file} has {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let (statements, links) = read(case);
            let found = shown(&statements, &links);
            (found != case.expected)
                .then(|| format!("{}\n  → {} but expected {}", case.marked, found, case.expected))
        })
        .collect();
    assert!(wrong.is_empty(), "{file}: {} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn acts() {
    check("acts.md", 90, |statements, _| {
        let statement = &statements[0];
        format!("{}{}", if statement.negated { "not " } else { "" }, statement.act.word())
    });
}

fn channel(statement: &Statement) -> String {
    match &statement.channel {
        None => "none".to_owned(),
        Some(channel) => {
            let kind = serde_json::to_value(channel.kind).unwrap();
            let name = channel.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
            format!("{}{name}", kind.as_str().unwrap())
        }
    }
}

fn addressees(statement: &Statement) -> String {
    let names: Vec<&str> = statement.addressees.iter().map(|to| to.name.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { format!("to {}", names.join(" and ")) }
}

fn place(statement: &Statement) -> String {
    statement.place.as_ref().map_or("none".to_owned(), |place| format!("in {}", place.name))
}

#[test]
fn channels() {
    check("channels.md", 40, |statements, _| statements.iter().map(channel).collect::<Vec<_>>().join(" | "));
}

#[test]
fn those_addressed() {
    check("addressees.md", 30, |statements, _| {
        statements.iter().map(addressees).collect::<Vec<_>>().join(" | ")
    });
}

#[test]
fn places() {
    check("places.md", 15, |statements, _| statements.iter().map(place).collect::<Vec<_>>().join(" | "));
}

#[test]
fn links() {
    check("links.md", 50, |_, links| {
        let relation =
            |link: &Link| serde_json::to_value(link.relation).unwrap().as_str().unwrap().to_owned();
        let shown = links.iter().map(|link| format!("{} {} {}", link.from + 1, relation(link), link.to + 1));
        let shown: Vec<String> = shown.collect();
        if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
    });
}

#[test]
fn the_acts_of_the_cases_are_all_acts() {
    let cases = cases("acts.md");
    for act in onrecord::Act::ALL {
        assert!(cases.iter().any(|case| case.expected.ends_with(act.word())), "no case of {}", act.word());
    }
}

/// Spans as a broken extractor might give them: empty, at the end, overlapping, out of order.
#[test]
fn no_text_and_no_spans_make_it_panic() {
    const PIECES: [&str; 16] = [
        "said", " ", "“", "”", "\n\n", "told", "’s", "😀", "the", "Post", "not", ".", "é", "asked", "on",
        "Twitter",
    ];
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    for _ in 0..2000 {
        let text: String =
            (0..next(30)).map(|_| PIECES[next(PIECES.len())].to_owned() + ["", " "][next(2)]).collect();
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut span = || {
            let (a, b) = (ends[next(ends.len())], ends[next(ends.len())]);
            Span::new(a.min(b), a.max(b))
        };
        let spans: Vec<(char, Span)> =
            (0..4).flat_map(|_| [(']', span()), ('}', span()), ('>', span())]).collect();
        let outline = outline(&text);
        let attributions = attributions(&text, &spans);
        let article = Article { text, ..Article::default() };
        let statements = resolve::resolve(&article, &outline, attributions, &onrecord::Registry::default());
        for link in link::link(&statements, &article, &outline) {
            assert!(link.to != link.from && (0.0..=1.0).contains(&link.score));
        }
    }
}
