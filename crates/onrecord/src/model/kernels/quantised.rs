//! Linear layers in 8 bits: most of the net's arithmetic, four times as fast as in 32 bits where the processor has
//! instructions for it, and exact, as integers are.
//!
//! Inputs are rounded to levels in `-127..=127`, a fixed number of them to one unit; a level is stored as the byte
//! level + 128. Weights are levels too, with a scale for each output.

use super::LANES;
use super::buffer::Buffer;
use super::dispatch::{Job, Kernel};
use super::exp::ROUND;
use super::lanes::Lanes;
use super::linear::tile_rows;

/// The largest level.
pub(crate) const LEVELS: f32 = 127.0;

/// The byte of level 0.
const ZERO: u8 = 128;

/// Inputs that one instruction multiplies and adds.
const FOUR: usize = 4;

/// Vectors in a panel that a tile of registers works on.
pub(super) const WIDE: usize = 4;

/// The weights of an output: a level for each input, and how much one level counts.
pub(crate) struct Column {
    pub(crate) levels: Vec<i8>,
    pub(crate) scale: f32,
    pub(crate) bias: f32,
}

/// A linear layer whose weights are levels, packed in panels of four vectors of outputs. Within a panel, the weights of
/// four inputs to one output stand side by side, and so for all outputs, so a tile reads them once, in order.
pub(crate) struct Quantised {
    inputs: usize,
    outputs: usize,
    panels: Buffer<i8>,
    /// What takes the offset of the stored bytes off again: −128 times the sum of the weights.
    corrections: Buffer<i32>,
    scales: Buffer,
    bias: Buffer,
}

impl Quantised {
    /// Packs a column for each output; there are whole panels of them, and their inputs are a multiple of four.
    /// `steps` is how many levels of the input make one unit.
    pub(crate) fn pack(columns: &[Column], steps: f32) -> Quantised {
        let (inputs, outputs) = (columns[0].levels.len(), columns.len());
        assert!(inputs.is_multiple_of(FOUR) && outputs.is_multiple_of(WIDE * LANES));
        let mut panels = Buffer::zeros(inputs * outputs);
        for (number, column) in columns.iter().enumerate() {
            let (panel, place) = (number / (WIDE * LANES), number % (WIDE * LANES));
            for (input, &level) in column.levels.iter().enumerate() {
                let group = panel * inputs / FOUR + input / FOUR;
                panels[(group * WIDE * LANES + place) * FOUR + input % FOUR] = level;
            }
        }
        let of = |value: fn(&Column, f32) -> f32| {
            Buffer::from_values(&columns.iter().map(|column| value(column, steps)).collect::<Vec<_>>())
        };
        let correction =
            |column: &Column| column.levels.iter().map(|&w| i32::from(w)).sum::<i32>() * -i32::from(ZERO);
        Quantised {
            inputs,
            outputs,
            panels,
            corrections: Buffer::from_values(&columns.iter().map(correction).collect::<Vec<_>>()),
            scales: of(|column, steps| column.scale / steps),
            bias: of(|column, _| column.bias),
        }
    }

    /// How many outputs a row has.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// How many inputs a row has.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Bias and products of `R` rows with part of a panel, in single precision; `added` are to be added to them.
    ///
    /// # Safety
    ///
    /// `rows` must be good for `R` rows of the layer's inputs (or none, if `inputs` is none), `stride` apart; `start`
    /// is the first output of a panel, `part` a multiple of `COUNT` below [`LANES`]; the processor must have what `L`
    /// needs.
    #[inline(always)]
    pub(super) unsafe fn products<L: Lanes, const R: usize>(
        &self,
        rows: *const u8,
        stride: usize,
        start: usize,
        part: usize,
        added: [[L; WIDE]; R],
    ) -> [[L; WIDE]; R] {
        // SAFETY: the panel of `start` has `inputs · WIDE · LANES` weights, and its outputs as many corrections and
        // scales; the caller vouches for the rest.
        unsafe {
            let weights = self.panels.as_ptr().add(start * self.inputs + part * FOUR);
            let corrections = self.corrections.as_ptr().add(start + part);
            let mut sums = [[L::sums(corrections); WIDE]; R];
            for sums in &mut sums {
                for (vector, sum) in sums.iter_mut().enumerate() {
                    *sum = L::sums(corrections.add(vector * LANES));
                }
            }
            for group in 0..self.inputs / FOUR {
                for (row, sums) in sums.iter_mut().enumerate() {
                    let levels = rows.add(row * stride + group * FOUR).cast::<u32>().read_unaligned();
                    for (vector, sum) in sums.iter_mut().enumerate() {
                        let weights = weights.add((group * WIDE + vector) * LANES * FOUR);
                        *sum = L::add_products(*sum, levels, weights);
                    }
                }
            }
            let scales = self.scales.as_ptr().add(start + part);
            let mut out = added;
            for (out, sums) in out.iter_mut().zip(sums) {
                for (vector, (out, sum)) in out.iter_mut().zip(sums).enumerate() {
                    *out = L::from_sums(sum).times_plus(L::load(scales.add(vector * LANES)), *out);
                }
            }
            out
        }
    }
}

struct Linear<'a> {
    layer: &'a Quantised,
    rows: usize,
    input: *const u8,
    output: *mut f32,
}

impl Kernel {
    /// For each of the dense rows of levels, writes bias + weights · row, densely.
    pub(crate) fn quantised(self, layer: &Quantised, rows: usize, input: &[u8], output: &mut [f32]) {
        assert!(rows * layer.inputs <= input.len() && rows * layer.outputs <= output.len());
        self.run(Linear { layer, rows, input: input.as_ptr(), output: output.as_mut_ptr() });
    }
}

impl Job for Linear<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        for start in (0..self.layer.outputs).step_by(WIDE * LANES) {
            let mut row = 0;
            while row < self.rows {
                let count = tile_rows(self.rows - row, L::ROWS);
                // SAFETY: `Kernel::quantised` has checked that all rows lie in their slices.
                unsafe {
                    match count {
                        6 => self.tile::<L, 6>(row, start),
                        5 => self.tile::<L, 5>(row, start),
                        4 => self.tile::<L, 4>(row, start),
                        3 => self.tile::<L, 3>(row, start),
                        2 => self.tile::<L, 2>(row, start),
                        _ => self.tile::<L, 1>(row, start),
                    }
                }
                row += count;
            }
        }
    }
}

impl Linear<'_> {
    /// `R` rows times the panel whose first output is `start`.
    #[inline(always)]
    unsafe fn tile<L: Lanes, const R: usize>(&self, row: usize, start: usize) {
        for part in (0..LANES).step_by(L::COUNT) {
            // SAFETY: the caller's rows are among the job's, and the panel is one of the layer's.
            unsafe {
                let bias = self.layer.bias.as_ptr().add(start + part);
                let added = std::array::from_fn(|_| {
                    std::array::from_fn(|vector| L::load(bias.wrapping_add(vector * LANES)))
                });
                let inputs = self.layer.inputs;
                let sums =
                    self.layer.products::<L, R>(self.input.add(row * inputs), inputs, start, part, added);
                for (r, sums) in sums.into_iter().enumerate() {
                    let output = self.output.add((row + r) * self.layer.outputs + start + part);
                    for (vector, sum) in sums.into_iter().enumerate() {
                        sum.store(output.add(vector * LANES));
                    }
                }
            }
        }
    }
}

/// Writes the levels of values, `steps` of them to one unit, as bytes: halves to even, and what is out of reach to the
/// nearest level.
///
/// # Safety
///
/// `to` must be good for `COUNT` bytes; the processor must have what `L` needs.
#[inline(always)]
pub(super) unsafe fn store_levels<L: Lanes>(values: L, steps: f32, to: *mut u8) {
    // SAFETY: the caller vouches for the pointer and the processor.
    unsafe {
        let scaled = values.times(L::splat(steps)).or_more(L::splat(-LEVELS)).or_less(L::splat(LEVELS));
        scaled.plus(L::splat(ROUND + f32::from(ZERO))).store_low_bytes(to);
    }
}

struct ToLevels<'a> {
    values: &'a [f32],
    steps: f32,
    levels: &'a mut [u8],
}

impl Kernel {
    /// Writes the level of each value, `steps` of them to one unit. Whole lines only.
    pub(crate) fn levels(self, values: &[f32], steps: f32, levels: &mut [u8]) {
        assert!(values.len().is_multiple_of(LANES) && values.len() <= levels.len());
        self.run(ToLevels { values, steps, levels });
    }
}

impl Job for ToLevels<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        for (values, levels) in self.values.chunks_exact(L::COUNT).zip(self.levels.chunks_exact_mut(L::COUNT))
        {
            // SAFETY: both chunks have `COUNT` values; the caller vouches for the processor.
            unsafe { store_levels(L::load(values.as_ptr()), self.steps, levels.as_mut_ptr()) }
        }
    }
}
