//! The records of a WARC stream: headers in lines, and as many bytes as they say, if they say it truly.

use std::io::{self, BufRead, Cursor, Read};

use super::MAGIC;
use crate::error::Fault;
use crate::html::LONGEST_PAGE;

/// Longer records are films, or lie.
const LONGEST: u64 = LONGEST_PAGE as u64 + (1 << 20);

/// Longer lines and more headers are nobody's.
const LONGEST_LINE: u64 = 1 << 16;
const MOST_HEADERS: usize = 256;

/// A record.
pub(super) struct Record {
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Record {
    /// What a header says; case does not count.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// `response`, `metadata`, …
    pub(super) fn kind(&self) -> &str {
        self.header("WARC-Type").unwrap_or_default()
    }
}

/// What a header says; case does not count.
pub(super) fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// What stands next in a stream.
pub(super) enum Next {
    /// A record, and what was wrong with it.
    Record(Record, Option<&'static str>),
    /// A record that cannot be read.
    Lost(Fault),
    End,
}

/// A stream of records.
pub(super) struct Source<'s> {
    /// What was read already and belongs to the next record.
    put_back: Cursor<Vec<u8>>,
    source: &'s mut dyn BufRead,
}

impl<'s> Source<'s> {
    pub(super) fn new(source: &'s mut dyn BufRead) -> Self {
        Source { put_back: Cursor::new(Vec::new()), source }
    }

    /// The next record.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        let Some(is_damaged) = self.version()? else { return Ok(Next::End) };
        if is_damaged {
            // Found again: it is read the next time.
            return Ok(Next::Lost(Fault::Damaged("no WARC record where one should be")));
        }
        let Some(headers) = self.headers()? else {
            return Ok(Next::Lost(Fault::Damaged("headers without an end")));
        };
        let length = header(&headers, "Content-Length").and_then(|length| length.trim().parse::<u64>().ok());
        let Some(length) = length.filter(|&length| length <= LONGEST) else {
            return Ok(Next::Lost(Fault::Damaged("a record without a length, or over 65 MiB")));
        };
        let mut body = Vec::new();
        self.chain().take(length).read_to_end(&mut body)?;
        let damage = self.mend(&mut body)?;
        if (body.len() as u64) < length && damage.is_none() {
            return Ok(Next::Lost(Fault::Cut));
        }
        Ok(Next::Record(Record { headers, body }, damage))
    }

    fn chain(&mut self) -> io::Chain<&mut Cursor<Vec<u8>>, &mut dyn BufRead> {
        (&mut self.put_back).chain(&mut *self.source)
    }

    fn put_back(&mut self, mut bytes: Vec<u8>) {
        let at = self.put_back.position() as usize;
        bytes.extend_from_slice(&self.put_back.get_ref()[at..]);
        self.put_back = Cursor::new(bytes);
    }

    /// The next line, with its end; what is longer than a line of headers comes in pieces.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.chain().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// Reads the line that begins a record. `None` at the end; true where something else stood before it, and then the
    /// line is put back.
    fn version(&mut self) -> io::Result<Option<bool>> {
        let mut is_damaged = false;
        loop {
            let line = self.line()?;
            match () {
                () if line.is_empty() => return Ok(is_damaged.then_some(true)),
                () if is_version(&line) && is_damaged => {
                    self.put_back(line);
                    return Ok(Some(true));
                }
                () if is_version(&line) => return Ok(Some(false)),
                () => is_damaged |= !line.trim_ascii().is_empty(),
            }
        }
    }

    /// The headers up to the blank line; `None` where there are too many or the stream ends.
    fn headers(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let mut headers = Vec::new();
        while headers.len() < MOST_HEADERS {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            if line.trim_ascii().is_empty() {
                return Ok(Some(headers));
            }
            let line = String::from_utf8_lossy(&line);
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Ok(None)
    }

    /// Looks whether a record follows where `body` ends. If none does, its length lied: what belongs to it is added, and
    /// what belongs to the next is put back.
    fn mend(&mut self, body: &mut Vec<u8>) -> io::Result<Option<&'static str>> {
        // Two line ends stand between records; some programs write one, or more.
        let mut next = Vec::new();
        self.chain().take(4 + MAGIC.len() as u64).read_to_end(&mut next)?;
        let rest = next.trim_ascii_start();
        // After its proper end the record is whole, whatever follows.
        let is_ended = next.starts_with(b"\r\n\r\n") || next.starts_with(b"\n\n");
        if is_ended || rest.starts_with(MAGIC) || !next.is_empty() && MAGIC.starts_with(rest) {
            self.put_back(next);
            return Ok(None);
        }
        let told = body.len();
        body.extend_from_slice(&next);
        // The last line may be the one that begins the next record.
        let line = self.line()?;
        body.extend_from_slice(&line);
        if let Some(at) = second_record(body) {
            let tail = body.split_off(at);
            self.put_back(tail);
            return Ok(Some("a Content-Length that reaches into the next record"));
        }
        if body.len() == told {
            return Ok(None);
        }
        self.lengthen(body)?;
        Ok(Some("a Content-Length shorter than the record"))
    }

    /// Adds the lines up to the next record.
    fn lengthen(&mut self, body: &mut Vec<u8>) -> io::Result<()> {
        while (body.len() as u64) < LONGEST {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            if is_version(&line) {
                self.put_back(line);
                break;
            }
            body.extend_from_slice(&line);
        }
        Ok(())
    }
}

/// Whether a line begins a record.
fn is_version(line: &[u8]) -> bool {
    line.trim_ascii_end().strip_prefix(MAGIC).is_some_and(|number| {
        number.len() == 3 && number[0].is_ascii_digit() && number[1] == b'.' && number[2].is_ascii_digit()
    })
}

/// Where a record begins within the bytes of another.
fn second_record(body: &[u8]) -> Option<usize> {
    let mut begin = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        if begin > 0 && is_version(line) {
            return Some(begin);
        }
        begin += line.len();
    }
    None
}
