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

/// Decodes a whole text that came with the name of an encoding.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn decode_text<'a>(
    bytes: &'a [u8],
    served: Option<&str>,
) -> Result<(Cow<'a, str>, Vec<Note>), Fault> {
    decode_declared(bytes, [served.and_then(named)])
}

/// Decodes a whole HTML page, which may have come with the name of an encoding, and drops its BOM.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn decode_page<'a>(
    bytes: &'a [u8],
    served: Option<&str>,
) -> Result<(Cow<'a, str>, Vec<Note>), Fault> {
    decode_declared(bytes, [served.and_then(named), declared(bytes)])
}

/// What is declared counts less than what the bytes are: many pages are served in another encoding than they say.
fn decode_declared<'a, const N: usize>(
    bytes: &'a [u8],
    declared: [Option<&'static Encoding>; N],
) -> Result<(Cow<'a, str>, Vec<Note>), Fault> {
    if Encoding::for_bom(bytes).is_some() || is_binary(bytes) || is_mostly_utf8(bytes) {
        return decode(bytes);
    }
    let mut decoded = declared.into_iter().flatten().map(|encoding| decode_as(encoding, bytes));
    decoded.find(|(_, notes)| notes.is_empty()).map_or_else(|| decode(bytes), Ok)
}

/// The encoding of this name; those of two bytes a letter would be known by their BOM.
fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// As far as this from the start a page declares its encoding.
const DECLARED_WITHIN: usize = 4096;

/// The encoding that a page declares: the first `charset=` or, in XHTML, `encoding=`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let at = ["charset=", "encoding="].iter().filter_map(|name| Some(head.find(name)? + name.len())).min()?;
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))?;
    named(&label[..end])
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
    // Nearly all is whole, which is told many times faster.
    if str::from_utf8(bytes).is_ok() {
        return true;
    }
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

    /// The same page as its declaration and its bytes have it.
    #[track_caller]
    fn check_page(declaration: &str, encoding: &'static Encoding, words: &str) {
        let page = format!("<html><head>{declaration}</head><p>{words}");
        let (bytes, _, _) = encoding.encode(&page);
        assert_eq!(decode_page(&bytes, None).unwrap().0, page);
    }

    #[test]
    fn pages_declare_their_encoding() {
        use encoding_rs::{GB18030, SHIFT_JIS, WINDOWS_1251};
        check_page("<meta charset=windows-1251>", WINDOWS_1251, "Паром пропал в тумане");
        check_page("<meta content='text/html; charset=gb2312'>", GB18030, "渡轮在雾中失踪");
        check_page("<meta charset=\"Shift_JIS\">", SHIFT_JIS, "霧の中でフェリーが行方不明");
        // what is declared wrongly is told by the bytes
        check_page("<meta charset=iso-8859-1>", UTF_8, "“Né” — паром");
        check_page("<meta charset=utf-8>", WINDOWS_1251, "Паром пропал в тумане у берега, сообщила полиция");
        check_page("<meta charset=utf-16>", UTF_8, "é");
    }

    #[test]
    fn what_came_with_the_text_counts_where_its_bytes_fit() {
        use encoding_rs::{SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
        let (russian, latin) = ("Паром", "<meta charset=windows-1252>café");
        let bytes = WINDOWS_1251.encode(russian).0;
        assert_eq!(decode_text(&bytes, Some("windows-1251")).unwrap().0, russian);
        assert_eq!(decode_text(russian.as_bytes(), Some("windows-1251")).unwrap().0, russian);
        // a server that says nothing true, and one that says nothing known
        for served in ["utf-8", "shift_jis", "none-such", "utf-16le"] {
            let bytes = WINDOWS_1252.encode(latin).0;
            assert_eq!(decode_page(&bytes, Some(served)).unwrap().0, latin, "{served}");
        }
        let bytes = SHIFT_JIS.encode("<meta charset=iso-8859-1>霧の中").0;
        assert_eq!(decode_page(&bytes, Some("Shift_JIS")).unwrap().0, "<meta charset=iso-8859-1>霧の中");
    }

    #[test]
    fn nul_bytes_are_no_text() {
        assert!(matches!(decode(b"\x7fELF\0\0"), Err(Fault::NotText)));
    }
}
