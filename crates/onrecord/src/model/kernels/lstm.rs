//! The recurrent layer: long short-term memory over a batch of windows (Hochreiter and Schmidhuber 1997).
//!
//! Windows of equal length go through it side by side, so the recurrent weights are read once a step for all of them.
//! What the inputs add to the gates is computed for some steps beforehand, as one large product: for as many as stay in
//! the processor's second cache. Inputs, weights and the units of the step before are levels of 8 bits; the gates and
//! cells are in single precision.

use super::buffer::Buffer;
use super::dispatch::{Job, Kernel};
use super::exp::{sigmoid, tanh};
use super::lanes::Lanes;
use super::linear::tile_rows;
use super::quantised::{Column, LEVELS, Quantised, WIDE, store_levels};
use super::{LANES, padded};

/// Gates of a unit: input, forget, cell, output. The gates of sixteen units are one panel of a matrix.
const GATES: usize = WIDE;

/// Steps whose gates are computed ahead.
const AHEAD: usize = 16;

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
    inputs: Quantised,
    /// From the hidden units of the step before to the gates.
    hidden: Quantised,
    pub(super) units: usize,
    direction: Direction,
}

/// Weights in the order of PyTorch: a row for each output, gates in the order input, forget, cell, output; each row
/// padded as the inputs are.
pub(crate) struct Weights<'a> {
    /// The levels of a row.
    pub(crate) row: &'a dyn Fn(usize) -> Vec<i8>,
    /// How much a level of each row counts.
    pub(crate) scales: &'a [f32],
}

impl Recurrence {
    /// Packs weights. `steps` is how many levels of the input make one unit.
    ///
    /// The units are padded with ones that stay zero for ever, as all their weights are.
    pub(crate) fn pack(
        direction: Direction,
        units: usize,
        input: &Weights<'_>,
        steps: f32,
        hidden: &Weights<'_>,
        bias: &[f32],
    ) -> Recurrence {
        let pack = |weights: &Weights<'_>, steps: f32, bias: &dyn Fn(usize) -> f32| {
            let width = (weights.row)(0).len();
            let column = |row: Option<usize>| match row {
                Some(row) => {
                    Column { levels: (weights.row)(row), scale: weights.scales[row], bias: bias(row) }
                }
                None => Column { levels: vec![0; width], scale: 0.0, bias: 0.0 },
            };
            Quantised::pack(&gate_columns(units).map(column).collect::<Vec<_>>(), steps)
        };
        Recurrence {
            inputs: pack(input, steps, &|row| bias[row]),
            hidden: pack(hidden, LEVELS, &|_| 0.0),
            units: padded(units),
            direction,
        }
    }

    /// How many values a row of gates has.
    fn gates(&self) -> usize {
        self.inputs.outputs()
    }
}

/// Which columns of a gate matrix stand where: the four gates of sixteen units side by side; `None` for padding.
fn gate_columns(units: usize) -> impl Iterator<Item = Option<usize>> {
    let lane = move |gate: usize, unit: usize| (unit < units).then_some(gate * units + unit);
    (0..padded(units)).step_by(LANES).flat_map(move |block| {
        (0..GATES).flat_map(move |gate| (block..block + LANES).map(move |u| lane(gate, u)))
    })
}

/// What a direction writes: a row for each step and window, in this order, `stride` apart.
pub(crate) struct Rows<'a> {
    /// The hidden units.
    pub(crate) values: &'a mut [f32],
    /// Their levels.
    pub(crate) levels: &'a mut [u8],
    pub(crate) stride: usize,
}

/// Working space of a direction.
#[derive(Default)]
pub(crate) struct Space {
    gates: Buffer,
    cells: Buffer,
}

/// One direction over some steps of its windows.
struct Pass<'a> {
    layer: &'a Recurrence,
    /// Which of the direction's steps these are, in its order.
    taken: std::ops::Range<usize>,
    steps: usize,
    windows: usize,
    gates: *const f32,
    cells: *mut f32,
    values: *mut f32,
    levels: *mut u8,
    stride: usize,
}

impl Kernel {
    /// Runs one direction over a batch: `input` holds dense rows of levels, ordered by step, then window.
    pub(crate) fn recurrence(
        self,
        layer: &Recurrence,
        [steps, windows]: [usize; 2],
        input: &[u8],
        output: Rows<'_>,
        space: &mut Space,
    ) {
        let (rows, stride) = (steps * windows, output.stride);
        if rows == 0 {
            return;
        }
        let end = (rows - 1) * stride + layer.units;
        assert!(layer.units <= stride && end <= output.values.len() && end <= output.levels.len());
        space.gates.reserve(AHEAD * windows * layer.gates());
        space.cells.reserve(windows * layer.units);
        space.cells[..windows * layer.units].fill(0.0);
        let (values, levels) = (output.values.as_mut_ptr(), output.levels.as_mut_ptr());
        for begin in (0..steps).step_by(AHEAD) {
            let taken = begin..(begin + AHEAD).min(steps);
            let first = match layer.direction {
                Direction::Forwards => taken.start,
                Direction::Backwards => steps - taken.end,
            };
            let width = layer.inputs.inputs();
            let input = &input[first * windows * width..];
            self.quantised(&layer.inputs, taken.len() * windows, input, &mut space.gates);
            let (gates, cells) = (space.gates.as_ptr(), space.cells.as_mut_ptr());
            self.run(Pass { layer, taken, steps, windows, gates, cells, values, levels, stride });
        }
    }
}

impl Job for Pass<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        for number in self.taken.clone() {
            for block in (0..self.layer.units).step_by(LANES) {
                // SAFETY: `Kernel::recurrence` has sized all buffers for all steps and windows.
                unsafe { self.block::<L>(number, block) }
            }
        }
    }
}

impl Pass<'_> {
    /// The step that is taken as this number.
    fn step(&self, number: usize) -> usize {
        match self.layer.direction {
            Direction::Forwards => number,
            Direction::Backwards => self.steps - 1 - number,
        }
    }

    /// The row of gates of a window at the step that is taken as this number.
    fn gates(&self, number: usize, window: usize) -> usize {
        let step = match self.layer.direction {
            Direction::Forwards => number - self.taken.start,
            Direction::Backwards => self.taken.end - 1 - number,
        };
        step * self.windows + window
    }

    /// Sixteen units of all windows at one step.
    #[inline(always)]
    unsafe fn block<L: Lanes>(&self, number: usize, block: usize) {
        let mut window = 0;
        while window < self.windows {
            let count = tile_rows(self.windows - window, L::ROWS);
            // SAFETY: the caller vouches for the processor, and the tile's windows are among the batch's.
            unsafe {
                match count {
                    6 => self.tile::<L, 6>(number, block, window),
                    5 => self.tile::<L, 5>(number, block, window),
                    4 => self.tile::<L, 4>(number, block, window),
                    3 => self.tile::<L, 3>(number, block, window),
                    2 => self.tile::<L, 2>(number, block, window),
                    _ => self.tile::<L, 1>(number, block, window),
                }
            }
            window += count;
        }
    }

    #[inline(always)]
    unsafe fn tile<L: Lanes, const R: usize>(&self, number: usize, block: usize, window: usize) {
        let row = self.step(number) * self.windows + window;
        for part in (0..LANES).step_by(L::COUNT) {
            // SAFETY: rows, windows and units are in bounds; the levels of the step before are written.
            unsafe {
                let gates =
                    self.gates.add(self.gates(number, window) * self.layer.gates() + block * GATES + part);
                let mut sums = [[L::splat(0.0); GATES]; R];
                for (r, sums) in sums.iter_mut().enumerate() {
                    for (gate, sum) in sums.iter_mut().enumerate() {
                        *sum = L::load(gates.add(r * self.layer.gates() + gate * LANES));
                    }
                }
                if number > 0 {
                    let before = self.step(number - 1) * self.windows + window;
                    let levels = self.levels.add(before * self.stride);
                    sums = self.layer.hidden.products(levels, self.stride, block * GATES, part, sums);
                }
                for (r, gates) in sums.into_iter().enumerate() {
                    let cell = self.cells.add((window + r) * self.layer.units + block + part);
                    let to = (row + r) * self.stride + block + part;
                    let units = unit(gates, cell);
                    units.store(self.values.add(to));
                    store_levels(units, LEVELS, self.levels.add(to));
                }
            }
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
