//! Reading again what was read of a damaged member: the next one may have begun in it.

use std::io::{self, BufRead, Read};

/// So many bytes are kept at least: where a member is cut, its decoder notices that within far fewer of the next one.
const KEPT: usize = 64 << 10;

/// A stream of which the last bytes can be read again.
pub(crate) struct Again<'s> {
    source: &'s mut dyn BufRead,
    /// What is to be read again, and how much of that was.
    back: Vec<u8>,
    at: usize,
    /// What was read since the mark.
    read: Vec<u8>,
}

impl<'s> Again<'s> {
    pub(crate) fn new(source: &'s mut dyn BufRead) -> Self {
        Again { source, back: Vec::new(), at: 0, read: Vec::new() }
    }

    /// What was read so far is not read again.
    pub(crate) fn mark(&mut self) {
        self.read.clear();
    }

    /// Goes back to the mark, or at least [`KEPT`] bytes towards it.
    pub(crate) fn go_back(&mut self) {
        self.read.extend_from_slice(&self.back[self.at..]);
        (self.back, self.at) = (std::mem::take(&mut self.read), 0);
    }
}

impl Read for Again<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Again<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.back.len() { Ok(&self.back[self.at..]) } else { self.source.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.back.len() {
            self.read.extend_from_slice(&self.back[self.at..self.at + count]);
            self.at += count;
        } else if let Ok(buffered) = self.source.fill_buf() {
            self.read.extend_from_slice(&buffered[..count.min(buffered.len())]);
            self.source.consume(count);
        }
        if self.read.len() > 2 * KEPT {
            self.read.drain(..self.read.len() - KEPT);
        }
    }
}
