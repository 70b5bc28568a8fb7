//! The real binary, driven as a user drives it: exit codes, order, formats, bad inputs.

mod archives;
mod eval;
mod explain;
mod exports;
mod hostile;
mod inputs;
mod ledger;
mod pages;
mod people;
mod program;
mod records;
mod registry;
mod report;
mod served;
mod server;
mod site;
mod statements;
mod usage;
mod watch;
mod web;
