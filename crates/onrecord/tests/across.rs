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
            assert!(a.keys(&a.matter()).meet(&b.keys(&b.matter())), "no key in common: {one}\n‖ {other}");
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
fn matters() {
    check("matters.md", 8, links);
}

#[test]
fn word_diffs() {
    check("diffs.md", 5, diff);
}

#[test]
fn passages_shared() {
    check("passages.md", 6, passages);
}

/// Ledgers on disk hold keys: if this fails, [`across::VERSION`] must grow with the number here.
#[test]
fn keys_are_for_ever() {
    let report = Report::new(
        "[Ada Berg, the minister,] {denied} <that “two per cent of the dam’s concrete” was organised by Tarnov>.;; \
         <“We don't know the colour of … money,”> [Abdullah al-Khalid] {said}.",
    );
    let keys = report.utterances().iter().flat_map(|one| one.keys(&one.matter()).kept).collect::<Vec<_>>();
    let passages =
        across::passage_keys(&report.article.text, &report.outline).into_iter().map(|(key, _)| key);
    let sum = keys.iter().copied().chain(passages).fold(0u64, |sum, key| sum.rotate_left(1) ^ key);
    assert_eq!((across::VERSION, keys.len(), sum), (1, 27, 17182391027082413632));
    // the tables that tell which words are keys
    for (table, bytes) in [
        ("empty.txt", 15540704048588708913),
        ("kin.txt", 13743453939775745103),
        ("irregular.tsv", 753647485124792751),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(table);
        let text = std::fs::read(path).unwrap();
        let sum = text.iter().fold(0u64, |sum, &byte| sum.rotate_left(5).wrapping_add(u64::from(byte)));
        assert_eq!((table, sum), (table, bytes));
    }
}

/// Spans as a broken extractor might give them, on odd texts.
#[test]
fn no_text_and_no_spans_make_it_panic() {
    const PIECES: [&str; 20] = [
        "said", " ", "“", "”", "\n\n", "[", "]", "’s", "😀", "the", "(", "…", "not", ".", "é", "n't", "dam",
        "\"", "per", "cent",
    ];
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    let mut report = || {
        let text: String =
            (0..next(40)).map(|_| PIECES[next(PIECES.len())].to_owned() + ["", " "][next(2)]).collect();
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut span = || {
            let (a, b) = (ends[next(ends.len())], ends[next(ends.len())]);
            Span::new(a.min(b), a.max(b))
        };
        let spans: Vec<(char, Span)> = "]}>>".chars().map(|mark| (mark, span())).collect();
        let outline = outline(&text);
        let attributions = vec![attribution(&text, &outline, &spans)];
        let article = Article { text, ..Article::default() };
        let statements = resolve::resolve(&article, &outline, attributions, &Registry::default());
        Report { article, outline, statements }
    };
    for _ in 0..3000 {
        let (one, other) = (report(), report());
        let [ours, theirs] = [one.utterances(), other.utterances()];
        let (a, b) = (&ours[0], &theirs[0]);
        let tie = across::compare(a, b);
        let inside = |spans: &[Span], text: &str| spans.iter().all(|span| text.get(span.range()).is_some());
        assert!(tie.is_none_or(
            |tie| inside(&tie.ours, &one.article.text) && inside(&tie.theirs, &other.article.text)
        ));
        across::diff(a, b);
        across::shared((&one.article.text, &one.outline), (&other.article.text, &other.outline));
    }
}
