//! Where an article comes from, and what the caller knows of it.

use std::fmt;

use crate::error::{Fault, Note, Place, ReadError, Warned, Warning};

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

    /// A member of this input: `archive.zip!report.txt`.
    pub(crate) fn member(&self, name: impl fmt::Display) -> Origin {
        Origin { input: format!("{}!{name}", self.input), ..self.clone() }
    }

    /// What was read at `place`, with the notes on it as warnings, or why it could not be.
    pub(crate) fn warned<T>(
        &self,
        place: Place,
        read: Result<T, Fault>,
        notes: Vec<Note>,
    ) -> Result<Warned<T>, ReadError> {
        match read {
            Ok(output) => {
                let warnings = notes.into_iter().map(|note| Warning { place: place.clone(), note }).collect();
                Ok(Warned { output, warnings })
            }
            Err(fault) => Err(ReadError { place, fault }),
        }
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
