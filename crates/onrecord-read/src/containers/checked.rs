//! The sum of what is read (CRC-32, as ZIP has it), to be compared with the one that was packed with it.

use std::io::{self, Read};

use flate2::Crc;

/// The same bytes, summed up.
pub(crate) struct Checked<R> {
    source: R,
    crc: Crc,
    /// Whether it was read to its end without a fault.
    is_whole: bool,
    is_broken: bool,
}

impl<R> Checked<R> {
    pub(crate) fn new(source: R) -> Self {
        Checked { source, crc: Crc::new(), is_whole: false, is_broken: false }
    }

    /// The sum of all; none where it was not read to its end, or a fault was told already.
    pub(crate) fn sum(&self) -> Option<u32> {
        (self.is_whole && !self.is_broken).then(|| self.crc.sum())
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer);
        match &read {
            Ok(0) => self.is_whole |= !buffer.is_empty(),
            Ok(count) => self.crc.update(&buffer[..*count]),
            Err(error) => self.is_broken |= error.kind() != io::ErrorKind::Interrupted,
        }
        read
    }
}
