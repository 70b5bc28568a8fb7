//! Lanes of x86-64: AVX-512F, and AVX2 with FMA.

use std::arch::x86_64::*;

use super::dispatch::Job;
use super::lanes::Lanes;

/// Runs a job on AVX-512F.
///
/// # Safety
///
/// The processor must have AVX-512F.
#[target_feature(enable = "avx512f")]
pub(super) unsafe fn avx512<J: Job>(job: J) {
    // SAFETY: the processor has what the lanes need.
    unsafe { job.run::<Avx512>() }
}

/// Runs a job on AVX2 and FMA.
///
/// # Safety
///
/// The processor must have AVX2 and FMA.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn avx2<J: Job>(job: J) {
    // SAFETY: the processor has what the lanes need.
    unsafe { job.run::<Avx2>() }
}

/// Implements [`Lanes`] by one intrinsic for each operation.
macro_rules! lanes {
    ($name:ident($vector:ty), $count:literal, $rows:literal, $load:ident, $store:ident, $splat:ident, $fma:ident,
     $add:ident, $sub:ident, $mul:ident, $div:ident, $max:ident, $min:ident,
     $int:ident, $float:ident, $add_int:ident, $splat_int:ident, $shift:ident) => {
        #[derive(Clone, Copy)]
        struct $name($vector);

        // The minimum and maximum of x86 return the second operand unless the comparison holds, as the trait asks.
        impl Lanes for $name {
            const COUNT: usize = $count;
            const ROWS: usize = $rows;

            #[inline(always)]
            unsafe fn load(from: *const f32) -> Self {
                // SAFETY: the caller's pointer is good for `COUNT` values; the load needs no alignment.
                unsafe { $name($load(from)) }
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut f32) {
                // SAFETY: the caller's pointer is good for `COUNT` values; the store needs no alignment.
                unsafe { $store(to, self.0) }
            }

            #[inline(always)]
            unsafe fn splat(value: f32) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($splat(value)) }
            }

            #[inline(always)]
            unsafe fn times_plus(self, by: Self, to: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($fma(self.0, by.0, to.0)) }
            }

            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($add(self.0, other.0)) }
            }

            #[inline(always)]
            unsafe fn minus(self, other: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($sub(self.0, other.0)) }
            }

            #[inline(always)]
            unsafe fn times(self, other: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($mul(self.0, other.0)) }
            }

            #[inline(always)]
            unsafe fn over(self, other: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($div(self.0, other.0)) }
            }

            #[inline(always)]
            unsafe fn or_more(self, other: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($max(self.0, other.0)) }
            }

            #[inline(always)]
            unsafe fn or_less(self, other: Self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($min(self.0, other.0)) }
            }

            #[inline(always)]
            unsafe fn power_of_two(self) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($float($shift::<23>($add_int($int(self.0), $splat_int(127))))) }
            }
        }
    };
}

lanes!(
    Avx512(__m512),
    16,
    6,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_set1_ps,
    _mm512_fmadd_ps,
    _mm512_add_ps,
    _mm512_sub_ps,
    _mm512_mul_ps,
    _mm512_div_ps,
    _mm512_max_ps,
    _mm512_min_ps,
    _mm512_castps_si512,
    _mm512_castsi512_ps,
    _mm512_add_epi32,
    _mm512_set1_epi32,
    _mm512_slli_epi32
);
lanes!(
    Avx2(__m256),
    8,
    3,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_set1_ps,
    _mm256_fmadd_ps,
    _mm256_add_ps,
    _mm256_sub_ps,
    _mm256_mul_ps,
    _mm256_div_ps,
    _mm256_max_ps,
    _mm256_min_ps,
    _mm256_castps_si256,
    _mm256_castsi256_ps,
    _mm256_add_epi32,
    _mm256_set1_epi32,
    _mm256_slli_epi32
);
