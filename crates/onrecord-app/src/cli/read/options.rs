//! The arguments by which articles are read and shown, checked.

use std::io::{IsTerminal, stdout};

use onrecord::Statement;
use onrecord_read::Languages;

use crate::cli::UsageError;
use crate::cli::args::{Format, ShownArgs, View};
use crate::cli::engine::Engine;
use crate::cli::show::{Page, Printer};

/// With what articles are read, and what is printed of them.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) engine: Engine,
    pub(crate) languages: Languages,
    pub(super) filter: Filter,
    /// Whether records have all times of their text.
    pub(super) times: bool,
    pub(super) printer: Printer,
}

/// Which statements are printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter {
    /// The model's own where none is asked for.
    min_confidence: Option<f32>,
    sayings: bool,
    nested: bool,
}

impl Filter {
    /// Whether this one is, read by `engine`.
    pub(super) fn lets_through(self, statement: &Statement, engine: Engine) -> bool {
        let attribution = &statement.attribution;
        attribution.confidence >= self.min_confidence.unwrap_or(engine.least_confidence())
            && (self.nested || attribution.within.is_none())
            && (!self.sayings || statement.act.is_saying())
    }
}

impl Shown {
    /// Checks the arguments, looks at the terminal, and loads the model and the registry.
    ///
    /// # Errors
    ///
    /// Options that exclude each other; a file that cannot be read.
    pub(crate) fn load(args: ShownArgs) -> anyhow::Result<Shown> {
        let printer = printer(args.format, args.view, Page::of_terminal(args.color))?;
        Ok(Shown {
            engine: Engine::load(args.model.as_deref(), args.registry.as_deref())?,
            languages: if args.force { Languages::Any } else { Languages::English },
            filter: Filter {
                min_confidence: args.min_confidence,
                sayings: args.sayings,
                nested: args.nested,
            },
            times: args.times,
            printer,
        })
    }
}

fn printer(format: Option<Format>, view: Option<View>, page: Page) -> Result<Printer, UsageError> {
    match (format, view) {
        (Some(Format::Jsonl), Some(_)) => Err(UsageError::ViewOfJsonl),
        (Some(Format::Jsonl), None) => Ok(Printer::Jsonl),
        (_, Some(View::Text)) => Ok(Printer::Text(page)),
        (_, Some(View::Disputes)) => Ok(Printer::Disputes(page)),
        (_, Some(View::Statements)) | (Some(Format::List), None) => Ok(Printer::Statements(page)),
        (None, None) if stdout().is_terminal() => Ok(Printer::Statements(page)),
        (None, None) => Ok(Printer::Jsonl),
    }
}
