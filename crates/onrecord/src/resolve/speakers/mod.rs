//! Who speaks: the source's words to speakers.

use super::{Frame, Speaker, SpeakerType};

/// The speakers of each statement of an article, in the order of `frames`.
pub(super) fn speakers(frames: &[Frame<'_>]) -> Vec<Vec<Speaker>> {
    frames.iter().map(named).collect()
}

/// The source as it stands, its kind unknown.
fn named(frame: &Frame<'_>) -> Vec<Speaker> {
    if frame.attribution.source.is_empty() {
        return Vec::new();
    }
    let name = frame.joined(&frame.attribution.source);
    vec![Speaker { name, kind: SpeakerType::Unknown, id: None, role: None, anonymous: false }]
}
