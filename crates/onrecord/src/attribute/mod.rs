//! Outline to attributions: which words attribute, what is attributed, and to whom. Spans only.
//!
//! Encoding and attributing go hand in hand, stretch by stretch, as the vectors of a long text would not fit in memory.
//! For each stretch the chain of roles finds cues; the conditional head reads the tokens around each; what two cues
//! claim is settled; then, over the whole text, nested statements find the ones that they stand in.

mod acts;
mod buckets;
mod claims;
mod conditional;
mod cues;
mod dateline;
mod nest;
mod quote;
mod stretch;

#[cfg(test)]
mod parity;
#[cfg(test)]
mod tests;

pub use quote::Quote;

use std::ops::Range;

use crate::Span;
use crate::analyse::Outline;
use crate::analyse::tokens::is_break;
use crate::analyse::windows::Windows;
use crate::model::Model;
use crate::resolve::Act;
use stretch::{Found, stretches};

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
    /// How much of its source is expected to be right: tokens in common with the true source, by tokens in either.
    pub source: f32,
    /// The same of its content.
    pub content: f32,
    /// Probability of each act, in the order of [`Act::ALL`]; all zero where no model read it.
    pub acts: [f32; Act::ALL.len()],
    /// Probability that it is said not to have been said.
    pub negated: f32,
}

impl Scores {
    /// Those of an attribution that a person marked: sure of its words, with no word on its act.
    pub const MARKED: Scores =
        Scores { cue: 1.0, source: 1.0, content: 1.0, acts: [0.0; Act::ALL.len()], negated: 0.0 };
}

/// A model and the working space to read with it: one for each thread, used for one text after the other.
///
/// It remembers the vectors of words that it has seen, which makes it faster, never different.
pub struct Scratch<'m> {
    model: &'m Model,
    work: stretch::Work,
}

impl<'m> Scratch<'m> {
    /// Space to read with this model.
    pub fn new(model: &'m Model) -> Scratch<'m> {
        Scratch { model, work: stretch::Work::default() }
    }
}

/// The attributions of a text, in the order of their first word of cue or content. Cannot fail: any text gives a list.
///
/// `outline` must be that of `text`.
pub fn attribute(text: &str, outline: &Outline, scratch: &mut Scratch<'_>) -> Vec<Attribution> {
    let model = scratch.model;
    let windows = Windows::new(outline.tokens.len(), &model.decoding);
    let mut found = Vec::new();
    for own in stretches(windows) {
        found.extend(stretch::read(text, outline, model, windows, own, &mut scratch.work));
    }
    found.sort_by_key(|one| one.cue.start);
    let nesting = nest::nest(&found, model.decoding.reach);
    let quotations = outline.quotations();
    let mut out: Vec<_> = (found.iter().zip(nesting).enumerate())
        .filter_map(|(number, (one, place))| {
            Some((number, attribution(text, outline, model, one, place?, &quotations)?))
        })
        .collect();
    out.sort_by_key(|(number, one)| (one.cue[0].min(one.content[0]), *number));
    renumber(out, found.len())
}

/// One attribution, unless nothing is left of its cue or content without line breaks. `within` still counts what was
/// found.
fn attribution(
    text: &str,
    outline: &Outline,
    model: &Model,
    found: &Found,
    within: Option<usize>,
    quotations: &[Span],
) -> Option<Attribution> {
    let spans =
        |runs: &[Range<usize>]| runs.iter().filter_map(|run| span(text, outline, run.clone())).collect();
    let cue: Vec<Span> = spans(std::slice::from_ref(&found.cue));
    let content: Vec<Span> = spans(&found.content);
    let calibrations = &model.calibrations;
    let calibration = if found.nested { &calibrations.nested } else { &calibrations.top };
    (!cue.is_empty() && !content.is_empty()).then(|| Attribution {
        source: dateline::without_dateline(text, spans(&found.source)),
        cue,
        quote: Quote::of(text, &content, quotations),
        content,
        within,
        confidence: calibration.of(found.confidence),
        scores: Scores {
            cue: found.probability,
            source: found.overlap.source,
            content: found.overlap.content,
            acts: found.acts.acts,
            negated: found.acts.negated,
        },
    })
}

/// The words of a run of tokens, without line breaks at its ends; `None` if it has no others.
fn span(text: &str, outline: &Outline, run: Range<usize>) -> Option<Span> {
    let tokens = &outline.tokens[run];
    let is_word = |token: &&Span| !is_break(token.of(text));
    let first = tokens.iter().find(is_word)?;
    let last = tokens.iter().rev().find(is_word)?;
    Some(Span { begin: first.begin, end: last.end })
}

/// Lets `within` count attributions of the list, given each one's number among what was found.
fn renumber(numbered: Vec<(usize, Attribution)>, found: usize) -> Vec<Attribution> {
    let mut places = vec![None; found];
    for (place, (number, _)) in numbered.iter().enumerate() {
        places[*number] = Some(place);
    }
    let place = |(_, mut one): (usize, Attribution)| {
        one.within = one.within.and_then(|outer| places[outer]);
        one
    };
    numbered.into_iter().map(place).collect()
}
