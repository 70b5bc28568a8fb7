//! What a kernel asks of the processor: a few operations on lanes, each rounded as IEEE 754 says, and so the same
//! everywhere.

/// A vector of `COUNT` numbers.
///
/// # Safety
///
/// The methods of an implementation may be called only where the processor has the features that it is named after;
/// [`super::Kernel`] sees to that. Pointers must be good for `COUNT` values.
pub(super) trait Lanes: Copy {
    /// How many numbers; divides [`super::LANES`].
    const COUNT: usize;
    /// How many rows a tile of four vectors may have before the registers run out.
    const ROWS: usize;

    /// Reads `COUNT` numbers.
    unsafe fn load(from: *const f32) -> Self;
    /// Writes `COUNT` numbers.
    unsafe fn store(self, to: *mut f32);
    /// The same number in each lane.
    unsafe fn splat(value: f32) -> Self;
    /// `self * by + to`, rounded once.
    unsafe fn times_plus(self, by: Self, to: Self) -> Self;
    /// `self + other`.
    unsafe fn plus(self, other: Self) -> Self;
    /// `self - other`.
    unsafe fn minus(self, other: Self) -> Self;
    /// `self * other`.
    unsafe fn times(self, other: Self) -> Self;
    /// `self / other`.
    unsafe fn over(self, other: Self) -> Self;
    /// `self` where `self > other`, else `other`.
    unsafe fn or_more(self, other: Self) -> Self;
    /// `self` where `self < other`, else `other`.
    unsafe fn or_less(self, other: Self) -> Self;
    /// 2 to the power of `n`, for lanes that hold `n` + [`super::exp::ROUND`], `n` an integer in `-126..=127`.
    unsafe fn power_of_two(self) -> Self;
}

/// Lanes of plain numbers, for any processor, and the meaning of all others.
#[derive(Clone, Copy)]
pub(super) struct Portable([f32; 4]);

impl Portable {
    #[inline(always)]
    fn map2(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Portable(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl Lanes for Portable {
    const COUNT: usize = 4;
    const ROWS: usize = 2;

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's pointer is good for `COUNT` values.
        Portable(unsafe { from.cast::<[f32; 4]>().read() })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's pointer is good for `COUNT` values.
        unsafe { to.cast::<[f32; 4]>().write(self.0) }
    }

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        Portable([value; 4])
    }

    #[inline(always)]
    unsafe fn times_plus(self, by: Self, to: Self) -> Self {
        Portable(std::array::from_fn(|i| self.0[i].mul_add(by.0[i], to.0[i])))
    }

    #[inline(always)]
    unsafe fn plus(self, other: Self) -> Self {
        self.map2(other, |a, b| a + b)
    }

    #[inline(always)]
    unsafe fn minus(self, other: Self) -> Self {
        self.map2(other, |a, b| a - b)
    }

    #[inline(always)]
    unsafe fn times(self, other: Self) -> Self {
        self.map2(other, |a, b| a * b)
    }

    #[inline(always)]
    unsafe fn over(self, other: Self) -> Self {
        self.map2(other, |a, b| a / b)
    }

    #[inline(always)]
    unsafe fn or_more(self, other: Self) -> Self {
        self.map2(other, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    unsafe fn or_less(self, other: Self) -> Self {
        self.map2(other, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    unsafe fn power_of_two(self) -> Self {
        Portable(self.0.map(|n| f32::from_bits(n.to_bits().wrapping_add(127) << 23)))
    }
}
