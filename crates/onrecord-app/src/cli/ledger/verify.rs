//! `onrecord verify`: whether a ledger is sound.

use onrecord_ledger::{Complaint, Ledger, LedgerError, Verified};

use super::args::{Answer, VerifyArgs};
use super::print::{Print, csv};
use crate::cli::{Outcome, messages};

/// Checks a ledger.
///
/// # Errors
///
/// No such ledger, or it cannot be opened at all. What is off is printed, and the exit code is 1.
pub(crate) fn verify(args: VerifyArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    if !args.file.ledger.is_file() {
        return Err(LedgerError::Missing(args.file.ledger).into());
    }
    let mut ledger = Ledger::open(&args.file.ledger)?;
    if args.mend {
        ledger.mend()?;
    }
    let verified = ledger.verify()?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&[&verified])?,
        Answer::Csv => print.text(&table(&verified))?,
        Answer::List => print.text(&page(&verified))?,
    }
    Ok(if verified.complaints.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

fn page(verified: &Verified) -> String {
    for Complaint { what, .. } in &verified.complaints {
        messages::error(what);
    }
    let Verified { articles, versions, statements, complaints } = verified;
    let looked = format!("{articles} articles, {versions} versions, {statements} statements looked at");
    match complaints.len() {
        0 => format!("sound: {looked}\n"),
        count => format!("{count} off: {looked}\n"),
    }
}

fn table(verified: &Verified) -> String {
    let word = |complaint: &Complaint| format!("{:?}", complaint.check).to_lowercase();
    csv::table(
        &["check", "what"],
        verified.complaints.iter().map(|complaint| vec![word(complaint), complaint.what.clone()]),
    )
}
