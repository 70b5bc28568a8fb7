//! Statements to links: who disputes, supports or answers whom.
//!
//! `profile` is what is seen of one statement, `stage` sets the statements of an article beside each other, `rules` and
//! `opposition` tell what answers to what. [`across`] links statements of other articles.

pub mod across;
mod opposition;
mod profile;
mod rules;
mod stage;

use serde::Serialize;

use crate::analyse::Outline;
use crate::{Article, Span, Statement};
use across::Matter;
use profile::Profile;
pub use profile::is_empty_word;
use stage::Stage;

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
    /// Is the same utterance by the same speaker, told again by another article.
    Repeats,
    /// Is the same utterance, told by another article with other words in quotation marks.
    Drifts,
}

impl Relation {
    /// All of them.
    pub const ALL: [Relation; 5] =
        [Relation::Disputes, Relation::Supports, Relation::Answers, Relation::Repeats, Relation::Drifts];

    /// The word that the record has for it.
    pub fn word(self) -> &'static str {
        match self {
            Relation::Disputes => "disputes",
            Relation::Supports => "supports",
            Relation::Answers => "answers",
            Relation::Repeats => "repeats",
            Relation::Drifts => "drifts",
        }
    }

    /// The relation with this word.
    pub fn from_word(word: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|relation| relation.word() == word)
    }
}

/// The links between the statements of an article, in the order of `from`. Statements inside others have none.
pub fn link(statements: &[Statement], article: &Article, outline: &Outline) -> Vec<Link> {
    let places = on_stage(statements);
    links(&places, &stage(&places, statements, article, outline))
}

/// The links, and the matter of each statement but for those inside others.
pub fn link_with_matters(
    statements: &[Statement],
    article: &Article,
    outline: &Outline,
) -> (Vec<Link>, Vec<Option<Matter>>) {
    let places = on_stage(statements);
    let stage = stage(&places, statements, article, outline);
    let mut matters = vec![None; statements.len()];
    for (&place, profile) in places.iter().zip(&stage.profiles) {
        matters[place] = Some(Matter::new(profile));
    }
    (links(&places, &stage), matters)
}

/// The places of the statements that do not stand in others.
fn on_stage(statements: &[Statement]) -> Vec<usize> {
    (0..statements.len()).filter(|&place| statements[place].attribution.within.is_none()).collect()
}

fn stage<'a>(
    places: &[usize],
    statements: &'a [Statement],
    article: &'a Article,
    outline: &'a Outline,
) -> Stage<'a> {
    let profile = |&place: &usize| Profile::new(&statements[place], &article.text, outline);
    Stage::new(places.iter().map(profile).collect())
}

fn links(places: &[usize], stage: &Stage<'_>) -> Vec<Link> {
    let link = |from: usize, found: rules::Found| Link {
        from: places[from],
        to: places[found.to],
        relation: found.relation,
        evidence: found.evidence,
        score: found.score,
    };
    let links =
        |(from, found): (usize, Vec<rules::Found>)| found.into_iter().map(move |found| link(from, found));
    rules::all(stage).into_iter().enumerate().flat_map(links).collect()
}
