//! The keys of an utterance: numbers that two tellings of it share, and few others.
//!
//! Runs of three words with the speaker's last name: in marks each of them, so that few words left as they were are
//! enough, elsewhere thinned by winnowing. Runs of six words alone find copies whose speaker one article does not name.
//! Pairs of words that tell, and whole quotations of few words, in marks and with the name, find the shortest.

use super::Utterance;
use super::hash::{hash, join, winnow};
use super::matters::Matter;
use super::words::Word;

/// The keys of an utterance, fixed by [`VERSION`](super::VERSION): a ledger stores those that are `kept`, and compares an
/// utterance with those that have kept one that it has `sought`. It holds both ways. All lists are sorted, without
/// doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// By which it is found.
    pub kept: Vec<u64>,
    /// By which it finds others.
    pub sought: Vec<u64>,
    /// Those in either list that are of the matter alone: what shares no others need not be compared where the
    /// [`Substance`](super::Substance) of the two speaks against it.
    pub of_matter: Vec<u64>,
}

/// A key that so many statements or articles have tells nothing any more: whoever stores keys need not look at more of
/// them, so that each new article costs what it touches.
pub const COMMON: usize = 200;

impl Keys {
    /// Whether two utterances need comparing.
    pub fn meet(&self, other: &Keys) -> bool {
        self.sought.iter().any(|key| other.kept.binary_search(key).is_ok())
    }
}

/// What kind of key a number is, so that no two kinds meet.
const NAMED: u64 = 1;
const UNNAMED: u64 = 2;
const BRIEF: u64 = 3;

/// The words of a run, and of how many runs that follow one another one is taken: with the speaker's name, and without.
const NAMED_RUN: usize = 3;
const NAMED_WINDOW: usize = 4;
const UNNAMED_RUN: usize = 6;
const UNNAMED_WINDOW: usize = 5;

impl Utterance<'_> {
    /// Its keys; `matter` is its own.
    pub fn keys(&self, matter: &Matter) -> Keys {
        let words = &self.words;
        let quoted: Vec<Word> = words.iter().filter(|word| word.quoted).copied().collect();
        let unnamed = runs(words, UNNAMED_RUN, UNNAMED_WINDOW);
        let mut told: Vec<u64> = unnamed.into_iter().map(|run| join(UNNAMED, [run])).collect();
        let long = [runs(words, NAMED_RUN, NAMED_WINDOW), runs(&quoted, NAMED_RUN, 1)].concat();
        let brief = [pairs(&quoted), wholes(&quoted)].concat();
        for name in self.names() {
            told.extend(long.iter().map(|&run| join(NAMED, [name, run])));
            told.extend(brief.iter().map(|&pair| join(BRIEF, [name, pair])));
        }
        let mut keys = Keys { sought: told.clone(), kept: told, of_matter: Vec::new() };
        matter.add_keys(&mut keys);
        for list in [&mut keys.kept, &mut keys.sought, &mut keys.of_matter] {
            list.sort_unstable();
            list.dedup();
        }
        keys
    }

    /// The last names of its speakers, hashed.
    fn names(&self) -> Vec<u64> {
        self.speakers
            .iter()
            .flat_map(|speaker| speaker.keys())
            .map(|key| hash(NAMED, key.as_bytes()))
            .collect()
    }
}

/// Runs of `length` words that stand for all such, of any `window` that follow one another at least one; those in which
/// no word tells are left out first.
fn runs(words: &[Word], length: usize, window: usize) -> Vec<u64> {
    let telling = words.windows(length).filter(|run| run.iter().any(|word| word.tells));
    let hashes: Vec<u64> = telling.map(|run| join(length as u64, run.iter().map(|word| word.hash))).collect();
    winnow(&hashes, window).into_iter().map(|at| hashes[at]).collect()
}

/// Pairs of words both of which tell.
fn pairs(words: &[Word]) -> Vec<u64> {
    let tell = |pair: &&[Word]| pair.iter().all(|word| word.tells);
    words.windows(2).filter(tell).map(|pair| join(2, pair.iter().map(|word| word.hash))).collect()
}

/// Quotations of fewer words than a pair and a run take.
fn wholes(words: &[Word]) -> Vec<u64> {
    let parts = words.chunk_by(|_, next| !next.before.breach);
    let brief = parts.filter(|part| part.len() < NAMED_RUN && part.iter().any(|word| word.tells));
    brief.map(|part| join(0, part.iter().map(|word| word.hash))).collect()
}
