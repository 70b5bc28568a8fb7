//! The ledger as its users use it: records in, answers out, whatever happens in between.

mod across;
mod asked;
mod corrections;
mod figures;
mod files;
mod keeping;
mod killed;
mod names;
mod questions;
mod records;
mod spans;
mod taken_back;
mod tallies;
