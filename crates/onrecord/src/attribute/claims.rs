//! Settles what two statements claim: a token is content of one top-level statement.

use super::conditional::Reading;

/// Gives each content token of a stretch of `tokens` to the reading with the greater probability of cue times
/// marginal, the earlier on a tie. A reading that is left with nothing, or with less than half, is dropped.
pub(super) fn settle(readings: Vec<Reading>, tokens: usize) -> Vec<Reading> {
    let mut best = vec![(f32::NEG_INFINITY, usize::MAX); tokens];
    for (number, reading) in readings.iter().enumerate() {
        for &(token, marginal) in &reading.content {
            let claim = reading.cue.probability * marginal;
            if claim > best[token].0 {
                best[token] = (claim, number);
            }
        }
    }
    let mut out = Vec::with_capacity(readings.len());
    for (number, mut reading) in readings.into_iter().enumerate() {
        let claimed = reading.content.len();
        reading.content.retain(|&(token, _)| best[token].1 == number);
        if !reading.content.is_empty() && 2 * reading.content.len() >= claimed {
            out.push(reading);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::conditional::Overlap;
    use super::super::cues::Cue;
    use super::*;

    fn reading(cue: usize, probability: f32, content: &[(usize, f32)]) -> Reading {
        let cue = Cue { tokens: cue..cue + 1, probability, nested: false };
        Reading {
            cue,
            source: Vec::new(),
            content: content.to_vec(),
            overlap: Overlap { source: 1.0, content: 1.0 },
        }
    }

    #[test]
    fn the_surer_claim_wins() {
        let weak = reading(0, 0.5, &[(1, 0.9), (2, 0.9), (3, 0.9), (4, 0.9)]);
        let strong = reading(5, 1.0, &[(3, 0.8), (4, 0.4)]);
        let kept = settle(vec![weak, strong], 6);
        assert_eq!(kept[0].content, [(1, 0.9), (2, 0.9), (4, 0.9)]);
        assert_eq!(kept[1].content, [(3, 0.8)]);
    }

    #[test]
    fn a_reading_that_loses_most_is_dropped() {
        let weak = reading(0, 0.5, &[(1, 0.9), (2, 0.9), (3, 0.9)]);
        let strong = reading(5, 1.0, &[(1, 0.8), (2, 0.8)]);
        let kept = settle(vec![weak, strong.clone(), reading(9, 0.9, &[])], 10);
        assert_eq!(kept, [strong]);
    }
}
