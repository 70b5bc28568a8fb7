//! Two wordings side by side: which words they share in one order, and a diff that a printer can show.

use std::ops::Range;

use super::words::Word;
use crate::Span;

/// A word diff of two wordings, in the order of the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// A run of words of a diff. The words are those of the span in its text, with what marks stand between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Both have it, but for marks and house style.
    Both {
        /// In the first text.
        ours: Span,
        /// In the second.
        theirs: Span,
    },
    /// The first alone has it.
    Ours(Span),
    /// The second alone has it.
    Theirs(Span),
}

/// Pairs of places, first and second list, of words that both have: rising on both sides.
pub(super) type Pairs = Vec<(usize, usize)>;

/// What a pair counts, and how much more if it goes on from the pair before: of two ways to align, the one with words
/// that tell, in longer runs.
const WORD: u32 = 2;
const TELLING: u32 = 5;
const RUN: u32 = 2;

/// The best alignment of two lists of words. Time and memory grow with the product of their lengths.
pub(super) fn align(ours: &[Word], theirs: &[Word]) -> Pairs {
    let head = ours.iter().zip(theirs).take_while(|(a, b)| a.hash == b.hash).count();
    let (a, b) = (&ours[head..], &theirs[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a.hash == b.hash).count();
    let inner = Table::new(&a[..a.len() - tail], &b[..b.len() - tail]).pairs();
    let mut pairs: Pairs = (0..head).map(|at| (at, at)).collect();
    pairs.extend(inner.into_iter().map(|(i, j)| (i + head, j + head)));
    pairs.extend((0..tail).rev().map(|back| (ours.len() - 1 - back, theirs.len() - 1 - back)));
    without_chance(pairs, ours, theirs)
}

/// Scores of aligning the heads of two lists.
struct Table<'a> {
    ours: &'a [Word],
    theirs: &'a [Word],
    /// The best score of heads of lengths `i` and `j`.
    best: Vec<u32>,
    /// The best that ends in a pair of their last words; 0 if they are no pair.
    paired: Vec<u32>,
}

impl<'a> Table<'a> {
    fn new(ours: &'a [Word], theirs: &'a [Word]) -> Self {
        let size = (ours.len() + 1) * (theirs.len() + 1);
        let mut table = Table { ours, theirs, best: vec![0; size], paired: vec![0; size] };
        for i in 1..=ours.len() {
            for j in 1..=theirs.len() {
                let (here, back) = (table.at(i, j), table.at(i - 1, j - 1));
                if ours[i - 1].hash == theirs[j - 1].hash {
                    let worth = if ours[i - 1].tells { TELLING } else { WORD };
                    let run = if table.paired[back] > 0 { table.paired[back] + RUN } else { 0 };
                    table.paired[here] = table.best[back].max(run) + worth;
                }
                let (up, left) = (table.best[table.at(i - 1, j)], table.best[table.at(i, j - 1)]);
                table.best[here] = table.paired[here].max(up).max(left);
            }
        }
        table
    }

    fn at(&self, i: usize, j: usize) -> usize {
        i * (self.theirs.len() + 1) + j
    }

    fn pairs(&self) -> Pairs {
        let (mut i, mut j) = (self.ours.len(), self.theirs.len());
        let (mut pairs, mut in_run) = (Pairs::new(), false);
        while i > 0 && j > 0 {
            let here = self.at(i, j);
            if in_run || self.paired[here] > 0 && self.paired[here] == self.best[here] {
                pairs.push((i - 1, j - 1));
                let back = self.at(i - 1, j - 1);
                in_run = self.paired[back] > 0 && self.paired[back] + RUN > self.best[back];
                (i, j) = (i - 1, j - 1);
            } else if self.best[self.at(i - 1, j)] == self.best[here] {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        pairs.reverse();
        pairs
    }
}

/// A run of so few words, none of which tells, is a pair by chance where other words stand before and after it.
const CHANCE: usize = 2;

fn without_chance(pairs: Pairs, ours: &[Word], theirs: &[Word]) -> Pairs {
    let end = (ours.len(), theirs.len());
    let by_chance = |run: &Range<usize>| {
        let run = &pairs[run.clone()];
        let (first, last) = (run[0], run[run.len() - 1]);
        let is_inside = first != (0, 0) && (last.0 + 1, last.1 + 1) != end;
        is_inside && run.len() <= CHANCE && run.iter().all(|&(i, _)| !ours[i].tells)
    };
    let kept = runs(&pairs).into_iter().filter(|run| !by_chance(run));
    kept.flat_map(|run| pairs[run].to_vec()).collect()
}

/// The runs of pairs that follow one another on both sides.
pub(super) fn runs(pairs: &[(usize, usize)]) -> Vec<Range<usize>> {
    let follows = |at: &usize| pairs[*at] == (pairs[*at - 1].0 + 1, pairs[*at - 1].1 + 1);
    let begins = (0..pairs.len()).filter(|at| *at == 0 || !follows(at));
    let begins: Vec<usize> = begins.chain([pairs.len()]).collect();
    begins.windows(2).map(|pair| pair[0]..pair[1]).filter(|run| !run.is_empty()).collect()
}

/// The diff of two lists of words that `pairs` aligns.
pub(super) fn diff(ours: &[Word], theirs: &[Word], pairs: &[(usize, usize)]) -> Diff {
    let (mut pieces, mut at) = (Vec::new(), (0, 0));
    let end = (ours.len(), theirs.len());
    for run in runs(pairs) {
        let (i, j) = pairs[run.start];
        pieces.extend(spans(&ours[at.0..i]).into_iter().map(Piece::Ours));
        pieces.extend(spans(&theirs[at.1..j]).into_iter().map(Piece::Theirs));
        at = (i + run.len(), j + run.len());
        pieces.extend(both(&ours[i..at.0], &theirs[j..at.1]));
    }
    pieces.extend(spans(&ours[at.0..end.0]).into_iter().map(Piece::Ours));
    pieces.extend(spans(&theirs[at.1..end.1]).into_iter().map(Piece::Theirs));
    Diff { pieces }
}

/// Runs of the same words, cut where either text breaks off.
fn both<'a>(ours: &'a [Word], theirs: &'a [Word]) -> impl Iterator<Item = Piece> + 'a {
    let cuts = (1..ours.len()).filter(|&at| breaks(&ours[at]) || breaks(&theirs[at]));
    let ends: Vec<usize> = std::iter::once(0).chain(cuts).chain([ours.len()]).collect();
    let piece = |cut: &[usize]| Piece::Both {
        ours: around(&ours[cut[0]..cut[1]]),
        theirs: around(&theirs[cut[0]..cut[1]]),
    };
    ends.windows(2).filter(|cut| cut[0] < cut[1]).map(piece).collect::<Vec<_>>().into_iter()
}

/// The spans of words, one for each run without a break.
pub(super) fn spans(words: &[Word]) -> Vec<Span> {
    words.chunk_by(|_, next| !breaks(next)).map(around).collect()
}

fn breaks(word: &Word) -> bool {
    word.before.breach || word.before.gap
}

fn around(words: &[Word]) -> Span {
    let end = words.iter().map(|word| word.span.end).max().unwrap_or_default();
    Span { begin: words.first().map_or(end, |word| word.span.begin), end }
}
