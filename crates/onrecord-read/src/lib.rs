//! Bytes as they come in to articles: text, Markdown, HTML pages, feeds, JSON and tables, and archives of them.
//!
//! ```
//! let origin = onrecord_read::Origin::new("report.txt");
//! let article = onrecord_read::text("“No,” said Ann.".as_bytes(), &origin).unwrap();
//! assert_eq!(article.output.text, "“No,” said Ann.");
//! assert!(article.warnings.is_empty());
//! ```
//!
//! In the order of the data: an [`Input`] names files, folders, standard input or what the caller opens; [`Articles`]
//! walks them and reads one article after the other, going on after an error; [`each`] does the same with one stream;
//! [`text()`], [`html()`] and [`json_line()`] turn the bytes of one article into an [`Article`](onrecord::Article) and
//! touch nothing outside.

#![forbid(unsafe_code)]

mod containers;
mod given;
mod input;
mod lines;
mod reading;

mod decode;
mod surrogates;

mod columns;
mod feed;
mod html;
mod json_line;
mod language;
mod markdown;
mod newsml;
mod table;
#[cfg(test)]
mod testing;
mod text;
mod warc;

mod articles;

mod date;
mod error;
mod moment;
mod origin;

pub use articles::Articles;
pub use columns::Columns;
pub use date::is_published;
pub use error::{Fault, Note, Place, ReadError, Warned, Warning};
pub use feed::{Listed, listed};
pub use given::{Given, Opened};
pub use html::{LONGEST_PAGE, Page, Skip, html};
pub use input::{Input, Meter, total_bytes};
pub use json_line::{json_line, json_text};
pub use language::is_english;
pub use lines::{LONGEST_TEXT, Line, Lines};
pub use origin::Origin;
pub use reading::{Found, Languages, Settings, Take, each};
pub use text::text;
