//! Tar: blocks of 512 bytes, a header before each member; long names as GNU and POSIX write them.

use std::io::{self, BufRead, Read};

use super::{member_name, scan};

const BLOCK: usize = 512;

/// Longer names and lists of attributes are nobody's.
const LONGEST_NAME: u64 = 1 << 16;

/// A file in an archive; its bytes come next, and then [`padding`].
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) length: u64,
}

/// What stands next in an archive, and whether blocks that are no header were passed over to find it.
pub(crate) struct Next {
    pub(crate) file: Option<Header>,
    pub(crate) is_damaged: bool,
}

/// Whether these first bytes are a tar header.
pub(crate) fn begins(head: &[u8]) -> bool {
    head.first_chunk::<BLOCK>().is_some_and(is_header)
}

/// Whether the sum in a block is that of its bytes.
fn is_header(block: &[u8; BLOCK]) -> bool {
    let spaces = 8 * u64::from(b' ');
    let sum: u64 = block[..148].iter().chain(&block[156..]).map(|&byte| u64::from(byte)).sum();
    block[0] != 0 && octal(&block[148..156]) == Some(sum + spaces)
}

/// Reads on up to the next file.
pub(crate) fn next(source: &mut dyn BufRead) -> io::Result<Next> {
    let (mut block, mut name, mut long_length) = ([0; BLOCK], None, None);
    let mut is_damaged = false;
    loop {
        if !scan::fill(source, &mut block)? {
            return Ok(Next { file: None, is_damaged });
        }
        if !is_header(&block) {
            is_damaged |= block.iter().any(|&byte| byte != 0);
            continue;
        }
        let length = long_length.take().or_else(|| number(&block[124..136])).unwrap_or(0);
        match block[156] {
            b'L' => name = Some(until_nul(&attributes(source, length)?).to_vec()),
            b'x' => {
                let list = attributes(source, length)?;
                name = attribute(&list, b"path").map(<[u8]>::to_vec).or(name);
                long_length = attribute(&list, b"size")
                    .and_then(|size| sane(std::str::from_utf8(size).ok()?.parse().ok()?));
            }
            b'0' | b'7' | 0 => {
                let name = name.take().unwrap_or_else(|| short_name(&block));
                let file = Some(Header { name: member_name(&name), length });
                return Ok(Next { file, is_damaged });
            }
            _ => {
                pass(source, length)?;
                name = None;
            }
        }
    }
}

/// How many bytes fill the last block of a member.
pub(crate) fn padding(length: u64) -> u64 {
    length.next_multiple_of(BLOCK as u64) - length
}

/// A name before the header that it belongs to, or a list of attributes.
fn attributes(source: &mut dyn BufRead, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let kept = length.min(LONGEST_NAME);
    source.take(kept).read_to_end(&mut bytes)?;
    let padding = padding(length);
    scan::drain(&mut source.take((length - kept).saturating_add(padding)))?;
    Ok(bytes)
}

fn pass(source: &mut dyn BufRead, length: u64) -> io::Result<()> {
    scan::drain(&mut source.take(length.saturating_add(padding(length))))?;
    Ok(())
}

/// The value of a POSIX attribute: lines of `LENGTH NAME=VALUE`.
fn attribute<'a>(list: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    list.split(|&byte| byte == b'\n').find_map(|line| {
        let at = line.iter().position(|&byte| byte == b' ')?;
        line[at + 1..].strip_prefix(wanted)?.strip_prefix(b"=")
    })
}

fn short_name(block: &[u8; BLOCK]) -> Vec<u8> {
    let (name, prefix) = (until_nul(&block[..100]), until_nul(&block[345..500]));
    let has_prefix = &block[257..263] == b"ustar\0" && !prefix.is_empty();
    if has_prefix { [prefix, b"/", name].concat() } else { name.to_vec() }
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|&byte| byte == 0).next().unwrap_or_default()
}

/// No disk holds more, and sums of lengths stay numbers.
fn sane(length: u64) -> Option<u64> {
    Some(length).filter(|&length| length < 1 << 62)
}

/// A number in octal digits, or in the bytes themselves where it is large.
fn number(field: &[u8]) -> Option<u64> {
    match field {
        [0x80, rest @ ..] => {
            let number = rest.iter().fold(0u128, |sum, &byte| (sum << 8) | u128::from(byte));
            sane(u64::try_from(number).ok()?)
        }
        _ => octal(field),
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = until_nul(field).trim_ascii();
    let is_octal = !digits.is_empty() && digits.iter().all(|byte| (b'0'..=b'7').contains(byte));
    if !is_octal { None } else { u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok() }
}
