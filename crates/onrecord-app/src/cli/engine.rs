//! The one door to the library: an article in, its record out.

use std::path::Path;

use onrecord::{Article, Record};

/// The model that reads.
pub(crate) struct Engine;

/// Room that a thread works in, kept from article to article.
#[derive(Default)]
pub(crate) struct Scratch {}

impl Engine {
    /// The model of this file, or the built-in one.
    ///
    /// # Errors
    ///
    /// The file cannot be read or is no model.
    pub(crate) fn load(model: Option<&Path>) -> anyhow::Result<Engine> {
        if let Some(path) = model {
            anyhow::bail!("{}: models cannot be loaded yet", path.display());
        }
        super::messages::warning("no model is built in yet: no statement will be found");
        Ok(Engine)
    }

    /// Reads one article.
    pub(crate) fn read(&self, article: Article, _scratch: &mut Scratch) -> Record {
        Record { article, statements: Vec::new(), links: Vec::new() }
    }
}
