//! Altered copies of reports: what papers do to each other's words, by a fixed seed.

use std::ops::Range;

use onrecord::analyse::layout::QuoteState;
use onrecord::{Article, Relation, Span, Statement};

use super::records::Report;

/// How a copy was altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alteration {
    /// Words in marks were changed for others.
    Swapped,
    /// All but the contents was written anew.
    Paraphrased,
    /// Quotations were cut at one end.
    Truncated,
    /// Marks, pronouns in brackets, words left out for an ellipsis.
    Dressed,
    /// A new lead, and the tail cut off.
    Wire,
}

impl Alteration {
    pub(super) const ALL: [Alteration; 5] = [
        Alteration::Swapped,
        Alteration::Paraphrased,
        Alteration::Truncated,
        Alteration::Dressed,
        Alteration::Wire,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Alteration::Swapped => "words swapped in marks",
            Alteration::Paraphrased => "all but contents anew",
            Alteration::Truncated => "quotations cut",
            Alteration::Dressed => "marks, brackets, ellipses",
            Alteration::Wire => "new lead, cut tail",
        }
    }
}

/// A copy, and what each of its statements is to the one of the original that it was.
pub(super) struct Copy {
    pub(super) report: Report,
    pub(super) alteration: Alteration,
    /// For each statement of the copy, its place in the original and how it relates.
    pub(super) truth: Vec<(usize, Relation)>,
    /// What of the original's text was kept as it was, where that is known.
    pub(super) kept: Vec<Range<usize>>,
}

/// Numbers by chance, the same for each seed (splitmix64).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number below `limit`, which must not be 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

/// A stretch of the text and what is put in its place.
type Edit = (Range<usize>, String);

/// Makes copies of reports.
pub(super) struct Alter<'a> {
    pub(super) chance: Chance,
    /// Where other words and leads come from.
    pub(super) others: &'a [Report],
}

impl Alter<'_> {
    /// A copy of `report`, altered so.
    pub(super) fn copy(&mut self, report: &Report, alteration: Alteration) -> Copy {
        if alteration == Alteration::Paraphrased {
            return self.paraphrased(report);
        }
        let edits = match alteration {
            Alteration::Swapped => self.swaps(report),
            Alteration::Truncated => self.cuts(report),
            Alteration::Dressed => self.dress(report),
            _ => self.wire(report),
        };
        edited(report, edits, alteration)
    }

    fn other(&mut self) -> &Report {
        &self.others[self.chance.below(self.others.len())]
    }

    /// A word of another report, in lower case letters, of four at least.
    fn word(&mut self) -> String {
        loop {
            let number = self.chance.below(self.others.len());
            let report = &self.others[number];
            if report.outline.tokens.is_empty() {
                continue;
            }
            let token = report.outline.tokens[self.chance.below(report.outline.tokens.len())];
            let word = token.of(&report.article.text);
            if is_plain(word) {
                return word.to_owned();
            }
        }
    }

    /// One or two words in each quotation of eight or more.
    fn swaps(&mut self, report: &Report) -> Vec<Edit> {
        let mut edits = Vec::new();
        for run in quotations(report).into_iter().filter(|run| run.len() >= 8) {
            let plain: Vec<Span> =
                run.into_iter().filter(|token| is_plain(token.of(&report.article.text))).collect();
            for _ in 0..1 + self.chance.below(2) {
                if !plain.is_empty() {
                    let token = plain[self.chance.below(plain.len())];
                    edits.push((token.range(), self.word()));
                }
            }
        }
        edits
    }

    /// Half of each quotation of twelve words or more.
    fn cuts(&mut self, report: &Report) -> Vec<Edit> {
        let runs = quotations(report).into_iter().filter(|run| run.len() >= 12);
        let mut cut = |run: Vec<Span>| {
            let (half, last) = (run.len() / 2, run.len() - 1);
            let kept = if self.chance.below(2) == 0 { half..last } else { 0..half };
            (run[kept.start].range().start..run[kept.end].range().start, String::new())
        };
        runs.map(&mut cut).collect()
    }

    fn dress(&mut self, report: &Report) -> Vec<Edit> {
        let text = &report.article.text;
        let marks = report.outline.tokens.iter().filter_map(|token| match token.of(text) {
            "“" | "”" => Some((token.range(), "\"".to_owned())),
            "\"" => Some((token.range(), "''".to_owned())),
            _ => None,
        });
        let mut edits: Vec<Edit> = marks.filter(|_| !text.contains("''")).collect();
        for run in quotations(report).into_iter().filter(|run| run.len() >= 14) {
            let at = 4 + self.chance.below(run.len() - 10);
            edits.push((run[at].range().start..run[at + 2].range().end, "…".to_owned()));
            let pronoun = run.iter().find(|token| ["he", "she", "they"].contains(&token.of(text)));
            if let Some(token) =
                pronoun.filter(|token| token.begin >= run[at + 3].begin || token.end <= run[at].begin)
            {
                edits.push((token.range(), "[the other side]".to_owned()));
            }
        }
        edits
    }

    fn wire(&mut self, report: &Report) -> Vec<Edit> {
        let text = &report.article.text;
        let breaks: Vec<usize> = text.match_indices("\n\n").map(|(at, _)| at).collect();
        let first = breaks.first().copied().unwrap_or(0);
        let cut = breaks.into_iter().find(|at| at * 3 >= text.len() * 2).unwrap_or(text.len());
        let other = self.other();
        let lead = other.article.text.split("\n\n").nth(1).unwrap_or_default().to_owned();
        vec![(0..first, lead), (cut..text.len(), String::new())]
    }

    /// Each content in a new sentence, half of the time with no more than the speaker's last name, between others' words.
    fn paraphrased(&mut self, report: &Report) -> Copy {
        const SAID: [&str; 4] = ["told reporters:", "declared", "added later,", "put it like this:"];
        let (mut text, mut statements, mut truth) = (String::new(), Vec::new(), Vec::new());
        for (place, statement) in report.statements.iter().enumerate() {
            let mut statement = statement.clone();
            for speaker in &mut statement.speakers {
                let last = speaker.name.split(' ').next_back().unwrap_or_default().to_owned();
                if speaker.kind == onrecord::SpeakerType::Person && self.chance.below(2) == 0 {
                    speaker.name = last;
                }
            }
            let other = self.other();
            text.push_str(other.article.text.split("\n\n").nth(2).unwrap_or_default());
            let name = statement.speakers.first().map_or("They", |speaker| &speaker.name).to_owned();
            text.push_str(&format!("\n\n{name} {} ", SAID[self.chance.below(SAID.len())]));
            let old = std::mem::take(&mut statement.attribution.content);
            for (number, span) in old.into_iter().enumerate() {
                text.push_str(if number > 0 { " he went on, " } else { "" });
                let begin = text.len();
                text.push_str(span.of(&report.article.text));
                statement.attribution.content.push(Span::new(begin, text.len()));
            }
            text.push_str(".\n\n");
            statement.attribution.source = Vec::new();
            statement.attribution.cue = Vec::new();
            statements.push(statement);
            truth.push((place, Relation::Repeats));
        }
        let article = Article { id: report.article.id.clone(), text, ..Article::default() };
        Copy {
            report: Report::new(article, statements),
            alteration: Alteration::Paraphrased,
            truth,
            kept: Vec::new(),
        }
    }
}

fn is_plain(word: &str) -> bool {
    word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The words in marks of each content, those of a content within another left out.
fn quotations(report: &Report) -> Vec<Vec<Span>> {
    let mut contents: Vec<Span> =
        report.statements.iter().flat_map(|statement| statement.attribution.content.clone()).collect();
    contents.sort_by_key(|span| (span.begin, std::cmp::Reverse(span.end)));
    let mut end = 0;
    contents.retain(|span| {
        let is_apart = span.begin >= end;
        end = end.max(span.end);
        is_apart
    });
    let inside = |content: Span| {
        let tokens = report.outline.tokens.iter().zip(&report.outline.layout.quotes);
        let within = tokens.filter(|(token, state)| content.contains(**token) && **state == QuoteState::In);
        within.map(|(token, _)| *token).collect::<Vec<_>>()
    };
    contents.into_iter().map(inside).collect()
}

/// The copy with these edits. A statement of whose content nothing is left is dropped; one in whose marks a word was
/// swapped drifts.
fn edited(report: &Report, mut edits: Vec<Edit>, alteration: Alteration) -> Copy {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits.dedup_by(|next, last| next.0.start < last.0.end);
    let mut text = String::new();
    let mut at = 0;
    for (range, new) in &edits {
        text.push_str(&report.article.text[at..range.start]);
        text.push_str(new);
        at = range.end;
    }
    text.push_str(&report.article.text[at..]);
    let (mut statements, mut truth) = (Vec::new(), Vec::new());
    for (place, statement) in report.statements.iter().enumerate() {
        let touched = |(range, _): &&Edit| {
            let edit = Span::new(range.start, range.end);
            statement.attribution.content.iter().any(|span| span.overlaps(edit))
        };
        let swapped = alteration == Alteration::Swapped && edits.iter().any(|edit| touched(&edit));
        if let Some(statement) = moved(statement, &edits) {
            statements.push(statement);
            truth.push((place, if swapped { Relation::Drifts } else { Relation::Repeats }));
        }
    }
    let begins = std::iter::once(0).chain(edits.iter().map(|(range, _)| range.end));
    let ends = edits.iter().map(|(range, _)| range.start).chain([report.article.text.len()]);
    let kept = begins.zip(ends).map(|(begin, end)| begin..end).collect();
    let article = Article { id: report.article.id.clone(), text, ..Article::default() };
    Copy { report: Report::new(article, statements), alteration, truth, kept }
}

/// A statement with its spans where they are after the edits.
fn moved(statement: &Statement, edits: &[Edit]) -> Option<Statement> {
    let place = |at: usize, is_end: bool| {
        let mut shift = 0isize;
        for (range, new) in edits {
            if range.end <= at && !(is_end && range.end == at && range.start == at) {
                shift += new.len() as isize - range.len() as isize;
            } else if range.start < at {
                let kept = if is_end { new.len() } else { 0 };
                return (range.start as isize + shift) as usize + kept;
            }
        }
        (at as isize + shift) as usize
    };
    let is_gone = |span: &&Span| {
        let inside =
            |range: &Range<usize>| range.start <= span.begin as usize && span.end as usize <= range.end;
        edits.iter().any(|(range, _)| inside(range) && range.len() > span.range().len())
    };
    let spans = |spans: &[Span]| -> Vec<Span> {
        let moved = spans.iter().filter(|span| !is_gone(span)).map(|span| {
            let begin = place(span.begin as usize, false);
            Span::new(begin, place(span.end as usize, true).max(begin))
        });
        moved.filter(|span| span.begin < span.end).collect()
    };
    let mut statement = statement.clone();
    let attribution = &mut statement.attribution;
    attribution.source = spans(&attribution.source);
    attribution.cue = spans(&attribution.cue);
    attribution.content = spans(&attribution.content);
    (!attribution.content.is_empty()).then_some(statement)
}
