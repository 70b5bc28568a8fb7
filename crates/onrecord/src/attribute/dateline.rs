//! Takes the dateline off a source: "KELDEN, March 14 — The mayor said" is told by the mayor, not by the town.

use crate::Span;

/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 60;

const DASHES: [char; 3] = ['—', '–', '-'];

/// `source` without a dateline before its first words: a place in capitals at the head of a paragraph, up to a dash.
pub(super) fn without_dateline(text: &str, mut source: Vec<Span>) -> Vec<Span> {
    if let Some(first) = source.first_mut() {
        let heads = text[..first.begin as usize].chars().next_back().is_none_or(|c| c == '\n');
        // "NATO — the alliance — said" puts an apposition between dashes
        let encloses = text[first.end as usize..].trim_start_matches([' ', ',']).starts_with(DASHES);
        if heads
            && !encloses
            && let Some(length) = dateline(first.of(text))
        {
            first.begin += length as u32;
        }
    }
    source
}

/// The length of the dateline that `words` begin with, with the white space after its dash; none if nothing follows.
fn dateline(words: &str) -> Option<usize> {
    let place = words.split(|c: char| !c.is_alphabetic()).next()?;
    let in_capitals = place.chars().count() >= 3 && place.chars().all(char::is_uppercase);
    let (at, dash) = [" — ", " – ", " -- ", " - "]
        .iter()
        .filter_map(|dash| Some((words.find(dash)?, dash.len())))
        .min()?;
    (in_capitals && at <= LONGEST && at + dash < words.len()).then_some(at + dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` is what goes before the source, the source, and what follows, with bars between.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let parts: Vec<&str> = text.split('|').collect();
        let (begin, end) = (parts[0].len(), parts[0].len() + parts[1].len());
        let text = parts.concat();
        assert_eq!(without_dateline(&text, vec![Span::new(begin, end)])[0].of(&text), expected);
    }

    #[test]
    fn datelines_are_no_speakers() {
        check("|KELDEN, March 14 — Mayor Ann Li| said", "Mayor Ann Li");
        check("Before.\n|ARDEN (Wire) - the firm| said", "the firm");
        check("|WESTMARK — Its mayor,| who left, said", "Its mayor,");
    }

    #[test]
    fn other_capitals_stay() {
        check("|NATO — the alliance| — said", "NATO — the alliance");
        check("He and |NATO — the alliance| said", "NATO — the alliance");
        check("|Keldén — the town| said", "Keldén — the town");
        check("|KELDEN — | said", "KELDEN — ");
    }
}
