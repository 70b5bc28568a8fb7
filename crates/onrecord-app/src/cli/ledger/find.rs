//! `onrecord find`: the statements of a ledger that fit.

use onrecord_ledger::{Ledger, Order, Question};

use super::args::{Answer, By, Conditions, FindArgs, Wanted};
use super::print::{Print, csv};
use crate::cli::Outcome;
use crate::cli::show::kept;

/// Nobody reads a longer list on a terminal unasked.
pub(super) const FIRST: usize = 20;

/// More than so many are not counted: it would take longer than to find the first ones.
pub(super) const COUNTED: usize = 10_000;

/// Prints what fits.
///
/// # Errors
///
/// No such ledger, words that cannot be searched for, or output that cannot be written.
pub(crate) fn find(args: FindArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    let ledger = Ledger::read(&args.file.ledger)?;
    let limit = args.limit.or((print.answer == Answer::List).then_some(FIRST));
    let order = match args.order {
        By::Newest => Order::Newest,
        By::Oldest => Order::Oldest,
        By::Best => Order::Best,
    };
    let question = Question { order, limit, ..question(args.wanted) };
    let found = ledger.find(&question)?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&found)?,
        Answer::Csv => print.text(&csv::statements(&found))?,
        Answer::List => {
            let count = ledger.count_to(&question, COUNTED)?;
            print.text(&kept::list(&found, count, print.page))?;
        }
    }
    Ok(Outcome::Done)
}

/// The arguments as a question.
pub(super) fn question(wanted: Wanted) -> Question {
    asked(&wanted.words, wanted.conditions)
}

/// Words and conditions as a question.
pub(crate) fn asked(words: &[String], conditions: Conditions) -> Question {
    Question {
        words: terms(words),
        speaker: conditions.speaker,
        about: conditions.about,
        acts: conditions.act,
        channel: conditions.channel,
        since: conditions.since,
        until: conditions.until,
        publishers: conditions.publisher,
        disputed: conditions.disputed,
        drifted: conditions.drifted,
        min_confidence: conditions.min_confidence,
        ..Question::default()
    }
}

/// What a shell hands over as one argument with blanks in it was typed in quotation marks: a phrase.
pub(super) fn terms(typed: &[String]) -> Option<String> {
    let term = |word: &String| match word.trim().contains(char::is_whitespace) && !word.contains(['"', '“'])
    {
        true => format!("\"{word}\""),
        false => word.clone(),
    };
    (!typed.is_empty()).then(|| typed.iter().map(term).collect::<Vec<_>>().join(" "))
}
