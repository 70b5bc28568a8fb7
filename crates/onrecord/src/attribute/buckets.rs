//! How a token stands to a cue, as rows of the conditional head's tables. `training/features.py` has the same rules.

use super::cues::Cue;
use crate::analyse::layout::{Layout, QuoteState};
use crate::model::TABLES;

/// The distances, in tokens, at which a bucket begins.
const DISTANCES: [usize; 32] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 23, 26, 30, 34, 39, 44, 50, 57, 65, 74, 84, 96,
    109, 124, 141,
];

/// Counts over the tokens of a stretch, to tell how many of something stand between two of them.
pub(super) struct Counts {
    /// Quotation marks before each token.
    marks: Vec<u32>,
    /// Top-level cues that begin before each token.
    cues: Vec<u32>,
}

impl Counts {
    /// Counts over the tokens that begin at `first`; cues are numbered from there.
    pub(super) fn new(layout: &Layout, tokens: std::ops::Range<usize>, cues: &[Cue]) -> Counts {
        let marks = layout.quotes[tokens.clone()].iter().map(|state| *state as u8 >= 2);
        let mut begins = vec![false; tokens.len()];
        for cue in cues {
            begins[cue.tokens.start] = true;
        }
        Counts { marks: before(marks), cues: before(begins.into_iter()) }
    }

    /// Whether a top-level cue begins at a token.
    fn begins(&self, token: usize) -> bool {
        self.cues[token + 1] > self.cues[token]
    }
}

/// How many of the flags before each place are set; one place more than flags.
fn before(flags: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut count = 0;
    let counts = flags.map(|flag| {
        count += u32::from(flag);
        count
    });
    std::iter::once(0).chain(counts).collect()
}

/// The rows for `token` seen from the cue that begins at `cue`, both numbered from `first`, the first token of the
/// stretch that was counted.
pub(super) fn buckets(
    layout: &Layout,
    counts: &Counts,
    first: usize,
    cue: usize,
    token: usize,
) -> [u32; TABLES] {
    let is_before = token < cue;
    let distance = DISTANCES.partition_point(|&d| d <= token.abs_diff(cue)) - 1 + 32 * usize::from(is_before);
    let state = |token: usize| layout.quotes[first + token];
    let inside = u32::from(state(cue) == QuoteState::In);
    let marks = counts.marks[token].abs_diff(counts.marks[cue]).min(4);
    let quote = ((state(token) as u32 * 2 + inside) * 5 + marks) * 2 + u32::from(is_before);
    let step = |numbers: &[u32], most: i64| {
        let step = i64::from(numbers[first + token]) - i64::from(numbers[first + cue]);
        (step.clamp(-most, most) + most) as u32
    };
    let paragraph = step(&layout.paragraphs, 3) * 9 + step(&layout.sentences, 4);
    // Cues between are counted with the token's own, without the cue itself.
    let others = if is_before {
        4 - (counts.cues[cue] - counts.cues[token]).min(4)
    } else {
        4 + (counts.cues[token + 1] - counts.cues[cue + 1]).min(4)
    };
    let other = others * 2 + u32::from(token != cue && counts.begins(token));
    [distance as u32, quote, paragraph, other]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::outline;
    use crate::model::TABLE_ROWS;

    fn cue(at: usize) -> Cue {
        Cue { tokens: at..at + 1, probability: 1.0, nested: false }
    }

    #[test]
    fn a_token_seen_from_a_cue() {
        // “ No , ” he said . ¶ She said so .
        let outline = outline("“No,” he said.\nShe said so.");
        let counts = Counts::new(&outline.layout, 0..outline.tokens.len(), &[cue(5), cue(9)]);
        let of = |from, token| buckets(&outline.layout, &counts, 0, from, token);
        // Four before, in the quotation, one mark between, same sentence.
        assert_eq!(of(5, 1), [32 + 4, (10 + 1) * 2 + 1, 3 * 9 + 4, 4 * 2]);
        assert_eq!(of(5, 5), [0, 0, 3 * 9 + 4, 4 * 2]);
        assert_eq!(of(5, 9), [4, 0, 4 * 9 + 5, 5 * 2 + 1]);
        assert_eq!(of(9, 5), [32 + 4, 1, 2 * 9 + 3, 3 * 2 + 1]);
    }

    #[test]
    fn rows_are_in_their_tables() {
        let text = "“One” ".repeat(60) + &"said. \n".repeat(60);
        let outline = outline(&text);
        let all = 0..outline.tokens.len();
        let counts =
            Counts::new(&outline.layout, all.clone(), &all.clone().step_by(3).map(cue).collect::<Vec<_>>());
        for (from, token) in all.clone().flat_map(|from| all.clone().map(move |token| (from, token))) {
            let rows = buckets(&outline.layout, &counts, 0, from, token);
            assert!(rows.iter().zip(TABLE_ROWS).all(|(&row, rows)| (row as usize) < rows));
        }
    }
}
