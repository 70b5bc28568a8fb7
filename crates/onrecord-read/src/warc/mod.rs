//! WARC archives of the web, 1.0 and 1.1, plain or each record in a gzip member of its own.
//!
//! Nothing in them is believed: a length that lies, a record that is cut and a member that is broken are named, and the
//! next record is found again by the words or bytes that begin it.

mod http;
mod media_cloud;
mod record;

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use flate2::bufread::GzDecoder;
use onrecord::Article;

use crate::containers::again::Again;
use crate::containers::scan;
use crate::error::{Fault, ReadError, Warned};
use crate::html::{Skip, html, is_html};
use crate::moment::moment;
use crate::origin::Origin;
use crate::reading::{At, Found, Reader};
use crate::text::text;
use http::Answer;
use media_cloud::About;
use record::{Next, Record, Source};

const MAGIC: &[u8] = b"WARC/";

/// So many bytes tell whether a member holds a record, though lines be empty before it.
const HEAD: u64 = 64;

/// Whether these first bytes are those of a WARC archive.
pub(crate) fn begins(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(MAGIC)
}

/// The same, of what is in gzip.
pub(crate) fn is_gzipped(head: &[u8]) -> bool {
    let mut first = [0; MAGIC.len()];
    GzDecoder::new(head).read_exact(&mut first).is_ok() && first == MAGIC
}

/// Reads the records of a plain archive.
pub(crate) fn records(reader: &mut Reader<'_>, source: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
    let mut archive = Archive::new(at);
    if let Err(error) = archive.read(reader, source)? {
        archive.fail(reader, error)?;
    }
    archive.end(reader)
}

/// Reads the records of an archive in gzip, member by member.
pub(crate) fn members(reader: &mut Reader<'_>, source: &mut dyn BufRead, at: At<'_>) -> ControlFlow<()> {
    let mut archive = Archive::new(at);
    let mut source = Again::new(source);
    // After damage the bytes that begin a member may stand where none does.
    let mut is_lost = false;
    while !at.budget.is_spent() {
        let begins = |bytes: &[u8; 4]| matches!(bytes, [0x1F, 0x8B, 8, 0..0x20]);
        let (magic, passed) = match scan::seek(&mut source, begins) {
            Ok(sought) => sought,
            Err(error) => {
                archive.fail(reader, error)?;
                break;
            }
        };
        if passed > 0 && !is_lost {
            archive.number += 1;
            archive.fail(reader, Fault::Damaged("a gzip member without its beginning"))?;
            is_lost = true;
        }
        let Some(magic) = magic else { break };
        source.mark();
        let before = archive.number;
        let member = GzDecoder::new(Cursor::new(magic).chain(&mut source));
        let mut member = BufReader::new(at.budget.counts(member));
        // one reading may give less than the words that begin a record
        let mut head = Vec::new();
        let read = match member.by_ref().take(HEAD).read_to_end(&mut head) {
            Ok(_) if self::begins(&head) => {
                archive.read(reader, &mut Cursor::new(&head).chain(&mut member))?.map_err(Fault::from)
            }
            Ok(_) => Err(Fault::Damaged("a gzip member that holds no record")),
            Err(error) => Err(error.into()),
        };
        let was_lost = std::mem::replace(&mut is_lost, read.is_err());
        if let Err(fault) = read
            && !was_lost
        {
            // the decoder of a member that is cut reads on in the next one
            source.go_back();
            archive.number = archive.number.max(before + 1);
            archive.fail(reader, fault)?;
        }
    }
    archive.end(reader)
}

/// An archive while it is read.
struct Archive<'a> {
    at: At<'a>,
    /// The number of the last record, counted from 1.
    number: u64,
    /// The last page: what is known of it may stand in the next record.
    page: Option<(Record, Origin)>,
}

impl<'a> Archive<'a> {
    fn new(at: At<'a>) -> Self {
        Archive { at, number: 0, page: None }
    }

    /// Reads records to the end of `source`.
    fn read(&mut self, reader: &mut Reader<'_>, source: &mut dyn BufRead) -> ControlFlow<(), io::Result<()>> {
        let mut source = Source::new(source);
        loop {
            match source.next() {
                Ok(Next::Record(record, damage)) => {
                    self.number += 1;
                    if let Some(damage) = damage {
                        self.fail(reader, Fault::Damaged(damage))?;
                    }
                    self.record(reader, record)?;
                }
                Ok(Next::Lost(fault)) => {
                    self.number += 1;
                    self.fail(reader, fault)?;
                }
                Ok(Next::End) => return ControlFlow::Continue(Ok(())),
                Err(error) => return ControlFlow::Continue(Err(error)),
            }
        }
    }
}

impl Archive<'_> {
    /// Names what is wrong with the last record, or with what follows it.
    fn fail(&mut self, reader: &mut Reader<'_>, fault: impl Into<Fault>) -> ControlFlow<()> {
        self.end(reader)?;
        reader.fail(self.at.origin.member(self.number).place(), fault)
    }

    /// Reads a record, or keeps it until the next shows whether that tells more of it.
    fn record(&mut self, reader: &mut Reader<'_>, record: Record) -> ControlFlow<()> {
        if record.kind() == "metadata" {
            let about = media_cloud::about(&record);
            return match self.page.take() {
                Some((page, origin)) => give(reader, &page, &origin, about.as_ref()),
                None => ControlFlow::Continue(()),
            };
        }
        self.end(reader)?;
        if matches!(record.kind(), "response" | "resource" | "conversion") {
            let origin = Origin {
                url: record.header("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned()),
                ..self.at.origin.member(self.number)
            };
            self.page = Some((record, origin));
        }
        ControlFlow::Continue(())
    }

    /// Reads the record that was kept.
    fn end(&mut self, reader: &mut Reader<'_>) -> ControlFlow<()> {
        match self.page.take() {
            Some((page, origin)) => give(reader, &page, &origin, None),
            None => ControlFlow::Continue(()),
        }
    }
}

/// Hands on the article of a record, with what else is known about it.
fn give(reader: &mut Reader<'_>, record: &Record, origin: &Origin, about: Option<&About>) -> ControlFlow<()> {
    reader.item(|| {
        let read = match record.kind() {
            "response" => Answer::of(&record.body).and_then(|answer| page(answer, origin)),
            _ if is_plain(record) => return found(record, origin, text(&record.body, origin)?, about),
            _ => page(Answer::bare(&record.body, record.header("Content-Type")), origin),
        };
        match (read, about.and_then(|about| about.article(origin))) {
            (Ok(read), _) => found(record, origin, read, about),
            // The archive kept the text that its own reader had found.
            (Err(_), Some(article)) => {
                found(record, origin, Warned { output: article, warnings: Vec::new() }, about)
            }
            (Err(fault), None) => Err(ReadError { place: origin.place(), fault }),
        }
    })
}

/// Whether a record is text that was taken out of a page.
fn is_plain(record: &Record) -> bool {
    record.kind() == "conversion"
        && record.header("Content-Type").is_some_and(|kind| kind.starts_with("text/plain"))
}

fn found(
    record: &Record,
    origin: &Origin,
    mut article: Warned<Article>,
    about: Option<&About>,
) -> Result<Found, ReadError> {
    if let Some(about) = about {
        about.complete(&mut article.output);
    }
    let fetched = record.header("WARC-Date").and_then(moment);
    Ok(Found { place: origin.place(), article, fetched })
}

/// The article of the page that a server answered with.
fn page(answer: Answer<'_>, origin: &Origin) -> Result<Warned<Article>, Fault> {
    match answer.status {
        200..300 | 0 => {}
        400.. => return Err(Fault::Skipped(Skip::ErrorPage)),
        _ => return Err(Fault::Skipped(Skip::NoPage)),
    }
    let is_page = match answer.content_type() {
        "text/html" | "application/xhtml+xml" => true,
        "" | "text/plain" | "text/xml" | "application/xml" | "application/octet-stream" => {
            is_html(&answer.body)
        }
        _ => false,
    };
    if !is_page {
        return Err(Fault::Skipped(Skip::NotHtml));
    }
    let origin = Origin { encoding: answer.encoding().map(str::to_owned), ..origin.clone() };
    match html(&answer.body, &origin) {
        Ok(page) => Ok(page.map(|page| page.article)),
        Err(error) => Err(error.fault),
    }
}

#[cfg(test)]
mod tests;
