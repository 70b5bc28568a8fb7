//! `onrecord eval`: predicted statements against annotated ones, in the figures of the project's scorer.
//!
//! Only letters and digits count: quotation marks, punctuation and white space neither help nor hurt. Statements are
//! paired one to one, the best overlap of content first. In the order of the data: [`files`] reads both sides,
//! [`letters`] turns spans into sets of letters, [`score`] pairs and counts, [`figures`] divides and prints.

mod figures;
mod files;
mod letters;
mod ranges;
mod score;

use std::io::{Write, stdout};

use onrecord_read::{Input, Lines};
use serde::Serialize;

use super::args::EvalArgs;
use super::engine::Engine;
use super::{Outcome, messages};
use figures::Figures;
use files::{Gold, Predictions};
use letters::Letters;
use score::{Level, Score};

/// Scores every article of the gold file and prints the figures.
///
/// # Errors
///
/// A file that cannot be read or a line that is not of the form, named with its place; no model.
pub(crate) fn eval(args: EvalArgs) -> anyhow::Result<Outcome> {
    let mut predictions = match args.pred {
        Some(file) => Predictions::from_file(&file.into())?,
        None => Predictions::by_reading(Engine::load(args.model.as_deref(), None)?),
    };
    let mut flat = Score::new(Level::Outer, args.errors);
    let mut nested = args.nested.then(|| Score::new(Level::Nested, args.errors));
    let input = Input::from(args.gold);
    for line in Lines::open(&input)? {
        let gold = Gold::parse(&line?, &input)?;
        let predicted = predictions.of(&gold);
        let letters = Letters::new(&gold.text);
        flat.add(&gold, &predicted, &letters);
        if let Some(nested) = &mut nested {
            nested.add(&gold, &predicted, &letters);
        }
    }
    if flat.is_empty() {
        messages::warning(format_args!("{}: no annotated statement", input.name()));
    }
    let mut out = stdout().lock();
    if args.json {
        write_json(&mut out, &flat, nested.as_ref())?
    } else {
        write_text(&mut out, &flat, nested.as_ref())?
    }
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    flat: Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    nested: Option<Figures>,
}

fn write_json(out: &mut impl Write, flat: &Score, nested: Option<&Score>) -> anyhow::Result<()> {
    let report = Report { flat: flat.figures(), nested: nested.map(Score::figures) };
    writeln!(out, "{}", serde_json::to_string(&report)?)?;
    Ok(())
}

fn write_text(out: &mut impl Write, flat: &Score, nested: Option<&Score>) -> anyhow::Result<()> {
    flat.write_errors(out)?;
    writeln!(out, "{}", flat.figures())?;
    if let Some(nested) = nested {
        writeln!(out, "\nnested statements alone")?;
        nested.write_errors(out)?;
        writeln!(out, "{}", nested.figures())?;
    }
    Ok(())
}
