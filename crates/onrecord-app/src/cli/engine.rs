//! The one door to the library: an article in, its record out.

use std::fs;
use std::path::Path;

use anyhow::Context;
use onrecord::{Article, Model, Record};

/// The model that reads. It lives as long as the program: every thread works with the same one.
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    model: &'static Model,
}

/// Room that a thread works in, kept from article to article.
pub(crate) type Scratch = onrecord::Scratch<'static>;

impl Engine {
    /// The model of this file, or the built-in one.
    ///
    /// # Errors
    ///
    /// The file cannot be read or is no model.
    pub(crate) fn load(path: Option<&Path>) -> anyhow::Result<Engine> {
        let model = match path {
            None => Model::english(),
            Some(path) => from_file(path).with_context(|| format!("{}", path.display()))?,
        };
        Ok(Engine { model: Box::leak(Box::new(model)) })
    }

    /// Room to read in, for one thread.
    pub(crate) fn scratch(self) -> Scratch {
        Scratch::new(self.model)
    }
}

fn from_file(path: &Path) -> anyhow::Result<Model> {
    Ok(Model::from_bytes(&fs::read(path)?)?)
}

/// Reads one article.
pub(crate) fn read(article: Article, scratch: &mut Scratch) -> Record {
    onrecord::read(article, scratch)
}
