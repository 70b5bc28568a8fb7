//! What can go wrong with an input, and what had to be mended: each named with its place.

use std::error::Error;
use std::fmt;
use std::io;

use crate::containers::budget::Overdrawn;
use crate::html::Skip;
use crate::lines::LONGEST_TEXT;

/// An input, and a line of it where there are lines. Shown as `news.jsonl:12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file or other input.
    pub input: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.input)?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// An article, or a whole input, that could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// Where.
    pub place: Place,
    /// Why.
    pub fault: Fault,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl Error for ReadError {
    /// The fault is part of the message already, so the chain goes on behind it.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.fault.source()
    }
}

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nothing of this name exists.
    #[error("no such file or folder")]
    Missing,
    /// The operating system or the decompressor failed.
    #[error("cannot be read: {0}")]
    Io(io::Error),
    /// Walking a folder failed.
    #[error("cannot be walked: {0}")]
    Walk(walkdir::Error),
    /// It has NUL bytes near its start.
    #[error("not a text (it has NUL bytes)")]
    NotText,
    /// Memory stays bounded by refusing such articles.
    #[error("text over {} MiB", LONGEST_TEXT >> 20)]
    TextTooLong,
    /// Memory stays bounded by refusing such lines.
    #[error("line over {} MiB", limit >> 20)]
    LineTooLong {
        /// The most bytes a line may have.
        limit: usize,
    },
    /// A page of so many bytes or elements is nobody's article.
    #[error("page over 64 MiB or four million elements")]
    PageTooLong,
    /// It was read, and is no news text.
    #[error("skipped: {0}")]
    Skipped(Skip),
    /// It ends before its end.
    #[error("cut in the middle")]
    Cut,
    /// What stands there cannot be what it should be; the rest was found again.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// A member of an archive is packed in a way that is not read.
    #[error("cannot be unpacked: {0}")]
    Unreadable(&'static str),
    /// It unpacks to more than any text does.
    #[error("{0}")]
    Bomb(io::Error),
    /// Archives in archives in archives.
    #[error("packed more than {} times over", crate::reading::DEEPEST)]
    TooDeep,
    /// The column that should hold the text has none.
    #[error("no text in {column:?}")]
    NoText {
        /// The name of the column, or field.
        column: String,
    },
    /// A table has no column of this name.
    #[error("no column {column:?}; there are {header}")]
    NoColumn {
        /// The name that was looked for.
        column: String,
        /// The names that stand there.
        header: String,
    },
    /// The line is not the JSON of an article.
    #[error("not an article in JSON: {}", without_place(.0))]
    Json(serde_json::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            _ if error.get_ref().is_some_and(|inner| inner.is::<Overdrawn>()) => Fault::Bomb(error),
            io::ErrorKind::NotFound => Fault::Missing,
            io::ErrorKind::UnexpectedEof => Fault::Cut,
            _ => Fault::Io(error),
        }
    }
}

/// serde_json counts lines within the one line it sees: only the column helps.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => format!("{} (column {})", &message[..end], error.column()),
        None => message,
    }
}

/// A result, and what had to be mended to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned<T> {
    /// The result.
    pub output: T,
    /// What a careful user should know about it.
    pub warnings: Vec<Warning>,
}

impl<T> Warned<T> {
    /// The same of a part of the result.
    pub(crate) fn map<U>(self, part: impl FnOnce(T) -> U) -> Warned<U> {
        Warned { output: part(self.output), warnings: self.warnings }
    }
}

/// Something that was mended, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// What.
    pub note: Note,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.note)
    }
}

/// What was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Neither UTF-8 nor marked as anything else: the encoding was guessed from the bytes.
    Guessed {
        /// The encoding's name in the WHATWG standard.
        encoding: &'static str,
    },
    /// Bytes that mean nothing in the input's encoding became U+FFFD.
    Replaced {
        /// The encoding's name in the WHATWG standard.
        encoding: &'static str,
    },
    /// Halves of surrogate pairs in JSON strings became U+FFFD.
    LoneSurrogates {
        /// How many.
        count: usize,
    },
    /// The day of publication is no RFC 3339 date and was left out.
    NoDate {
        /// What stood there.
        words: String,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Guessed { encoding } => write!(f, "not UTF-8, read as {encoding} by the look of its bytes"),
            Note::Replaced { encoding } => {
                write!(f, "invalid {encoding}, the broken bytes are shown as U+FFFD")
            }
            Note::LoneSurrogates { count } => write!(f, "lone surrogates ({count}), shown as U+FFFD"),
            Note::NoDate { words } => write!(f, "published {words:?} is no RFC 3339 date, left out"),
        }
    }
}
