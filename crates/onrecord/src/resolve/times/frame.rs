//! The time of a saying: which expression of the sentence around a cue tells when it was said.

use super::{Granularity, TimeExpression};
use crate::Span;
use crate::analyse::Outline;
use crate::analyse::layout::QuoteState;
use crate::attribute::Attribution;

/// How far apart, in tenths of a word, cue and time may be. Years and decades must be nearer, and before the cue all but
/// touch it: "built in 1902, the inn, she said" tells no time of the saying.
const REACH: u32 = 140;
const REACH_OF_YEARS: u32 = 40;
const REACH_OF_YEARS_AFTER: u32 = 100;

/// What a token between cue and time adds to the distance.
const WORD: u32 = 10;
const SOURCE: u32 = 2;
const MARK: u32 = 20;
const CLAUSE: u32 = 40;
const OTHER_CUE: u32 = 60;
/// The content between them, however long: "told him not to, last week".
const CONTENT: u32 = 60;

/// No sentence is searched farther, in tokens.
const WINDOW: usize = 300;

/// An aside is no longer than so many tokens on either side of its time.
const CLAUSE_LENGTH: usize = 15;

/// Words that open another clause or another argument, with another time.
const CLAUSE_WORDS: &[&str] = &[
    "after", "ahead", "and", "as", "because", "before", "but", "due", "for", "from", "between", "if",
    "since", "that", "to", "until", "when", "where", "whether", "which", "while", "who", "whose",
];

/// Participles that date a document.
const APPEARED: &[&str] =
    &["released", "published", "issued", "aired", "broadcast", "posted", "conducted", "taken"];

/// Nouns for documents, which a year before them dates.
const DOCUMENTS: &[&str] = &[
    "study",
    "report",
    "survey",
    "poll",
    "analysis",
    "paper",
    "article",
    "book",
    "letter",
    "memo",
    "interview",
    "speech",
    "ruling",
    "statement",
];

/// What [`Frames::time`] needs to know of an article.
pub struct Frames<'a> {
    text: &'a str,
    outline: &'a Outline,
    times: &'a [TimeExpression],
    /// Whether each token belongs to a cue.
    is_cue: Vec<bool>,
}

impl<'a> Frames<'a> {
    /// For the `times` of a text and the attributions in it.
    pub fn new<'s>(
        text: &'a str,
        outline: &'a Outline,
        times: &'a [TimeExpression],
        attributions: impl IntoIterator<Item = &'s Attribution>,
    ) -> Self {
        let mut is_cue = vec![false; outline.tokens.len()];
        for span in attributions.into_iter().flat_map(|attribution| &attribution.cue) {
            let (first, last) = token_range(outline, *span);
            is_cue[first..last].fill(true);
        }
        Frames { text, outline, times, is_cue }
    }

    /// The expression in the frame of `attribution` that tells when it was said: of the same sentence, outside its
    /// content and source, near the cue. With `within`, the content of the outer statement, it must stand there:
    /// what is outside dates the outer saying.
    pub fn time(&self, attribution: &Attribution, within: Option<&[Span]>) -> Option<&'a TimeExpression> {
        let anchor = anchor(attribution)?;
        let fits = |time: &&TimeExpression| {
            time.is_dated()
                && !time.is_future
                && !is_inside(&attribution.content, time.span)
                && !self.is_aside(time.span, anchor)
                && (!is_inside(&attribution.source, time.span) || self.dates_document(time.span))
                && within.is_none_or(|content| is_inside(content, time.span))
        };
        let near = |time: &'a TimeExpression| Some((self.distance(attribution, time)?, time));
        let nearest = self.in_sentence(anchor).iter().filter(fits).filter_map(near);
        nearest.min_by_key(|(distance, _)| *distance).map(|(_, time)| time)
    }

    /// Whether a time belongs to a clause set between commas before the cue: "the film, which opens *Friday*, explores".
    fn is_aside(&self, time: Span, cue: Span) -> bool {
        const RELATIVES: &[&str] = &["which", "who", "whose", "where", "whom"];
        let word = |at: usize| self.outline.tokens[at].of(self.text);
        let (first, end) = token_range(self.outline, time);
        let opening = (first.saturating_sub(CLAUSE_LENGTH)..first).rev().find(|&at| word(at) == ",");
        let cue = token_range(self.outline, cue).0;
        let closed = (end..cue.min(end + CLAUSE_LENGTH)).any(|at| word(at) == ",");
        closed && opening.is_some_and(|at| RELATIVES.contains(&word(at + 1)))
    }

    /// The number of the sentence of a span.
    pub(super) fn sentence(&self, span: Span) -> Option<u32> {
        self.outline.layout.sentences.get(token_range(self.outline, span).0).copied()
    }

    /// The last day told at the head of an earlier sentence of the paragraph of `span`.
    pub(super) fn paragraph_day(&self, span: Span) -> Option<&'a TimeExpression> {
        let place = token_range(self.outline, span).0;
        let paragraph = self.outline.layout.paragraphs.get(place)?;
        let before = self.times.partition_point(|time| time.span.begin < span.begin);
        let here = |time: &&TimeExpression| {
            let token = token_range(self.outline, time.span).0;
            self.outline.layout.paragraphs.get(token) == Some(paragraph)
        };
        let sentence = self.sentence(span);
        let is_told = |time: &&TimeExpression| {
            time.is_day()
                && !time.is_future
                && !self.is_quoted(time.span)
                && self.leads_sentence(time.span)
                && self.sentence(time.span) != sentence
        };
        self.times[..before].iter().rev().take(8).take_while(here).find(is_told)
    }

    /// Whether a time in a source says when that document appeared: "a poll released Wednesday", "a 2014 study".
    fn dates_document(&self, time: Span) -> bool {
        let (first, end) = token_range(self.outline, time);
        let before = &self.outline.tokens[first.saturating_sub(2)..first];
        let next = self.outline.tokens.get(end).map_or("", |token| token.of(self.text));
        before.iter().any(|token| APPEARED.contains(&token.of(self.text))) || DOCUMENTS.contains(&next)
    }

    /// Whether `span` stands in quotation marks: what is quoted dates no saying.
    fn is_quoted(&self, span: Span) -> bool {
        self.outline.layout.quotes[token_range(self.outline, span).0] != QuoteState::Out
    }

    /// Whether one word at most goes before `span` in its sentence.
    fn leads_sentence(&self, span: Span) -> bool {
        let token = token_range(self.outline, span).0;
        let sentences = &self.outline.layout.sentences;
        token < 2 || sentences[token - 2] != sentences[token]
    }

    /// The times of the sentence that holds `anchor`, as far as they are near it.
    fn in_sentence(&self, anchor: Span) -> &'a [TimeExpression] {
        let (place, _) = token_range(self.outline, anchor);
        let sentences = &self.outline.layout.sentences;
        let Some(sentence) = sentences.get(place) else { return &[] };
        let window = place.saturating_sub(WINDOW)..sentences.len().min(place + WINDOW);
        let first = window.start + sentences[window.start..place].partition_point(|s| s < sentence);
        let last = place + sentences[place..window.end].partition_point(|s| s <= sentence);
        let (begin, end) = (self.outline.tokens[first].begin, self.outline.tokens[last - 1].end);
        let first_time = self.times.partition_point(|time| time.span.begin < begin);
        let last_time = self.times.partition_point(|time| time.span.begin < end);
        &self.times[first_time..last_time]
    }

    /// The distance between a time and the cue in tenths of a word; none if it is out of reach.
    fn distance(&self, attribution: &Attribution, time: &TimeExpression) -> Option<u32> {
        let follows = anchor(attribution).is_some_and(|cue| cue.end <= time.span.begin);
        let reach = match time.granularity {
            Some(Granularity::Year | Granularity::Decade) if follows => REACH_OF_YEARS_AFTER,
            Some(Granularity::Year | Granularity::Decade) => REACH_OF_YEARS,
            _ => REACH,
        };
        let spans = if attribution.cue.is_empty() { &attribution.source } else { &attribution.cue };
        let distances = spans.iter().map(|&span| self.gap(attribution, span, time.span));
        distances.min().filter(|distance| *distance <= reach)
    }

    /// The cost of the tokens between `cue` and `time`; 0 where they overlap.
    fn gap(&self, attribution: &Attribution, cue: Span, time: Span) -> u32 {
        let (begin, end) = if time.end <= cue.begin { (time.end, cue.begin) } else { (cue.end, time.begin) };
        if begin >= end {
            return 0;
        }
        let tokens = &self.outline.tokens;
        let first = tokens.partition_point(|token| token.begin < begin);
        let last = tokens.partition_point(|token| token.end <= end);
        let (mut distance, mut content) = (0, 0);
        for (place, token) in tokens.iter().enumerate().take(last).skip(first) {
            if place == first && time.end <= cue.begin && token.of(self.text) == "when" {
                // "on Monday when the court decided"
                distance += WORD;
            } else if is_inside(&attribution.content, *token) {
                content = CONTENT;
            } else if !is_inside(&attribution.cue, *token) {
                distance += self.cost(attribution, place);
            }
        }
        distance + content
    }

    fn cost(&self, attribution: &Attribution, place: usize) -> u32 {
        let token = self.outline.tokens[place];
        let words = token.of(self.text);
        if is_inside(&attribution.source, token) {
            SOURCE
        } else if self.is_cue[place] {
            OTHER_CUE
        } else if CLAUSE_WORDS.iter().any(|word| words.eq_ignore_ascii_case(word)) {
            CLAUSE
        } else if words == "," || words.starts_with(char::is_alphanumeric) {
            WORD
        } else {
            MARK
        }
    }
}

/// The span that places a statement in its text: its cue, else its source or content.
pub(super) fn anchor(attribution: &Attribution) -> Option<Span> {
    let spans = [&attribution.cue, &attribution.source, &attribution.content];
    spans.into_iter().find_map(|spans| spans.first().copied())
}

fn is_inside(spans: &[Span], span: Span) -> bool {
    spans.iter().any(|outer| outer.begin <= span.begin && span.begin < outer.end)
}

/// The tokens that overlap `span`, as first and one past the last.
fn token_range(outline: &Outline, span: Span) -> (usize, usize) {
    let first = outline.tokens.partition_point(|token| token.end <= span.begin);
    let last = outline.tokens.partition_point(|token| token.begin < span.end);
    (first, last.max(first))
}
