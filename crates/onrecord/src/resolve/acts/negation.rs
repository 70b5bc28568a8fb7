//! Whether the report says that something was *not* said, thought or done.

use std::sync::LazyLock;

use super::pattern::{Patterns, rows};
use super::words::{Word, stretch, words};
use crate::resolve::Frame;

static SIGNS: LazyLock<Patterns<bool>> = LazyLock::new(|| {
    let file = include_str!("../../../data/negations.tsv");
    Patterns::new(rows(file).map(|(kind, pattern)| (pattern, kind == "negated")))
});

/// How many words before the cue are read: "has never once *suggested*".
const BEFORE: usize = 3;

/// Whether the statement is said not to have been made.
pub(crate) fn negated(frame: &Frame<'_>) -> bool {
    let cue = words(frame, &frame.attribution.cue);
    signs(&cue) || signs(&before(frame)) || nobody(&words(frame, &frame.attribution.source))
}

/// "Noted" is no form of "not": the words count as they stand.
fn signs(words: &[Word]) -> bool {
    let words: Vec<Word> = words.iter().map(Word::bare).collect();
    let words = words.as_slice();
    SIGNS.all(words).iter().any(|found| found.value)
}

/// The words of the sentence right before the cue, up to the source, the content or a mark.
fn before(frame: &Frame<'_>) -> Vec<Word> {
    let attribution = frame.attribution;
    let Some(first) = attribution.cue.first() else { return Vec::new() };
    let begin = frame.tokens(*first).start;
    let mut words = stretch(frame, begin.saturating_sub(BEFORE)..begin);
    let taken = |word: &Word| {
        let spans = attribution.source.iter().chain(&attribution.content);
        !word.is_word() || spans.into_iter().any(|span| span.overlaps(word.span))
    };
    if let Some(last) = words.iter().rposition(taken) {
        words.drain(..=last);
    }
    words
}

/// "No one", "nobody", "neither side".
fn nobody(source: &[Word]) -> bool {
    source.first().is_some_and(|word| ["no", "nobody", "none", "neither"].contains(&word.lower.as_str()))
}
