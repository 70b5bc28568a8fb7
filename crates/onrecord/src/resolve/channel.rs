//! How it was said, where the report tells: the kind of the channel and its name, carried over within one occasion.

mod carry;
mod outlet;
mod own;

use super::{Channel, Frame, Speaker};
use crate::Span;

/// The channel of each statement of an article, in the order of `frames`.
pub(super) fn channels(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<Option<Channel>> {
    let mut cues: Vec<Span> = frames.iter().flat_map(|frame| frame.attribution.cue.iter().copied()).collect();
    cues.sort_unstable();
    let mut channels: Vec<Option<Channel>> = frames.iter().map(|frame| own::channel(frame, &cues)).collect();
    carry::carry(frames, speakers, &mut channels);
    channels
}
