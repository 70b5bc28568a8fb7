//! Attributions to statements: who is speaking, doing what, to whom, how, when and where.

mod act;
mod statement;

pub use act::Act;
pub use statement::{Channel, ChannelKind, Place, Speaker, SpeakerType, Statement, When};
