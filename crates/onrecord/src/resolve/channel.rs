//! How it was said, where the report tells: the kind of the channel and its name, carried over within one occasion.

mod carry;
mod outlet;
mod own;

use super::{Channel, Frame, Speaker};
use crate::Span;

/// The channel of each statement of an article, in the order of `frames`.
pub(super) fn channels(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<Option<Channel>> {
    let (cues, said) = (cues(frames), said(frames));
    let own = |frame| own::channel(frame, &cues, &said);
    let mut channels: Vec<Option<Channel>> = frames.iter().map(own).collect();
    carry::carry(frames, speakers, &mut channels);
    channels
}

/// For each statement the words that tell its channel; none where it is carried over.
pub(super) fn evidence(frames: &[Frame<'_>]) -> Vec<Option<Span>> {
    let (cues, said) = (cues(frames), said(frames));
    frames.iter().map(|frame| own::evidence(frame, &cues, &said)).collect()
}

/// All cues of an article, in order.
fn cues(frames: &[Frame<'_>]) -> Vec<Span> {
    let mut cues: Vec<Span> = frames.iter().flat_map(|frame| frame.attribution.cue.iter().copied()).collect();
    cues.sort_unstable();
    cues
}

/// Whether each token belongs to the content of a statement that stands on its own.
fn said(frames: &[Frame<'_>]) -> Vec<bool> {
    let Some(first) = frames.first() else { return Vec::new() };
    let mut said = vec![false; first.outline.tokens.len()];
    for frame in frames.iter().filter(|frame| frame.attribution.within.is_none()) {
        for &span in &frame.attribution.content {
            said[frame.tokens(span)].fill(true);
        }
    }
    said
}
