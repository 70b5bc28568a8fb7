//! Plain text to an article.

use onrecord::Article;
use sha2::{Digest, Sha256};

use crate::decode::decode_text;
use crate::error::{Fault, ReadError, Warned};
use crate::lines::LONGEST_TEXT;
use crate::origin::Origin;

/// The article that a plain text is: UTF-8, UTF-16 with a BOM, or another encoding guessed from the bytes.
///
/// The text stays as it is, line ends too; only a BOM goes. No title is guessed. The id is the hash of the text. The encoding
/// that it came with counts where the bytes are not UTF-8 and fit it.
///
/// # Errors
///
/// [`Fault::NotText`] where NUL bytes stand near the start; [`Fault::TextTooLong`] over [`LONGEST_TEXT`].
pub fn text(bytes: &[u8], origin: &Origin) -> Result<Warned<Article>, ReadError> {
    let read = decode_text(bytes, origin.encoding.as_deref())
        .and_then(fits)
        .map(|(text, notes)| (text.into_owned(), notes));
    let (read, notes) = match read {
        Ok((text, notes)) => (Ok(whole(text, origin)), notes),
        Err(fault) => (Err(fault), Vec::new()),
    };
    origin.warned(origin.place(), read, notes)
}

/// The article that a text is of which nothing else is known.
pub(crate) fn whole(text: String, origin: &Origin) -> Article {
    Article {
        id: hash(&text),
        url: origin.url.clone(),
        published: origin.published.clone(),
        text,
        ..Article::default()
    }
}

fn fits<T: AsRef<str>, N>((text, notes): (T, N)) -> Result<(T, N), Fault> {
    if text.as_ref().len() > LONGEST_TEXT { Err(Fault::TextTooLong) } else { Ok((text, notes)) }
}

/// The id of an article that brings none: `sha256:` and the hash of its text in hexadecimal.
pub(crate) fn hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().fold("sha256:".to_owned(), |mut id, byte| {
        id.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        id.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        id
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_is_the_hash_of_the_text_without_bom() {
        let origin = Origin { published: Some("2025-03-14".into()), ..Origin::new("a.txt") };
        let article = text(b"\xef\xbb\xbfabc", &origin).unwrap().output;
        assert_eq!(article.id, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((article.text.as_str(), article.title.as_deref()), ("abc", None));
        assert_eq!(article.published.as_deref(), Some("2025-03-14"));
    }

    #[test]
    fn errors_name_the_input() {
        let error = text(b"a\0b", &Origin::new("cat.png")).unwrap_err();
        assert_eq!(error.to_string(), "cat.png: not a text (it has NUL bytes)");
    }
}
