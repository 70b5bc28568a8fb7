//! Statements to links: who disputes, supports or answers whom.

use serde::Serialize;

use crate::Span;

/// One statement's relation to another of the same article.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The statement that relates, as its place in the list of statements.
    pub from: usize,
    /// The statement that it relates to.
    pub to: usize,
    /// How.
    pub relation: Relation,
    /// The words that show it.
    pub evidence: Vec<Span>,
    /// How sure, in `[0, 1]`.
    pub score: f32,
}

/// How one statement relates to another. The record never says who is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Denies, questions or contradicts it.
    Disputes,
    /// Confirms it, or says the same of its own knowledge.
    Supports,
    /// Replies to it: agrees to, refuses, obeys a request or offer.
    Answers,
}
