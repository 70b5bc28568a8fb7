//! Inputs that the caller opens: what lies neither in a file nor on standard input.

use std::fmt;
use std::io::{self, Read};

/// Something with a name that can be opened, such as a page of the web.
pub trait Given: fmt::Debug + Send + Sync {
    /// Its name in messages.
    fn name(&self) -> String;

    /// Opens it, when its turn comes.
    ///
    /// # Errors
    ///
    /// It cannot be opened; the message stands behind the name.
    fn open(&self) -> io::Result<Opened>;
}

/// What was opened, and what is known of it from outside.
pub struct Opened {
    /// Its bytes.
    pub source: Box<dyn Read + Send>,
    /// Where it stood, for articles that tell no address themselves.
    pub url: Option<String>,
    /// The encoding that it came with, by any of its names in the WHATWG standard.
    pub encoding: Option<String>,
}
