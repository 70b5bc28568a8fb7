//! The commands that keep a ledger and ask it.

pub(crate) mod args;
mod ask;
mod clock;
mod correct;
mod export;
mod find;
mod import;
mod keep;
mod print;
mod reread;
mod verify;
mod who;

pub(crate) use args::{CHANNELS, Conditions};
pub(crate) use ask::{compare, disputes, drift, stats, timeline};
pub(crate) use clock::now;
pub(crate) use correct::{add, channel as new_channel, correct, entity, gold};
pub(crate) use export::export;
pub(crate) use find::{asked, find};
pub(crate) use import::import;
pub(crate) use keep::{keep, version as program};
pub(crate) use print::csv::{
    articles as articles_csv, disputes as disputes_csv, drifts as drifts_csv, statements as kept_csv,
};
pub(crate) use reread::reread;
pub(crate) use verify::verify;
pub(crate) use who::who;
