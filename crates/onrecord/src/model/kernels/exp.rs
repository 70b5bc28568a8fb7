//! Exponential, logistic function and hyperbolic tangent, as one polynomial for all kernels.

use super::dispatch::{Job, Kernel};
use super::lanes::Lanes;

/// Adding it rounds a number below 2²² to an integer, which then stands in the low bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// eˣ within 2 units in the last place, for x clamped to `[-87, 88]`: range reduction by ln 2 in two parts and the
/// polynomial of degree 6 of the Cephes library (Moshier 1989).
///
/// # Safety
///
/// The processor must have what `L` needs.
#[inline(always)]
pub(super) unsafe fn exp<L: Lanes>(x: L) -> L {
    const TERMS: [f32; 5] = [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    // SAFETY: the caller vouches for the processor.
    unsafe {
        let x = x.or_more(L::splat(-87.0)).or_less(L::splat(88.0));
        let shifted = x.times_plus(L::splat(std::f32::consts::LOG2_E), L::splat(ROUND));
        let n = shifted.minus(L::splat(ROUND));
        let rest = n.times_plus(L::splat(-0.693_359_4), x);
        let rest = n.times_plus(L::splat(2.121_944_4e-4), rest);
        let mut sum = L::splat(1.987_569_1e-4);
        for term in TERMS {
            sum = sum.times_plus(rest, L::splat(term));
        }
        let near_one = sum.times_plus(rest.times(rest), rest).plus(L::splat(1.0));
        near_one.times(shifted.power_of_two())
    }
}

/// 1 / (1 + e⁻ˣ).
///
/// # Safety
///
/// The processor must have what `L` needs.
#[inline(always)]
pub(super) unsafe fn sigmoid<L: Lanes>(x: L) -> L {
    // SAFETY: the caller vouches for the processor.
    unsafe {
        let inverse = exp(L::splat(0.0).minus(x));
        L::splat(1.0).over(inverse.plus(L::splat(1.0)))
    }
}

/// tanh x, within 10⁻⁷.
///
/// # Safety
///
/// The processor must have what `L` needs.
#[inline(always)]
pub(super) unsafe fn tanh<L: Lanes>(x: L) -> L {
    // SAFETY: the caller vouches for the processor.
    unsafe { sigmoid(x.plus(x)).times_plus(L::splat(2.0), L::splat(-1.0)) }
}

struct Exp<'a>(&'a mut [f32]);

impl Job for Exp<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        for lanes in self.0.chunks_exact_mut(L::COUNT) {
            // SAFETY: the chunk has `COUNT` values; the caller vouches for the processor.
            unsafe { exp(L::load(lanes.as_ptr())).store(lanes.as_mut_ptr()) }
        }
    }
}

impl Kernel {
    /// Replaces each value by its exponential, clamped to `[e⁻⁸⁷, e⁸⁸]`. Whole lines only.
    pub(crate) fn exp(self, values: &mut [f32]) {
        assert!(values.len().is_multiple_of(super::LANES));
        self.run(Exp(values));
    }
}
