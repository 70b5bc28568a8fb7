//! The binary `onrecord`: reads news and prints who said what.

#![forbid(unsafe_code)]

mod cli;
mod pages;
mod web;

fn main() -> std::process::ExitCode {
    cli::run()
}
