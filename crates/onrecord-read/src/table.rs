//! Tables (CSV, TSV) to articles: one a row, by the names in the first line.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};

use crate::columns::{Columns, Row};
use crate::decode::decode;
use crate::error::{Fault, Note};
use crate::lines::LONGEST_TEXT;
use crate::origin::Origin;
use crate::reading::Reader;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// More names, or longer ones, are no header but a text.
const MOST_COLUMNS: usize = 1000;
const LONGEST_NAME: usize = 64;

/// What separates the columns whose names stand in `line`: what gives most of them, two at least.
pub(crate) fn delimiter(line: &[u8]) -> Option<u8> {
    let count = |delimiter: u8| line.iter().filter(|&&byte| byte == delimiter).count();
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| count(delimiter))
        .filter(|&delimiter| count(delimiter) > 0)
}

/// What separates the columns, where `line` is the header of a table of articles.
pub(crate) fn header_delimiter(line: &[u8], columns: &Columns) -> Option<u8> {
    let delimiter = delimiter(line)?;
    let names = names(line, delimiter);
    let is_header = names.len() <= MOST_COLUMNS && names.iter().all(|name| name.len() <= LONGEST_NAME);
    (is_header && names.iter().any(|name| same(name, columns.text()))).then_some(delimiter)
}

fn names(line: &[u8], delimiter: u8) -> Vec<String> {
    let mut record = ByteRecord::new();
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line);
    match reader.read_byte_record(&mut record) {
        Ok(true) => header(&record),
        _ => Vec::new(),
    }
}

fn header(record: &ByteRecord) -> Vec<String> {
    record
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().trim_start_matches('\u{feff}').to_owned())
        .collect()
}

/// Whether two names are the same column: case does not count.
fn same(name: &str, wanted: &str) -> bool {
    name.chars().flat_map(char::to_lowercase).eq(wanted.chars().flat_map(char::to_lowercase))
}

/// Reads the articles of a table.
pub(crate) fn rows(
    reader: &mut Reader<'_>,
    mut source: impl BufRead,
    delimiter: u8,
    origin: &Origin,
) -> ControlFlow<()> {
    let columns = &reader.settings.columns;
    // The reader of tables leaves the second half of such a line end to the next row.
    let is_behind = source.fill_buf().is_ok_and(|head| {
        head.iter().position(|&byte| byte == b'\n').is_some_and(|end| head[..end].ends_with(b"\r"))
    });
    let room = Cell::new(LONGEST_TEXT);
    let bounded = Bounded { source, room: &room };
    let mut table =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bounded);
    let mut names: Option<Vec<String>> = None;
    let mut cells = ByteRecord::new();
    loop {
        room.set(LONGEST_TEXT);
        let begin = table.position().line() + u64::from(is_behind && names.is_some());
        match (table.read_byte_record(&mut cells), &names) {
            (Ok(false), _) => return ControlFlow::Continue(()),
            (Ok(true), None) => {
                let found = header(&cells);
                if !found.iter().any(|name| same(name, columns.text())) {
                    let (column, header) = (columns.text().to_owned(), found.join(", "));
                    return reader.fail(origin.place(), Fault::NoColumn { column, header });
                }
                names = Some(found);
            }
            (Ok(true), Some(names)) => {
                reader.article(origin.line(begin), || {
                    let row = Cells { names, cells: &cells, notes: Cell::default() };
                    let mut notes = Vec::new();
                    let read = columns.article(&row, origin, &mut notes);
                    notes.extend(row.notes.take());
                    origin.warned(origin.line(begin), read, notes)
                })?;
            }
            (Err(error), _) => {
                let fault = match error.into_kind() {
                    csv::ErrorKind::Io(error)
                        if error.get_ref().is_some_and(|inner| inner.is::<TooLong>()) =>
                    {
                        Fault::LineTooLong { limit: LONGEST_TEXT }
                    }
                    csv::ErrorKind::Io(error) => error.into(),
                    _ => Fault::Damaged("no row of a table"),
                };
                return reader.fail(origin.line(begin), fault);
            }
        }
    }
}

/// A row, under its names.
struct Cells<'c> {
    names: &'c [String],
    cells: &'c ByteRecord,
    notes: Cell<Vec<Note>>,
}

impl Cells<'_> {
    fn cell(&self, column: &str) -> Option<String> {
        let at = self.names.iter().position(|name| same(name, column))?;
        let cell = self.cells.get(at)?;
        match decode(cell) {
            Ok((words, notes)) => {
                self.notes.set([self.notes.take(), notes].concat());
                Some(words.into_owned())
            }
            Err(_) => Some(String::from_utf8_lossy(cell).into_owned()),
        }
    }
}

impl Row for Cells<'_> {
    /// An empty cell is no text: tables have no other way to say that there is none.
    fn text(&self, column: &str) -> Option<String> {
        self.words(column)
    }

    fn words(&self, column: &str) -> Option<String> {
        self.cell(column).filter(|words| !words.trim().is_empty())
    }

    fn list(&self, column: &str) -> Vec<String> {
        let words = self.words(column).unwrap_or_default();
        words.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}

/// A stream that gives no more than there is room for: a quotation mark without its twin would swallow the table.
struct Bounded<'r, S> {
    source: S,
    room: &'r Cell<usize>,
}

#[derive(Debug, thiserror::Error)]
#[error("a row is too long")]
struct TooLong;

impl<S: Read> Read for Bounded<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        match self.room.get().checked_sub(count) {
            Some(room) => self.room.set(room),
            None => return Err(io::Error::other(TooLong)),
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use crate::Columns;
    use crate::reading::Settings;
    use crate::testing::{found, found_by, told};

    #[test]
    fn rows_are_articles() {
        let table = "id,Title,published,authors,text,x\r\n7,Fog,2025-03-14,Ann Lee; Bo Dahl,\"“No,” he\nsaid, and \"\"left\"\".\",1\r\n\
            8,,Friday,,Two.\r\n9,T,,,,\r\n";
        let read = found("a.csv", table.as_bytes());
        let first = read[0].as_ref().unwrap();
        let article = &first.article.output;
        assert_eq!((article.id.as_str(), article.text.as_str()), ("7", "“No,” he\nsaid, and \"left\"."));
        assert_eq!(article.authors, ["Ann Lee", "Bo Dahl"]);
        assert_eq!(
            (article.title.as_deref(), article.published.as_deref()),
            (Some("Fog"), Some("2025-03-14"))
        );
        assert_eq!(first.place.to_string(), "a.csv:2");
        let second = read[1].as_ref().unwrap();
        assert_eq!(second.article.output.text, "Two.");
        assert_eq!(
            second.article.warnings[0].to_string(),
            "a.csv:4: published \"Friday\" is no RFC 3339 date, left out"
        );
        assert_eq!(read[2].as_ref().unwrap_err().to_string(), "a.csv:5: no text in \"text\"");
    }

    #[test]
    fn delimiters_and_names() {
        for (delimiter, quoted) in [(",", false), (";", false), ("\t", false), ("|", true)] {
            let row = |a: &str, b: &str| match quoted {
                true => format!("\"{a}\"{delimiter}\"{b}\"\n"),
                false => format!("{a}{delimiter}{b}\n"),
            };
            let table =
                ["\u{feff}".to_owned(), row("id", "text"), row("1", "One."), row("2", "Two.")].concat();
            assert_eq!(told("a", table.as_bytes()), ["a:2: One.", "a:3: Two."], "{delimiter}");
        }
        let utf16: Vec<u8> =
            "\u{feff}id\ttext\n1\tÉtude\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(told("a", &utf16), ["a:2: Étude"]);
        let columns = Columns { text: Some("Body".into()), title: Some("head".into()), ..Columns::default() };
        let settings = Settings { columns, ..Settings::default() };
        let read = found_by(&settings, "a", b"head,body\nFog,One.\n");
        let article = &read[0].as_ref().unwrap().article.output;
        assert_eq!((article.title.as_deref(), article.text.as_str()), (Some("Fog"), "One."));
        let line = b"{\"head\":\"Fog\",\"Body\":\"One.\"}\n";
        assert_eq!(
            found_by(&settings, "a", line)[0].as_ref().unwrap().article.output.title.as_deref(),
            Some("Fog")
        );
        assert_eq!(told("a.csv", b"id,body\n1,One.\n"), ["a.csv: no column \"text\"; there are id, body"]);
    }

    #[test]
    fn prose_is_no_table() {
        let prose = "The text, he said, was long; and the ferry, which had text on it, left.";
        assert_eq!(told("a", prose.as_bytes()), [format!("a: {prose}")]);
    }

    #[test]
    fn an_open_quotation_mark_swallows_only_so_much() {
        let open = ["id,text\n1,One.\n2,\"".to_owned(), "word ".repeat(14_000_000)].concat();
        assert_eq!(told("a.csv", open.as_bytes()), ["a.csv:2: One.", "a.csv:3: line over 64 MiB"]);
    }
}
