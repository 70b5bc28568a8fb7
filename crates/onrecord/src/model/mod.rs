//! The model: what was learnt, read from a weights file, and the arithmetic that runs it.

#[allow(unsafe_code, reason = "the kernels speak to the processor; nothing else does")]
mod kernels;

pub use kernels::Kernel;
