//! Where cues stand: runs of tokens that probably belong to one.

use std::ops::Range;

/// A cue, in tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cue {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The highest probability among them of belonging to a cue.
    pub(super) probability: f32,
    /// Found by the head for cues in another statement's content.
    pub(super) nested: bool,
}

/// The cues among tokens with these probabilities of beginning and of continuing one: runs above the threshold, split
/// where a token rather begins one.
pub(super) fn cues(probabilities: impl Iterator<Item = [f32; 2]>, threshold: f32, nested: bool) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut open = false;
    for (token, [begins, goes_on]) in probabilities.enumerate() {
        let probability = begins + goes_on;
        match out.last_mut() {
            _ if probability <= threshold => {}
            Some(cue) if open && begins <= goes_on => {
                cue.tokens.end = token + 1;
                cue.probability = cue.probability.max(probability);
            }
            _ => out.push(Cue { tokens: token..token + 1, probability, nested }),
        }
        open = probability > threshold;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_split_where_one_begins() {
        let probabilities = [[0.0, 0.5], [0.25, 0.5], [0.5, 0.25], [0.1, 0.1], [0.9, 0.0], [0.3, 0.1]];
        let found: Vec<_> = cues(probabilities.into_iter(), 0.4, false)
            .into_iter()
            .map(|cue| (cue.tokens, cue.probability))
            .collect();
        assert_eq!(found, [(0..2, 0.75), (2..3, 0.75), (4..5, 0.9)]);
    }
}
