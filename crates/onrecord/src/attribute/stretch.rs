//! Reads one stretch of a text: the statements whose cues begin in it.
//!
//! A long text is read stretch by stretch, so that its vectors never stand in memory all at once. Each stretch is
//! encoded with enough windows on either side for all that decides about its statements: what competes for their
//! content, the cues those see, and the chain of roles. The same text is always cut the same way.

use std::ops::Range;

use super::acts::{self, Acts};
use super::buckets::Counts;
use super::claims;
use super::conditional::{self, Overlap, Reading, Tokens};
use super::cues::{Cue, cues};
use crate::analyse::Outline;
use crate::analyse::encoder::{self, encode};
use crate::analyse::windows::Windows;
use crate::model::{Buffer, ChainWork, Ends, LANES, Model, NESTED, ROLES};

/// Windows in a stretch, at most: 6,400 tokens of the English model.
const MOST_WINDOWS: usize = 40;

/// What was found of a statement, in tokens of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The tokens of its cue.
    pub(super) cue: Range<usize>,
    /// The probability that its cue attributes.
    pub(super) probability: f32,
    /// Before calibration.
    pub(super) confidence: f32,
    /// Whether the head for cues in another statement's content found it.
    pub(super) nested: bool,
    /// Runs of source tokens.
    pub(super) source: Vec<Range<usize>>,
    /// Runs of content tokens.
    pub(super) content: Vec<Range<usize>>,
    /// How many tokens the content has.
    pub(super) size: usize,
    /// How sure the head is of source and content.
    pub(super) overlap: Overlap,
    /// What the speaker does.
    pub(super) acts: Acts,
}

/// Working space of a stretch.
#[derive(Default)]
pub(super) struct Work {
    encoder: encoder::Work,
    conditional: conditional::Work,
    acts: acts::Work,
    chain: ChainWork<ROLES>,
    vectors: Buffer,
    rows: Buffer,
    lanes: Buffer,
    cue_vectors: Buffer,
    from_cues: Buffer,
}

/// The stretches of a text, as ranges of its windows.
pub(super) fn stretches(windows: Windows) -> impl Iterator<Item = Range<usize>> {
    let count = windows.count();
    let size = count.div_ceil(count.div_ceil(MOST_WINDOWS).max(1)).max(1);
    (0..count).step_by(size).map(move |begin| begin..(begin + size).min(count))
}

/// Reads the stretch that `own` windows speak for.
pub(super) fn read(
    text: &str,
    outline: &Outline,
    model: &Model,
    windows: Windows,
    own: Range<usize>,
    work: &mut Work,
) -> Vec<Found> {
    // Content competes with cues at twice the reach; those see as far again, and the chain of roles is settled there.
    let around = windows.around(4 * model.decoding.reach);
    let seen = own.start.saturating_sub(around)..(own.end + around).min(windows.count());
    let (own, range) = (windows.owned(own), windows.owned(seen.clone()));
    encode(text, outline, model, windows, seen, &mut work.encoder, &mut work.vectors);
    let own = own.start - range.start..own.end - range.start;
    let stride = read_tokens(model, range.len(), work);
    let (top, nested) = find_cues(model, &range, outline.tokens.len(), stride, work);
    let counts = Counts::new(&outline.layout, range.clone(), &top);
    let competing = own.start.saturating_sub(2 * model.decoding.reach)..own.end + 2 * model.decoding.reach;
    let within = |cues: Vec<Cue>, range: &Range<usize>| {
        cues.into_iter().filter(|cue| range.contains(&cue.tokens.start)).collect::<Vec<_>>()
    };
    let layout = &outline.layout;
    let place = Place { layout, counts: &counts, range: range.clone(), stride };
    let top = read_cues(model, &place, &within(top, &competing), work);
    let mut readings = claims::settle(top, range.len());
    readings.retain(|reading| own.contains(&reading.cue.tokens.start));
    readings.extend(read_cues(model, &place, &within(nested, &own), work));
    readings.retain(|reading| !reading.content.is_empty());
    let statements = readings.iter().map(|reading| (reading.cue.tokens.clone(), reading.content.as_slice()));
    let acts = acts::read(model, &work.vectors, statements, &mut work.acts);
    readings.into_iter().zip(acts).map(|(reading, acts)| found(reading, acts, range.start)).collect()
}

/// Computes what the heads say of every token; gives the width of their rows.
fn read_tokens(model: &Model, tokens: usize, work: &mut Work) -> usize {
    let matrix = &model.net.heads.token;
    work.rows.reserve(tokens * matrix.outputs());
    model.kernel.linear(matrix, tokens, &work.vectors, model.widths.vector, &mut work.rows);
    matrix.outputs()
}

/// The top-level cues, by the chain of roles, and those inside content, by the head for them.
fn find_cues(
    model: &Model,
    range: &Range<usize>,
    tokens: usize,
    stride: usize,
    work: &mut Work,
) -> (Vec<Cue>, Vec<Cue>) {
    let (width, length, decoding) = (model.widths.head, range.len(), &model.decoding);
    work.lanes.reserve(length * LANES);
    let lanes = &mut work.lanes[..length * LANES];
    for (lanes, row) in lanes.chunks_exact_mut(LANES).zip(work.rows.chunks_exact(stride)) {
        lanes[..ROLES].copy_from_slice(&row[width..width + ROLES]);
    }
    let ends = Ends { first: range.start == 0, last: range.end == tokens };
    let marginals = model.net.heads.roles.marginals(model.kernel, lanes, ends, &mut work.chain);
    let top = cues(marginals.iter().map(|roles| [roles[3], roles[4]]), decoding.cue_threshold, false);
    for (lanes, row) in lanes.chunks_exact_mut(LANES).zip(work.rows.chunks_exact(stride)) {
        let scores = &row[width + ROLES..][..NESTED];
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for (lane, score) in lanes.iter_mut().zip(scores) {
            *lane = score - most;
        }
    }
    model.kernel.exp(lanes);
    let soft = lanes.chunks_exact(LANES).map(|lanes| {
        let total = lanes[0] + lanes[1] + lanes[2];
        [lanes[1] / total, lanes[2] / total]
    });
    (top, cues(soft, decoding.nested_threshold, true))
}

/// What the tokens of a stretch are, without their vectors.
struct Place<'a> {
    layout: &'a crate::analyse::layout::Layout,
    counts: &'a Counts,
    range: Range<usize>,
    stride: usize,
}

/// Reads the tokens around each cue.
fn read_cues(model: &Model, place: &Place<'_>, cues: &[Cue], work: &mut Work) -> Vec<Reading> {
    let width = model.widths.vector;
    work.cue_vectors.reserve(cues.len() * width);
    for (row, cue) in work.cue_vectors.chunks_exact_mut(width).zip(cues) {
        row.copy_from_slice(&work.vectors[cue.tokens.start * width..][..width]);
    }
    let said =
        conditional::from_cues(model.kernel, model, cues.len(), &work.cue_vectors, &mut work.from_cues);
    let Place { layout, counts, stride, .. } = *place;
    let tokens = Tokens { layout, counts, range: place.range.clone(), rows: &work.rows, stride };
    let from_cues = work.from_cues.chunks_exact(said);
    let read = |(cue, from_cue)| conditional::read(model, &tokens, cue, from_cue, &mut work.conditional);
    cues.iter().zip(from_cues).map(read).collect()
}

/// A reading in tokens of the text, whose stretch begins at `first`.
fn found(reading: Reading, acts: Acts, first: usize) -> Found {
    let confidence = reading.confidence();
    let Reading { cue, source, content, overlap } = reading;
    Found {
        cue: first + cue.tokens.start..first + cue.tokens.end,
        probability: cue.probability,
        confidence,
        nested: cue.nested,
        source: runs(source.iter().map(|token| first + token)),
        size: content.len(),
        overlap,
        content: runs(content.iter().map(|&(token, _)| first + token)),
        acts,
    }
}

/// Neighbouring tokens, joined.
fn runs(tokens: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for token in tokens {
        match out.last_mut() {
            Some(run) if run.end == token => run.end += 1,
            _ => out.push(token..token + 1),
        }
    }
    out
}
