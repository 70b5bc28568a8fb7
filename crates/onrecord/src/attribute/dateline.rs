//! Takes the dateline off a source: "KELDEN, March 14 — The mayor said" is told by the mayor, not by the town.

use crate::Span;

/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 60;

const DASHES: [char; 3] = ['—', '–', '-'];

/// `source` without a dateline before its first words: a place in capitals at the head of a paragraph, up to a dash. A
/// source that is nothing else stays as it is.
pub(super) fn without_dateline(text: &str, source: Vec<Span>) -> Vec<Span> {
    let Some(end) = source.first().and_then(|first| dateline_end(text, first.begin as usize)) else {
        return source;
    };
    let after = |span: &Span| Span { begin: span.begin.max(end), end: span.end };
    let rest: Vec<Span> = source.iter().map(after).filter(|span| span.begin < span.end).collect();
    // "NATO — the alliance — said" puts an apposition between dashes
    let encloses = |span: &Span| text[span.end as usize..].trim_start_matches([' ', ',']).starts_with(DASHES);
    if rest.first().is_none_or(encloses) { source } else { rest }
}

/// Where the dateline ends that begins at `begin`, if one does.
fn dateline_end(text: &str, begin: usize) -> Option<u32> {
    let heads = text[..begin].chars().next_back().is_none_or(|c| c == '\n');
    let line = text[begin..].lines().next().filter(|_| heads)?;
    Some((begin + dateline(line)?) as u32)
}

/// The length of the dateline that `words` begin with, with the white space after its dash; none if nothing follows.
fn dateline(words: &str) -> Option<usize> {
    let place = words.split(|c: char| !c.is_alphabetic()).next()?;
    let in_capitals = place.chars().count() >= 3 && place.chars().all(char::is_uppercase);
    let (at, dash) = [" — ", " – ", " -- ", " - "]
        .iter()
        .filter_map(|dash| Some((words.find(dash)?, dash.len())))
        .min()?;
    // "March 14", "(Wire)"
    let names =
        words[..at].split(|c: char| !c.is_alphabetic()).all(|word| !word.starts_with(char::is_lowercase));
    (in_capitals && names && at <= LONGEST && at + dash < words.len()).then_some(at + dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In `marked`, the parts of the source stand between bars.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let (mut text, mut source) = (String::new(), Vec::new());
        for (number, part) in marked.split('|').enumerate() {
            if number % 2 == 1 {
                source.push(Span::new(text.len(), text.len() + part.len()));
            }
            text.push_str(part);
        }
        let found = without_dateline(&text, source);
        assert_eq!(found.iter().map(|span| span.of(&text)).collect::<Vec<_>>().join(" + "), expected);
    }

    #[test]
    fn datelines_are_no_speakers() {
        check("|KELDEN, March 14 — Mayor Ann Li| said", "Mayor Ann Li");
        check("Before.\n|ARDEN (Wire) - the firm| said", "the firm");
        check("|WESTMARK — Its mayor,| who left, said", "Its mayor,");
        check("|KELDEN|, March 14 — |Mayor Ann Li|, who left, said", "Mayor Ann Li");
    }

    #[test]
    fn other_capitals_stay() {
        check("|NATO — the alliance| — said", "NATO — the alliance");
        check("He and |NATO — the alliance| said", "NATO — the alliance");
        check("|Keldén — the town| said", "Keldén — the town");
        check("|KELDEN — | said", "KELDEN — ");
        check("|KELDEN| — nobody knows — said", "KELDEN");
        check("|NATO| said — or |its spokesman| did — that", "NATO + its spokesman");
    }
}
