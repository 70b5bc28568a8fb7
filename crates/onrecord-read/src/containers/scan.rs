//! Reading on after damage: a stream is searched for bytes that begin the next member.

use std::io::{self, BufRead};

/// Reads up to the next place where `begins` holds for the `N` bytes that stand there, and gives those, read too
/// (`None` at the end of the stream), and how many bytes were passed over.
pub(crate) fn seek<const N: usize>(
    source: &mut dyn BufRead,
    begins: impl Fn(&[u8; N]) -> bool,
) -> io::Result<(Option<[u8; N]>, u64)> {
    let (mut window, mut passed) = ([0; N], 0);
    if !fill(source, &mut window)? {
        return Ok((None, passed));
    }
    while !begins(&window) {
        window.rotate_left(1);
        passed += 1;
        match next(source)? {
            Some(byte) => window[N - 1] = byte,
            None => return Ok((None, passed)),
        }
    }
    Ok((Some(window), passed))
}

fn next(source: &mut dyn BufRead) -> io::Result<Option<u8>> {
    let byte = source.fill_buf()?.first().copied();
    source.consume(usize::from(byte.is_some()));
    Ok(byte)
}

/// Fills `buffer`; false where the stream ends before that.
pub(crate) fn fill(source: &mut dyn BufRead, buffer: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads what is left, and says how much that was.
pub(crate) fn drain(source: &mut dyn BufRead) -> io::Result<u64> {
    let mut total = 0;
    loop {
        let count = source.fill_buf()?.len();
        if count == 0 {
            return Ok(total);
        }
        source.consume(count);
        total += count as u64;
    }
}
