//! Passages that stand in two texts: wire copy, reprints, what one took from the other.

use std::cell::OnceCell;

use super::hash::{join, winnow};
use super::words::{Word, all};
use crate::Span;
use crate::analyse::Outline;

/// A key is a run of so many words,
const RUN: usize = 7;
/// of which one in so many that follow one another is taken: texts that share `RUN + WINDOW - 1` words in a row share a
/// key.
const WINDOW: usize = 8;
/// A passage has at least so many words,
const LEAST: usize = 20;
/// so many of them outside quotation marks: that two reports quote one speech does not make them one copy.
const LEAST_TOLD: usize = 10;
/// Runs of so many words are looked for when two texts are compared.
const SEED: usize = 5;
/// So many words may be changed, put in or left out within a passage, one after the other.
const CHANGED: usize = 8;
/// A run that stands more often in one text is no trace of a passage.
const OFTEN: usize = 8;

/// What kind of key a number is.
const PASSAGE: u64 = 4;

/// A text made ready for comparing.
pub struct Passages {
    words: Vec<Word>,
    /// The hash of the run of [`SEED`] words that begins at each word.
    seeds: Vec<u64>,
    /// The places of the runs, in the order of their hashes, once others were set beside this text.
    places: OnceCell<Vec<(u64, usize)>>,
}

impl Passages {
    /// Makes a text ready; `outline` is its own.
    pub fn new(text: &str, outline: &Outline) -> Passages {
        let words = all(text, outline);
        Passages { seeds: runs(&words, SEED), words, places: OnceCell::new() }
    }

    /// Where a run stands: nowhere if that is too often.
    fn places(&self, seed: u64) -> &[(u64, usize)] {
        let places = self.places.get_or_init(|| {
            let mut places: Vec<(u64, usize)> = self.seeds.iter().copied().zip(0..).collect();
            places.sort_unstable();
            places
        });
        let begin = places.partition_point(|(other, _)| *other < seed);
        let count = places[begin..].iter().take(OFTEN + 1).take_while(|(other, _)| *other == seed).count();
        if count > OFTEN { &[] } else { &places[begin..begin + count] }
    }

    /// The passages that two texts share, in the order of this one: stretches of both with the same words but for small
    /// changes. Time grows with the texts' lengths.
    pub fn shared(&self, theirs: &Passages) -> Vec<(Span, Span)> {
        let (a, b) = (&self.words, &theirs.words);
        let enough = |stretch: &Stretch| stretch.same >= LEAST && stretch.told >= LEAST_TOLD;
        let span = |words: &[Word], (begin, end): (usize, usize)| Span {
            begin: words[begin].span.begin,
            end: words[end - 1].span.end,
        };
        let passages = joined(matches(self, theirs)).into_iter().filter(enough);
        passages.map(|stretch| (span(a, stretch.ours), span(b, stretch.theirs))).collect()
    }
}

/// The keys of a text's passages, each with where it stands: about one for each five words. Texts that share a passage
/// share a key.
pub fn passage_keys(text: &str, outline: &Outline) -> Vec<(u64, Span)> {
    let words = all(text, outline);
    let hashes = runs(&words, RUN);
    let span = |at: usize| Span { begin: words[at].span.begin, end: words[at + RUN - 1].span.end };
    winnow(&hashes, WINDOW).into_iter().map(|at| (hashes[at], span(at))).collect()
}

/// The hashes of all runs of `length` words.
fn runs(words: &[Word], length: usize) -> Vec<u64> {
    words.windows(length).map(|run| join(PASSAGE, run.iter().map(|word| word.hash))).collect()
}

/// A stretch of both lists, as places of words.
#[derive(Clone, Copy)]
struct Stretch {
    ours: (usize, usize),
    theirs: (usize, usize),
    /// How many words are the same, and how many of those stand outside marks.
    same: usize,
    told: usize,
}

/// The passages that two texts share, as [`Passages::shared`].
pub fn shared(ours: (&str, &Outline), theirs: (&str, &Outline)) -> Vec<(Span, Span)> {
    Passages::new(ours.0, ours.1).shared(&Passages::new(theirs.0, theirs.1))
}

/// Runs of the same words, the longest at each place of the first text, none of which overlap there.
fn matches(ours: &Passages, theirs: &Passages) -> Vec<Stretch> {
    let (a, b) = (&ours.words, &theirs.words);
    let (mut out, mut at, mut expected) = (Vec::new(), 0, 0);
    while at < ours.seeds.len() {
        let candidates = theirs.places(ours.seeds[at]).iter().map(|(_, to)| to);
        let run =
            |&to: &usize| (at..a.len()).zip(to..b.len()).take_while(|&(i, j)| a[i].hash == b[j].hash).count();
        let best = candidates.max_by_key(|to| (run(to), std::cmp::Reverse(to.abs_diff(expected))));
        match best {
            Some(&to) if run(&to) >= SEED => {
                let same = run(&to);
                let told = a[at..at + same].iter().filter(|word| !word.quoted).count();
                out.push(Stretch { ours: (at, at + same), theirs: (to, to + same), same, told });
                at += same;
                expected = to + same;
            }
            _ => {
                at += 1;
                expected += 1;
            }
        }
    }
    out
}

/// Stretches joined where little stands between them on both sides.
fn joined(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for next in stretches {
        match out.last_mut() {
            Some(last) if follows(last, &next) => {
                (last.ours.1, last.theirs.1) = (next.ours.1, next.theirs.1);
                (last.same, last.told) = (last.same + next.same, last.told + next.told);
            }
            _ => out.push(next),
        }
    }
    out
}

fn follows(last: &Stretch, next: &Stretch) -> bool {
    let near = |end: usize, begin: usize| begin >= end && begin - end <= CHANGED;
    near(last.ours.1, next.ours.0) && near(last.theirs.1, next.theirs.0)
}
