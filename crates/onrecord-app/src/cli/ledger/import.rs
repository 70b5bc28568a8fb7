//! `onrecord import`: records that others made, into a ledger.

use onrecord_ledger::{Ledger, Outcome as Kind, Read, Reading, import};
use onrecord_read::{Input, Line, Lines, json_text};

use super::args::ImportArgs;
use super::clock;
use crate::cli::{Outcome, messages};

/// So many records are written together.
const BATCH: usize = 256;

/// Keeps the records of JSONL files as they are.
///
/// # Errors
///
/// A ledger that cannot be written. Lines that are no records are named, and the others are kept.
pub(crate) fn import(args: ImportArgs) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open(&args.file.ledger)?;
    let reading = Reading { model: args.by, least_confidence: 0.0, at: clock::now() };
    let (mut waiting, mut counts, mut outcome) = (Vec::new(), [0_usize; 3], Outcome::Done);
    for input in args.inputs.into_iter().map(Input::from) {
        for line in Lines::open(&input)? {
            let Line { number, bytes } = line?;
            let place = format!("{}:{number}", input.name());
            match import::record_from_json(&json_text(&bytes).0) {
                Ok(record) => waiting.push(Read { record, place }),
                Err(error) => {
                    outcome = Outcome::SomeFailed;
                    messages::error(format_args!("{place}: {error}"));
                }
            }
            if waiting.len() >= BATCH {
                write(&mut ledger, &mut waiting, &reading, &mut counts)?;
            }
        }
    }
    write(&mut ledger, &mut waiting, &reading, &mut counts)?;
    ledger.settle()?;
    let [new, changed, known] = counts;
    anstream::println!("{}: {new} new, {changed} changed, {known} known", ledger.path().display());
    Ok(outcome)
}

fn write(
    ledger: &mut Ledger,
    waiting: &mut Vec<Read>,
    reading: &Reading,
    counts: &mut [usize; 3],
) -> anyhow::Result<()> {
    for receipt in ledger.record_all(waiting, reading)? {
        counts[match receipt.outcome {
            Kind::New => 0,
            Kind::Changed => 1,
            Kind::Known => 2,
        }] += 1;
    }
    waiting.clear();
    Ok(())
}
