//! Where an article comes from, and what the caller knows of it.

use crate::error::Place;

/// What is known of an article beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file or other input, as messages name it.
    pub input: String,
    /// The day or moment of publication (RFC 3339), for articles that tell none themselves.
    pub published: Option<String>,
    /// Where it stood in the web, for articles that tell no address themselves.
    pub url: Option<String>,
    /// The encoding that it came with, by any of its names in the WHATWG standard; its bytes may show another.
    pub encoding: Option<String>,
}

impl Origin {
    /// An input of this name, of which nothing else is known.
    pub fn new(input: impl Into<String>) -> Self {
        Origin { input: input.into(), ..Origin::default() }
    }

    /// The whole input.
    pub(crate) fn place(&self) -> Place {
        Place { input: self.input.clone(), line: None }
    }

    /// One line of it, counted from 1.
    pub(crate) fn line(&self, number: u64) -> Place {
        Place { input: self.input.clone(), line: Some(number) }
    }
}
