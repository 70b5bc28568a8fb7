//! Lanes of 64-bit ARM: NEON, which every such processor has.

use std::arch::aarch64::*;

use super::lanes::Lanes;

/// Four lanes of NEON.
#[derive(Clone, Copy)]
pub(super) struct Neon(float32x4_t);

// Every aarch64 processor that Rust's standard library runs on has NEON, so the intrinsics are safe to call there; the
// pointers are the caller's word.
impl Lanes for Neon {
    const COUNT: usize = 4;
    const ROWS: usize = 6;

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's pointer is good for `COUNT` values.
        unsafe { Neon(vld1q_f32(from)) }
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's pointer is good for `COUNT` values.
        unsafe { vst1q_f32(to, self.0) }
    }

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vdupq_n_f32(value)) }
    }

    #[inline(always)]
    unsafe fn times_plus(self, by: Self, to: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vfmaq_f32(to.0, self.0, by.0)) }
    }

    #[inline(always)]
    unsafe fn plus(self, other: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vaddq_f32(self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn minus(self, other: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vsubq_f32(self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn times(self, other: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vmulq_f32(self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn over(self, other: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vdivq_f32(self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn or_more(self, other: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vbslq_f32(vcgtq_f32(self.0, other.0), self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn or_less(self, other: Self) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vbslq_f32(vcltq_f32(self.0, other.0), self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn power_of_two(self) -> Self {
        // SAFETY: NEON is there.
        unsafe {
            let biased = vaddq_u32(vreinterpretq_u32_f32(self.0), vdupq_n_u32(127));
            Neon(vreinterpretq_f32_u32(vshlq_n_u32::<23>(biased)))
        }
    }

    #[inline(always)]
    unsafe fn store_low_bytes(self, to: *mut u8) {
        // SAFETY: the caller's pointer is good for four bytes.
        unsafe {
            let halves = vmovn_u32(vreinterpretq_u32_f32(self.0));
            let bytes = vmovn_u16(vcombine_u16(halves, halves));
            to.cast::<u32>().write_unaligned(vget_lane_u32::<0>(vreinterpret_u32_u8(bytes)));
        }
    }

    type Sums = int32x4_t;

    /// The offset is taken off each byte, so there is nothing to correct.
    #[inline(always)]
    unsafe fn sums(_corrections: *const i32) -> int32x4_t {
        // SAFETY: NEON is there.
        unsafe { vdupq_n_s32(0) }
    }

    #[inline(always)]
    unsafe fn add_products(sums: int32x4_t, levels: u32, weights: *const i8) -> int32x4_t {
        // SAFETY: the caller's pointer is good for sixteen weights.
        unsafe {
            let bytes = veor_u8(vreinterpret_u8_u32(vdup_n_u32(levels)), vdup_n_u8(128));
            let (levels, weights) = (vreinterpret_s8_u8(bytes), vld1q_s8(weights));
            let low = vpaddlq_s16(vmull_s8(levels, vget_low_s8(weights)));
            let high = vpaddlq_s16(vmull_s8(levels, vget_high_s8(weights)));
            vaddq_s32(sums, vpaddq_s32(low, high))
        }
    }

    #[inline(always)]
    unsafe fn from_sums(sums: int32x4_t) -> Self {
        // SAFETY: NEON is there.
        unsafe { Neon(vcvtq_f32_s32(sums)) }
    }
}
