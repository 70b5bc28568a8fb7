//! The one door to the library: an article in, its record out.

use std::fs;
use std::path::Path;

use anyhow::Context;
use onrecord::{Article, Model, Outlined, Record, Registry};

use super::registry;

/// The model that reads and the registry that it reads with. They live as long as the program: every thread works with
/// the same ones.
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    model: &'static Model,
    registry: &'static Registry,
}

/// Room that a thread works in, kept from article to article.
pub(crate) type Scratch = onrecord::Scratch<'static>;

impl Engine {
    /// The model of this file, or the built-in one; the registry of that file, or an empty one.
    ///
    /// # Errors
    ///
    /// A file cannot be read or is not what it should be.
    pub(crate) fn load(model: Option<&Path>, registry: Option<&Path>) -> anyhow::Result<Engine> {
        let model = match model {
            None => Model::english(),
            Some(path) => from_file(path).with_context(|| format!("{}", path.display()))?,
        };
        let registry = registry.map_or_else(|| Ok(Registry::default()), registry::load)?;
        Ok(Engine { model: Box::leak(Box::new(model)), registry: Box::leak(Box::new(registry)) })
    }

    /// Room to read in, for one thread.
    pub(crate) fn scratch(self) -> Scratch {
        Scratch::new(self.model)
    }

    /// The confidence from which on statements are worth showing.
    pub(crate) fn least_confidence(self) -> f32 {
        self.model.least_confidence()
    }

    /// The registry that it reads with.
    pub(crate) fn registry(self) -> &'static Registry {
        self.registry
    }

    /// Reads one article.
    pub(crate) fn read(self, article: Article, scratch: &mut Scratch) -> Record {
        onrecord::read(article, self.registry, scratch)
    }

    /// Reads one article that is to be linked with others.
    pub(crate) fn read_outlined(self, article: Article, scratch: &mut Scratch) -> Outlined {
        onrecord::read_outlined(article, self.registry, scratch)
    }
}

fn from_file(path: &Path) -> anyhow::Result<Model> {
    Ok(Model::from_bytes(&fs::read(path)?)?)
}
