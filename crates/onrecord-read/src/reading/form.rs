//! What form a text has, by how it begins; its name is asked only where two forms begin alike.

use crate::columns::Columns;
use crate::html::is_html;
use crate::json_line::is_article;
use crate::lines;

/// The form of an unpacked stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Html,
    Jsonl,
}

/// What a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Jsonl,
    Anything,
}

impl Named {
    /// By the ending of a name, before those of what it is packed in.
    pub(crate) fn of(name: &str) -> Named {
        let name = name.to_ascii_lowercase();
        let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("jsonl" | "ndjson") => Named::Jsonl,
            _ => Named::Anything,
        }
    }
}

impl Form {
    /// The form of what begins with `head`, whose first line is whole.
    pub(crate) fn of(head: &[u8], named: Named, columns: &Columns) -> Form {
        match () {
            () if named == Named::Jsonl || is_article(lines::first_line(head), columns) => Form::Jsonl,
            () if is_html(head) => Form::Html,
            () => Form::Text,
        }
    }

    /// Whether it holds many articles that are read one by one.
    pub(crate) fn is_streamed(self) -> bool {
        matches!(self, Form::Jsonl)
    }
}
