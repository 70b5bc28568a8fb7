//! Statements to links: who disputes, supports or answers whom.

mod profile;
mod rules;

use serde::Serialize;

use crate::analyse::Outline;
use crate::{Article, Span, Statement};
use profile::Profile;

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

/// So many statements back one may be answered: the work grows with the text, not with its square.
const WINDOW: usize = 40;

/// The links between the statements of an article, in the order of `from`; at most one of a relation from each.
pub fn link(statements: &[Statement], article: &Article, outline: &Outline) -> Vec<Link> {
    let profile = |statement| Profile::new(statement, &article.text, outline);
    let profiles: Vec<Profile<'_>> = statements.iter().map(profile).collect();
    let earlier = |from: usize| &profiles[from.saturating_sub(WINDOW)..from];
    let found = (0..profiles.len()).flat_map(|from| {
        let links = rules::links(&profiles[from], earlier(from));
        links.into_iter().map(move |found| found.link(from))
    });
    found.collect()
}
