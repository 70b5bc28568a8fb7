//! How it was said, and to whom, where the frame of the statement tells.

use super::{Channel, Frame, Speaker};

/// The channel of each statement of an article, in the order of `frames`.
pub(super) fn channels(frames: &[Frame<'_>]) -> Vec<Option<Channel>> {
    frames.iter().map(|_| None).collect()
}

/// The addressees of each statement of an article, in the order of `frames`.
pub(super) fn addressees(frames: &[Frame<'_>]) -> Vec<Vec<Speaker>> {
    frames.iter().map(|_| Vec::new()).collect()
}
