//! The hidden layer of the conditional head: what each token near a cue looks like from there.

use super::dispatch::{Job, Kernel};
use super::lanes::Lanes;
use super::{Buffer, LANES};

/// How many tables of buckets there are: distance, quotation, paragraph, other cues.
pub(crate) const TABLES: usize = 4;

/// The parts of the hidden layer that a cue fixes.
pub(crate) struct Hidden<'a> {
    /// What the cue adds to every token.
    pub(crate) cue: &'a [f32],
    /// What every token is multiplied by.
    pub(crate) gate: &'a [f32],
    /// Rows of `cue.len()` values for each kind of bucket.
    pub(crate) tables: &'a [Buffer; TABLES],
}

struct Layer<'a> {
    hidden: Hidden<'a>,
    tokens: &'a [f32],
    stride: usize,
    buckets: &'a [[u32; TABLES]],
    output: &'a mut [f32],
}

impl Kernel {
    /// For each token, writes `relu(token + cue + its four table rows) · gate`, densely. Tokens are the first values
    /// of every `stride` of `tokens`.
    pub(crate) fn hidden(
        self,
        hidden: Hidden<'_>,
        tokens: &[f32],
        stride: usize,
        buckets: &[[u32; TABLES]],
        output: &mut [f32],
    ) {
        let width = hidden.cue.len();
        assert!(width.is_multiple_of(LANES) && hidden.gate.len() == width && width <= stride);
        assert!(buckets.is_empty() || (buckets.len() - 1) * stride + width <= tokens.len());
        assert!(buckets.len() * width <= output.len());
        self.run(Layer { hidden, tokens, stride, buckets, output });
    }
}

impl Job for Layer<'_> {
    #[inline(always)]
    unsafe fn run<L: Lanes>(self) {
        let Hidden { cue, gate, tables } = self.hidden;
        let width = cue.len();
        for (number, buckets) in self.buckets.iter().enumerate() {
            let token = &self.tokens[number * self.stride..][..width];
            let output = &mut self.output[number * width..][..width];
            let mut rows = [token; TABLES];
            for ((row, table), &bucket) in rows.iter_mut().zip(tables).zip(buckets) {
                *row = &table[bucket as usize * width..][..width];
            }
            for at in (0..width).step_by(L::COUNT) {
                // SAFETY: all slices are `width` long, a multiple of `LANES`; the caller vouches for the processor.
                unsafe {
                    let mut sum = L::load(token.as_ptr().add(at)).plus(L::load(cue.as_ptr().add(at)));
                    for row in rows {
                        sum = sum.plus(L::load(row.as_ptr().add(at)));
                    }
                    let open = sum.or_more(L::splat(0.0)).times(L::load(gate.as_ptr().add(at)));
                    open.store(output.as_mut_ptr().add(at));
                }
            }
        }
    }
}
