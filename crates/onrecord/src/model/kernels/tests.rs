//! Every kernel of this machine gives the bits of the portable one, over sizes and values of all kinds.

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
fn recurrences() {
    let mut numbers = Numbers::new(3);
    for size in [0.3, 50.0] {
        for direction in [Direction::Forwards, Direction::Backwards] {
            for windows in [1, 2, 3, 5, 7, 13] {
                let (steps, units, width) =
                    (1 + numbers.below(9), LANES * (1 + numbers.below(3)), 1 + numbers.below(40));
                let (input, hidden) =
                    (numbers.values(4 * units * width, size), numbers.values(4 * units * units, size));
                let bias = numbers.values(4 * units, size);
                let layer = pack(direction, units, &input, &hidden, &bias);
                let input = numbers.values(steps * windows * width, size);
                let run = |kernel: Kernel| recur(kernel, &layer, [steps, windows], &input, width);
                check_same(run);
                // A window alone gives what it gives among others.
                let first: Vec<f32> = input.chunks(width).step_by(windows).flatten().copied().collect();
                let alone = recur(Kernel::fastest(), &layer, [steps, 1], &first, width);
                let among = run(Kernel::fastest());
                let among: Vec<f32> = among.chunks(units).step_by(windows).flatten().copied().collect();
                assert_eq!(bits(&alone), bits(&among));
            }
        }
    }
}

fn pack(direction: Direction, units: usize, input: &[f32], hidden: &[f32], bias: &[f32]) -> Recurrence {
    let width = input.len() / bias.len();
    let row = |weights: &[f32], width: usize, row: usize| weights[row * width..][..width].to_vec();
    Recurrence::pack(direction, units, &|r| row(input, width, r), &|r| row(hidden, units, r), bias)
}

fn recur(
    kernel: Kernel,
    layer: &Recurrence,
    [steps, windows]: [usize; 2],
    input: &[f32],
    width: usize,
) -> Vec<f32> {
    let units = layer.units;
    let mut output = vec![0.0; steps * windows * units];
    let (mut gates, mut cells) = (Buffer::default(), Buffer::default());
    kernel.recurrence(layer, [steps, windows], input, width, &mut output, units, &mut gates, &mut cells);
    output
}

#[test]
fn a_recurrence_is_what_its_paper_says() {
    let mut numbers = Numbers::new(4);
    let (units, width, steps) = (LANES, 5, 4);
    let (input, hidden) = (numbers.values(4 * units * width, 0.5), numbers.values(4 * units * units, 0.5));
    let bias = numbers.values(4 * units, 0.5);
    let layer = pack(Direction::Forwards, units, &input, &hidden, &bias);
    let x = numbers.values(steps * width, 1.0);
    let found = recur(Kernel::fastest(), &layer, [steps, 1], &x, width);
    let (mut h, mut c) = (vec![0.0f64; units], vec![0.0f64; units]);
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    for step in 0..steps {
        let gate = |number: usize| {
            let from_input: f64 = (0..width)
                .map(|k| f64::from(input[number * width + k]) * f64::from(x[step * width + k]))
                .sum();
            let from_hidden: f64 = (0..units).map(|k| f64::from(hidden[number * units + k]) * h[k]).sum();
            f64::from(bias[number]) + from_input + from_hidden
        };
        let gates: Vec<f64> = (0..4 * units).map(gate).collect();
        for unit in 0..units {
            c[unit] = sigmoid(gates[units + unit]) * c[unit]
                + sigmoid(gates[unit]) * gates[2 * units + unit].tanh();
            h[unit] = sigmoid(gates[3 * units + unit]) * c[unit].tanh();
            assert!((h[unit] - f64::from(found[step * units + unit])).abs() < 1e-6);
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
