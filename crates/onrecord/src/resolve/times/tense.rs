//! Whether a sentence looks back or ahead where a time stands in it.
//!
//! No parser is asked: the nearest word before the time that shows a tense decides, as in HeidelTime; without one, the
//! nearest after it.

use super::pieces::Pieces;
use super::reading::Direction::{self, Future, Past};

/// What a sentence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tense {
    pub(super) direction: Direction,
    /// A preposition says so, not a verb somewhere near.
    pub(super) is_certain: bool,
}

/// How many pieces before and after a time are looked at.
const BEFORE: usize = 30;
const AFTER: usize = 10;

/// The tense of the pieces around `[at, end)`.
pub(super) fn tense(pieces: &Pieces<'_>, at: usize, end: usize) -> Option<Tense> {
    if let Some(direction) = preposition(pieces, at) {
        return Some(Tense { direction, is_certain: true });
    }
    let sentence = pieces.sentences[at];
    let before = (at.saturating_sub(BEFORE)..at).rev();
    let after = end..pieces.kinds.len().min(end + AFTER);
    let here = |place: &usize| pieces.sentences[*place] == sentence;
    let direction = |place: usize| shown(pieces.words(place)).filter(|_| !is_participle(pieces, place));
    let nearest = before.take_while(here).find_map(direction);
    let direction = nearest.or_else(|| after.take_while(here).find_map(direction))?;
    Some(Tense { direction, is_certain: false })
}

/// "since Thursday" looks back, "until Thursday" ahead.
fn preposition(pieces: &Pieces<'_>, at: usize) -> Option<Direction> {
    match pieces.words(at.checked_sub(1)?) {
        "since" | "Since" | "ended" => Some(Past),
        "until" | "Until" | "till" | "by" | "By" | "ending" => Some(Future),
        _ => None,
    }
}

/// Whether a word that looks past is a participle, with the tense elsewhere: "would be built", "a painted sign".
fn is_participle(pieces: &Pieces<'_>, at: usize) -> bool {
    at > 0
        && matches!(
            pieces.words(at - 1),
            "be" | "a" | "an" | "the" | "its" | "their" | "his" | "her" | "still"
        )
}

/// The direction that a word shows. Participles in "-ed" are past but for those of plans.
fn shown(word: &str) -> Option<Direction> {
    let mut lower = [0; 12];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    if let Ok(place) = SHOWN.binary_search_by(|(entry, _)| entry.as_bytes().cmp(lower)) {
        return Some(SHOWN[place].1);
    }
    (lower.len() > 4 && lower.ends_with(b"ed") && word.starts_with(|c: char| c.is_ascii_lowercase()))
        .then_some(Past)
}

/// Sorted, lower case. Auxiliaries, irregular past forms, and words of plans and terms.
static SHOWN: &[(&str, Direction)] = &[
    ("'ll", Future),
    ("became", Past),
    ("been", Past),
    ("began", Past),
    ("bought", Past),
    ("broke", Past),
    ("brought", Past),
    ("built", Past),
    ("came", Past),
    ("chose", Past),
    ("could", Future),
    ("did", Past),
    ("died", Past),
    ("drew", Past),
    ("drove", Past),
    ("due", Future),
    ("effective", Future),
    ("expected", Future),
    ("expects", Future),
    ("expire", Future),
    ("expires", Future),
    ("fell", Past),
    ("felt", Past),
    ("flew", Past),
    ("fought", Past),
    ("found", Past),
    ("gave", Past),
    ("going", Future),
    ("got", Past),
    ("grew", Past),
    ("had", Past),
    ("heard", Past),
    ("held", Past),
    ("hopes", Future),
    ("intends", Future),
    ("kept", Past),
    ("killed", Past),
    ("knew", Past),
    ("led", Past),
    ("left", Past),
    ("likely", Future),
    ("lost", Past),
    ("made", Past),
    ("may", Future),
    ("meant", Past),
    ("met", Past),
    ("might", Future),
    ("must", Future),
    ("paid", Past),
    ("payable", Future),
    ("plan", Future),
    ("planned", Future),
    ("planning", Future),
    ("plans", Future),
    ("put", Past),
    ("ran", Past),
    ("record", Future),
    ("rose", Past),
    ("said", Past),
    ("sat", Past),
    ("saw", Past),
    ("scheduled", Future),
    ("sent", Past),
    ("set", Future),
    ("shall", Future),
    ("shot", Past),
    ("should", Future),
    ("slated", Future),
    ("sold", Past),
    ("spent", Past),
    ("spoke", Past),
    ("stood", Past),
    ("thought", Past),
    ("threw", Past),
    ("told", Past),
    ("took", Past),
    ("upcoming", Future),
    ("was", Past),
    ("went", Past),
    ("were", Past),
    ("will", Future),
    ("wo", Future),
    ("won", Past),
    ("would", Future),
    ("wrote", Past),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(SHOWN.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn words_that_show_a_direction() {
        assert_eq!(shown("Will"), Some(Future));
        assert_eq!(shown("walked"), Some(Past));
        assert_eq!(shown("scheduled"), Some(Future));
        for word in ["red", "need", "Fed", "", "éééééé", "extraordinarily"] {
            assert_eq!(shown(word), None, "{word}");
        }
    }
}
