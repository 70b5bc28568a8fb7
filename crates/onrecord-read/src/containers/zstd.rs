//! Zstandard: the frames of a stream, one after the other.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest window that is kept, bytes; `zstd` writes larger ones with `--long=27` and above only.
const WIDEST: u64 = 64 << 20;

/// Unpacks all frames of a stream.
pub(crate) struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_open: bool,
}

impl<R: BufRead> Frames<R> {
    pub(crate) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WIDEST);
        Frames { source, decoder, is_open: false }
    }

    /// Compares the frame that has ended with the sum that it tells, where it tells one.
    fn check(&mut self) -> io::Result<()> {
        let told = self.decoder.get_checksum_from_data().filter(|_| self.is_open);
        match told.is_some_and(|told| self.decoder.get_calculated_checksum() != Some(told)) {
            true => Err(io::Error::other("a frame without its checksum")),
            false => Ok(()),
        }
    }

    /// Opens the next frame that holds data; false at the end.
    fn open(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if self.is_open && !self.decoder.is_finished() {
                let step = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, step).map_err(io::Error::other)?;
                continue;
            }
            self.check()?;
            self.is_open = self.open()?;
            if !self.is_open {
                return Ok(0);
            }
        }
    }
}
