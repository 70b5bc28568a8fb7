//! What is said to the user on standard error: messages, and below them what moves while something is waited for.

use std::fmt::Display;
use std::io::{IsTerminal, stderr};
use std::sync::LazyLock;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::show::inert;

/// One for the program, as standard error is.
static MOVING: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// How often a spinner turns.
const TURN: Duration = Duration::from_millis(100);

/// Something failed.
pub(crate) fn error(message: impl Display) {
    say(AnsiColor::Red.on_default().bold(), "error", message);
}

/// Something was mended that the user should know of.
pub(crate) fn warning(message: impl Display) {
    say(AnsiColor::Yellow.on_default().bold(), "warning", message);
}

/// Something that the user asked for stands ready.
pub(crate) fn done(message: impl Display) {
    aside(|| anstream::eprintln!("{message}"));
}

fn say(style: Style, kind: &str, message: impl Display) {
    let line = format!("{style}{kind}:{style:#} {message}\n");
    // Standard error hands on each piece that it gets: of a million lines, one each.
    aside(|| anstream::eprint!("{line}"));
}

/// Writes to the terminal, above what moves.
pub(crate) fn aside<T>(write: impl FnOnce() -> T) -> T {
    MOVING.suspend(write)
}

/// Shows a bar below all messages.
pub(crate) fn show(bar: &ProgressBar) {
    MOVING.add(bar.clone());
}

/// A spinner; it goes with the value.
pub(crate) struct Waiting(Option<ProgressBar>);

/// Tells on a terminal what is waited for, and since when.
pub(crate) fn waiting(what: &str) -> Waiting {
    let style = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}").ok();
    let bar = style.filter(|_| stderr().is_terminal()).map(|style| {
        let bar = MOVING.add(ProgressBar::no_length().with_style(style).with_message(inert(what)));
        bar.enable_steady_tick(TURN);
        bar
    });
    Waiting(bar)
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
            MOVING.remove(bar);
        }
    }
}
