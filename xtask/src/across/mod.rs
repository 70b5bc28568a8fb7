//! Linking across articles, measured: altered copies of known reports among thousands of others.

mod alter;
mod find;
mod records;

use std::fmt::Write;
use std::path::Path;

use onrecord::analyse::layout::QuoteState;
use onrecord::link::across::{Piece, Utterance, compare, diff};
use onrecord::{Relation, Span};

use alter::{Alter, Alteration, Chance, Copy};
use find::{Found, Passages, Place};
use records::Report;

/// Copies made of as many reports.
const COPIES: usize = 1000;
/// Reports on either side of the comparison of all with all.
const ALL_PAIRS: usize = 60;
const SEED: u64 = 5;

/// Measures on the records of these files (JSONL as `onrecord read` writes it) and prints the tables.
pub(crate) fn across(files: &[String]) -> anyhow::Result<()> {
    let mut reports = Vec::new();
    for file in files {
        reports.extend(records::read(Path::new(file))?);
    }
    println!("{}", times(&reports));
    let copies = copies(&reports);
    println!("{}", against_all_pairs(&reports, &copies));
    println!("{}", quality(reports, copies));
    Ok(())
}

/// Prints `count` links and passages by chance, to be looked at.
pub(crate) fn alike(file: &Path, count: usize) -> anyhow::Result<()> {
    let reports = records::read(file)?;
    let utterances = find::utterances(&reports);
    let found = find::statements(&utterances);
    let mut chance = Chance(SEED);
    for relation in
        [Relation::Disputes, Relation::Supports, Relation::Answers, Relation::Drifts, Relation::Repeats]
    {
        let ties: Vec<_> = found.ties.iter().filter(|(_, _, tie)| tie.relation == relation).collect();
        println!("## {relation:?}: {}", ties.len());
        for _ in 0..count.min(ties.len()) {
            let (ours, theirs, tie) = ties[chance.below(ties.len())];
            print!("{}", shown(&reports, *ours, *theirs, tie.score));
        }
    }
    let passages = find::passages(&reports).found;
    println!("## Passages: {}", passages.len());
    for _ in 0..count.min(passages.len()) {
        let (ours, theirs, spans) = &passages[chance.below(passages.len())];
        println!("- {} / {}", reports[*ours].article.id, reports[*theirs].article.id);
        for (span, _) in spans {
            println!("    {}", one_line(span.of(&reports[*ours].article.text)));
        }
    }
    Ok(())
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(reports: &[Report], ours: Place, theirs: Place, score: f32) -> String {
    let utterance = |place: Place| {
        let report = &reports[place.0];
        Utterance::new(&report.statements[place.1], &report.article, &report.outline)
    };
    let speakers = |place: Place| {
        let speakers = &reports[place.0].statements[place.1].speakers;
        speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(" and ")
    };
    let (a, b) = (&reports[ours.0].article, &reports[theirs.0].article);
    let piece = |piece: &Piece| match piece {
        Piece::Both { ours, .. } => one_line(ours.of(&a.text)),
        Piece::Ours(span) => format!("[-{}-]", one_line(span.of(&a.text))),
        Piece::Theirs(span) => format!("[+{}+]", one_line(span.of(&b.text))),
    };
    let pieces: Vec<String> = diff(&utterance(ours), &utterance(theirs)).pieces.iter().map(piece).collect();
    format!(
        "- {score:.2} {} ({}) / {} ({})\n    {}\n",
        a.id,
        speakers(ours),
        b.id,
        speakers(theirs),
        pieces.join(" ")
    )
}

/// Seconds of processor time that this thread has had, as Linux tells it; elsewhere 0.
fn seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// What linking takes for so many articles, one after the other.
fn times(reports: &[Report]) -> String {
    let mut out = String::from(
        "| articles | statements | keys per statement | pairs compared | links | seconds | passage keys per article | pairs compared | pairs with passages | seconds |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for count in [1000, 5000, reports.len()] {
        let part = &reports[..count.min(reports.len())];
        let begun = seconds();
        let utterances = find::utterances(part);
        let found = find::statements(&utterances);
        let linked = seconds() - begun;
        let begun = seconds();
        let passages = find::passages(part);
        let (statements, articles) = (utterances.len() as f64, part.len() as f64);
        let _ = writeln!(
            out,
            "| {} | {} | {:.1} | {} | {} | {linked:.2} | {:.1} | {} | {} | {:.2} |",
            part.len(),
            utterances.len(),
            found.keys as f64 / statements.max(1.0),
            found.compared,
            found.ties.len(),
            passages.keys as f64 / articles.max(1.0),
            passages.compared,
            passages.found.len(),
            seconds() - begun,
        );
    }
    out
}

/// Altered copies, each with the number of its original.
fn copies(reports: &[Report]) -> Vec<(usize, Copy)> {
    let quotes = |report: &Report| {
        let states = &report.outline.layout.quotes;
        states.iter().filter(|state| **state == QuoteState::In).count() >= 12 && report.statements.len() >= 2
    };
    let originals: Vec<usize> = (0..reports.len()).filter(|&number| quotes(&reports[number])).collect();
    let step = (originals.len() / COPIES).max(1);
    let mut alter = Alter { chance: Chance(SEED), others: reports };
    let chosen = originals.into_iter().step_by(step).take(COPIES).enumerate();
    chosen
        .map(|(at, number)| {
            (number, alter.copy(&reports[number], Alteration::ALL[at % Alteration::ALL.len()]))
        })
        .collect()
}

/// Counts of what was found.
#[derive(Clone, Copy, Default)]
struct Counts {
    expected: usize,
    right: usize,
    other: usize,
    wrong: usize,
}

impl Counts {
    fn row(&self, name: &str) -> String {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        format!(
            "| {name} | {} | {:.3} | {:.3} | {} |\n",
            self.expected,
            share(self.right, self.right + self.other + self.wrong),
            share(self.right, self.expected),
            self.other,
        )
    }
}

/// Precision and recall of links and passages of copies among all reports.
fn quality(mut reports: Vec<Report>, copies: Vec<(usize, Copy)>) -> String {
    let first = reports.len();
    let mut truths = Vec::new();
    for (original, copy) in copies {
        truths.push((original, copy.alteration, copy.truth, copy.kept));
        reports.push(copy.report);
    }
    let utterances = find::utterances(&reports);
    let found = find::statements(&utterances);
    let mut out = String::from(
        "| copies | words in marks | statements | precision | recall | other relation |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for alteration in Alteration::ALL {
        let mut counts = [Counts::default(); 3];
        for (number, (original, of, truth, _)) in
            truths.iter().enumerate().filter(|(_, truth)| truth.1 == alteration)
        {
            debug_assert_eq!(*of, alteration);
            let copy = first + number;
            let ties: Vec<_> = found.ties.iter().filter(|(ours, _, _)| ours.0 == copy).collect();
            for (place, &(old, relation)) in truth.iter().enumerate() {
                let counts = &mut counts[class(&reports[copy], place)];
                counts.expected += 1;
                for (_, theirs, tie) in ties.iter().filter(|(ours, _, _)| ours.1 == place) {
                    if *theirs == (*original, old) {
                        if tie.relation == relation { counts.right += 1 } else { counts.other += 1 }
                    } else if !is_alike(&reports, (*original, old), *theirs) {
                        counts.wrong += 1;
                    }
                }
            }
        }
        for (counts, class) in counts.iter().zip(["5 or more", "1 to 4", "none"]) {
            out.push_str(&counts.row(&format!("{} | {class}", alteration.word())));
        }
    }
    let _ = writeln!(out, "\n{}", passage_quality(&reports, &truths, first, &find::passages(&reports)));
    out
}

type Truth = (usize, Alteration, Vec<(usize, Relation)>, Vec<std::ops::Range<usize>>);

/// How many words of a statement stand in marks: 0 for five or more, 1 for fewer, 2 for none.
fn class(report: &Report, place: usize) -> usize {
    let content = &report.statements[place].attribution.content;
    let tokens = report.outline.tokens.iter().zip(&report.outline.layout.quotes);
    let quoted = tokens.filter(|(token, state)| {
        let word = token.of(&report.article.text).contains(char::is_alphanumeric);
        word && **state == QuoteState::In && content.iter().any(|span| span.contains(**token))
    });
    match quoted.count() {
        0 => 2,
        1..5 => 1,
        _ => 0,
    }
}

/// Whether two statements of unaltered reports are one, or one stands in the other: a copy of the first may tie to the
/// second.
fn is_alike(reports: &[Report], one: Place, other: Place) -> bool {
    let statement = |place: Place| &reports[place.0].statements[place.1];
    let spans = |place: Place| &statement(place).attribution.content;
    let nested = one.0 == other.0 && spans(one).iter().any(|a| spans(other).iter().any(|b| a.overlaps(*b)));
    let utterance =
        |place: Place| Utterance::new(statement(place), &reports[place.0].article, &reports[place.0].outline);
    nested || compare(&utterance(one), &utterance(other)).is_some()
}

/// Of the original's text in passages found: how much was kept in the copy; of what was kept: how much is found, in bytes.
fn passage_quality(reports: &[Report], truths: &[Truth], first: usize, passages: &Passages) -> String {
    const LEAST_BYTES: usize = 150;
    let mut out = String::from(
        "| copies | articles | passages: precision | recall | pairs with others than the original |\n| --- | --- | --- | --- | --- |\n",
    );
    for alteration in Alteration::ALL {
        let (mut found, mut right, mut kept_in_all, mut articles, mut others) = (0, 0, 0, 0, 0);
        for (number, (original, _, _, kept)) in
            truths.iter().enumerate().filter(|(_, truth)| truth.1 == alteration)
        {
            articles += 1;
            let kept: Vec<_> = kept.iter().filter(|range| range.len() >= LEAST_BYTES).collect();
            kept_in_all += kept.iter().map(|range| range.len()).sum::<usize>();
            for (_, other, spans) in passages.found.iter().filter(|(ours, _, _)| *ours == first + number) {
                if other != original {
                    others += usize::from(find::both(&reports[*original], &reports[*other]).is_empty());
                    continue;
                }
                for (_, span) in spans {
                    found += span.range().len();
                    right += kept.iter().map(|range| overlap(range, *span)).sum::<usize>();
                }
            }
        }
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let _ = writeln!(
            out,
            "| {} | {articles} | {:.3} | {:.3} | {others} |",
            alteration.word(),
            share(right, found),
            share(right, kept_in_all),
        );
    }
    out
}

fn overlap(range: &std::ops::Range<usize>, span: Span) -> usize {
    let (begin, end) = (range.start.max(span.begin as usize), range.end.min(span.end as usize));
    end.saturating_sub(begin)
}

/// What the keys miss of what comparing all with all finds, on a part.
fn against_all_pairs(reports: &[Report], copies: &[(usize, Copy)]) -> String {
    let copies = &copies[..ALL_PAIRS.min(copies.len())];
    let originals: Vec<&Report> = copies.iter().map(|(number, _)| &reports[*number]).collect();
    let others =
        reports.iter().take(ALL_PAIRS).chain(originals).chain(copies.iter().map(|(_, copy)| &copy.report));
    let part: Vec<Report> =
        others.map(|report| Report::new(report.article.clone(), report.statements.clone())).collect();
    let utterances = find::utterances(&part);
    let Found { ties, compared, .. } = find::statements(&utterances);
    let (mut all, mut pairs) = (0, 0);
    for (at, (ours, utterance)) in utterances.iter().enumerate() {
        for (_, earlier) in utterances[..at].iter().filter(|(theirs, _)| theirs.0 != ours.0) {
            pairs += 1;
            all += usize::from(compare(utterance, earlier).is_some());
        }
    }
    let passages = find::passages(&part);
    let (mut shared, mut article_pairs) = (0, 0);
    for (number, report) in part.iter().enumerate() {
        for other in &part[..number] {
            article_pairs += 1;
            shared += usize::from(!find::both(report, other).is_empty());
        }
    }
    format!(
        "| | all pairs | found | by keys: pairs | found |\n| --- | --- | --- | --- | --- |\n| statements | {pairs} | {all} | {compared} | {} |\n| passages | {article_pairs} | {shared} | {} | {} |\n",
        ties.len(),
        passages.compared,
        passages.found.len(),
    )
}
