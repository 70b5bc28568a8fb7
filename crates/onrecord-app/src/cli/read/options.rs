//! The arguments of `read`, checked.

use std::ffi::OsString;
use std::io::{IsTerminal, stdin, stdout};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use onrecord::Statement;
use onrecord_read::{Input, Languages};

use crate::cli::UsageError;
use crate::cli::args::{Format, ReadArgs, View};
use crate::cli::engine::Engine;
use crate::cli::show::{Page, Printer};

/// What `read` is to do.
pub(super) struct Options {
    pub(super) inputs: Vec<Input>,
    pub(super) published: Option<String>,
    pub(super) languages: Languages,
    pub(super) model: Option<PathBuf>,
    pub(super) registry: Option<PathBuf>,
    pub(super) jobs: NonZeroUsize,
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

impl Options {
    /// Checks the arguments and looks at the terminal.
    ///
    /// # Errors
    ///
    /// Nothing to read, or options that exclude each other.
    pub(super) fn check(args: ReadArgs) -> Result<Options, UsageError> {
        let printer = printer(args.format, args.view, Page::of_terminal(args.color))?;
        Ok(Options {
            inputs: inputs(args.inputs)?,
            published: args.published,
            languages: if args.force { Languages::Any } else { Languages::English },
            model: args.model,
            registry: args.registry,
            jobs: args.jobs.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
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

/// Without names, what is piped in.
pub(crate) fn inputs(names: Vec<OsString>) -> Result<Vec<Input>, UsageError> {
    match names.is_empty() {
        true if stdin().is_terminal() => Err(UsageError::NoInput),
        true => Ok(vec![Input::Stdin]),
        false => Ok(names.into_iter().map(Input::from).collect()),
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
