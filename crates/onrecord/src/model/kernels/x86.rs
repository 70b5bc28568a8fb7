//! Lanes of x86-64: AVX-512F with VNNI; AVX2 with FMA, and with VNNI or without.

use std::arch::x86_64::*;

use super::dispatch::Job;
use super::lanes::Lanes;

/// Runs a job on AVX-512F and VNNI.
///
/// # Safety
///
/// The processor must have AVX-512F and AVX-512 VNNI.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) unsafe fn avx512<J: Job>(job: J) {
    // SAFETY: the processor has what the lanes need.
    unsafe { job.run::<Avx512>() }
}

/// Runs a job on AVX2, FMA and AVX-VNNI.
///
/// # Safety
///
/// The processor must have AVX2, FMA and AVX-VNNI.
#[target_feature(enable = "avx2,fma,avxvnni")]
pub(super) unsafe fn avx_vnni<J: Job>(job: J) {
    // SAFETY: the processor has what the lanes need.
    unsafe { job.run::<AvxVnni>() }
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

/// Implements [`Lanes`] by one intrinsic for each operation, and the functions of integers given.
macro_rules! lanes {
    ($name:ident($vector:ty), $count:literal, $rows:literal, $load:ident, $store:ident, $splat:ident, $fma:ident,
     $add:ident, $sub:ident, $mul:ident, $div:ident, $max:ident, $min:ident,
     $int:ident, $float:ident, $add_int:ident, $splat_int:ident, $shift:ident, $from_int:ident,
     $integers:ty, $sums:ident, $products:ident, $low_bytes:ident) => {
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

            #[inline(always)]
            unsafe fn store_low_bytes(self, to: *mut u8) {
                // SAFETY: the caller vouches for the pointer and the processor.
                unsafe { $low_bytes($int(self.0), to) }
            }

            type Sums = $integers;

            #[inline(always)]
            unsafe fn sums(corrections: *const i32) -> $integers {
                // SAFETY: the caller vouches for the pointer and the processor.
                unsafe { $sums(corrections) }
            }

            #[inline(always)]
            unsafe fn add_products(sums: $integers, levels: u32, weights: *const i8) -> $integers {
                // SAFETY: the caller vouches for the pointer and the processor.
                unsafe { $products(sums, $splat_int(levels.cast_signed()), weights) }
            }

            #[inline(always)]
            unsafe fn from_sums(sums: $integers) -> Self {
                // SAFETY: the caller vouches for the processor.
                unsafe { $name($from_int(sums)) }
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
    _mm512_slli_epi32,
    _mm512_cvtepi32_ps,
    __m512i,
    sums_512,
    products_512,
    low_bytes_512
);
/// The lanes of 256 bits, which differ in how they multiply bytes alone.
macro_rules! lanes_256 {
    ($name:ident, $sums:ident, $products:ident) => {
        lanes!(
            $name(__m256),
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
            _mm256_slli_epi32,
            _mm256_cvtepi32_ps,
            __m256i,
            $sums,
            $products,
            low_bytes_256
        );
    };
}

lanes_256!(Avx2, sums_256, products_256);
lanes_256!(AvxVnni, sums_vnni, products_vnni);

/// The instruction multiplies bytes as they are stored.
#[inline(always)]
unsafe fn sums_512(corrections: *const i32) -> __m512i {
    // SAFETY: the caller's pointer is good for sixteen integers.
    unsafe { _mm512_loadu_si512(corrections.cast()) }
}

#[inline(always)]
unsafe fn products_512(sums: __m512i, levels: __m512i, weights: *const i8) -> __m512i {
    // SAFETY: the caller's pointer is good for 64 weights.
    unsafe { _mm512_dpbusd_epi32(sums, levels, _mm512_loadu_si512(weights.cast())) }
}

#[inline(always)]
unsafe fn low_bytes_512(integers: __m512i, to: *mut u8) {
    // SAFETY: the caller's pointer is good for sixteen bytes.
    unsafe { _mm_storeu_si128(to.cast(), _mm512_cvtepi32_epi8(integers)) }
}

/// The instruction multiplies bytes as they are stored.
#[inline(always)]
unsafe fn sums_vnni(corrections: *const i32) -> __m256i {
    // SAFETY: the caller's pointer is good for eight integers.
    unsafe { _mm256_loadu_si256(corrections.cast()) }
}

#[inline(always)]
unsafe fn products_vnni(sums: __m256i, levels: __m256i, weights: *const i8) -> __m256i {
    // SAFETY: the caller's pointer is good for 32 weights.
    unsafe { _mm256_dpbusd_avx_epi32(sums, levels, _mm256_loadu_si256(weights.cast())) }
}

/// The offset is taken off each byte, so there is nothing to correct.
#[inline(always)]
unsafe fn sums_256(_corrections: *const i32) -> __m256i {
    // SAFETY: the caller vouches for the processor.
    unsafe { _mm256_setzero_si256() }
}

/// AVX2 multiplies bytes without sign by bytes with sign, and adds pairs in 16 bits. With the levels' signs moved to the
/// weights, pairs stay below 2 · 127², so nothing saturates.
#[inline(always)]
unsafe fn products_256(sums: __m256i, levels: __m256i, weights: *const i8) -> __m256i {
    // SAFETY: the caller's pointer is good for 32 weights.
    unsafe {
        let levels = _mm256_xor_si256(levels, _mm256_set1_epi8(i8::MIN));
        let weights = _mm256_sign_epi8(_mm256_loadu_si256(weights.cast()), levels);
        let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(levels), weights);
        _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    }
}

#[inline(always)]
unsafe fn low_bytes_256(integers: __m256i, to: *mut u8) {
    // SAFETY: the caller's pointer is good for eight bytes.
    unsafe {
        let first = _mm256_set1_epi32(0x0c08_0400);
        let bytes = _mm256_shuffle_epi8(integers, first);
        let low = _mm256_extract_epi32::<0>(bytes);
        let high = _mm256_extract_epi32::<4>(bytes);
        to.cast::<[i32; 2]>().write_unaligned([low, high]);
    }
}
