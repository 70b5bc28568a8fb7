//! Reads the tokens near one cue: which name its source, and which are its content.

use std::ops::Range;

use super::buckets::{Counts, buckets};
use super::cues::Cue;
use crate::analyse::layout::Layout;
use crate::model::{Buffer, ChainWork, Decoding, Ends, Hidden, Kernel, LANES, Model, ROLES, TABLES, TAGS};

/// What a cue attributes, in tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) cue: Cue,
    /// In order.
    pub(super) source: Vec<usize>,
    /// In order, each with its marginal probability of being content.
    pub(super) content: Vec<(usize, f32)>,
    /// How sure the head is of them.
    pub(super) overlap: Overlap,
}

impl Reading {
    /// Confidence before calibration, in `[0, 1]`: the probability of the cue, times the overlaps that source and
    /// content are expected to have with what is true.
    pub(super) fn confidence(&self) -> f32 {
        self.cue.probability * self.overlap.content * self.overlap.source
    }
}

/// How much of the tokens read as a role, and of those that bear it, is expected to be both, in `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Overlap {
    pub(super) source: f32,
    pub(super) content: f32,
}

/// The tokens of a stretch, as the head sees them.
pub(super) struct Tokens<'a> {
    pub(super) layout: &'a Layout,
    pub(super) counts: &'a Counts,
    /// Where the stretch lies in the text.
    pub(super) range: Range<usize>,
    /// A row for each: its part of the hidden layer, then the role scores.
    pub(super) rows: &'a [f32],
    pub(super) stride: usize,
}

/// Working space of the head.
#[derive(Default)]
pub(super) struct Work {
    near: Vec<[u32; TABLES]>,
    hidden: Buffer,
    pub(super) scores: Buffer,
    added: Vec<f32>,
    chain: ChainWork<TAGS>,
}

/// The role label that each tag corresponds to.
const TAG_ROLE: [usize; TAGS] = [0, 1, 2, 5, 6];

/// Reads the tokens round `cue`, given what its vector says (`from_cue`: added, then multiplied).
pub(super) fn read(
    model: &Model,
    tokens: &Tokens<'_>,
    cue: &Cue,
    from_cue: &[f32],
    work: &mut Work,
) -> Reading {
    let reach = model.decoding.reach;
    let start = cue.tokens.start;
    let near = start.saturating_sub(reach)..(start + reach + 1).min(tokens.range.len());
    score(model, tokens, cue, from_cue, near.clone(), work);
    let scores = &work.scores[..near.len() * LANES];
    let chain = &model.net.heads.conditional.chain;
    let tags = chain.best(scores, &mut work.chain).to_vec();
    let marginals = chain.marginals(model.kernel, scores, Ends::WHOLE, &mut work.chain);
    let mut reading = Reading {
        cue: cue.clone(),
        source: Vec::new(),
        content: Vec::new(),
        overlap: Overlap { source: overlap(&tags, marginals, 1), content: overlap(&tags, marginals, 3) },
    };
    let mut source = Vec::new();
    for ((token, tag), marginal) in near.zip(tags).zip(marginals) {
        match tag {
            // A token has one role.
            _ if cue.tokens.contains(&token) => {}
            1 | 2 => source.push((token, marginal[1] + marginal[2])),
            3 | 4 => reading.content.push((token, marginal[3] + marginal[4])),
            _ => {}
        }
    }
    reading.source = surest_run(&source);
    reading
}

/// Of tokens with their probabilities the run that is the likeliest on average: a source is named in one place.
fn surest_run(tokens: &[(usize, f32)]) -> Vec<usize> {
    let runs = tokens.chunk_by(|a, b| a.0 + 1 == b.0);
    let mean = |run: &[(usize, f32)]| run.iter().map(|token| token.1).sum::<f32>() / run.len() as f32;
    // of two alike the first
    let surest = runs.reduce(|best, run| if mean(run) > mean(best) { run } else { best });
    surest.unwrap_or_default().iter().map(|token| token.0).collect()
}

/// The overlap that the marginals let expect for a role, whose tags are `first` and the next one: expected tokens in
/// common by expected tokens in either. Where no token is read so, the probability that none is.
pub(super) fn overlap(tags: &[u8], marginals: &[[f32; TAGS]], first: usize) -> f32 {
    let (mut read, mut common, mut expected, mut none) = (0.0, 0.0, 0.0, 1.0);
    for (&tag, marginal) in tags.iter().zip(marginals) {
        let role = marginal[first] + marginal[first + 1];
        expected += role;
        none *= 1.0 - role;
        if (first..=first + 1).contains(&tag.into()) {
            read += 1.0;
            common += role;
        }
    }
    // Rounding may lead a little out of the unit interval.
    let overlap = if read > 0.0 { common / (read + expected - common) } else { none };
    overlap.clamp(0.0, 1.0)
}

/// Writes the scores of all tags for the tokens `near` the cue.
pub(super) fn score(
    model: &Model,
    tokens: &Tokens<'_>,
    cue: &Cue,
    from_cue: &[f32],
    near: Range<usize>,
    work: &mut Work,
) {
    let (kernel, head, width) = (model.kernel, &model.net.heads.conditional, model.widths.head);
    let first = tokens.range.start;
    let row = |token| buckets(tokens.layout, tokens.counts, first, cue.tokens.start, token);
    work.near.clear();
    work.near.extend(near.clone().map(row));
    work.added.clear();
    let nested = if cue.nested { 1.0 } else { 0.0 };
    work.added.extend(from_cue[..width].iter().zip(&head.nested).map(|(added, own)| added + own * nested));
    work.hidden.reserve(near.len() * width);
    let hidden = Hidden { cue: &work.added, gate: &from_cue[width..2 * width], tables: &head.tables };
    let rows = &tokens.rows[near.start * tokens.stride..];
    kernel.hidden(hidden, rows, tokens.stride, &work.near, &mut work.hidden);
    work.scores.reserve(near.len() * LANES);
    kernel.linear(&head.out, near.len(), &work.hidden, width, &mut work.scores);
    let bias = biases(&model.decoding);
    for (scores, token) in
        work.scores.chunks_exact_mut(LANES).zip(rows.chunks_exact(tokens.stride)).take(near.len())
    {
        let roles = &token[width..width + ROLES];
        for tag in 0..TAGS {
            scores[tag] += roles[TAG_ROLE[tag]] * head.role_scale[tag] + bias[tag];
        }
    }
}

fn biases(decoding: &Decoding) -> [f32; TAGS] {
    let (source, content) = (decoding.source_bias, decoding.content_bias);
    [0.0, source, source, content, content]
}

/// What the vectors of cues (dense rows) say of the tokens around them: a row for each.
pub(super) fn from_cues(
    kernel: Kernel,
    model: &Model,
    cues: usize,
    vectors: &[f32],
    out: &mut Buffer,
) -> usize {
    let matrix = &model.net.heads.conditional.cue;
    out.reserve(cues * matrix.outputs());
    kernel.linear(matrix, cues, vectors, model.widths.vector, out);
    matrix.outputs()
}
