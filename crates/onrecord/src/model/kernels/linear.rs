//! Linear layers: many rows times one matrix that is packed once, when the model is loaded.

use super::buffer::Buffer;
use super::dispatch::{Job, Kernel};
use super::lanes::Lanes;
use super::{LANES, padded};

/// Vectors in a panel that a tile of registers works on.
const WIDE: usize = 4;

/// The weights and bias of a linear layer, packed in panels of columns: four vectors wide while they last, then one.
/// Within a panel the weights of one input stand side by side, so a tile reads them once, in order.
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    panels: Buffer,
    bias: Buffer,
}

impl Matrix {
    /// Packs `columns`: for each output the weights of its inputs, and its bias.
    pub(crate) fn pack(inputs: usize, columns: &[(Vec<f32>, f32)]) -> Matrix {
        let outputs = padded(columns.len());
        let mut matrix = Matrix {
            inputs,
            outputs,
            panels: Buffer::zeros(inputs * outputs),
            bias: Buffer::from_values(&columns.iter().map(|column| column.1).collect::<Vec<_>>()),
        };
        for (number, (weights, _)) in columns.iter().enumerate() {
            assert_eq!(weights.len(), inputs);
            let (start, width) = matrix.panel(number / LANES);
            for (input, &weight) in weights.iter().enumerate() {
                matrix.panels[start * inputs + input * width + number - start] = weight;
            }
        }
        matrix
    }

    /// How many outputs a row has, padding included.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// First column and width of the panel that holds a vector of columns.
    fn panel(&self, vector: usize) -> (usize, usize) {
        let wide = self.outputs / LANES / WIDE * WIDE;
        if vector < wide { (vector / WIDE * WIDE * LANES, WIDE * LANES) } else { (vector * LANES, LANES) }
    }

    /// The weights of the panel whose first column is `start`.
    fn panel_at(&self, start: usize) -> *const f32 {
        self.panels[start * self.inputs..].as_ptr()
    }
}

/// Rows that lie in a slice, `stride` apart.
#[derive(Clone, Copy)]
struct Rows {
    at: *const f32,
    stride: usize,
}

struct Linear<'a> {
    matrix: &'a Matrix,
    rows: usize,
    input: Rows,
    output: *mut f32,
}

impl Kernel {
    /// For each row of `input` (the first values of every `stride`), writes `bias + weights · row`, densely.
    pub(crate) fn linear(
        self,
        matrix: &Matrix,
        rows: usize,
        input: &[f32],
        stride: usize,
        output: &mut [f32],
    ) {
        if rows == 0 {
            return;
        }
        assert!(matrix.inputs <= stride && (rows - 1) * stride + matrix.inputs <= input.len());
        assert!(rows * matrix.outputs <= output.len());
        let input = Rows { at: input.as_ptr(), stride };
        self.run(Linear { matrix, rows, input, output: output.as_mut_ptr() });
    }
}

impl Job for Linear<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        let mut start = 0;
        while start < self.matrix.outputs {
            let (_, width) = self.matrix.panel(start / LANES);
            // SAFETY: `Kernel::linear` has checked that all rows lie in their slices.
            unsafe {
                if width == LANES {
                    self.panel_of_rows::<L, 1>(start);
                } else {
                    self.panel_of_rows::<L, WIDE>(start);
                }
            }
            start += width;
        }
    }
}

impl Linear<'_> {
    #[inline(always)]
    unsafe fn panel_of_rows<L: Lanes, const V: usize>(&self, start: usize) {
        let mut row = 0;
        while row < self.rows {
            let count = tile_rows(self.rows - row, L::ROWS);
            // SAFETY: the caller vouches for the processor, and the tile's rows are among the job's.
            unsafe {
                match count {
                    6 => self.tile::<L, 6, V>(row, start),
                    5 => self.tile::<L, 5, V>(row, start),
                    4 => self.tile::<L, 4, V>(row, start),
                    3 => self.tile::<L, 3, V>(row, start),
                    2 => self.tile::<L, 2, V>(row, start),
                    _ => self.tile::<L, 1, V>(row, start),
                }
            }
            row += count;
        }
    }

    /// `R` rows times a panel of `V` vectors.
    #[inline(always)]
    unsafe fn tile<L: Lanes, const R: usize, const V: usize>(&self, row: usize, start: usize) {
        let (inputs, outputs) = (self.matrix.inputs, self.matrix.outputs);
        let weights = self.matrix.panel_at(start);
        let mut part = 0;
        while part < LANES {
            // SAFETY: the panel has `inputs · V · LANES` weights and `V · LANES` columns from `start`; the rows are in
            // bounds.
            unsafe {
                let bias = self.matrix.bias.as_ptr().add(start + part);
                let mut sums = [[L::splat(0.0); V]; R];
                for row in &mut sums {
                    for (vector, sum) in row.iter_mut().enumerate() {
                        *sum = L::load(bias.add(vector * LANES));
                    }
                }
                let input = self.input.at.add(row * self.input.stride);
                let sums = multiply::<L, R, V>(sums, input, self.input.stride, inputs, weights.add(part));
                for (r, row_sums) in sums.iter().enumerate() {
                    let output = self.output.add((row + r) * outputs + start + part);
                    for (vector, sum) in row_sums.iter().enumerate() {
                        sum.store(output.add(vector * LANES));
                    }
                }
            }
            part += L::COUNT;
        }
    }
}

/// How many of the `left` rows the next tile takes: full tiles, but the last two share what is left, as a tile of few
/// rows is slow.
#[inline(always)]
pub(super) fn tile_rows(left: usize, most: usize) -> usize {
    if left <= most {
        left
    } else if left < 2 * most {
        left.div_ceil(2)
    } else {
        most
    }
}

/// Adds to `sums` the products of `R` rows with a panel of `V` vectors, input by input.
///
/// # Safety
///
/// `rows` must be good for `R` rows of `inputs` values, `stride` apart; `weights` for the panel, from the part on that
/// these lanes take; the processor must have what `L` needs.
#[inline(always)]
unsafe fn multiply<L: Lanes, const R: usize, const V: usize>(
    mut sums: [[L; V]; R],
    rows: *const f32,
    stride: usize,
    inputs: usize,
    weights: *const f32,
) -> [[L; V]; R] {
    for input in 0..inputs {
        // SAFETY: `input` is below `inputs`, and the caller's pointers are good that far.
        unsafe {
            let mut values = [L::splat(0.0); R];
            for (row, value) in values.iter_mut().enumerate() {
                *value = L::splat(*rows.add(row * stride + input));
            }
            for vector in 0..V {
                let weight = L::load(weights.add((input * V + vector) * LANES));
                for (sums, value) in sums.iter_mut().zip(values) {
                    sums[vector] = value.times_plus(weight, sums[vector]);
                }
            }
        }
    }
    sums
}
