//! Opposition that no word of denial shows: a reply to what was said of oneself, a verdict on what another has done, a
//! speaker who goes on.

use super::Relation;
use super::profile::{Profile, Sign};
use super::rules::{ASSERTING, DOING, Found, cue, found};
use super::stage::Stage;
use crate::{Act, SpeakerType};

/// "The mill cheats farmers", and the mill's director "responded that …": what was said of those who reply.
pub(super) fn replies(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    let Some(sign) = source.sign(&[Sign::Replies]) else { return Vec::new() };
    let score = |to: usize| {
        let (target, near) = (&stage.profiles[to], stage.nearness(from, to));
        let meant = to < from && near >= 1.0 && target.names(source) && target.does(ASSERTING);
        // people reply to people
        let document = target.statement.speakers.iter().all(|speaker| speaker.kind == SpeakerType::Document);
        meant.then_some(if document || target.does(&[Act::Report]) { near } else { near + PEOPLE })
    };
    let mut found = found(stage, from, &score, Relation::Disputes, &[sign], 0.4);
    let next = found.last().map(|last| last.to + 1).filter(|&next| next < from && goes_on(stage, next));
    found.extend(next.zip(found.last()).map(|(to, last)| Found {
        to,
        score: last.score * LESS,
        ..last.clone()
    }));
    found
}

/// What it counts that people reply to people, in points.
const PEOPLE: f32 = 1.0;

/// "Voted to close the harbour", and another calls the closing a disgrace.
pub(super) fn judges_deed(stage: &Stage<'_>, from: usize) -> Vec<Found> {
    let source = &stage.profiles[from];
    if !source.does(&[Act::Criticise, Act::Question]) || source.statement.negated {
        return Vec::new();
    }
    let score = |to: usize| {
        let (near, matter) = (stage.nearness(from, to), stage.matter(from, to) as f32);
        let meant = to < from && stage.profiles[to].does(DOING) && matter >= 3.0 && near >= 1.0;
        meant.then_some(near + matter)
    };
    found(stage, from, &score, Relation::Disputes, &cue(source), 0.35)
}

/// Of a speaker who has just disputed something and goes on, what `before`, the links of the statement just before,
/// dispute.
pub(super) fn continues(stage: &Stage<'_>, from: usize, before: &[Found]) -> Vec<Found> {
    if !goes_on(stage, from) || stage.profiles[from].statement.negated {
        return Vec::new();
    }
    let disputed = before.iter().filter(|found| found.relation == Relation::Disputes);
    disputed.map(|found| Found { score: found.score * LESS, ..found.clone() }).collect()
}

/// So much less sure is what is only gone on with.
const LESS: f32 = 0.7;

/// Whether a statement asserts more of what the one before it, by the same speakers, was about: in the same paragraph or
/// the next.
fn goes_on(stage: &Stage<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &stage.profiles[before]) else { return false };
    let this: &Profile<'_> = &stage.profiles[at];
    let near = this.place.0 <= before.place.0 + 1;
    near && this.same_speaker(before) && this.does(ASSERTING)
}
