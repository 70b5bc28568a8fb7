//! `onrecord who`: what a ledger has of somebody.

use onrecord_ledger::{Ledger, Profile};

use super::args::{Answer, WhoArgs};
use super::print::{Print, csv};
use crate::cli::Outcome;
use crate::cli::show::profile;

/// Prints a profile.
///
/// # Errors
///
/// No such ledger, nobody of this name, or output that cannot be written.
pub(crate) fn who(args: WhoArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    let found = Ledger::read(&args.file.ledger)?.who(&args.name.join(" "))?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&[&found])?,
        Answer::Csv => print.text(&table(&found))?,
        Answer::List => print.text(&profile::page(&found, print.page))?,
    }
    Ok(Outcome::Done)
}

fn table(profile: &Profile) -> String {
    csv::counts(&[
        ("role", &profile.roles),
        ("act", &profile.acts),
        ("channel", &profile.channels),
        ("addressee", &profile.addressees),
        ("publisher", &profile.publishers),
        ("month", &profile.months),
    ])
}
