//! ZIP, from front to back: each member has its own header, and the directory at the end is not needed.
//!
//! So an archive is read that comes through a pipe, is cut, or has a wrong directory. What is stored without its length
//! told before it (no program that people use writes that) cannot be read so.

use std::io::{self, BufRead, Read};

use super::{member_name, scan};

/// What stands before a member.
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) method: Method,
    /// The length of its packed bytes, where the header tells it.
    pub(crate) length: Option<u64>,
    /// The CRC-32 of its bytes, where the header tells it.
    pub(crate) crc: Option<u32>,
}

/// What stands behind a member whose header does not tell its length.
#[derive(Default)]
pub(crate) struct Descriptor {
    /// The CRC-32 of the member's bytes, where it is told.
    pub(crate) crc: Option<u32>,
    /// What was read for it and is none of it: it is to be read again.
    pub(crate) ahead: Vec<u8>,
}

/// The descriptor that should stand next.
pub(crate) fn descriptor(source: &mut dyn BufRead) -> io::Result<Descriptor> {
    let mut bytes = Vec::new();
    source.take(8).read_to_end(&mut bytes)?;
    Ok(match *bytes {
        [b'P', b'K', 7, 8, a, b, c, d] => {
            Descriptor { crc: Some(u32::from_le_bytes([a, b, c, d])), ahead: Vec::new() }
        }
        _ => Descriptor { crc: None, ahead: bytes },
    })
}

/// How a member is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflate,
    /// Not read, and why.
    Other(&'static str),
}

/// The header of the next member, over whatever stands before it; `None` at the directory, or at the end.
pub(crate) fn next(source: &mut dyn BufRead) -> io::Result<Option<Header>> {
    let begins =
        |bytes: &[u8; 4]| matches!(bytes, [b'P', b'K', 1, 2] | [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6]);
    if scan::seek(source, begins)?.0 != Some([b'P', b'K', 3, 4]) {
        return Ok(None);
    }
    let mut fixed = [0; 26];
    source.read_exact(&mut fixed)?;
    let [flags, method, name, extra] =
        [2, 4, 22, 24].map(|at| u16::from_le_bytes([fixed[at], fixed[at + 1]]));
    let length = u32::from_le_bytes([fixed[14], fixed[15], fixed[16], fixed[17]]);
    let name = member_name(&bytes(source, name)?);
    let extra = bytes(source, extra)?;
    let is_told = flags & 8 == 0;
    let method = match method {
        _ if flags & 1 != 0 => Method::Other("encrypted"),
        0 if !is_told => Method::Other("stored without its length"),
        0 => Method::Stored,
        8 => Method::Deflate,
        _ => Method::Other("packed by another method than deflate"),
    };
    let length = if length == u32::MAX { long_length(&extra) } else { Some(length.into()) };
    let crc = is_told.then_some(u32::from_le_bytes([fixed[10], fixed[11], fixed[12], fixed[13]]));
    Ok(Some(Header { name, method, length: length.filter(|_| is_told), crc }))
}

fn bytes(source: &mut dyn BufRead, count: u16) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; count.into()];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The packed length in the extra field of a member over 4 GiB.
fn long_length(mut extra: &[u8]) -> Option<u64> {
    while let [a, b, c, d, rest @ ..] = extra {
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        let field = rest.get(..length)?;
        if u16::from_le_bytes([*a, *b]) == 1 {
            return Some(u64::from_le_bytes(field.get(8..16)?.try_into().ok()?));
        }
        extra = &rest[length..];
    }
    None
}
