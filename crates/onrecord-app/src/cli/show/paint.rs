//! Runs of words and how they look: the few styles of the printers, coloured or plain.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

/// Whether escape sequences may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Words alone.
    Plain,
    /// Words in colours.
    Colour,
}

/// What a run of words is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The name of the article.
    Title,
    /// Who speaks.
    Source,
    /// The words that attribute.
    Cue,
    /// What is attributed.
    Content,
    /// What of it stands in quotation marks.
    Quoted,
    /// What the speaker does.
    Act,
    /// Who disputes whom, and what was not said.
    Alarm,
    /// All that is said about it.
    Aside,
    /// Words of the article that no statement claims.
    Rest,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Look::Title => Style::new().bold(),
            Look::Source => AnsiColor::Cyan.on_default().bold(),
            Look::Cue => AnsiColor::Yellow.on_default(),
            Look::Content | Look::Rest => Style::new(),
            Look::Quoted => AnsiColor::Green.on_default(),
            Look::Act => AnsiColor::Magenta.on_default(),
            Look::Alarm => AnsiColor::Red.on_default(),
            Look::Aside => Style::new().dimmed(),
        }
    }
}

/// Words of one look. Their text is inert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// How they look.
    pub(crate) look: Look,
    /// The words.
    pub(crate) text: String,
}

impl Run {
    /// Words of our own, or such as are inert already.
    pub(crate) fn new(look: Look, text: impl Into<String>) -> Run {
        Run { look, text: text.into() }
    }

    /// Appends the words, with escape sequences around them where `paint` allows.
    pub(crate) fn write(&self, paint: Paint, out: &mut String) {
        let style = self.look.style();
        if paint == Paint::Plain || style.is_plain() {
            out.push_str(&self.text);
            return;
        }
        // Writing into a string cannot fail.
        let _ = write!(out, "{style}{}{style:#}", self.text);
    }
}
