//! All statements of an article beside each other: how near two stand, and of how much one matter they are.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::profile::Profile;

/// So many statements back one may be answered: the work grows with the text, not with its square.
pub(super) const BACK: usize = 40;
/// So many ahead: a headline or a lead denies what the body then tells.
const AHEAD: usize = 12;

/// The statements of an article that stand on their own, in order.
pub(super) struct Stage<'a> {
    /// The statements.
    pub profiles: Vec<Profile<'a>>,
    /// In how many contents each stem stands.
    frequency: HashMap<String, usize>,
    /// They are of one article.
    is_one_article: bool,
}

/// A stem in more than this share of the contents tells what the article is about, not what a statement is.
const COMMON: f32 = 0.15;

/// What a phrase that two share is worth, beside its words.
const PHRASE: usize = 2;

impl<'a> Stage<'a> {
    /// The stage of these statements.
    pub(super) fn new(profiles: Vec<Profile<'a>>) -> Self {
        let mut frequency = HashMap::new();
        for stem in profiles.iter().flat_map(|profile| &profile.substance) {
            *frequency.entry(stem.clone()).or_insert(0) += 1;
        }
        Stage { profiles, frequency, is_one_article: true }
    }

    /// The stage of two statements of two articles, by other speakers.
    pub(super) fn apart(target: Profile<'a>, source: Profile<'a>) -> Self {
        Stage { is_one_article: false, ..Stage::new(vec![target, source]) }
    }

    /// The statements that one may answer to, the nearest before it first, then those after it.
    pub(super) fn others(&self, from: usize) -> impl Iterator<Item = usize> {
        let before = (from.saturating_sub(BACK)..from).rev();
        let after = from + 1..(from + 1 + AHEAD).min(self.profiles.len());
        let is_apart = move |to: usize| self.profiles[from].is_apart(&self.profiles[to]);
        before.chain(after).filter(move |&to| !self.is_one_article || is_apart(to))
    }

    /// Of how much one matter two statements are, in points: the rarer a word that they share, the more it tells.
    pub(super) fn matter(&self, from: usize, to: usize) -> usize {
        let (source, target) = (&self.profiles[from], &self.profiles[to]);
        let points = |stem: &str| match self.frequency.get(stem).copied().unwrap_or_default() {
            0..=2 => 3,
            3 => 2,
            count if count as f32 <= COMMON * self.profiles.len() as f32 => 1,
            _ => 0,
        };
        // whoever speaks, here or elsewhere in the article, is no matter
        let speaks = |stem: &&str| self.profiles.iter().any(|profile| profile.is_called(stem));
        source.shared(target).filter(|stem| !speaks(stem)).map(points).sum::<usize>()
            + PHRASE * source.shared_phrases(target)
    }

    /// How many words another shares with what follows in the paragraph of a statement that tells little itself:
    /// "rejected the account. There is no siege, …". What the whole article is about counts too.
    pub(super) fn told_next(&self, from: usize, to: usize) -> usize {
        let Some(next) = self.profiles.get(from + 1).filter(|_| to != from + 1) else { return 0 };
        let follows = next.place.0 == self.profiles[from].place.0;
        if follows { next.shared(&self.profiles[to]).count() } else { 0 }
    }

    /// How near a statement stands to an earlier one, or to a later one, where it is never so near: 0 to 4.
    pub(super) fn nearness(&self, from: usize, to: usize) -> f32 {
        if !self.is_one_article {
            return 0.0;
        }
        let (source, target) = (self.profiles[from].place, self.profiles[to].place);
        if to > from {
            return if to - from <= 3 { 0.5 } else { 0.0 };
        }
        let paragraph = if source.0 == target.0 { 0.5 } else { 0.0 };
        match from - to {
            _ if source.1 == target.1 => 4.0,
            1 => 2.5 + paragraph,
            2..=3 => 2.0 + paragraph,
            4..=8 => 1.0,
            _ => 0.0,
        }
    }

    /// Whether two contents say contrary things in much the same words: one denies, or they have words or numbers that
    /// exclude each other.
    pub(super) fn are_contrary(&self, from: usize, to: usize) -> bool {
        let (source, target) = (&self.profiles[from], &self.profiles[to]);
        let shared = source.shared(target).count();
        let shorter = source.substance.len().min(target.substance.len()).max(1);
        // so many words, and so much of the shorter content: they plainly speak of one proposition
        let same = shared >= 4 && shared * 2 >= shorter || shared >= 3 && shared * 3 >= shorter * 2;
        let same = same || shared == 2 && shorter <= 3;
        if !same || self.matter(from, to) < 3 || source.is_open || target.is_open {
            return false;
        }
        let denies = source.negative != target.negative;
        denies != are_opposite(source, target) || self.is_one_article && count_otherwise(source, target)
    }
}

/// Pairs of words that deny one another, each side with all its words.
static OPPOSITES: LazyLock<Vec<[Vec<&str>; 2]>> = LazyLock::new(|| {
    let lines = include_str!("../../data/opposites.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(" | "));
    pairs.map(|(one, other)| [one.split(' ').collect(), other.split(' ').collect()]).collect()
});

/// Whether one has a word whose opposite the other has, and not both words.
fn are_opposite(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let has = |profile: &Profile<'_>, words: &[&str]| {
        words.iter().any(|word| profile.bases.binary_search_by(|base| base.as_str().cmp(word)).is_ok())
    };
    OPPOSITES.iter().any(|[one, other]| {
        let sides = |profile| (has(profile, one), has(profile, other));
        matches!((sides(a), sides(b)), ((true, false), (false, true)) | ((false, true), (true, false)))
    })
}

/// Whether the two give another number of the same.
fn count_otherwise(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let same = |x: &(String, String)| b.counts.iter().find(|y| x.0 == y.0).map(|y| x.1 == y.1);
    let counted: Vec<bool> = a.counts.iter().filter_map(same).collect();
    counted.contains(&false) && !counted.contains(&true)
}
