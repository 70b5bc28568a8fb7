//! Analysis to attributions: which words attribute, what is attributed, and to whom. Spans only.

mod quote;

pub use quote::Quote;

use crate::Span;
use crate::resolve::Act;

/// One attribution: somebody is reported to have said, written, thought, wanted or shown something.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that name who is speaking; empty where the report names nobody.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is attributed, with its quotation marks.
    pub content: Vec<Span>,
    /// How much of the content stands in quotation marks.
    pub quote: Quote,
    /// The attribution in whose content this one stands, as its place in the list.
    pub within: Option<usize>,
    /// Calibrated: of all attributions given 0.9, nine in ten are right.
    pub confidence: f32,
    /// The model's scores behind it.
    pub scores: Scores,
}

/// What the model gave for one attribution, in `[0, 1]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Probability that its cue attributes.
    pub cue: f32,
    /// Mean marginal probability of its content tokens.
    pub content: f32,
    /// Probability of each act, in the order of [`Act::ALL`]; all zero where no model read it.
    pub acts: [f32; Act::ALL.len()],
    /// Probability that it is said not to have been said.
    pub negated: f32,
}
