//! The settings that travel with the weights: sizes, constants of decoding, calibration.

use serde::Deserialize;

use super::file::ModelError;
use super::kernels::LANES;
use crate::analyse::words::Parts;
use crate::resolve::Act;

/// The sizes of a net.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Sizes {
    /// Words in the vocabulary; one row more stands for all others.
    pub(crate) words: usize,
    /// Width of an input vector.
    pub(crate) d: usize,
    /// Hidden units of a direction.
    pub(crate) hidden: usize,
    /// Recurrent layers.
    pub(crate) layers: usize,
    /// Width of the conditional head.
    pub(crate) width: usize,
    /// Acts that the last head tells apart.
    pub(crate) acts: usize,
    /// Rows of affixes.
    pub(crate) affix_rows: u32,
    /// Rows of character n-grams.
    pub(crate) gram_rows: u32,
    /// Rows of word shapes.
    pub(crate) shape_rows: u32,
}

impl Sizes {
    /// Refuses sizes that the code is not made for.
    pub(super) fn check(self) -> Result<Sizes, ModelError> {
        let widths = [self.d, self.hidden, self.width];
        let trained = Parts::TRAINED;
        let rows = [
            (self.affix_rows, trained.affixes),
            (self.gram_rows, trained.grams),
            (self.shape_rows, trained.shapes),
        ];
        let fits = widths.iter().all(|width| width.is_multiple_of(LANES) && (LANES..=1024).contains(width))
            && (1..=8).contains(&self.layers)
            && self.words < 1 << 24
            && self.acts == Act::ALL.len()
            // The rows of a small table are the rows of the trained one, folded.
            && rows.iter().all(|&(rows, trained)| rows > 0 && trained.is_multiple_of(rows));
        if fits { Ok(self) } else { Err(refused("config", "sizes out of range")) }
    }

    /// Rows of the table of word parts.
    pub(crate) fn parts(&self) -> Parts {
        Parts { affixes: self.affix_rows, grams: self.gram_rows, shapes: self.shape_rows }
    }
}

/// The constants of decoding.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Decoding {
    /// Tokens in a window.
    pub(crate) window: usize,
    /// Tokens at a window's inner edges that belong to its neighbours.
    pub(crate) margin: usize,
    /// Tokens on either side of a cue that may belong to its statement.
    pub(crate) reach: usize,
    /// Probability above which a token belongs to a cue.
    pub(crate) cue_threshold: f32,
    /// The same, for cues inside another statement's content.
    pub(crate) nested_threshold: f32,
    /// Added to the scores of content.
    pub(crate) content_bias: f32,
    /// Added to the scores of source.
    pub(crate) source_bias: f32,
}

impl Decoding {
    /// Refuses constants that would read past a window, or cost too much.
    pub(super) fn check(self) -> Result<Decoding, ModelError> {
        let fits = (1..=1024).contains(&self.window) && 2 * self.margin < self.window && self.reach <= 512;
        let numbers = [self.cue_threshold, self.nested_threshold, self.content_bias, self.source_bias];
        if fits && numbers.iter().all(|number| number.is_finite()) {
            Ok(self)
        } else {
            Err(refused("decoding", "constants out of range"))
        }
    }
}

/// From the model's own confidence to how often it is right: straight lines between points, as isotonic regression
/// gives them.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Calibration(Vec<[f32; 2]>);

impl Calibration {
    /// Refuses points that do not rise, or leave `[0, 1]`.
    pub(super) fn check(self) -> Result<Calibration, ModelError> {
        let rises = self.0.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] <= pair[1][1]);
        if rises
            && !self.0.is_empty()
            && self.0.as_flattened().iter().all(|value| (0.0..=1.0).contains(value))
        {
            Ok(self)
        } else {
            Err(refused("calibration", "its points must rise, in [0, 1]"))
        }
    }

    /// The calibrated confidence.
    pub(crate) fn of(&self, raw: f32) -> f32 {
        let next = self.0.partition_point(|point| point[0] <= raw);
        match (next.checked_sub(1).map(|last| self.0[last]), self.0.get(next)) {
            (Some([x0, y0]), Some([x1, y1])) => y0 + (raw - x0) / (x1 - x0) * (y1 - y0),
            (Some([_, y]), None) | (None, Some(&[_, y])) => y,
            (None, None) => raw,
        }
    }
}

fn refused(field: &'static str, reason: &str) -> ModelError {
    ModelError::Setting { field, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_runs_straight_between_its_points() {
        let calibration = Calibration(vec![[0.2, 0.1], [0.4, 0.3], [0.8, 0.9]]).check().unwrap();
        for (raw, expected) in [(0.0, 0.1), (0.2, 0.1), (0.3, 0.2), (0.6, 0.6), (0.8, 0.9), (1.0, 0.9)] {
            assert!((calibration.of(raw) - expected).abs() < 1e-6);
        }
        assert!(Calibration(vec![[0.4, 0.3], [0.2, 0.4]]).check().is_err());
        assert!(Calibration(vec![[0.0, f32::NAN]]).check().is_err());
        assert!(Calibration(vec![]).check().is_err());
    }
}
