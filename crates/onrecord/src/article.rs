//! The article: an immutable text and what is known about it. Everything else points into it.

use crate::Block;

/// One news report. Its text never changes; every offset of a record points into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Given by the caller, else `sha256:` and the hash of the text.
    pub id: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it, as the byline names them.
    pub authors: Vec<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// RFC 3339 date or date-time of publication: the day against which "Friday" is read.
    pub published: Option<String>,
    /// The text, exactly.
    pub text: String,
    /// The parts of the text in their order, where it comes from a page that tells them.
    pub blocks: Vec<Block>,
}
