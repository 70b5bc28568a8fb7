//! The frame of a statement: the words of its sentence that are not its content, where the report tells who, to whom,
//! how and when it was said.

use crate::Span;
use crate::analyse::Outline;
use crate::attribute::Attribution;

/// What the resolvers of one statement look at.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The article's text.
    pub text: &'a str,
    /// Its tokens and layout.
    pub outline: &'a Outline,
    /// The attribution.
    pub attribution: &'a Attribution,
}

impl<'a> Frame<'a> {
    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The words of some spans, joined by a space.
    pub fn joined(&self, spans: &[Span]) -> String {
        spans.iter().map(|&span| self.words(span)).collect::<Vec<_>>().join(" ")
    }

    /// The numbers of the tokens that a span touches.
    pub fn tokens(&self, span: Span) -> std::ops::Range<usize> {
        let tokens = &self.outline.tokens;
        tokens.partition_point(|t| t.end <= span.begin)..tokens.partition_point(|t| t.begin < span.end)
    }
}
