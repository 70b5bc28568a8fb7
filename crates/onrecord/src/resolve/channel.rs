//! How it was said, where the report tells: the kind of the channel and its name, carried over within one occasion.

mod carry;
mod outlet;
mod own;

use super::{Channel, ChannelReason, Frame, Speaker};
use crate::Span;

/// A channel, and the statement whose words tell it: its own, or another one of the occasion.
#[derive(Clone)]
struct Told {
    channel: Channel,
    by: usize,
}

/// The channel of each statement of an article, in the order of `frames`.
pub(super) fn channels(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<Option<Channel>> {
    let (cues, said) = (cues(frames), said(frames));
    told(frames, speakers, &cues, &said).into_iter().map(|told| Some(told?.channel)).collect()
}

/// For each statement what tells its channel.
pub(super) fn reasons(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<Option<ChannelReason>> {
    let (cues, said) = (cues(frames), said(frames));
    let reason = |(at, told): (usize, Option<Told>)| {
        let by = told?.by;
        let words = own::evidence(&frames[by], &cues, &said)?;
        Some(ChannelReason { words, carried_from: (by != at).then_some(by) })
    };
    told(frames, speakers, &cues, &said).into_iter().enumerate().map(reason).collect()
}

fn told(frames: &[Frame<'_>], speakers: &[Vec<Speaker>], cues: &[Span], said: &[bool]) -> Vec<Option<Told>> {
    let own = |(by, frame)| Some(Told { channel: own::channel(frame, cues, said)?, by });
    let mut channels: Vec<Option<Told>> = frames.iter().enumerate().map(own).collect();
    carry::carry(frames, speakers, &mut channels);
    channels
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
