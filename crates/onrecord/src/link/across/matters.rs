//! Who disputes, supports or answers what stands in another article.
//!
//! The rules are those within an article, but for all that rest on what stands near: "denied it" tells nothing from
//! afar. Both must speak of one proposition in much the same words, and with other figures it is another one, as they
//! change from day to day.

use std::collections::BTreeSet;

use super::hash::{hash, join};
use super::speakers::Known;
use super::{Keys, Tie, Utterance};
use crate::link::profile::{Profile, is_enough};
use crate::link::rules::{apart, is_claim, is_reply};
use crate::link::stage::Stage;

/// What kind of key a number is.
const CLAIM: u64 = 5;
const REPLY: u64 = 6;
/// What kind of hash a word of substance has.
const SUBSTANCE: u64 = 7;

/// So many phrases of a content, the first in alphabetical order, are keys: two contents of much the same phrases share
/// one of them.
const PHRASES: usize = 4;

/// So much less sure is what is linked from afar.
const FARTHER: f32 = 0.8;

/// What `ours` is to `theirs`, if it turns it down, bears it out or answers it.
pub(super) fn opposed(ours: &Utterance<'_>, theirs: &Utterance<'_>) -> Option<Tie> {
    let is_known = |speakers: &[Known<'_>]| !speakers.is_empty() && speakers.iter().all(Known::is_known);
    if !is_known(&ours.speakers) || !is_known(&theirs.speakers) {
        return None;
    }
    if ours.is_nested() || theirs.is_nested() || !agree_in_figures(ours, theirs) {
        return None;
    }
    let (source, target) = (ours.profile(), theirs.profile());
    if !source.is_of_one_proposition(target) {
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

/// Whether one has no figures that the other lacks: an offer that expires on the 3rd and one that does on the 20th are two.
fn agree_in_figures(ours: &Utterance<'_>, theirs: &Utterance<'_>) -> bool {
    let figures = |of: &Utterance<'_>| -> BTreeSet<u64> {
        of.words.iter().filter(|word| word.figure).map(|word| word.hash).collect()
    };
    let (ours, theirs) = (figures(ours), figures(theirs));
    ours.is_subset(&theirs) || theirs.is_subset(&ours)
}

/// What a statement speaks of, as far as its keys tell. Linking within its article sees it, so that linking across
/// articles need not look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The first [`PHRASES`] of its content.
    phrases: Vec<String>,
    /// Whether others may reply to it.
    is_claim: bool,
    /// Whether it may be a reply.
    is_reply: bool,
    /// The words of substance of its content, as a number.
    pub substance: Substance,
}

impl Matter {
    pub(in crate::link) fn new(profile: &Profile<'_>) -> Matter {
        Matter {
            phrases: profile.phrases.iter().take(PHRASES).cloned().collect(),
            is_claim: is_claim(profile),
            is_reply: is_reply(profile),
            substance: Substance::new(profile),
        }
    }

    /// Adds keys by which replies find what they may reply to, and the other way round.
    pub(super) fn add_keys(&self, keys: &mut Keys) {
        let of =
            |kind: u64| self.phrases.iter().map(move |phrase| join(kind, [hash(kind, phrase.as_bytes())]));
        if self.is_claim {
            keys.kept.extend(of(CLAIM));
            keys.sought.extend(of(REPLY));
        }
        if self.is_reply {
            keys.kept.extend(of(REPLY));
            keys.sought.extend(of(CLAIM));
        }
        if self.is_claim || self.is_reply {
            keys.of_matter.extend(of(CLAIM).chain(of(REPLY)));
        }
    }
}

/// The words of substance of a content in one number that a ledger keeps: their count in the lowest byte, and above it a
/// bit for each, so that most contents that are not of one proposition are told apart without being compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substance(u64);

/// The bits that stand for words.
const WORD_BITS: u64 = 56;

impl Substance {
    fn new(profile: &Profile<'_>) -> Substance {
        let bit = |stem: &String| 1 << (hash(SUBSTANCE, stem.as_bytes()) % WORD_BITS);
        let bits = profile.substance.iter().map(bit).fold(0, |all: u64, bit| all | bit);
        let count = u8::try_from(profile.substance.len()).unwrap_or(u8::MAX);
        Substance(bits << 8 | u64::from(count))
    }

    /// The number that a ledger keeps.
    pub fn number(self) -> u64 {
        self.0
    }

    /// From the number that a ledger kept.
    pub fn from_number(number: u64) -> Substance {
        Substance(number)
    }

    /// Whether the two may be of one proposition; where not, they are certainly not. A bit that one alone has is a word
    /// that the other lacks.
    pub fn may_be_one(self, other: Substance) -> bool {
        let count = |substance: Substance| substance.0 & 0xff;
        if count(self).max(count(other)) == u64::from(u8::MAX) {
            return true;
        }
        let lacking = |of: Substance, to: Substance| u64::from((of.0 >> 8 & !(to.0 >> 8)).count_ones());
        let without = |of: Substance, to: Substance| count(of).saturating_sub(lacking(of, to));
        let shared = without(self, other).min(without(other, self));
        is_enough(shared as usize, count(self).max(count(other)) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn substance(stems: std::ops::Range<u64>) -> Substance {
        let bits = stems.clone().map(|stem| 1 << (stem * 5 % WORD_BITS)).fold(0, |all: u64, bit| all | bit);
        Substance(bits << 8 | (stems.end - stems.start).min(255))
    }

    #[test]
    fn what_shares_most_words_may_be_one() {
        for (ours, theirs, expected) in [
            (0..8, 0..8, true),
            (0..8, 2..8, true),
            (0..8, 3..8, false),
            (0..3, 0..3, false),
            (0..8, 20..28, false),
            (0..300, 400..700, true),
        ] {
            let (one, other) = (substance(ours.clone()), substance(theirs.clone()));
            assert_eq!(one.may_be_one(other), expected, "{ours:?}, {theirs:?}");
            assert_eq!(other.may_be_one(one), expected, "{theirs:?}, {ours:?}");
            assert_eq!(Substance::from_number(one.number()), one);
        }
    }
}
