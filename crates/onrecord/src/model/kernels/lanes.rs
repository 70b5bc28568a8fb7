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
    /// Writes `n` as `COUNT` bytes, for lanes that hold `n` + [`super::exp::ROUND`], `n` an integer in `0..=255`.
    unsafe fn store_low_bytes(self, to: *mut u8);

    /// `COUNT` integers of 32 bits.
    type Sums: Copy;

    /// What sums of products of levels start from, given what bytes that are 128 too large want added.
    unsafe fn sums(corrections: *const i32) -> Self::Sums;
    /// Adds to each sum the products of four levels (as bytes 128 too large, in memory order) with four weights, which
    /// stand side by side for each sum. No weight or level is -128.
    unsafe fn add_products(sums: Self::Sums, levels: u32, weights: *const i8) -> Self::Sums;
    /// The sums, rounded to single precision.
    unsafe fn from_sums(sums: Self::Sums) -> Self;
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

    #[inline(always)]
    unsafe fn store_low_bytes(self, to: *mut u8) {
        // SAFETY: the caller's pointer is good for `COUNT` bytes.
        unsafe { to.cast::<[u8; 4]>().write(self.0.map(|n| n.to_bits().to_le_bytes()[0])) }
    }

    type Sums = [i32; 4];

    #[inline(always)]
    unsafe fn sums(corrections: *const i32) -> [i32; 4] {
        // SAFETY: the caller's pointer is good for `COUNT` integers.
        unsafe { corrections.cast::<[i32; 4]>().read() }
    }

    #[inline(always)]
    unsafe fn add_products(sums: [i32; 4], levels: u32, weights: *const i8) -> [i32; 4] {
        // SAFETY: the caller's pointer is good for four weights of `COUNT` sums.
        let weights = unsafe { weights.cast::<[[i8; 4]; 4]>().read() };
        let levels = levels.to_ne_bytes();
        std::array::from_fn(|lane| {
            let products =
                levels.iter().zip(weights[lane]).map(|(&level, w)| i32::from(level) * i32::from(w));
            sums[lane] + products.sum::<i32>()
        })
    }

    #[inline(always)]
    unsafe fn from_sums(sums: [i32; 4]) -> Self {
        Portable(sums.map(|sum| sum as f32))
    }
}
