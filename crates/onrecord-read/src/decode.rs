//! Bytes of a text in some encoding to a string: marked by a BOM, valid UTF-8, broken UTF-8, or guessed.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::error::{Fault, Note};

/// As far as this from the start a NUL byte says that a file is not a text.
const SNIFFED: usize = 8192;

/// Decodes a whole text and drops its BOM. Line ends stay as they are.
///
/// # Errors
///
/// [`Fault::NotText`] where NUL bytes stand in the first 8 KiB and no BOM says UTF-16.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Note>), Fault> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, &bytes[bom..]));
    }
    if is_binary(bytes) {
        return Err(Fault::NotText);
    }
    if is_mostly_utf8(bytes) {
        return Ok(decode_as(UTF_8, bytes));
    }
    let encoding = guess(bytes);
    let (text, mut notes) = decode_as(encoding, bytes);
    notes.insert(0, Note::Guessed { encoding: encoding.name() });
    Ok((text, notes))
}

/// Whether these first bytes are those of a binary file: NUL bytes, and no BOM that explains them.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_none() && bytes[..bytes.len().min(SNIFFED)].contains(&0)
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, Vec<Note>) {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    (text, replaced.then_some(Note::Replaced { encoding: encoding.name() }).into_iter().collect())
}

/// Whether the bytes are UTF-8, perhaps damaged: at least as many whole characters beyond ASCII as broken ones.
///
/// In a text of any other encoding such whole characters are rare accidents.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken <= whole
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, notes: &[Note]) {
        let (found, found_notes) = decode(bytes).unwrap();
        assert_eq!((found.as_ref(), found_notes.as_slice()), (text, notes));
    }

    #[test]
    fn utf8_with_and_without_bom_keeps_line_ends() {
        check("“Né”\r\nx".as_bytes(), "“Né”\r\nx", &[]);
        check("\u{feff}“Né”".as_bytes(), "“Né”", &[]);
        check(b"", "", &[]);
    }

    #[test]
    fn utf16_by_its_bom() {
        let text = "“Né” 🙂";
        let little: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        check(&little, text, &[]);
        check(&big, text, &[]);
        check(b"\xFF\xFEa\0\x00\xD8b\0", "a\u{fffd}b", &[Note::Replaced { encoding: "UTF-16LE" }]);
    }

    #[test]
    fn windows_1252_is_guessed() {
        let bytes = b"\x93The caf\xe9 stays open,\x94 said Andr\xe9 Lef\xe8vre, the owner.";
        let text = "“The café stays open,” said André Lefèvre, the owner.";
        check(bytes, text, &[Note::Guessed { encoding: "windows-1252" }]);
    }

    #[test]
    fn broken_utf8_is_mended() {
        check(
            b"\xe2\x80\x9cNo\xff,\xe2\x80\x9d he said",
            "“No\u{fffd},” he said",
            &[Note::Replaced { encoding: "UTF-8" }],
        );
    }

    #[test]
    fn nul_bytes_are_no_text() {
        assert!(matches!(decode(b"\x7fELF\0\0"), Err(Fault::NotText)));
    }
}
