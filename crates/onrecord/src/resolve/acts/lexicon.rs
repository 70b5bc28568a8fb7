//! The lexicon of cues: which act the words of a cue name.

use std::sync::LazyLock;

use super::pattern::{Patterns, rows};
use super::words::Word;
use crate::resolve::Act;

/// What a cue names: no act in particular (`said`), or one or more, the likeliest first.
pub(crate) type Reading = &'static [Act];

static CUES: LazyLock<Patterns<Reading>> = LazyLock::new(|| {
    let file = include_str!("../../../data/cues.tsv");
    Patterns::new(rows(file).map(|(acts, pattern)| (pattern, acts_of(acts))))
});

/// The acts of a line's first cell. Lines are few and read once, so their lists may live for ever.
fn acts_of(cell: &str) -> Reading {
    let acts: Vec<Act> = cell.split('|').filter_map(Act::from_word).collect();
    Vec::leak(acts)
}

/// Prepositions that open an occasion rather than the act: "said in a plea".
const OCCASION: &[&str] = &["in", "on", "at", "during", "after", "before", "by", "via", "through", "from"];

/// What the words of a cue name: the first act named, else neutral, else `None` for an unknown cue.
pub(crate) fn read(cue: &[Word]) -> Option<Reading> {
    let found = CUES.all(cue);
    let first = found.first()?;
    let names = found
        .iter()
        .enumerate()
        .filter(|(number, _)| *number == 0 || !on_occasion(cue, found[*number].begin));
    let act = names.map(|(_, m)| m.value).find(|acts| !acts.is_empty());
    Some(act.unwrap_or(first.value))
}

/// Whether word `at` stands in a phrase of occasion, and is no verb ("said in a statement criticising").
fn on_occasion(cue: &[Word], at: usize) -> bool {
    let verb = cue[at].lower.ends_with("ing") || at > 0 && cue[at - 1].lower == "to";
    !verb && cue[at.saturating_sub(4)..at].iter().any(|word| OCCASION.contains(&word.lower.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_line_names_acts_and_no_cue_stands_twice() {
        let mut seen = HashSet::new();
        for (acts, pattern) in rows(include_str!("../../../data/cues.tsv")) {
            let known = acts == "neutral" || acts.split('|').all(|act| Act::from_word(act).is_some());
            assert!(known, "{acts} is no act");
            assert!(!pattern.is_empty() && !pattern.starts_with('~'), "{acts} has an empty pattern");
            assert!(seen.insert(pattern), "{pattern} stands twice");
        }
        for (act, pattern) in rows(include_str!("../../../data/contents.tsv")) {
            assert!(Act::from_word(act).is_some(), "{act} is no act");
            assert!(!pattern.is_empty() && !pattern.starts_with('~'), "{act} has an empty pattern");
        }
    }
}
