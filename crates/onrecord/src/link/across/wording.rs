//! What two tellings have in common and what was changed inside the marks.
//!
//! Tellings are compared sentence by sentence: one report may give a sentence more than the other, but two sentences
//! that share no more than a phrase are two sentences.

use std::ops::Range;

use super::align::{Pairs, align};
use super::words::{Joint, Word};

/// Two lists of words set side by side.
pub(super) struct Wording {
    /// The words that both have, in sentences that are the same.
    pub pairs: Pairs,
    /// How many of them stand in marks on both sides.
    pub quoted: usize,
    /// How many of those tell something of the matter.
    pub telling: usize,
    /// Places where both have marks, but other words in them.
    pub changes: Vec<Change>,
}

/// Places where the words in marks differ, as ranges of each list; one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Of the first list.
    pub ours: Range<usize>,
    /// Of the second.
    pub theirs: Range<usize>,
    /// How many words that tell stand in the one that has more of them.
    pub telling: usize,
}

impl Change {
    /// How many words were changed.
    pub(super) fn size(&self) -> usize {
        self.ours.len().max(self.theirs.len())
    }
}

/// Of the words of a sentence that both tellings give, so many must be the same for it to be one sentence.
const SAME_SENTENCE: f32 = 0.6;

impl Wording {
    /// Compares two lists of words.
    pub(super) fn new(ours: &[Word], theirs: &[Word]) -> Wording {
        let sentences = sentences(ours);
        let sentence = |at: usize| sentences.get(at).copied().unwrap_or_default();
        let pairs = align(ours, theirs);
        let changes = Sides { ours, theirs }.changes(&pairs);
        let of_change = |change: &Change| {
            sentence(if change.ours.is_empty() {
                change.ours.start.saturating_sub(1)
            } else {
                change.ours.start
            })
        };
        let count = sentences.last().map_or(0, |last| last + 1);
        let (mut same, mut changed) = (vec![0usize; count], vec![0usize; count]);
        pairs.iter().for_each(|&(i, _)| same[sentence(i)] += 1);
        changes.iter().for_each(|change| changed[of_change(change)] += change.size());
        let is_one = |number: usize| {
            let all = same[number] + changed[number];
            same[number] as f32 >= SAME_SENTENCE * all as f32
        };
        let pairs: Pairs = pairs.into_iter().filter(|&(i, _)| is_one(sentence(i))).collect();
        let in_marks = pairs.iter().filter(|&&(i, j)| ours[i].quoted && theirs[j].quoted);
        Wording {
            quoted: in_marks.clone().count(),
            telling: in_marks.filter(|&&(i, _)| ours[i].tells).count(),
            changes: changes.into_iter().filter(|change| is_one(of_change(change))).collect(),
            pairs,
        }
    }

    /// How many words were changed in the marks, as `count` counts those of one change.
    pub(super) fn changed(&self, count: fn(&Change) -> usize) -> usize {
        self.changes.iter().map(count).sum()
    }
}

/// The number of each word's sentence.
fn sentences(words: &[Word]) -> Vec<usize> {
    let mut number = 0;
    let count = |(at, word): (usize, &Word)| {
        number += usize::from(at > 0 && word.before.sentence);
        number
    };
    words.iter().enumerate().map(count).collect()
}

struct Sides<'a> {
    ours: &'a [Word],
    theirs: &'a [Word],
}

impl Sides<'_> {
    /// What stands between the pairs and at the ends, where it is a change of what stands in marks.
    fn changes(&self, pairs: &[(usize, usize)]) -> Vec<Change> {
        let (Some(&first), Some(&last)) = (pairs.first(), pairs.last()) else { return Vec::new() };
        let between = pairs.windows(2).filter_map(|pair| {
            let change = self.change(pair[0].0 + 1..pair[1].0, pair[0].1 + 1..pair[1].1);
            self.is_changed(&change).then_some(change)
        });
        let head = self.change(head(self.ours, first.0)..first.0, head(self.theirs, first.1)..first.1);
        let tail = self.change(last.0 + 1..tail(self.ours, last.0), last.1 + 1..tail(self.theirs, last.1));
        // where one breaks off, the other may go on
        let both = |change: &Change| {
            quoted(&self.ours[change.ours.clone()]) > 0 && quoted(&self.theirs[change.theirs.clone()]) > 0
        };
        [head].into_iter().filter(both).chain(between).chain([tail].into_iter().filter(both)).collect()
    }

    fn change(&self, ours: Range<usize>, theirs: Range<usize>) -> Change {
        let telling = |words: &[Word]| words.iter().filter(|word| word.tells).count();
        let telling = telling(&self.ours[ours.clone()]).max(telling(&self.theirs[theirs.clone()]));
        Change { ours, theirs, telling }
    }

    /// Whether words between two pairs were changed, put in or left out within marks.
    fn is_changed(&self, change: &Change) -> bool {
        let (ours, theirs) = (&self.ours[change.ours.clone()], &self.theirs[change.theirs.clone()]);
        let joints = |words: &[Word], range: &Range<usize>| {
            words[range.start..=range.end].iter().fold(Joint::default(), |all, word| Joint {
                sentence: all.sentence | word.before.sentence,
                gap: all.gap | word.before.gap,
                breach: all.breach | word.before.breach,
            })
        };
        let (ours_before, theirs_before) =
            (joints(self.ours, &change.ours), joints(self.theirs, &change.theirs));
        if ours_before.gap || theirs_before.gap {
            return false;
        }
        match (quoted(ours), quoted(theirs)) {
            (0, 0) => false,
            (_, 0) if theirs.is_empty() => {
                !theirs_before.breach
                    && self.within(self.theirs, change.theirs.start)
                    && !are_whole(self.ours, &change.ours)
            }
            (0, _) if ours.is_empty() => {
                !ours_before.breach
                    && self.within(self.ours, change.ours.start)
                    && !are_whole(self.theirs, &change.theirs)
            }
            (0, _) | (_, 0) => false,
            _ => true,
        }
    }

    /// Whether the place before the word at `at` lies within marks.
    fn within(&self, words: &[Word], at: usize) -> bool {
        words[at].quoted && words[at - 1].quoted
    }
}

/// Whether a range of words is one or more whole sentences, in a list that goes on after it.
fn are_whole(words: &[Word], range: &Range<usize>) -> bool {
    words[range.start].before.sentence && words[range.end].before.sentence
}

fn quoted(words: &[Word]) -> usize {
    words.iter().filter(|word| word.quoted).count()
}

/// Where the sentence, or the quotation, that the word at `at` stands in begins.
fn head(words: &[Word], at: usize) -> usize {
    (1..=at).rev().find(|&at| ends(words[at].before)).unwrap_or(0)
}

/// Where the sentence, or the quotation, that the word at `at` stands in ends.
fn tail(words: &[Word], at: usize) -> usize {
    (at + 1..words.len()).find(|&at| ends(words[at].before)).unwrap_or(words.len())
}

fn ends(joint: Joint) -> bool {
    joint.sentence || joint.gap || joint.breach
}
