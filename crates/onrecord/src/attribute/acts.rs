//! What a speaker does in a statement, and whether it is denied that it was said: the probabilities of the last head.

use std::ops::Range;

use crate::model::{Buffer, LANES, Model};
use crate::resolve::Act;

/// Probabilities of the acts, and of negation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Acts {
    pub(super) acts: [f32; Act::ALL.len()],
    pub(super) negated: f32,
}

/// Working space of the head.
#[derive(Default)]
pub(super) struct Work {
    pooled: Buffer,
    hidden: Buffer,
    scores: Buffer,
}

/// Reads the acts of statements, each given by its cue and content (not empty) as rows of `vectors`: the means of both,
/// and the content's first token, say it.
pub(super) fn read<'a>(
    model: &Model,
    vectors: &[f32],
    statements: impl ExactSizeIterator<Item = (Range<usize>, &'a [(usize, f32)])>,
    work: &mut Work,
) -> Vec<Acts> {
    let (kernel, heads, width) = (model.kernel, &model.net.heads, model.widths.vector);
    let count = statements.len();
    work.pooled.reserve(count * 3 * width);
    for (row, (cue, content)) in work.pooled.chunks_exact_mut(3 * width).zip(statements) {
        let row_of = |token: usize| &vectors[token * width..][..width];
        mean(&mut row[..width], cue.map(row_of));
        mean(&mut row[width..2 * width], content.iter().map(|&(token, _)| row_of(token)));
        row[2 * width..].copy_from_slice(row_of(content[0].0));
    }
    let (units, scores) = (heads.act_hidden.outputs(), heads.acts.outputs());
    work.hidden.reserve(count * units);
    kernel.linear(&heads.act_hidden, count, &work.pooled, 3 * width, &mut work.hidden);
    for value in &mut work.hidden[..count * units] {
        *value = if *value > 0.0 { *value } else { 0.0 };
    }
    work.scores.reserve(count * scores);
    kernel.linear(&heads.acts, count, &work.hidden, units, &mut work.scores);
    let rows = work.scores.chunks_exact(scores).take(count);
    rows.map(|scores| probabilities(model, scores)).collect()
}

fn mean<'a>(out: &mut [f32], rows: impl ExactSizeIterator<Item = &'a [f32]>) {
    let share = 1.0 / rows.len() as f32;
    out.fill(0.0);
    for row in rows {
        for (sum, value) in out.iter_mut().zip(row) {
            *sum += value * share;
        }
    }
}

/// Softmax over the acts; the logistic function of negation.
fn probabilities(model: &Model, scores: &[f32]) -> Acts {
    const ACTS: usize = Act::ALL.len();
    let most = scores[..ACTS].iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut lanes = [0.0; (ACTS + 1).next_multiple_of(LANES)];
    for (lane, score) in lanes.iter_mut().zip(&scores[..ACTS]) {
        *lane = score - most;
    }
    lanes[ACTS] = -scores[ACTS];
    model.kernel.exp(&mut lanes);
    let total: f32 = lanes[..ACTS].iter().sum();
    Acts { acts: std::array::from_fn(|act| lanes[act] / total), negated: 1.0 / (1.0 + lanes[ACTS]) }
}
