//! Patterns over words: the little language of the data files, and its matcher.
//!
//! A pattern is base forms divided by spaces. `a/b` is either; `~` is up to three words of any kind; a leading `^` binds
//! the pattern to the beginning of the stretch, a trailing `$` to its end.

use std::collections::HashMap;

use super::words::Word;

/// How many words a `~` may span.
const GAP: usize = 3;

/// One pattern after its first word.
struct Rest<T> {
    parts: Vec<Vec<&'static str>>,
    at_start: bool,
    at_end: bool,
    value: T,
}

/// Patterns by their first word.
pub(crate) struct Patterns<T> {
    by_first: HashMap<&'static str, Vec<Rest<T>>>,
}

/// Where a pattern matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match<T> {
    /// Number of the first word.
    pub begin: usize,
    /// One past the last.
    pub end: usize,
    /// How many words the pattern names.
    pub named: usize,
    /// What the pattern stands for.
    pub value: T,
}

impl<T: Copy> Patterns<T> {
    /// Patterns with their values; of two alike the first counts.
    pub(crate) fn new(rows: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<&'static str, Vec<Rest<T>>> = HashMap::new();
        for (pattern, value) in rows {
            let (pattern, at_start) = strip(pattern.strip_prefix('^'), pattern);
            let (pattern, at_end) = strip(pattern.strip_suffix('$'), pattern);
            let mut parts = pattern.split_whitespace().map(|part| part.split('/').collect::<Vec<_>>());
            let first = parts.next().unwrap_or_default();
            let parts: Vec<_> = parts.collect();
            for word in first {
                let rest = Rest { parts: parts.clone(), at_start, at_end, value };
                by_first.entry(word).or_default().push(rest);
            }
        }
        Patterns { by_first }
    }

    /// The match at word `begin` that names most words.
    pub(crate) fn at(&self, words: &[Word], begin: usize) -> Option<Match<T>> {
        let mut best: Option<Match<T>> = None;
        for rest in
            words.get(begin)?.bases.iter().filter_map(|base| self.by_first.get(base.as_str())).flatten()
        {
            if rest.at_start && begin > 0 {
                continue;
            }
            let Some(end) = rest.end(words, begin + 1, &rest.parts) else { continue };
            let named = 1 + rest.parts.iter().filter(|part| part.as_slice() != ["~"]).count();
            if best.as_ref().is_none_or(|best| named > best.named) {
                best = Some(Match { begin, end, named, value: rest.value });
            }
        }
        best
    }

    /// The matches from left to right, none overlapping.
    pub(crate) fn all(&self, words: &[Word]) -> Vec<Match<T>> {
        let (mut out, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let found = self.at(words, at);
            at = found.as_ref().map_or(at + 1, |found| found.end);
            out.extend(found);
        }
        out
    }
}

fn strip(stripped: Option<&'static str>, whole: &'static str) -> (&'static str, bool) {
    stripped.map_or((whole, false), |stripped| (stripped, true))
}

impl<T> Rest<T> {
    /// Where `parts` end if they match from word `at`.
    fn end(&self, words: &[Word], at: usize, parts: &[Vec<&'static str>]) -> Option<usize> {
        let Some((part, others)) = parts.split_first() else {
            return (!self.at_end || at == words.len()).then_some(at);
        };
        if part.as_slice() == ["~"] {
            return (at..=at + GAP).find_map(|at| self.end(words, at, others));
        }
        let word = words.get(at)?;
        if word.among(part) { self.end(words, at + 1, others) } else { None }
    }
}

/// The rows of a data file: what stands before the tab, and each of the patterns after it.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let cells = lines.filter_map(|line| line.split_once('\t'));
    cells.flat_map(|(name, patterns)| patterns.split(';').map(move |pattern| (name, pattern.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::tokens::tokens;

    fn found(patterns: &[&'static str], text: &str) -> Vec<(usize, usize)> {
        let words: Vec<Word> = tokens(text).into_iter().map(|t| Word::new(text, t)).collect();
        let patterns = Patterns::new(patterns.iter().map(|&p| (p, ())));
        patterns.all(&words).iter().map(|m| (m.begin, m.end)).collect()
    }

    #[test]
    fn the_longest_wins_and_gaps_are_bounded() {
        assert_eq!(found(&["call", "call ~ for"], "called loudly on Monday for"), [(0, 5)]);
        assert_eq!(found(&["call", "call ~ for"], "called one two three four for"), [(0, 1)]);
        assert_eq!(found(&["say/tell me"], "told me, said me"), [(0, 2), (3, 5)]);
    }

    #[test]
    fn bound_patterns() {
        assert_eq!(found(&["^to$"], "to"), [(0, 1)]);
        assert!(found(&["^to$"], "to say").is_empty());
        assert!(found(&["^to"], "want to").is_empty());
    }
}
