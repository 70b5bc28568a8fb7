//! What form a text has, by how it begins; its name is asked only where two forms begin alike.

use crate::columns::Columns;
use crate::feed::{self, xml};
use crate::html::is_html;
use crate::json_line::is_article;
use crate::{lines, markdown, newsml, table};

/// The form of an unpacked stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Markdown,
    Html,
    /// RSS or Atom.
    Feed,
    NewsMl,
    /// Perhaps a document of JSON: the whole of it tells.
    Json,
    Jsonl,
    /// With what separates its columns.
    Table(u8),
}

/// What a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Jsonl,
    Table,
    Markdown,
    Json,
    Anything,
}

impl Named {
    /// By the ending of a name, before those of what it is packed in.
    pub(crate) fn of(name: &str) -> Named {
        let name = name.to_ascii_lowercase();
        let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("jsonl" | "ndjson") => Named::Jsonl,
            Some("json") => Named::Json,
            Some("csv" | "tsv") => Named::Table,
            Some("md" | "markdown") => Named::Markdown,
            _ => Named::Anything,
        }
    }
}

/// As many bytes tell the form, where not a whole line is needed.
const LOOKED_AT: usize = 1 << 16;

impl Form {
    /// The form of what begins with `head`, whose first line is whole.
    pub(crate) fn of(head: &[u8], named: Named, columns: &Columns) -> Form {
        let first = lines::first_line(head);
        // A text without line ends is all first line.
        let head = &head[..head.len().min(LOOKED_AT)];
        match first.first() {
            _ if named == Named::Jsonl || is_article(first, columns) => Form::Jsonl,
            Some(b'{' | b'[') if named != Named::Markdown && !markdown::begins(head) => Form::Json,
            Some(b'<') => Form::of_markup(head),
            _ if named == Named::Markdown => Form::Markdown,
            _ => match table::header_delimiter(&first[..first.len().min(LOOKED_AT)], columns) {
                Some(delimiter) => Form::Table(delimiter),
                None if named == Named::Table => Form::Table(table::delimiter(first).unwrap_or(b',')),
                None if markdown::begins(head) => Form::Markdown,
                None => Form::Text,
            },
        }
    }

    /// By the first element: a feed may have pages in it.
    fn of_markup(head: &[u8]) -> Form {
        let text = String::from_utf8_lossy(head);
        match xml::next_tag(&text, 0, |_| true).map(|root| root.local_name()) {
            Some(name) if feed::is_root(name) => Form::Feed,
            Some(name) if newsml::is_root(name) => Form::NewsMl,
            _ if is_html(head) => Form::Html,
            _ => Form::Text,
        }
    }

    /// Whether it holds many articles that are read one by one.
    pub(crate) fn is_streamed(self) -> bool {
        matches!(self, Form::Jsonl | Form::Table(_))
    }
}
