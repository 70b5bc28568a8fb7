//! The settings that travel with the weights: sizes, constants of decoding, calibration.

use serde::Deserialize;

use super::file::{File, ModelError};
use super::kernels::padded;
use crate::analyse::words::Parts;
use crate::resolve::Act;

/// The sizes of a net as its file has them, most of them read from the shapes of its tensors.
#[derive(Clone, Debug)]
pub(super) struct Sizes {
    /// Words in the vocabulary; one row more stands for all others.
    pub(super) words: usize,
    /// Rows of the table of word parts.
    pub(super) parts: Parts,
    /// Width of an input vector.
    pub(super) input: usize,
    /// Hidden units of a direction.
    pub(super) units: usize,
    /// Recurrent layers.
    pub(super) layers: usize,
    /// Width of the conditional head.
    pub(super) head: usize,
    /// How many levels of an input vector make one unit.
    pub(super) input_levels: f32,
}

/// Widths of rows as the kernels see them: each part padded with zeros to whole lanes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Widths {
    /// Of an input vector.
    pub(crate) input: usize,
    /// Of one direction's hidden units.
    pub(crate) units: usize,
    /// Of a token's vector: both directions.
    pub(crate) vector: usize,
    /// Of the conditional head's hidden layer.
    pub(crate) head: usize,
}

impl Parts {
    /// The row of a model with these tables for a row of the trained layout: each kind folded onto its own rows.
    pub(crate) fn fold(self, row: u32) -> u32 {
        let (affixes, grams) = (Parts::TRAINED.affixes, Parts::TRAINED.affixes + Parts::TRAINED.grams);
        match row {
            row if row < affixes => row % self.affixes,
            row if row < grams => self.affixes + (row - affixes) % self.grams,
            row => self.affixes + self.grams + (row - grams) % self.shapes,
        }
    }
}

/// Layers that a net may have.
const MOST_LAYERS: usize = 8;

/// What any width may be.
const MOST_WIDTH: usize = 1024;

impl Sizes {
    /// Reads the sizes of a file, and refuses those that make no sense.
    pub(super) fn read(file: &File<'_>, words: usize) -> Result<Sizes, ModelError> {
        let layer = |number: &usize| file.has(&format!("encoder.{number}.forward.bias"));
        let sizes = Sizes {
            words,
            parts: Parts {
                affixes: file.setting("affix_rows")?,
                grams: file.setting("gram_rows")?,
                shapes: file.setting("shape_rows")?,
            },
            input: file.width("quote")?,
            units: file.width("encoder.0.forward.weight_hh.int8")?,
            layers: (0..MOST_LAYERS).take_while(layer).count(),
            head: file.width("conditional.nested")?,
            input_levels: file.setting("input_levels")?,
        };
        let rows = [sizes.parts.affixes, sizes.parts.grams, sizes.parts.shapes];
        if !rows.iter().all(|rows| (1..1 << 24).contains(rows)) {
            return Err(refused("affix_rows, gram_rows or shape_rows", "out of range"));
        }
        let widths = [sizes.input, sizes.units, sizes.head];
        if !widths.iter().all(|width| (1..=MOST_WIDTH).contains(width)) {
            return Err(refused("widths", "out of range"));
        }
        if !(1e-3..=1e3).contains(&sizes.input_levels) {
            return Err(refused("input_levels", "out of range"));
        }
        Ok(sizes)
    }

    /// The padded widths.
    pub(super) fn widths(&self) -> Widths {
        let [input, units, head] = [self.input, self.units, self.head].map(padded);
        Widths { input, units, vector: 2 * units, head }
    }
}

/// Refuses a model whose acts are not those of the record.
pub(super) fn check_acts(acts: &[String]) -> Result<(), ModelError> {
    if acts.iter().map(String::as_str).eq(Act::ALL.into_iter().map(Act::word)) {
        Ok(())
    } else {
        Err(refused("acts", "they are not those of the record"))
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
    /// Confidence from which on statements are worth showing.
    pub(crate) least_confidence: f32,
    /// Added to the scores of content.
    pub(crate) content_bias: f32,
    /// Added to the scores of source.
    pub(crate) source_bias: f32,
}

impl Decoding {
    /// Refuses constants that would read past a window, or cost too much.
    pub(super) fn check(self) -> Result<Decoding, ModelError> {
        let fits = (1..=1024).contains(&self.window) && 2 * self.margin < self.window && self.reach <= 512;
        let thresholds = [self.cue_threshold, self.nested_threshold, self.least_confidence];
        let numbers = [thresholds.as_slice(), &[self.content_bias, self.source_bias]].concat();
        if fits && numbers.iter().all(|number| number.is_finite()) {
            Ok(self)
        } else {
            Err(refused("decoding", "constants out of range"))
        }
    }
}

/// Calibrations of the two kinds of statements.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Calibrations {
    /// Of those that stand by themselves.
    pub(crate) top: Calibration,
    /// Of those in another one's content.
    pub(crate) nested: Calibration,
}

impl Calibrations {
    /// Refuses what is no calibration.
    pub(super) fn check(self) -> Result<Calibrations, ModelError> {
        Ok(Calibrations { top: self.top.check()?, nested: self.nested.check()? })
    }
}

/// From the model's own confidence to how often it is right: straight lines between points, as isotonic regression
/// gives them.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Calibration(Vec<[f32; 2]>);

impl Calibration {
    /// Refuses points that do not rise, or leave `[0, 1]`.
    fn check(self) -> Result<Calibration, ModelError> {
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
