//! Every kernel of this machine gives the bits of the portable one, over sizes and values of all kinds.

use super::quantised::{Column, Quantised};
use super::*;

/// A small generator of numbers: xorshift, seeded.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }

    /// In `-127..=127`.
    pub(crate) fn level(&mut self) -> i8 {
        (self.below(255) as i16 - 127) as i8
    }

    /// In `[-size, size]`.
    pub(crate) fn values(&mut self, count: usize, size: f32) -> Vec<f32> {
        (0..count).map(|_| (self.below(2_000_001) as f32 / 1e6 - 1.0) * size).collect()
    }
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// Runs `work` on every kernel and checks that all results agree with the portable one's.
#[track_caller]
fn check_same(work: impl Fn(Kernel) -> Vec<f32>) {
    let all = Kernel::available();
    let (portable, others) = all.split_last().unwrap();
    let expected = work(*portable);
    assert!(expected.iter().all(|value| value.is_finite()));
    for kernel in others {
        assert_eq!(bits(&work(*kernel)), bits(&expected), "{kernel:?}");
    }
}

#[test]
fn exponentials() {
    let mut values = Numbers::new(1).values(1 << 12, 90.0);
    values.extend([0.0, -0.0, 1e-40, -1e-40, f32::MAX, f32::MIN, 87.9, -87.1, 1e30]);
    values.resize(values.len().next_multiple_of(LANES), 1.0);
    check_same(|kernel| {
        let mut out = values.clone();
        kernel.exp(&mut out);
        out
    });
    let mut out = values.clone();
    Kernel::fastest().exp(&mut out);
    for (x, y) in values.iter().zip(out) {
        let exact = f64::from(x.clamp(-87.0, 88.0)).exp();
        assert!((f64::from(y) / exact - 1.0).abs() < 3e-7, "e^{x} is {exact}, not {y}");
    }
}

#[test]
fn linear_layers() {
    let mut numbers = Numbers::new(2);
    for size in [0.1, 3.0, 1e15] {
        for _ in 0..30 {
            let (rows, inputs, outputs) = (numbers.below(20), 1 + numbers.below(70), 1 + numbers.below(150));
            let stride = inputs + numbers.below(3);
            let input = numbers.values(rows * stride, size);
            let weights = numbers.values(inputs * outputs, size);
            let bias = numbers.values(outputs, size);
            let columns: Vec<_> =
                weights.chunks(inputs).map(<[f32]>::to_vec).zip(bias.iter().copied()).collect();
            let matrix = Matrix::pack(inputs, &columns);
            let run = |kernel: Kernel| {
                let mut output = vec![0.0; rows * matrix.outputs()];
                kernel.linear(&matrix, rows, &input, stride, &mut output);
                output
            };
            check_same(run);
            for (row, output) in run(Kernel::fastest()).chunks(matrix.outputs()).enumerate() {
                for ((weights, bias), &found) in columns.iter().zip(output) {
                    let products = weights.iter().zip(&input[row * stride..]);
                    let expected = products.fold(*bias, |sum, (w, x)| x.mul_add(*w, sum));
                    assert_eq!(found.to_bits(), expected.to_bits());
                }
            }
        }
    }
}

#[test]
fn levels() {
    let mut values = Numbers::new(7).values(1 << 12, 3.0);
    values.extend([0.0, -0.0, 0.5, 1.5, -0.5, 2.5, 1e-40, 1e30, f32::MIN, f32::MAX, f32::NAN, f32::INFINITY]);
    values.resize(values.len().next_multiple_of(LANES), 1.0);
    for steps in [0.01, 1.0, 33.3, LEVELS] {
        let run = |kernel: Kernel| {
            let mut out = vec![0; values.len()];
            kernel.levels(&values, steps, &mut out);
            out
        };
        for kernel in Kernel::available() {
            for (value, byte) in values.iter().zip(run(kernel)).filter(|(value, _)| !value.is_nan()) {
                let level = (value * steps).clamp(-LEVELS, LEVELS).round_ties_even();
                assert_eq!(f32::from(byte) - 128.0, level, "{kernel:?} {value} {steps}");
            }
            assert_eq!(run(kernel), run(Kernel::fastest()));
        }
    }
}

#[test]
fn quantised_layers() {
    let mut numbers = Numbers::new(8);
    for _ in 0..30 {
        let (rows, inputs, outputs) =
            (numbers.below(20), 4 * (1 + numbers.below(60)), 64 * (1 + numbers.below(3)));
        let input: Vec<u8> = (0..rows * inputs).map(|_| numbers.below(255) as u8 + 1).collect();
        let columns: Vec<_> = (0..outputs)
            .map(|_| Column {
                levels: (0..inputs).map(|_| numbers.level()).collect(),
                scale: numbers.values(1, 0.1)[0],
                bias: numbers.values(1, 3.0)[0],
            })
            .collect();
        let layer = Quantised::pack(&columns, 3.0);
        let run = |kernel: Kernel| {
            let mut output = vec![0.0; rows * outputs];
            kernel.quantised(&layer, rows, &input, &mut output);
            output
        };
        check_same(run);
        for (row, output) in run(Kernel::fastest()).chunks(outputs).enumerate() {
            for (column, &found) in columns.iter().zip(output) {
                let products = column.levels.iter().zip(&input[row * inputs..]);
                let sum: i32 = products.map(|(&w, &x)| i32::from(w) * (i32::from(x) - 128)).sum();
                let expected = (sum as f32).mul_add(column.scale / 3.0, column.bias);
                assert_eq!(found.to_bits(), expected.to_bits());
            }
        }
    }
}

/// The weights of a direction, as levels with scales, and what it reads.
struct Case {
    units: usize,
    width: usize,
    input: Vec<i8>,
    hidden: Vec<i8>,
    scales: [Vec<f32>; 2],
    bias: Vec<f32>,
}

/// How many levels of an input make one unit.
const STEPS: f32 = 40.0;

impl Case {
    fn new(numbers: &mut Numbers, units: usize, width: usize, size: f32) -> Case {
        let mut levels = |count: usize| (0..count).map(|_| numbers.level()).collect::<Vec<_>>();
        let (input, hidden) = (levels(4 * units * width), levels(4 * units * units));
        let scales = [(); 2].map(|()| numbers.values(4 * units, size / LEVELS));
        Case { units, width, input, hidden, scales, bias: numbers.values(4 * units, size) }
    }

    fn layer(&self, direction: Direction) -> Recurrence {
        let row = |levels: &[i8], width: usize, row: usize| levels[row * width..][..width].to_vec();
        let input = |r| row(&self.input, self.width, r);
        let hidden = |r| row(&self.hidden, self.units, r);
        let input = Weights { row: &input, scales: &self.scales[0] };
        let hidden = Weights { row: &hidden, scales: &self.scales[1] };
        Recurrence::pack(direction, self.units, &input, STEPS, &hidden, &self.bias)
    }
}

/// The hidden units of all steps and windows.
fn recur(kernel: Kernel, layer: &Recurrence, shape: [usize; 2], input: &[u8]) -> Vec<f32> {
    let rows = shape[0] * shape[1] * layer.units;
    let (mut values, mut levels) = (vec![0.0; rows], vec![0; rows]);
    let output = Rows { values: &mut values, levels: &mut levels, stride: layer.units };
    kernel.recurrence(layer, shape, input, output, &mut Space::default());
    values
}

#[test]
fn recurrences() {
    let mut numbers = Numbers::new(3);
    for size in [0.3, 50.0] {
        for direction in [Direction::Forwards, Direction::Backwards] {
            for windows in [1, 2, 3, 5, 7, 13] {
                let units = LANES * (1 + numbers.below(3));
                let width = 4 * (1 + numbers.below(10));
                let steps = 1 + numbers.below(40);
                let layer = Case::new(&mut numbers, units, width, size).layer(direction);
                let input: Vec<u8> =
                    (0..steps * windows * width).map(|_| numbers.below(255) as u8 + 1).collect();
                let run = |kernel: Kernel| recur(kernel, &layer, [steps, windows], &input);
                check_same(run);
                // A window alone gives what it gives among others.
                let first: Vec<u8> = input.chunks(width).step_by(windows).flatten().copied().collect();
                let alone = recur(Kernel::fastest(), &layer, [steps, 1], &first);
                let among = run(Kernel::fastest());
                let among: Vec<f32> = among.chunks(units).step_by(windows).flatten().copied().collect();
                assert_eq!(bits(&alone), bits(&among));
            }
        }
    }
}

#[test]
fn a_recurrence_is_what_its_paper_says() {
    let mut numbers = Numbers::new(4);
    let (units, width, steps) = (LANES, 8, 40);
    let case = Case::new(&mut numbers, units, width, 0.5);
    let x: Vec<u8> = (0..steps * width).map(|_| numbers.below(255) as u8 + 1).collect();
    let found = recur(Kernel::fastest(), &case.layer(Direction::Forwards), [steps, 1], &x);
    let (mut h, mut c) = (vec![0.0f64; units], vec![0.0f64; units]);
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    for step in 0..steps {
        let gate = |row: usize| {
            let sum = |weights: &[i8], levels: &dyn Fn(usize) -> f64| -> f64 {
                weights.iter().enumerate().map(|(k, &w)| f64::from(w) * levels(k)).sum()
            };
            let from_input =
                sum(&case.input[row * width..][..width], &|k| f64::from(x[step * width + k]) - 128.0);
            let from_hidden = sum(&case.hidden[row * units..][..units], &|k| (h[k] * 127.0).round());
            f64::from(case.bias[row])
                + from_input * f64::from(case.scales[0][row] / STEPS)
                + from_hidden * f64::from(case.scales[1][row] / LEVELS)
        };
        let gates: Vec<f64> = (0..4 * units).map(gate).collect();
        for unit in 0..units {
            c[unit] = sigmoid(gates[units + unit]) * c[unit]
                + sigmoid(gates[unit]) * gates[2 * units + unit].tanh();
            h[unit] = sigmoid(gates[3 * units + unit]) * c[unit].tanh();
            assert!((h[unit] - f64::from(found[step * units + unit])).abs() < 1e-5);
        }
    }
}

#[test]
fn normalisations() {
    let mut numbers = Numbers::new(5);
    for size in [0.0, 1e-3, 1.0, 1e6] {
        let width = LANES * (1 + numbers.below(16));
        let norm = Norm::new(&numbers.values(width, 2.0), &numbers.values(width, 2.0), &vec![1.0; width]);
        let rows = numbers.values(5 * width, size);
        check_same(|kernel| {
            let mut out = rows.clone();
            kernel.normalise(&norm, &mut out);
            out
        });
    }
}

#[test]
fn hidden_layers() {
    let mut numbers = Numbers::new(6);
    for tokens in [0, 1, 7, 30] {
        let (width, stride) = (2 * LANES, 3 * LANES);
        let [cue, gate] = [(); 2].map(|()| numbers.values(width, 2.0));
        let tables = [(); TABLES].map(|()| Buffer::from_values(&numbers.values(9 * width, 2.0)));
        let buckets: Vec<_> = (0..tokens).map(|_| [(); TABLES].map(|()| numbers.below(9) as u32)).collect();
        let input = numbers.values(tokens * stride, 2.0);
        check_same(|kernel| {
            let mut out = vec![0.0; tokens * width];
            let hidden = Hidden { cue: &cue, gate: &gate, tables: &tables };
            kernel.hidden(hidden, &input, stride, &buckets, &mut out);
            out
        });
    }
}

#[test]
fn tiles_cover_all_rows() {
    for most in 1..=6 {
        for rows in 0..50 {
            let (mut left, mut tiles) = (rows, 0);
            while left > 0 {
                let tile = super::linear::tile_rows(left, most);
                assert!((1..=most).contains(&tile));
                left -= tile;
                tiles += 1;
            }
            assert_eq!(tiles, usize::div_ceil(rows, most));
        }
    }
}
