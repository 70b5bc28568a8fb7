//! Layer normalisation (Ba, Kiros and Hinton 2016), its sums taken in sixteen lanes and folded in a fixed order.

use super::dispatch::{Job, Kernel};
use super::lanes::Lanes;
use super::{Buffer, LANES};

/// What PyTorch adds to the variance.
const EPSILON: f32 = 1e-5;

/// Gain and bias of a layer normalisation.
pub(crate) struct Norm {
    gain: Buffer,
    bias: Buffer,
    /// One where a row holds a value, zero where it is padded with zeros.
    mask: Buffer,
    /// How many values a row holds.
    count: f32,
}

impl Norm {
    /// With these gains and biases, padded as the rows are, and a mask that is one where a value is and else zero.
    pub(crate) fn new(gain: &[f32], bias: &[f32], mask: &[f32]) -> Norm {
        assert!(gain.len().is_multiple_of(LANES) && gain.len() == bias.len() && gain.len() == mask.len());
        let [gain, bias, mask] = [gain, bias, mask].map(Buffer::from_values);
        Norm { gain, bias, count: mask.iter().sum(), mask }
    }
}

struct Normalise<'a> {
    norm: &'a Norm,
    rows: &'a mut [f32],
}

impl Kernel {
    /// Normalises each of the dense rows in place.
    pub(crate) fn normalise(self, norm: &Norm, rows: &mut [f32]) {
        assert!(rows.len().is_multiple_of(norm.gain.len()));
        self.run(Normalise { norm, rows });
    }
}

impl Job for Normalise<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        let width = self.norm.gain.len();
        for row in self.rows.chunks_exact_mut(width) {
            // SAFETY: the caller vouches for the processor; loads and stores stay in the row, whose width is a multiple
            // of `LANES`.
            unsafe {
                let mean = lane_sum::<L>(row, |_, value| value) / self.norm.count;
                let mask = self.norm.mask.as_ptr();
                let squares = lane_sum::<L>(row, |at, value| {
                    let apart = value.minus(L::splat(mean)).times(L::load(mask.add(at)));
                    apart.times(apart)
                });
                let variance = squares / self.norm.count;
                let scale = L::splat(1.0 / (variance + EPSILON).sqrt());
                for at in (0..width).step_by(L::COUNT) {
                    let value = L::load(row.as_ptr().add(at)).minus(L::splat(mean)).times(scale);
                    let (gain, bias) =
                        (L::load(self.norm.gain.as_ptr().add(at)), L::load(self.norm.bias.as_ptr().add(at)));
                    value.times_plus(gain, bias).store(row.as_mut_ptr().add(at));
                }
            }
        }
    }
}

/// The sum of what `term` makes of the values, given their places: each lane by itself, then halves onto halves.
///
/// # Safety
///
/// The processor must have what `L` needs.
#[inline(always)]
unsafe fn lane_sum<L: Lanes>(row: &[f32], term: impl Fn(usize, L) -> L) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for part in (0..LANES).step_by(L::COUNT) {
        // SAFETY: the row is a multiple of `LANES` long, so each load stays in it; the caller vouches for the processor.
        unsafe {
            let mut sum = L::splat(0.0);
            for at in (part..row.len()).step_by(LANES) {
                sum = sum.plus(term(at, L::load(row.as_ptr().add(at))));
            }
            sum.store(lanes.as_mut_ptr().add(part));
        }
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    lanes[0]
}
