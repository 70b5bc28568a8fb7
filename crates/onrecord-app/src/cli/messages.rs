//! What is said to the user on standard error.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

/// Something failed.
pub(crate) fn error(message: impl Display) {
    say(AnsiColor::Red.on_default().bold(), "error", message);
}

/// Something was mended that the user should know of.
pub(crate) fn warning(message: impl Display) {
    say(AnsiColor::Yellow.on_default().bold(), "warning", message);
}

fn say(style: Style, kind: &str, message: impl Display) {
    anstream::eprintln!("{style}{kind}:{style:#} {message}");
}
