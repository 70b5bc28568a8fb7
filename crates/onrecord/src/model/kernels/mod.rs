//! The arithmetic of the net, written once over lanes and run on what the processor has.
//!
//! The recurrent layers multiply in 8 bits and sum integers, which are exact in any order. What is summed in single
//! precision is summed in one fixed order, whatever the kernel: lanes lie across outputs, each output runs through its
//! inputs one after the other with fused multiply-add. So all kernels give the same bits, and a record read on one
//! machine is the record read on any other. All of the crate's `unsafe` stands in this folder.

mod buffer;
mod conditional;
mod dispatch;
mod exp;
mod lanes;
mod linear;
mod lstm;
mod norm;
mod quantised;

#[cfg(target_arch = "aarch64")]
mod arm;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use tests::Numbers;

pub(crate) use buffer::Buffer;
pub(crate) use conditional::{Hidden, TABLES};
pub use dispatch::Kernel;
pub(crate) use linear::Matrix;
pub(crate) use lstm::{Direction, Recurrence, Rows, Space, Weights};
pub(crate) use norm::Norm;
pub(crate) use quantised::LEVELS;

/// How many values stand side by side: every width that a kernel sees is a multiple of it.
pub(crate) const LANES: usize = 16;

/// The least multiple of [`LANES`] that is at least `width`.
pub(crate) fn padded(width: usize) -> usize {
    width.next_multiple_of(LANES)
}
