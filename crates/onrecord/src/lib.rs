//! Who said what: statements read out of news text, each pinned to its exact words.

#![deny(unsafe_code)]

mod span;

mod article;

pub mod model;

pub mod analyse;

pub mod attribute;

pub mod resolve;

pub mod link;

mod record;

pub use article::Article;
pub use attribute::{Attribution, Quote, Scores, Scratch, attribute};
pub use link::{Link, Relation};
pub use model::Model;
pub use record::Record;
pub use resolve::{Act, Channel, ChannelKind, Place, Speaker, SpeakerType, Statement, When};
pub use span::{CodePoints, Span};
