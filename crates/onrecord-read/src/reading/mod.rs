//! The way from a stream of bytes to its articles: unpacked, split into members, records and lines, layer by layer.
//!
//! Each layer borrows the stream of the one above and reads on where the one below ended, so memory holds one article,
//! one line or one record, however large the archive is.

mod archives;
mod documents;
pub(crate) mod form;

use std::io::{BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use encoding_rs::{Encoding, UTF_8};
use flate2::bufread::MultiGzDecoder;
use onrecord::Article;

use crate::columns::Columns;
use crate::containers::Packing;
use crate::containers::budget::Budget;
use crate::containers::zstd::Frames;
use crate::decode::{self, decode};
use crate::error::{Fault, Place, ReadError, Warned};
use crate::html::{Skip, html};
use crate::input::{BUFFER, Meter, metered};
use crate::json_line::line_by;
use crate::language::is_english;
use crate::lines::{self, LONGEST_TEXT, Lines};
use crate::markdown::markdown;
use crate::origin::Origin;
use crate::text::text;
use crate::{table, warc};
use form::{Form, Named};

/// So many layers of packing are opened; an archive that holds itself has more.
pub(crate) const DEEPEST: u8 = 4;

/// An article and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The input, the member or record of it (`archive.zip!report.txt`), and the line.
    pub place: Place,
    /// The article, and what had to be mended in it.
    pub article: Warned<Article>,
    /// When it was fetched (RFC 3339), where an archive of the web tells.
    pub fetched: Option<String>,
}

/// Which articles are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Languages {
    /// English ones; any other is [skipped](crate::Skip::NotEnglish).
    #[default]
    English,
    /// All.
    Any,
}

/// What is to be read, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// In which languages.
    pub languages: Languages,
    /// Where tables and objects hold what.
    pub columns: Columns,
    /// So many articles and failures at the beginning are passed over unread: an earlier reading had them.
    pub passed: u64,
}

/// Takes one article after the other, or why one could not be read, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Found, ReadError>) -> ControlFlow<()> + 't;

/// The articles of one stream of any form and packing, as [`Articles`](crate::Articles) reads them from a file.
///
/// ```
/// use std::ops::ControlFlow;
/// let mut texts = Vec::new();
/// let stream = "{\"text\": \"“No,” said Ann.\"}\n{\"text\": \"“Yes,” said Bo.\"}\n";
/// onrecord_read::each(stream.as_bytes(), &onrecord_read::Origin::new("two"), &Default::default(), &mut |found| {
///     texts.push(found.unwrap().article.output.text);
///     ControlFlow::Continue(())
/// });
/// assert_eq!(texts, ["“No,” said Ann.", "“Yes,” said Bo."]);
/// ```
pub fn each(source: impl Read, origin: &Origin, settings: &Settings, take: &mut Take<'_>) {
    let meter = Meter::default();
    let mut source = metered(source, &meter);
    let mut take = |found| take(found);
    // Whoever breaks off knows that.
    let _ = Reader::new(settings, &mut take).file(&mut source, origin, &meter);
}

/// What reads.
pub(crate) struct Reader<'r> {
    pub(crate) settings: &'r Settings,
    passed: u64,
    take: &'r mut Take<'r>,
}

/// Where a stream stands: what is known of it, how deep it lies, and how much may still be unpacked.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) origin: &'a Origin,
    depth: u8,
    pub(crate) budget: &'a Budget,
}

impl<'a> At<'a> {
    /// One layer further in.
    fn inside(self, origin: &'a Origin) -> Self {
        At { origin, depth: self.depth + 1, ..self }
    }

    pub(crate) fn place(self) -> Place {
        self.origin.place()
    }
}

impl<'r> Reader<'r> {
    pub(crate) fn new(settings: &'r Settings, take: &'r mut Take<'r>) -> Self {
        Reader { passed: settings.passed, settings, take }
    }

    /// Reads a file, which `meter` measures.
    pub(crate) fn file(
        &mut self,
        source: &mut dyn BufRead,
        origin: &Origin,
        meter: &Meter,
    ) -> ControlFlow<()> {
        self.stream(source, At { origin, depth: 0, budget: &Budget::new(meter) })
    }

    /// Hands on an article or a failure, unless an earlier reading had it.
    pub(crate) fn item(&mut self, read: impl FnOnce() -> Result<Found, ReadError>) -> ControlFlow<()> {
        if self.passed > 0 {
            self.passed -= 1;
            return ControlFlow::Continue(());
        }
        let found = read().and_then(|found| self.wanted(found));
        (self.take)(found)
    }

    /// An article of which no archive tells when it was fetched.
    pub(crate) fn article(
        &mut self,
        place: Place,
        read: impl FnOnce() -> Result<Warned<Article>, ReadError>,
    ) -> ControlFlow<()> {
        self.item(|| Ok(Found { place, article: read()?, fetched: None }))
    }

    /// What could not be read.
    pub(crate) fn fail(&mut self, place: Place, fault: impl Into<Fault>) -> ControlFlow<()> {
        self.item(|| Err(ReadError { place, fault: fault.into() }))
    }

    /// The article, unless its language is not wanted.
    fn wanted(&self, found: Found) -> Result<Found, ReadError> {
        if self.settings.languages == Languages::Any || is_english(&found.article.output.text) {
            return Ok(found);
        }
        Err(ReadError { place: found.place, fault: Fault::Skipped(Skip::NotEnglish) })
    }

    /// Reads a stream of any kind, by its first bytes.
    fn stream(&mut self, mut source: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
        let mut head = Vec::new();
        if let Err(error) = (&mut source).take(Packing::HEAD as u64).read_to_end(&mut head) {
            return self.fail(at.place(), error);
        }
        let (packing, is_warc) = (Packing::of(&head), warc::is_gzipped(&head));
        let mut source = Cursor::new(head).chain(source);
        match packing {
            Some(_) if at.depth == DEEPEST => self.fail(at.place(), Fault::TooDeep),
            Some(Packing::Gzip) if is_warc => warc::members(self, &mut source, at),
            Some(Packing::Gzip) => self.unpacked(MultiGzDecoder::new(source), at),
            Some(Packing::Zstd) => self.unpacked(Frames::new(source), at),
            Some(Packing::Zip) => self.zip(&mut source, at),
            Some(Packing::Tar) => self.tar(&mut source, at),
            None => match self.plain(&mut source, at) {
                Ok(flow) => flow,
                Err(fault) => self.fail(at.place(), fault),
            },
        }
    }

    fn unpacked(&mut self, decoder: impl Read, at: At<'_>) -> ControlFlow<()> {
        let mut source = BufReader::with_capacity(BUFFER, at.budget.counts(decoder));
        self.stream(&mut source, at.inside(at.origin))
    }

    /// Reads what is not packed, by the form of its beginning.
    fn plain(&mut self, mut source: &mut dyn BufRead, at: At<'_>) -> Result<ControlFlow<()>, Fault> {
        let head = source.fill_buf()?;
        if warc::begins(head) {
            return Ok(warc::records(self, source, at));
        }
        if decode::is_binary(head) {
            return Err(Fault::NotText);
        }
        let (named, columns) = (Named::of(&at.origin.input), &self.settings.columns);
        let mut bytes = lines::head(&mut source, LONGEST_TEXT)?;
        if is_utf16(&bytes) {
            // It cannot be split at bytes: lines and rows are decoded whole.
            read_rest(source, &mut bytes)?;
            let utf8 = decode(&bytes)?.0.into_owned().into_bytes();
            return Ok(match Form::of(&utf8, named, columns) {
                form if form.is_streamed() => self.formed(form, utf8, &mut Cursor::new([]), at)?,
                form => self.formed(form, bytes, &mut Cursor::new([]), at)?,
            });
        }
        if bytes.len() < Packing::HEAD {
            (&mut source).take(Packing::HEAD as u64).read_to_end(&mut bytes)?;
        }
        self.formed(Form::of(&bytes, named, columns), bytes, source, at)
    }

    /// Reads what has this form; `head` was read of it already.
    fn formed(
        &mut self,
        form: Form,
        mut head: Vec<u8>,
        rest: &mut dyn BufRead,
        at: At<'_>,
    ) -> Result<ControlFlow<()>, Fault> {
        if form.is_streamed() {
            let source = Cursor::new(head).chain(rest);
            return Ok(match form {
                Form::Table(delimiter) => table::rows(self, source, delimiter, at.origin),
                _ => self.lines(source, at.origin),
            });
        }
        read_rest(rest, &mut head)?;
        let (origin, place) = (at.origin, at.place());
        match form {
            Form::Feed => return self.feed(&head, origin),
            Form::NewsMl => return self.newsml(&head, origin),
            Form::Json => {
                if let Some(flow) = self.json(&head, origin) {
                    return Ok(flow);
                }
                if Named::of(&origin.input) == Named::Json {
                    return Err(Fault::NoText { column: self.settings.columns.text().to_owned() });
                }
            }
            _ => {}
        }
        Ok(self.article(place, || match form {
            Form::Html => Ok(html(&head, origin)?.map(|page| page.article)),
            Form::Markdown => markdown(&head, origin),
            _ => text(&head, origin),
        }))
    }

    /// The articles of JSONL.
    fn lines(&mut self, source: impl BufRead, origin: &Origin) -> ControlFlow<()> {
        let columns = &self.settings.columns;
        Lines::new(source, origin.input.clone()).try_for_each(|line| match line {
            Ok(line) => {
                let read = || line_by(columns, &line.bytes, line.number, origin);
                self.article(origin.line(line.number), read)
            }
            Err(error) => self.item(|| Err(error)),
        })
    }
}

/// Reads at most a byte more than a text may have: then it is refused, and memory is spared.
fn read_rest(source: &mut dyn BufRead, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    let room = (LONGEST_TEXT as u64 + 1).saturating_sub(bytes.len() as u64);
    source.take(room).read_to_end(bytes)?;
    if bytes.len() > LONGEST_TEXT { Err(Fault::TextTooLong) } else { Ok(()) }
}

fn is_utf16(head: &[u8]) -> bool {
    Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8)
}

#[cfg(test)]
mod tests;
