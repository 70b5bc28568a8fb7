//! `onrecord who`: what a ledger has of somebody.

use onrecord_ledger::{Count, Ledger, Profile, Topic};

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
    let topic = |topic: &Topic| Count { what: topic.words.clone(), count: topic.count };
    csv::counts(&[
        ("role", &profile.roles),
        ("act", &profile.acts),
        ("channel", &profile.channels),
        ("addressee", &profile.addressees),
        ("publisher", &profile.publishers),
        ("topic", &profile.topics.iter().map(topic).collect::<Vec<_>>()),
        ("month", &profile.months),
    ])
}
