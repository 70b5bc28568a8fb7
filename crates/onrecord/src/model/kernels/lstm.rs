//! The recurrent layer: long short-term memory over a batch of windows (Hochreiter and Schmidhuber 1997).
//!
//! Windows of equal length go through it side by side, so the recurrent weights are read once a step for all of them.
//! What the inputs add to the gates is computed for all steps beforehand, as one large product.

use super::buffer::Buffer;
use super::dispatch::{Job, Kernel};
use super::exp::{sigmoid, tanh};
use super::lanes::Lanes;
use super::linear::{Matrix, multiply, tile_rows};
use super::{LANES, padded};

/// Gates of a unit: input, forget, cell, output.
const GATES: usize = 4;

/// Which way a layer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the first token on.
    Forwards,
    /// From the last token back.
    Backwards,
}

/// One direction of a layer.
pub(crate) struct Recurrence {
    /// From the layer's inputs to the gates, both biases in it.
    inputs: Matrix,
    /// From the hidden units of the step before to the gates.
    hidden: Matrix,
    pub(super) units: usize,
    direction: Direction,
}

impl Recurrence {
    /// Packs weights in the order of PyTorch: `[4 · units, inputs]`, gates in the order input, forget, cell, output.
    ///
    /// `input` and `hidden` give the weights of an output, padded as its inputs are. The units themselves are padded
    /// with ones that stay zero for ever, as all their weights are.
    pub(crate) fn pack(
        direction: Direction,
        units: usize,
        input: &dyn Fn(usize) -> Vec<f32>,
        hidden: &dyn Fn(usize) -> Vec<f32>,
        bias: &[f32],
    ) -> Recurrence {
        let pack = |weights: &dyn Fn(usize) -> Vec<f32>, bias: &dyn Fn(usize) -> f32| {
            let width = weights(0).len();
            let columns: Vec<_> = gate_columns(units)
                .map(|column| {
                    column.map_or((vec![0.0; width], 0.0), |column| (weights(column), bias(column)))
                })
                .collect();
            Matrix::pack(width, &columns)
        };
        Recurrence {
            inputs: pack(input, &|column| bias[column]),
            hidden: pack(hidden, &|_| 0.0),
            units: padded(units),
            direction,
        }
    }

    /// How many values a row of gates has.
    fn gates(&self) -> usize {
        GATES * self.units
    }
}

/// Which columns of a gate matrix stand where: the four gates of sixteen units side by side; `None` for padding.
fn gate_columns(units: usize) -> impl Iterator<Item = Option<usize>> {
    let lane = move |gate: usize, unit: usize| (unit < units).then_some(gate * units + unit);
    (0..padded(units)).step_by(LANES).flat_map(move |block| {
        (0..GATES).flat_map(move |gate| (block..block + LANES).map(move |u| lane(gate, u)))
    })
}

/// One pass of a direction over its windows.
struct Pass<'a> {
    layer: &'a Recurrence,
    steps: usize,
    windows: usize,
    gates: *const f32,
    cells: *mut f32,
    output: *mut f32,
    stride: usize,
}

impl Kernel {
    /// Runs one direction over a batch. Rows are ordered by step, then window; `input` is dense; the hidden units go
    /// to the first values of every `stride` of `output`. `gates` and `cells` are working space.
    #[expect(clippy::too_many_arguments, reason = "the buffers belong to the caller and differ in kind")]
    pub(crate) fn recurrence(
        self,
        layer: &Recurrence,
        [steps, windows]: [usize; 2],
        input: &[f32],
        width: usize,
        output: &mut [f32],
        stride: usize,
        gates: &mut Buffer,
        cells: &mut Buffer,
    ) {
        let rows = steps * windows;
        if rows == 0 {
            return;
        }
        assert!(layer.units <= stride && (rows - 1) * stride + layer.units <= output.len());
        gates.reserve(rows * layer.gates());
        self.linear(&layer.inputs, rows, input, width, gates);
        cells.reserve(windows * layer.units);
        cells[..windows * layer.units].fill(0.0);
        let (gates, cells, output) = (gates.as_ptr(), cells.as_mut_ptr(), output.as_mut_ptr());
        self.run(Pass { layer, steps, windows, gates, cells, output, stride });
    }
}

impl Job for Pass<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        for number in 0..self.steps {
            let (step, before) = match self.layer.direction {
                Direction::Forwards => (number, number.wrapping_sub(1)),
                Direction::Backwards => (self.steps - 1 - number, self.steps - number),
            };
            let inputs = if number == 0 { 0 } else { self.layer.units };
            for block in (0..self.layer.units).step_by(LANES) {
                // SAFETY: `Kernel::recurrence` has sized all buffers for all steps and windows.
                unsafe { self.block::<L>(step, before, inputs, block) }
            }
        }
    }
}

impl Pass<'_> {
    /// Sixteen units of all windows at one step, the units of step `before` being known (none at first).
    #[inline(always)]
    unsafe fn block<L: Lanes>(&self, step: usize, before: usize, inputs: usize, block: usize) {
        let mut window = 0;
        while window < self.windows {
            let count = tile_rows(self.windows - window, L::ROWS);
            // SAFETY: the caller vouches for the processor, and the tile's windows are among the batch's.
            unsafe {
                match count {
                    6 => self.tile::<L, 6>(step, before, inputs, block, window),
                    5 => self.tile::<L, 5>(step, before, inputs, block, window),
                    4 => self.tile::<L, 4>(step, before, inputs, block, window),
                    3 => self.tile::<L, 3>(step, before, inputs, block, window),
                    2 => self.tile::<L, 2>(step, before, inputs, block, window),
                    _ => self.tile::<L, 1>(step, before, inputs, block, window),
                }
            }
            window += count;
        }
    }

    #[inline(always)]
    unsafe fn tile<L: Lanes, const R: usize>(
        &self,
        step: usize,
        before: usize,
        inputs: usize,
        block: usize,
        window: usize,
    ) {
        let row = step * self.windows + window;
        let weights = self.layer.hidden.panel_at(block * GATES);
        // Not read where there are no inputs.
        let hidden = self
            .output
            .wrapping_add((before.wrapping_mul(self.windows).wrapping_add(window)).wrapping_mul(self.stride));
        let mut part = 0;
        while part < LANES {
            // SAFETY: rows, windows and units are in bounds; the units of step `before` are written.
            unsafe {
                let gates = self.gates.add(row * self.layer.gates() + block * GATES + part);
                let mut sums = [[L::splat(0.0); GATES]; R];
                for (r, sums) in sums.iter_mut().enumerate() {
                    for (gate, sum) in sums.iter_mut().enumerate() {
                        *sum = L::load(gates.add(r * self.layer.gates() + gate * LANES));
                    }
                }
                let sums = multiply::<L, R, GATES>(sums, hidden, self.stride, inputs, weights.add(part));
                for (r, &gates) in sums.iter().enumerate() {
                    let cell = self.cells.add((window + r) * self.layer.units + block + part);
                    let output = self.output.add((row + r) * self.stride + block + part);
                    unit(gates, cell).store(output);
                }
            }
            part += L::COUNT;
        }
    }
}

/// Moves cells on by one step, and gives what the units put out.
///
/// # Safety
///
/// `cell` must be good for a vector; the processor must have what `L` needs.
#[inline(always)]
unsafe fn unit<L: Lanes>([input, forget, new, output]: [L; GATES], cell: *mut f32) -> L {
    // SAFETY: the caller vouches for the pointer and the processor.
    unsafe {
        let added = sigmoid(input).times(tanh(new));
        let kept = sigmoid(forget).times_plus(L::load(cell), added);
        kept.store(cell);
        sigmoid(output).times(tanh(kept))
    }
}
