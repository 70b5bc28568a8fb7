//! The real binary, driven as a user drives it: exit codes, order, formats, bad inputs.

mod eval;
mod inputs;
mod pages;
mod program;
mod records;
mod statements;
mod usage;
