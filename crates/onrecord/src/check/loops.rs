//! Phrases said over and over, as programs that write do when they run in a circle; rows of a table are none.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Flag, FlagKind};
use crate::Span;

/// A phrase of so few words may be said three times for effect …
const FEWEST: usize = 3;
/// … and longer ones are found as sentences.
const MOST: usize = 20;
/// So often in a row it is a loop, and so often in all a sentence.
const TIMES: usize = 3;
/// A sentence that is a loop has so many words at least.
const SENTENCE: usize = 8;

/// The phrases that are said over and over.
pub(super) fn loops(text: &str) -> Vec<Flag> {
    let words = words(text);
    let mut flags = rows(&words);
    let told: Vec<Span> = flags.iter().flat_map(|flag| flag.span.clone()).collect();
    flags.extend(
        sentences(text, &words)
            .into_iter()
            .filter(|flag| !flag.span.iter().any(|span| told.iter().any(|told| told.overlaps(*span)))),
    );
    flags
}

/// A word in lower case, and where it stands.
type Word<'a> = (Cow<'a, str>, Span);

fn words(text: &str) -> Vec<Word<'_>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let lower = |word: &'_ str| word.chars().all(|c| !c.is_uppercase());
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(begin) = text[rest..].find(is_part).map(|at| rest + at) {
        let end = text[begin..].find(|c| !is_part(c)).map_or(text.len(), |at| begin + at);
        let word = &text[begin..end];
        let word = if lower(word) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        words.push((word, Span::new(begin, end)));
        rest = end;
    }
    words
}

/// Phrases that follow themselves, each as one flag over all its times.
fn rows(words: &[Word<'_>]) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (FEWEST..=MOST.min(words.len() - at)).find_map(|length| {
            let comes_back = words.get(at + length).is_some_and(|next| next.0 == words[at].0);
            // what is no prose may go on for a whole text
            let is_prose = comes_back && is_prose(&words[at..at + length]);
            let times = if is_prose { times(&words[at..], length) } else { 1 };
            (times >= TIMES).then_some((length, times))
        });
        let Some((length, times)) = found else {
            at += 1;
            continue;
        };
        let last = words[at + length * times - 1].1;
        flags.push(flag(vec![Span { begin: words[at].1.begin, end: last.end }], times));
        at += length * times;
    }
    flags
}

/// How often the first so many words follow themselves, the first time counted.
fn times(words: &[Word<'_>], length: usize) -> usize {
    if words.len() < length * TIMES || words[0].0 != words[length].0 {
        return 1;
    }
    let same = |part: &&[Word<'_>]| part.iter().zip(&words[..length]).all(|(one, first)| one.0 == first.0);
    words.chunks_exact(length).take_while(same).count()
}

/// Whether these are words of a language, not rows of a table: no figures, and not one word alone.
fn is_prose(words: &[Word<'_>]) -> bool {
    let has_figures = words.iter().any(|(word, _)| word.contains(|c: char| c.is_ascii_digit()));
    !has_figures && words.iter().any(|(word, _)| *word != words[0].0)
}

/// Sentences that stand in the text three times and more, wherever.
fn sentences(text: &str, words: &[Word<'_>]) -> Vec<Flag> {
    let mut met: BTreeMap<Vec<&str>, Vec<Span>> = BTreeMap::new();
    let goes_on = |one: &Word<'_>, next: &Word<'_>| {
        !text[one.1.end as usize..next.1.begin as usize].contains(['.', '!', '?', '\n'])
    };
    for sentence in words.chunk_by(goes_on).filter(|words| words.len() >= SENTENCE && is_prose(words)) {
        let span = Span { begin: sentence[0].1.begin, end: sentence[sentence.len() - 1].1.end };
        met.entry(sentence.iter().map(|(word, _)| &**word).collect()).or_default().push(span);
    }
    met.into_values()
        .filter(|spans| spans.len() >= TIMES)
        .map(|spans| flag(spans.clone(), spans.len()))
        .collect()
}

fn flag(span: Vec<Span>, times: usize) -> Flag {
    // that it is said so often is plain to see
    Flag { kind: FlagKind::Loop, span, note: format!("said {times} times"), score: 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = |flag: &Flag| flag.span.iter().map(|span| span.of(text)).collect::<Vec<_>>().join("|");
        assert_eq!(loops(text).iter().map(words).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn phrases_over_and_over() {
        check(
            "He said the bridge fell, the bridge fell, The bridge fell and left.",
            &["the bridge fell, the bridge fell, The bridge fell"],
        );
        let sentence = "The mayor of the old town said that nobody was hurt.";
        let said = "The mayor of the old town said that nobody was hurt";
        check(
            &format!("{sentence} It rained. {sentence}\n\n{sentence} It stopped."),
            &[&[said; 3].join("|")],
        );
    }

    #[test]
    fn what_is_no_loop() {
        for text in [
            "Location, location, location, location.",
            "nil nil nil nil nil nil nil nil nil",
            "up 3 pct, up 3 pct, up 3 pct, up 3 pct",
            "A horse, a horse, my kingdom for a horse.",
            "",
        ] {
            check(text, &[]);
        }
        // in a moment, not in hours
        check(&"again ".repeat(300_000), &[]);
        check(&"5 ".repeat(300_000), &[]);
    }
}
