//! Numbers aligned to cache lines, so that no vector load crosses one.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// Bytes of a cache line.
const LINE: usize = 64;

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; LINE]);

/// A kind of number that a [`Buffer`] can hold.
///
/// # Safety
///
/// Its size divides that of a line, and every pattern of bits is one of its values.
pub(crate) unsafe trait Plain: Copy {}

// SAFETY: of four bytes or one, of which any pattern is a value.
unsafe impl Plain for f32 {}
// SAFETY: as above.
unsafe impl Plain for i32 {}
// SAFETY: as above.
unsafe impl Plain for i8 {}
// SAFETY: as above.
unsafe impl Plain for u8 {}

/// A growable slice, aligned to 64 bytes; its length is a multiple of 64 bytes.
#[derive(Clone)]
pub(crate) struct Buffer<T = f32> {
    lines: Vec<Line>,
    of: PhantomData<T>,
}

impl<T> Default for Buffer<T> {
    fn default() -> Buffer<T> {
        Buffer { lines: Vec::new(), of: PhantomData }
    }
}

impl<T: Plain> Buffer<T> {
    /// How many numbers stand in a line.
    const PER_LINE: usize = LINE / size_of::<T>();

    /// `length` zeros, rounded up to whole lines.
    pub(crate) fn zeros(length: usize) -> Buffer<T> {
        let mut buffer = Buffer::default();
        buffer.reserve(length);
        buffer
    }

    /// The values, and zeros up to a whole line.
    pub(crate) fn from_values(values: &[T]) -> Buffer<T> {
        let mut buffer = Buffer::zeros(values.len());
        buffer[..values.len()].copy_from_slice(values);
        buffer
    }

    /// Makes room for `length` values. What the buffer held before is lost or kept, whichever is cheaper.
    pub(crate) fn reserve(&mut self, length: usize) {
        if self.len() < length {
            self.lines.resize(length.div_ceil(Self::PER_LINE), Line([0; LINE]));
        }
    }
}

impl<T: Plain> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        let length = self.lines.len() * Self::PER_LINE;
        // SAFETY: the lines of a `Vec` are contiguous, initialised and aligned to more than any `Plain` asks; a line is
        // `PER_LINE` numbers without padding, and any bits are numbers.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), length) }
    }
}

impl<T: Plain> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        let length = self.lines.len() * Self::PER_LINE;
        // SAFETY: as in `deref`; the exclusive borrow of `self` is that of its lines.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), length) }
    }
}
