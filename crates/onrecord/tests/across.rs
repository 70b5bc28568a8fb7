//! Holds what is linked across articles to the cases of `testdata/across/*.md`.

use std::path::Path;

use onrecord::analyse::{Outline, outline};
use onrecord::link::across::{self, Piece, Utterance};
use onrecord::{Article, Attribution, Quote, Registry, Relation, Scores, Span, Statement, resolve};

/// One of the two reports of a case.
struct Report {
    article: Article,
    outline: Outline,
    statements: Vec<Statement>,
}

impl Report {
    /// A report as it stands in a case: `[source]`, `{cue}` and `<content>` are marked; `\[` is a bracket.
    fn new(marked: &str) -> Report {
        let (text, spans) = unmark(marked);
        let outline = outline(&text);
        let attributions =
            spans.split_inclusive(|span| span.0 == ';').map(|spans| attribution(&text, &outline, spans));
        let attributions: Vec<Attribution> = attributions.filter(|one| !one.content.is_empty()).collect();
        let article = Article { text, ..Article::default() };
        let statements = resolve::resolve(&article, &outline, attributions, &Registry::default());
        Report { article, outline, statements }
    }

    fn utterances(&self) -> Vec<Utterance<'_>> {
        self.statements.iter().map(|one| Utterance::new(one, &self.article, &self.outline)).collect()
    }
}

/// The text without its marks, and the marked stretches in order; `;;` ends a statement.
fn unmark(marked: &str) -> (String, Vec<(char, Span)>) {
    let (mut text, mut spans, mut begin) = (String::new(), Vec::new(), 0);
    let mut characters = marked.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => text.extend(characters.next()),
            '¶' => text.push_str("\n\n"),
            '[' | '{' | '<' => begin = text.len(),
            ']' | '}' | '>' => spans.push((c, Span::new(begin, text.len()))),
            ';' if characters.peek() == Some(&';') => {
                characters.next();
                spans.push((';', Span::new(text.len(), text.len())));
            }
            c => text.push(c),
        }
    }
    (text, spans)
}

fn attribution(text: &str, outline: &Outline, spans: &[(char, Span)]) -> Attribution {
    let of = |mark| spans.iter().filter(|span| span.0 == mark).map(|span| span.1).collect::<Vec<_>>();
    Attribution {
        source: of(']'),
        cue: of('}'),
        content: of('>'),
        quote: Quote::of(text, &of('>'), &outline.quotations()),
        within: None,
        confidence: 1.0,
        scores: Scores::MARKED,
    }
}

/// The cases of a file: two reports and what is expected.
fn cases(file: &str) -> Vec<[String; 3]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/across").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let case = |line: &str| {
        let (reports, expected) = line.split_once(" → ").unwrap_or_else(|| panic!("no arrow: {line}"));
        let (one, other) = reports.split_once(" ‖ ").unwrap_or_else(|| panic!("one report: {line}"));
        [one.to_owned(), other.to_owned(), expected.to_owned()]
    };
    text.lines().filter_map(|line| line.strip_prefix("- ")).map(case).collect()
}

#[track_caller]
fn check(file: &str, least: usize, shown: impl Fn(&str, &str) -> String) {
    let cases = cases(file);
    assert!(cases.len() >= least, "{file} has {} cases", cases.len());
    let wrong = cases.iter().filter_map(|[one, other, expected]| {
        let found = shown(one, other);
        (found != *expected).then(|| format!("{one}\n‖ {other}\n  → {found}\n  but expected {expected}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{file}: {} of {} wrong\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// The links from the first report to the second; each must be found by keys, and a repetition must hold both ways.
fn links(one: &str, other: &str) -> String {
    let reports = [Report::new(one), Report::new(other)];
    let [ours, theirs] = [reports[0].utterances(), reports[1].utterances()];
    let mut shown = Vec::new();
    for (i, a) in ours.iter().enumerate() {
        for (j, b) in theirs.iter().enumerate() {
            let Some(tie) = across::compare(a, b) else { continue };
            assert!((0.0..=1.0).contains(&tie.score), "score {}", tie.score);
            assert!(a.keys().meet(&b.keys()), "no key in common: {one}\n‖ {other}");
            let relation = serde_json::to_value(tie.relation).unwrap().as_str().unwrap().to_owned();
            let mut words = format!("{} {relation} {}", i + 1, j + 1);
            if matches!(tie.relation, Relation::Repeats | Relation::Drifts) {
                assert_eq!(
                    across::compare(b, a).map(|tie| tie.relation),
                    Some(tie.relation),
                    "one way: {one}\n‖ {other}"
                );
            }
            if tie.relation == Relation::Drifts {
                let of = |report: &Report, spans: &[Span]| {
                    spans.iter().map(|span| span.of(&report.article.text)).collect::<Vec<_>>().join(", ")
                };
                words += &format!(" ({} / {})", of(&reports[0], &tie.ours), of(&reports[1], &tie.theirs));
            }
            shown.push(words);
        }
    }
    if shown.is_empty() { "none".to_owned() } else { shown.join("; ") }
}

/// The word diff: what only the first has in `-…-`, what only the second has in `+…+`.
fn diff(one: &str, other: &str) -> String {
    let reports = [Report::new(one), Report::new(other)];
    let diff = across::diff(&reports[0].utterances()[0], &reports[1].utterances()[0]);
    let (ours, theirs) = (&reports[0].article.text, &reports[1].article.text);
    let piece = |piece: &Piece| match piece {
        Piece::Both { ours: span, .. } => span.of(ours).to_owned(),
        Piece::Ours(span) => format!("-{}-", span.of(ours)),
        Piece::Theirs(span) => format!("+{}+", span.of(theirs)),
    };
    diff.pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
}

fn passages(one: &str, other: &str) -> String {
    let texts = [one, other].map(|text| text.replace('¶', "\n\n"));
    let outlines = texts.each_ref().map(|text| outline(text));
    let found = across::shared((&texts[0], &outlines[0]), (&texts[1], &outlines[1]));
    let keys = outlines.iter().zip(&texts).map(|(outline, text)| across::passage_keys(text, outline));
    let keys: Vec<Vec<(u64, Span)>> = keys.collect();
    let meet = keys[0].iter().any(|(key, _)| keys[1].iter().any(|(other, _)| key == other));
    assert!(found.is_empty() || meet, "no key in common: {one}\n‖ {other}");
    let ends = |words: &str| {
        let words: Vec<&str> = words.split_whitespace().collect();
        format!("{} … {}", words[..2].join(" "), words[words.len() - 2..].join(" "))
    };
    let shown = found.iter().map(|(a, b)| format!("{} / {}", ends(a.of(&texts[0])), ends(b.of(&texts[1]))));
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join("; ") }
}

#[test]
fn told_again() {
    check("repeats.md", 20, links);
}

#[test]
fn told_otherwise() {
    check("drifts.md", 15, links);
}

#[test]
fn word_diffs() {
    check("diffs.md", 5, diff);
}

#[test]
fn passages_shared() {
    check("passages.md", 6, passages);
}
