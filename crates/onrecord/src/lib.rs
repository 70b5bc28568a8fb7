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
    let (outline, statements) = statements(&article, registry, scratch);
    let links = link::link(&statements, &article, &outline);
    Record { article, statements, links, times: None }
}

/// A record, with what reading made on the way and linking across articles needs again.
#[derive(Clone, Debug)]
pub struct Outlined {
    /// The record.
    pub record: Record,
    /// The outline of its text.
    pub outline: analyse::Outline,
    /// What each of its statements speaks of, as far as it is known.
    pub matters: Vec<Option<link::across::Matter>>,
}

impl Outlined {
    /// A record that was made before.
    pub fn new(record: Record) -> Outlined {
        let outline = analyse::outline(&record.article.text);
        let matters = vec![None; record.statements.len()];
        Outlined { record, outline, matters }
    }
}

/// Reads one article as [`read`] does, for linking across articles.
pub fn read_outlined(article: Article, registry: &Registry, scratch: &mut Scratch<'_>) -> Outlined {
    let (outline, statements) = statements(&article, registry, scratch);
    let (links, matters) = link::link_with_matters(&statements, &article, &outline);
    Outlined { record: Record { article, statements, links, times: None }, outline, matters }
}

fn statements(
    article: &Article,
    registry: &Registry,
    scratch: &mut Scratch<'_>,
) -> (analyse::Outline, Vec<Statement>) {
    let outline = analyse::outline(&article.text);
    let attributions = attribute(&article.text, &outline, scratch);
    let statements = resolve::resolve(article, &outline, attributions, registry);
    (outline, statements)
}

/// Why each statement of a record is read as it is. `registry` is the one that it was read with.
pub fn explain(record: &Record, registry: &Registry) -> Vec<Reasons> {
    let outline = analyse::outline(&record.article.text);
    resolve::reasons(&record.article, &outline, &record.statements, registry)
}
