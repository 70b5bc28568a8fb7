//! The commands that keep a ledger and ask it.

pub(crate) mod args;
mod clock;
mod find;
mod keep;
mod print;
mod verify;
mod who;

pub(crate) use find::find;
pub(crate) use keep::keep;
pub(crate) use verify::verify;
pub(crate) use who::who;
