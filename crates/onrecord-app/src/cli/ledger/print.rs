//! Where answers go: a page for people, JSON lines, or a table.

pub(super) mod csv;

use std::io::{self, BufWriter, IsTerminal, Write, stdout};

use anstream::AutoStream;
use serde::Serialize;

use super::args::{Answer, Printed};
use crate::cli::show::{Page, Paint};

/// Standard output, and the form that is wanted there.
pub(super) struct Print {
    pub(super) answer: Answer,
    pub(super) page: Page,
    out: BufWriter<AutoStream<io::Stdout>>,
}

impl Print {
    /// As the arguments and the terminal say.
    pub(super) fn new(printed: &Printed) -> Print {
        let usual = if stdout().is_terminal() { Answer::List } else { Answer::Jsonl };
        Print {
            answer: printed.format.unwrap_or(usual),
            page: Page::of_terminal(printed.color),
            // the printers have written escape sequences only where they are wanted
            out: BufWriter::new(AutoStream::always(stdout())),
        }
    }

    /// For what is never read by people.
    pub(super) fn lines() -> Print {
        let page = Page { width: 80, paint: Paint::Plain };
        Print { answer: Answer::Jsonl, page, out: BufWriter::new(AutoStream::always(stdout())) }
    }

    /// One value a line.
    pub(super) fn jsonl<T: Serialize>(&mut self, values: &[T]) -> io::Result<()> {
        for value in values {
            serde_json::to_writer(&mut self.out, value)?;
            self.out.write_all(b"\n")?;
        }
        self.out.flush()
    }

    /// A page or a table.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}
