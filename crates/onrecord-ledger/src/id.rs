//! Identifiers and hashes: what makes an article, a version and a statement the same one again.

use std::fmt::Write;

use onrecord::{Article, Span, Statement};
use sha2::{Digest, Sha256};

/// What an article is known by in the ledger: the id that its caller gave, else its address, else the hash of its text.
pub fn article_key(article: &Article) -> &str {
    match &article.url {
        Some(url) if article.id.starts_with("sha256:") => url,
        _ => &article.id,
    }
}

/// SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The hash of all that a version is: its text and what is known of it. Two versions of one digest are one.
pub(crate) fn digest(article: &Article) -> String {
    let mut hash = Sha256::new();
    let mut field = |value: Option<&str>| {
        // the length keeps fields apart, and an absent one from an empty one
        hash.update(value.map_or(u64::MAX, |value| value.len() as u64).to_le_bytes());
        hash.update(value.unwrap_or_default());
    };
    field(Some(&article.text));
    for value in [&article.url, &article.title, &article.publisher, &article.language, &article.published] {
        field(value.as_deref());
    }
    for author in &article.authors {
        field(Some(author));
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // writing into a string cannot fail
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// What tells a statement from all others, whatever is made of it later: its article, the text that it stands in, and
/// its cue; its content, where it has no cue. `twin` counts those before it that are the same in all this.
pub(crate) fn statement_key(article: &str, text_sha256: &str, statement: &Statement, twin: usize) -> i64 {
    let mut hash = Sha256::new();
    hash.update(format!("{}:{article}:{text_sha256}:{twin}", article.len()));
    for span in anchor(statement) {
        hash.update(span.begin.to_le_bytes());
        hash.update(span.end.to_le_bytes());
    }
    let bytes = hash.finalize();
    bytes.first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
}

/// The words by which a statement is known again after another reading.
pub(crate) fn anchor(statement: &Statement) -> &[Span] {
    let attribution = &statement.attribution;
    if attribution.cue.is_empty() { &attribution.content } else { &attribution.cue }
}

/// A statement's identifier as people see it: sixteen hexadecimal digits.
pub(crate) fn shown(key: i64) -> String {
    format!("{key:016x}")
}

/// The lowest and highest key that begins with these digits.
pub(crate) fn range(digits: &str) -> Option<(i64, i64)> {
    let fits = (4..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let key = |fill: &str| {
        let whole = format!("{digits}{}", fill.repeat(16 - digits.len()));
        u64::from_str_radix(&whole, 16).ok().map(u64::cast_signed)
    };
    if fits { Some((key("0")?, key("f")?)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_known_by_id_address_or_text() {
        let article = |id: &str, url: Option<&str>| Article {
            id: id.into(),
            url: url.map(str::to_owned),
            ..Article::default()
        };
        assert_eq!(article_key(&article("a7", Some("https://n.example/7"))), "a7");
        assert_eq!(article_key(&article("sha256:00", Some("https://n.example/7"))), "https://n.example/7");
        assert_eq!(article_key(&article("sha256:00", None)), "sha256:00");
    }

    #[test]
    fn every_field_changes_the_digest() {
        let base = Article { text: "T".into(), title: Some("A".into()), ..Article::default() };
        let others = [
            Article { text: "t".into(), ..base.clone() },
            Article { title: None, ..base.clone() },
            Article { title: None, publisher: Some("A".into()), ..base.clone() },
            Article { authors: vec!["A".into()], ..base.clone() },
            Article { authors: vec!["A".into(), String::new()], ..base.clone() },
        ];
        let mut digests: Vec<String> = others.iter().chain([&base]).map(digest).collect();
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), others.len() + 1);
        assert_eq!(digest(&Article { id: "other".into(), ..base.clone() }), digest(&base));
    }

    #[test]
    fn identifiers_are_found_by_their_first_digits() {
        for key in [0x3fa9_c100_0000_0001, -5, 0] {
            let id = shown(key);
            assert_eq!(range(&id), Some((key, key)));
            let (low, high) = range(&id[..5]).unwrap();
            assert!(low <= key && key <= high, "{id}");
        }
        assert_eq!(range("3fa"), None);
        assert_eq!(range("3faz"), None);
        assert_eq!(range("é3fa"), None);
    }
}
