//! Numbers aligned to cache lines, so that no vector load crosses one.

use std::ops::{Deref, DerefMut};

use super::LANES;

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([f32; LANES]);

/// A growable slice of `f32`, aligned to 64 bytes; its length is a multiple of [`LANES`].
#[derive(Clone, Default)]
pub(crate) struct Buffer {
    lines: Vec<Line>,
}

impl Buffer {
    /// `length` zeros, rounded up to whole lines.
    pub(crate) fn zeros(length: usize) -> Buffer {
        Buffer { lines: vec![Line([0.0; LANES]); length.div_ceil(LANES)] }
    }

    /// The values, and zeros up to a whole line.
    pub(crate) fn from_values(values: &[f32]) -> Buffer {
        let mut buffer = Buffer::zeros(values.len());
        buffer[..values.len()].copy_from_slice(values);
        buffer
    }

    /// Makes room for `length` values. What the buffer held before is lost or kept, whichever is cheaper.
    pub(crate) fn reserve(&mut self, length: usize) {
        if self.len() < length {
            self.lines.resize(length.div_ceil(LANES), Line([0.0; LANES]));
        }
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: a `Line` is `LANES` floats without padding, and the lines of a `Vec` are contiguous and initialised.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.lines.len() * LANES) }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as in `deref`; the exclusive borrow of `self` is that of its lines.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.lines.len() * LANES) }
    }
}
