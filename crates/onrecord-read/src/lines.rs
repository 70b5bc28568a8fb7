//! The lines of a JSONL input, streamed: memory holds one line at a time.

use std::io::{self, BufRead, Read};

use crate::error::{Fault, Place, ReadError};
use crate::input::{self, Input, Meter};
use crate::origin::Origin;

/// The most bytes a line may have: 512 MiB, some five million sentences.
pub(crate) const LIMIT: usize = 512 << 20;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The lines of an input that are not blank. After a line that is too long it goes on with the next.
pub struct Lines {
    source: Box<dyn BufRead + Send>,
    input: String,
    number: u64,
    limit: usize,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1, blank lines too.
    pub number: u64,
    /// Its bytes, perhaps with the line end.
    pub bytes: Vec<u8>,
}

impl Lines {
    /// Opens a file or standard input, gzip or not.
    ///
    /// # Errors
    ///
    /// [`Fault::Missing`] or [`Fault::Io`] where it cannot be opened.
    pub fn open(input: &Input) -> Result<Self, ReadError> {
        Ok(Lines::new(input::open(input, &Meter::default(), &mut Origin::default())?, input.name()))
    }

    /// The lines of `source`, which messages call `input`.
    pub(crate) fn new(source: Box<dyn BufRead + Send>, input: String) -> Self {
        Lines { source, input, number: 0, limit: LIMIT }
    }

    fn line(&mut self) -> Result<Option<Line>, Fault> {
        loop {
            let mut bytes = Vec::new();
            let longest = self.limit as u64 + 1;
            let count = self.source.by_ref().take(longest).read_until(b'\n', &mut bytes)?;
            self.number += 1;
            if count > self.limit {
                self.skip_line(bytes.ends_with(b"\n"))?;
                return Err(Fault::LineTooLong { limit: self.limit });
            }
            if self.number == 1 && bytes.starts_with(BOM) {
                bytes.drain(..BOM.len());
            }
            if count == 0 {
                return Ok(None);
            }
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some(Line { number: self.number, bytes }));
            }
        }
    }

    fn skip_line(&mut self, ended: bool) -> io::Result<()> {
        if !ended {
            self.source.skip_until(b'\n')?;
        }
        Ok(())
    }
}

impl Iterator for Lines {
    type Item = Result<Line, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.line() {
            Ok(line) => line.map(Ok),
            Err(fault) => {
                // A source that failed once (a broken disk, damaged gzip) would fail for ever.
                if !matches!(fault, Fault::LineTooLong { .. }) {
                    self.source = Box::new(io::empty());
                }
                let place = Place { input: self.input.clone(), line: Some(self.number) };
                Some(Err(ReadError { place, fault }))
            }
        }
    }
}

/// Reads up to and with the first line that is not blank, at most `limit` bytes.
pub(crate) fn head(source: &mut impl BufRead, limit: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    loop {
        let begin = head.len();
        let room = (limit - begin) as u64;
        let count = source.by_ref().take(room).read_until(b'\n', &mut head)?;
        let line = head[begin..].strip_prefix(BOM).unwrap_or(&head[begin..]);
        if count == 0 || !line.trim_ascii().is_empty() {
            return Ok(head);
        }
    }
}

/// The last line of a [`head`], without a BOM: what tells JSONL from plain text.
pub(crate) fn first_line(head: &[u8]) -> &[u8] {
    let line = head.trim_ascii();
    line.strip_prefix(BOM).unwrap_or(line).trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &'static [u8], limit: usize) -> Vec<Result<(u64, String), String>> {
        let lines = Lines { limit, ..Lines::new(Box::new(bytes), "n".into()) };
        lines
            .map(|line| match line {
                Ok(line) => Ok((line.number, String::from_utf8(line.bytes).unwrap())),
                Err(error) => Err(error.to_string()),
            })
            .collect()
    }

    #[test]
    fn blank_lines_are_counted_and_skipped() {
        let found = lines(b"\xEF\xBB\xBF\r\na\n \n\nb", 10);
        assert_eq!(found, [Ok((2, "a\n".into())), Ok((5, "b".into()))]);
        assert_eq!(lines(b"", 10), []);
        assert_eq!(lines(b"\xEF\xBB\xBFa", 10), [Ok((1, "a".into()))]);
    }

    #[test]
    fn too_long_lines_are_errors_and_the_rest_is_read() {
        let found = lines(b"aaaa\nbb\nccccccc\nd\neeee", 3);
        let long = |number| Err(format!("n:{number}: line over 0 MiB"));
        assert_eq!(found, [long(1), Ok((2, "bb\n".into())), long(3), Ok((4, "d\n".into())), long(5)]);
    }

    #[test]
    fn heads() {
        for (bytes, expected, line) in [
            ("\u{feff}\n \n{\"a\"\nb", "\u{feff}\n \n{\"a\"\n", "{\"a\""),
            ("\u{feff}{}", "\u{feff}{}", "{}"),
            ("", "", ""),
            ("\n\n", "\n\n", ""),
        ] {
            let found = head(&mut bytes.as_bytes(), 100).unwrap();
            assert_eq!(found, expected.as_bytes());
            assert_eq!(first_line(&found), line.as_bytes());
        }
    }
}
