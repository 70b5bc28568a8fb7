//! Who disputes, supports or answers what stands in another article.
//!
//! The rules are those within an article, but for all that rest on what stands near: "denied it" tells nothing from
//! afar. Both must speak of one proposition in much the same words, and other figures are no contradiction, as they
//! change from day to day.

use super::hash::{hash, join};
use super::speakers::Known;
use super::{Keys, Tie, Utterance};
use crate::link::profile::Profile;
use crate::link::rules::{apart, is_claim, is_reply};
use crate::link::stage::Stage;

/// What kind of key a number is.
const CLAIM: u64 = 5;
const REPLY: u64 = 6;

/// So many phrases of a content, the first in alphabetical order, are keys: two contents of much the same phrases share
/// one of them.
const PHRASES: usize = 4;

/// So much less sure is what is linked from afar.
const FARTHER: f32 = 0.8;

/// What `ours` is to `theirs`, if it turns it down, bears it out or answers it.
pub(super) fn opposed(ours: &Utterance<'_>, theirs: &Utterance<'_>) -> Option<Tie> {
    let (source, target) = (&ours.profile, &theirs.profile);
    let nested = |profile: &Profile<'_>| profile.statement.attribution.within.is_some();
    let is_known = |speakers: &[Known<'_>]| !speakers.is_empty() && speakers.iter().all(Known::is_known);
    if !is_known(&ours.speakers) || !is_known(&theirs.speakers) {
        return None;
    }
    if nested(source) || nested(target) || !source.is_of_one_proposition(target) {
        return None;
    }
    let found = apart(&Stage::apart(target.clone(), source.clone()))?;
    Some(Tie {
        relation: found.relation,
        ours: found.evidence,
        theirs: target.statement.attribution.content.clone(),
        score: found.score * FARTHER,
    })
}

/// Adds keys by which replies find what they may reply to, and the other way round.
pub(super) fn add_keys(profile: &Profile<'_>, keys: &mut Keys) {
    let of = |kind: u64| {
        let phrases = profile.phrases.iter().take(PHRASES);
        phrases.map(move |phrase| join(kind, [hash(kind, phrase.as_bytes())]))
    };
    if is_claim(profile) {
        keys.kept.extend(of(CLAIM));
        keys.sought.extend(of(REPLY));
    }
    if is_reply(profile) {
        keys.kept.extend(of(REPLY));
        keys.sought.extend(of(CLAIM));
    }
}
