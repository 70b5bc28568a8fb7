//! The lines of a JSONL input, streamed: memory holds one line at a time.

use std::io::{self, BufRead, Read};

use crate::error::{Fault, Place, ReadError};
use crate::input::{self, Input};

/// The most bytes an article may have, or a line that holds one: 64 MiB, some seven hundred thousand sentences.
pub const LONGEST_TEXT: usize = 64 << 20;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The lines of an input that are not blank. After a line that is too long it goes on with the next.
pub struct Lines<S = Box<dyn BufRead + Send>> {
    source: Option<S>,
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
    /// Opens a file or standard input; gzip and Zstandard are unpacked.
    ///
    /// # Errors
    ///
    /// [`Fault::Missing`] or [`Fault::Io`] where it cannot be opened.
    pub fn open(input: &Input) -> Result<Self, ReadError> {
        Ok(Lines::new(input::open_unpacked(input)?, input.name()))
    }
}

impl<S: BufRead> Lines<S> {
    /// The lines of `source`, which messages call `input`.
    pub(crate) fn new(source: S, input: String) -> Self {
        Lines { source: Some(source), input, number: 0, limit: LONGEST_TEXT }
    }

    fn line(&mut self) -> Result<Option<Line>, Fault> {
        let Some(source) = &mut self.source else { return Ok(None) };
        loop {
            let mut bytes = Vec::new();
            let longest = self.limit as u64 + 1;
            let count = source.by_ref().take(longest).read_until(b'\n', &mut bytes)?;
            self.number += 1;
            if count > self.limit {
                if !bytes.ends_with(b"\n") {
                    source.skip_until(b'\n')?;
                }
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
}

impl<S: BufRead> Iterator for Lines<S> {
    type Item = Result<Line, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.line() {
            Ok(line) => line.map(Ok),
            Err(fault) => {
                // A source that failed once (a broken disk, damaged gzip) would fail for ever.
                if !matches!(fault, Fault::LineTooLong { .. }) {
                    self.source = None;
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

/// The first line that is not blank, without a BOM: what tells JSONL from plain text.
pub(crate) fn first_line(head: &[u8]) -> &[u8] {
    let head = head.trim_ascii_start();
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    head.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &'static [u8], limit: usize) -> Vec<Result<(u64, String), String>> {
        let lines = Lines { limit, ..Lines::new(bytes, "n".into()) };
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
