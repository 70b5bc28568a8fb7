//! Who said what: statements read out of news text, each pinned to its exact words.
//!
//! An [`Article`] goes in, a [`Record`] comes out. The road has four steps, each with a type of its own:
//!
//! 1. [`analyse::outline`]: text to tokens, quotation marks, sentences and paragraphs;
//! 2. [`attribute()`]: outline to [`Attribution`]s (source, cue, content), read by a [`Model`];
//! 3. [`resolve::resolve`]: attributions to [`Statement`]s (who, doing what, to whom, how, when);
//! 4. [`link::link`]: statements to [`Link`]s (who disputes, supports, answers whom).
//!
//! [`read`] is the whole road. Nothing here opens a file or a socket, reads a clock or starts a thread, and no text
//! makes it fail: the same text and model give the same record on every machine.

#![deny(unsafe_code)]

mod span;

mod article;

pub mod blocks;

mod table;

pub mod registry;

pub mod model;

pub mod analyse;

pub mod attribute;

pub mod resolve;

pub mod link;

mod check;

mod record;

pub use article::Article;
pub use attribute::{Attribution, Quote, Scores, Scratch, attribute};
pub use blocks::{Block, BlockKind, Stretch};
pub use check::{Flag, FlagKind, check};
pub use link::{Link, Relation};
pub use model::Model;
pub use record::{FlagJson, Record, Selection};
pub use registry::Registry;
pub use resolve::{Act, Channel, ChannelKind, Place, Reasons, Speaker, SpeakerType, Statement, When};
pub use span::{CodePoints, Span};

/// Reads one article: the whole road, from its text to who said what. `registry` names people and bodies that the user
/// knows; an empty one is [`Registry::default`].
pub fn read(article: Article, registry: &Registry, scratch: &mut Scratch<'_>) -> Record {
    read_outlined(article, registry, scratch).0
}

/// Reads one article as [`read`] does, and gives the outline of its text too: linking across articles needs it again.
pub fn read_outlined(
    article: Article,
    registry: &Registry,
    scratch: &mut Scratch<'_>,
) -> (Record, analyse::Outline) {
    let outline = analyse::outline(&article.text);
    let attributions = attribute(&article.text, &outline, scratch);
    let statements = resolve::resolve(&article, &outline, attributions, registry);
    let links = link::link(&statements, &article, &outline);
    (Record { article, statements, links, times: None }, outline)
}

/// Why each statement of a record is read as it is. `registry` is the one that it was read with.
pub fn explain(record: &Record, registry: &Registry) -> Vec<Reasons> {
    let outline = analyse::outline(&record.article.text);
    resolve::reasons(&record.article, &outline, &record.statements, registry)
}
