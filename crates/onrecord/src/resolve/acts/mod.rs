//! What a speaker does in saying something, read from the cue, the content and the source by rules over words.

pub(crate) mod content;
pub(crate) mod lexicon;
pub(crate) mod negation;
pub(crate) mod pattern;
pub(crate) mod source;
pub(crate) mod words;
