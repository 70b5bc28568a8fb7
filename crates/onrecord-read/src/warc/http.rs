//! The answer of a server as an archive keeps it: status, headers, and the body out of its codings.

use std::borrow::Cow;
use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::record::header;
use crate::error::Fault;
use crate::html::{LONGEST_PAGE, is_html};

/// An answer, its body as the reader is to see it.
pub(super) struct Answer<'a> {
    /// The status; 0 where none is told.
    pub(super) status: u16,
    kind: String,
    pub(super) body: Cow<'a, [u8]>,
}

impl<'a> Answer<'a> {
    /// A body without headers.
    pub(super) fn bare(body: &'a [u8], kind: Option<&str>) -> Self {
        Answer { status: 0, kind: kind.unwrap_or_default().to_owned(), body: body.into() }
    }

    /// The answer that a record holds.
    ///
    /// # Errors
    ///
    /// [`Fault::PageTooLong`] where the body unpacks to more than a page may have; what the decompressor says where it
    /// is damaged.
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, Fault> {
        if !bytes.starts_with(b"HTTP/") {
            return Ok(Answer::bare(bytes, None));
        }
        let (head, body) = split(bytes);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split_ascii_whitespace().nth(1)?.parse().ok());
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let of = |name| header(&headers, name).unwrap_or_default().to_ascii_lowercase();
        let status = status.unwrap_or(0);
        // What is no page is not unpacked.
        let body = if (200..300).contains(&status) {
            let body =
                if of("Transfer-Encoding").contains("chunked") { unchunked(body) } else { body.into() };
            uncoded(body, &of("Content-Encoding"))?
        } else {
            body.into()
        };
        Ok(Answer { status, kind: header(&headers, "Content-Type").unwrap_or_default().to_owned(), body })
    }

    /// The type, without its parameters: `text/html`.
    pub(super) fn content_type(&self) -> &str {
        self.kind.split(';').next().unwrap_or_default().trim()
    }

    /// The encoding that the server names.
    pub(super) fn encoding(&self) -> Option<&str> {
        let mut parameters = self.kind.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        // Media Cloud writes `encoding`.
        let named =
            |name: &str| ["charset", "encoding"].iter().any(|known| name.trim().eq_ignore_ascii_case(known));
        parameters.find(|(name, _)| named(name)).map(|(_, value)| value.trim_matches([' ', '"', '\'']))
    }
}

/// Head and body, parted by the first blank line.
fn split(bytes: &[u8]) -> (Cow<'_, str>, &[u8]) {
    let mut end = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        end += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    (String::from_utf8_lossy(&bytes[..end]), &bytes[end..])
}

/// The body out of its chunks; as it stands where it is in none, as many archives have it already.
fn unchunked(body: &[u8]) -> Cow<'_, [u8]> {
    let (mut rest, mut whole) = (body, Vec::new());
    while let Some(end) = rest.iter().take(64).position(|&byte| byte == b'\n') {
        let Some(length) = chunk_length(&rest[..end]) else { break };
        rest = &rest[end + 1..];
        if length == 0 {
            return whole.into();
        }
        // The last chunk of a cut body is what there is of it.
        let (chunk, after) = rest.split_at(length.min(rest.len()));
        whole.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
    if whole.is_empty() { body.into() } else { whole.into() }
}

fn chunk_length(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The body out of its codings, the last one first; as it stands where it is in none, as many archives have it already.
fn uncoded<'a>(body: Cow<'a, [u8]>, codings: &str) -> Result<Cow<'a, [u8]>, Fault> {
    codings.split(',').map(str::trim).rev().try_fold(body, |body, coding| {
        let unpacked = match coding {
            "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => unpack(MultiGzDecoder::new(&*body)),
            "deflate" => unpack(ZlibDecoder::new(&*body)).or_else(|_| unpack(DeflateDecoder::new(&*body))),
            "br" => unpack(Decompressor::new(&*body, 1 << 14)),
            _ => return Ok(body),
        };
        match unpacked {
            Ok(unpacked) if unpacked.len() > LONGEST_PAGE => Err(Fault::PageTooLong),
            Ok(unpacked) => Ok(unpacked.into()),
            Err(_) if is_html(&body) => Ok(body),
            Err(error) => Err(error.into()),
        }
    })
}

/// At most a byte more than a page may have.
fn unpack(decoder: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.take(LONGEST_PAGE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
