//! To whom it was said: those told, asked, written to, met, or called by name in the words quoted; who asks and who
//! answers; whose request is granted. One occasion has the same ones throughout.

mod exchanges;
mod phrase;

use super::speakers::speakers as resolve_sources;
use super::{Act, Channel, ChannelKind, Frame, Speaker, SpeakerType};
use crate::attribute::Attribution;
use crate::registry::InForce;
pub(super) use exchanges::exchanges;
use phrase::Way;

/// After so many statements a meeting is over.
const MEETING: usize = 6;
/// After so many statements of others a speaker speaks to somebody else.
const REACH: usize = 2;

/// The addressees of each statement of an article, in the order of `frames`.
pub(super) fn addressees(
    frames: &[Frame<'_>],
    speakers: &[Vec<Speaker>],
    acts: &[(Act, bool)],
    channels: &[Option<Channel>],
    registry: InForce<'_>,
) -> Vec<Vec<Speaker>> {
    let mut out = told(frames, speakers, acts, registry);
    answered(frames, speakers, &mut out);
    met(frames, speakers, acts, &mut out);
    carried(frames, speakers, channels, &mut out);
    out
}

/// Those whom the words around each statement name, resolved as speakers are: as if they spoke inside it.
fn told(
    frames: &[Frame<'_>],
    speakers: &[Vec<Speaker>],
    acts: &[(Act, bool)],
    registry: InForce<'_>,
) -> Vec<Vec<Speaker>> {
    let mut out = vec![Vec::new(); frames.len()];
    let found: Vec<(usize, Way, Attribution)> = (0..frames.len())
        .filter_map(|at| {
            let (span, way) = phrase::addressed(&frames[at], acts[at].0)?;
            let within = Some(at);
            Some((at, way, Attribution { source: vec![span], within, ..frames[at].attribution.clone() }))
        })
        .collect();
    if found.is_empty() {
        return out;
    }
    let inner = found.iter().map(|(.., attribution)| Frame { attribution, ..frames[0] });
    let all: Vec<Frame<'_>> = frames.iter().copied().chain(inner).collect();
    let resolved = resolve_sources(&all, registry).split_off(frames.len());
    for ((at, way, _), named) in found.iter().zip(resolved) {
        let is_other = |named: &Speaker| {
            let kind = match way {
                Way::Named => named.kind != SpeakerType::Unknown,
                Way::Called => named.kind == SpeakerType::Person,
            };
            kind && speakers[*at].iter().all(|speaker| speaker.name != named.name)
        };
        out[*at] = named.into_iter().filter(is_other).collect();
    }
    out
}

/// A question and the answer right after it are addressed to each other's speakers.
fn answered(frames: &[Frame<'_>], speakers: &[Vec<Speaker>], out: &mut [Vec<Speaker>]) {
    for (ask, answer) in exchanges(frames, speakers) {
        for (to, from) in [(answer, ask), (ask, answer)] {
            if out[to].is_empty() {
                out[to].clone_from(&speakers[from]);
            }
        }
    }
}

/// What others ask right after a meeting with somebody, they ask of them.
fn met(frames: &[Frame<'_>], speakers: &[Vec<Speaker>], acts: &[(Act, bool)], out: &mut [Vec<Speaker>]) {
    let asks =
        |at: usize| matches!(acts[at].0, Act::Ask | Act::Request | Act::Demand | Act::Threaten | Act::Warn);
    for meeting in (0..frames.len()).filter(|&at| phrase::meets(&frames[at])) {
        let host = out[meeting].clone();
        for at in meeting + 1..frames.len().min(meeting + 1 + MEETING) {
            let other = speakers[at].iter().all(|speaker| host.iter().all(|host| host.name != speaker.name));
            if out[at].is_empty() && asks(at) && other {
                out[at].clone_from(&host);
            }
        }
    }
}

/// What a speaker says next on the same occasion is said to the same ones.
fn carried(
    frames: &[Frame<'_>],
    speakers: &[Vec<Speaker>],
    channels: &[Option<Channel>],
    out: &mut [Vec<Speaker>],
) {
    let is_occasion = |at: usize| {
        use ChannelKind::{Court, Interview, Meeting, Phone};
        channels[at].as_ref().is_some_and(|c| matches!(c.kind, Court | Interview | Meeting | Phone))
    };
    let outer: Vec<usize> = (0..frames.len()).filter(|&at| frames[at].attribution.within.is_none()).collect();
    for n in 1..outer.len() {
        let at = outer[n];
        if !out[at].is_empty() || speakers[at].is_empty() || !is_occasion(at) {
            continue;
        }
        let before = outer[n.saturating_sub(REACH)..n].iter().rev();
        let same = before.copied().find(|&before| speakers[before] == speakers[at]);
        if let Some(before) = same.filter(|&before| channels[before] == channels[at]) {
            out[at] = out[before].clone();
        }
    }
}
