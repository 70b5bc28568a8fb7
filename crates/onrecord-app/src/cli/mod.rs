//! The command line: arguments in, exit code out.

mod ahead;
mod args;
mod engine;
mod eval;
mod explain;
mod inputs;
mod ledger;
mod messages;
mod ordered;
mod read;
mod registry;
mod report;
mod serve;
mod show;
mod text;
mod watch;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
pub(crate) use engine::{Engine, Scratch};
pub(crate) use inputs::Page;
pub(crate) use ledger::{
    CHANNELS, articles_csv, disputes_csv, drifts_csv, kept_csv, new_channel, now, program,
};
pub(crate) use messages::error;
pub(crate) use show::asked::percent;
pub(crate) use show::{channel, confidence, counted, inert, moment, word};

/// How a command ended that could start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was read.
    Done,
    /// Some inputs failed; each was named.
    SomeFailed,
}

/// What the user asked for cannot be done: shown with a hint at the help, exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UsageError {
    /// Two options that exclude each other.
    #[error("--view belongs to the list: leave out --format jsonl or --view")]
    ViewOfJsonl,
    /// Nothing to set beside each other.
    #[error("two outlets are needed: --publisher A --publisher B")]
    OneOutlet,
    /// Bytes that would upset a terminal.
    #[error("Parquet is nothing for a terminal: write it to a file, `> statements.parquet`")]
    Binary,
    /// Nothing to read.
    #[error(
        "nothing to read: name files or folders, or pipe a text in\n\n  onrecord read samples/\n  onrecord read report.txt --published 2025-03-14\n  curl -s https://example.org/report.txt | onrecord read -"
    )]
    NoInput,
}

/// Runs the program. 0: all read; 1: some inputs failed, the others are done; 2: wrong usage.
pub(crate) fn run() -> ExitCode {
    let args = Args::parse();
    let outcome = match args.command {
        Command::Read(args) => read::read(args),
        Command::Watch(args) => watch::watch(args),
        Command::Explain(args) => explain::explain(args),
        Command::Text(args) => text::text(args),
        Command::Eval(args) => eval::eval(args),
        Command::Keep(args) => ledger::keep(args),
        Command::Find(args) => ledger::find(args),
        Command::Who(args) => ledger::who(args),
        Command::Stats(args) => ledger::stats(args),
        Command::Disputes(args) => ledger::disputes(args),
        Command::Timeline(args) => ledger::timeline(args),
        Command::Compare(args) => ledger::compare(args),
        Command::Drift(args) => ledger::drift(args),
        Command::Correct(args) => ledger::correct(args),
        Command::Add(args) => ledger::add(args),
        Command::Entity(args) => ledger::entity(args),
        Command::Reread(args) => ledger::reread(args),
        Command::Gold(args) => ledger::gold(args),
        Command::Export(args) => ledger::export(args),
        Command::Import(args) => ledger::import(args),
        Command::Verify(args) => ledger::verify(args),
        Command::Report(args) => report::report(args),
        Command::Serve(args) => serve::serve(args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        // Whoever reads our output has seen enough, as `head` has after ten lines.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(format_args!("{error:#}"));
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    kinds.map(io::Error::kind).any(|kind| kind == io::ErrorKind::BrokenPipe)
}
