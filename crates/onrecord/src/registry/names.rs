//! Names compared: which two can be one person's or one body's, and how alike they are.

use std::sync::OnceLock;

use serde::Serialize;

use super::spelling::{arabic, chinese, keys, plain};
use crate::resolve::SpeakerType;

/// In what two names of one differ; of several differences the last one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Likeness {
    /// In nothing.
    Same,
    /// In case, accents, hyphens, stops; in articles and the form of a firm.
    Look,
    /// One has a middle name or patronymic that the other leaves out, or a given name beside the one they go by.
    Middle,
    /// One has an initial where the other has the name.
    Initial,
    /// They are romanised in other ways.
    Spelling,
}

/// A name, taken apart, to be set beside others.
#[derive(Clone, Debug)]
pub struct Name {
    /// As written, on one line.
    pub(super) whole: String,
    /// Its words but for particles, plain.
    words: Vec<String>,
    /// The name in quotation marks or brackets by which somebody goes: "Bobby" of "Robert “Bobby” Holt".
    called: Option<String>,
    /// "Jr." and the like.
    suffix: Option<String>,
    /// What it is known by where the words are compared as they sound.
    heard: Option<String>,
    /// The keys of its first word and of all as one, once they were asked for: a name is set beside many others.
    spelt: OnceLock<Spelt>,
}

/// Keys of spellings.
#[derive(Clone, Debug)]
struct Spelt {
    first: Vec<String>,
    joined: Vec<String>,
}

/// Words that tell nothing in the name of a body.
pub(crate) const OF_BODIES: [&str; 14] = [
    "the",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "plc",
    "co",
    "gmbh",
    "ag",
    "sa",
    "spa",
];

const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];

impl Name {
    /// The name of a person, or of anything else where `kind` is another: bodies, places, groups.
    pub fn new(name: &str, kind: SpeakerType) -> Name {
        match kind {
            SpeakerType::Person => Name::person(name),
            _ => Name::body(name),
        }
    }

    fn body(name: &str) -> Name {
        let words: Vec<String> =
            name.split(|c: char| c.is_whitespace() || matches!(c, '-' | ',')).map(plain).collect();
        let tells = |word: &&String| !word.is_empty() && !OF_BODIES.contains(&word.as_str());
        let kept: Vec<String> = words.iter().filter(tells).cloned().collect();
        let words = if kept.is_empty() { words } else { kept };
        Name { whole: one_line(name), words, called: None, suffix: None, heard: None, spelt: OnceLock::new() }
    }

    fn person(name: &str) -> Name {
        // "PUTIN, Vladimir" of a list
        let turned = name.split_once(',').filter(|(_, given)| !SUFFIXES.contains(&plain(given).as_str()));
        let ordered = turned.map_or(name.to_owned(), |(family, given)| format!("{given} {family}"));
        let (called, given): (Vec<&str>, Vec<&str>) =
            ordered.split_whitespace().partition(|word| is_marked(word));
        let mut words: Vec<String> = given.into_iter().flat_map(pieces).collect();
        let suffix = words.pop_if(|word| SUFFIXES.contains(&word.as_str()));
        let particle = |(at, word): &(usize, String)| *at == 0 || !matches!(word.as_str(), "al" | "el");
        let words: Vec<String> =
            words.into_iter().enumerate().filter(particle).map(|(_, word)| word).collect();
        let heard = arabic(&words).or_else(|| chinese(&words));
        let called = called.first().map(|word| plain(word));
        Name { whole: one_line(name), words, called, suffix, heard, spelt: OnceLock::new() }
    }

    /// The keys by which a name is found that may be this one's.
    pub fn keys(&self) -> Vec<String> {
        let last = self.words.last().map(|word| keys(word)).unwrap_or_default();
        let mut keys = [last, keys(&self.words.concat()), self.heard.clone().into_iter().collect()].concat();
        keys.sort();
        keys.dedup();
        keys
    }

    /// How alike two names are, if they can be one's.
    pub fn likeness(&self, other: &Name) -> Option<Likeness> {
        if self.suffix != other.suffix || self.words.is_empty() || other.words.is_empty() {
            return None;
        }
        if self.letters().eq(other.letters()) {
            return Some(if self.whole == other.whole { Likeness::Same } else { Likeness::Look });
        }
        let heard = || self.heard.is_some() && self.heard == other.heard;
        let spelt = || share(&self.spelt().joined, &other.spelt().joined);
        self.in_parts(other).or_else(|| (spelt() || heard()).then_some(Likeness::Spelling))
    }

    /// The letters of all its words.
    fn letters(&self) -> impl Iterator<Item = u8> {
        self.words.iter().flat_map(|word| word.bytes())
    }

    fn spelt(&self) -> &Spelt {
        self.spelt.get_or_init(|| Spelt {
            first: self.words.first().map(|word| keys(word)).unwrap_or_default(),
            joined: keys(&self.words.concat()),
        })
    }

    /// The keys of the last word alone: the family name of a person.
    pub(crate) fn last_keys(&self) -> Vec<String> {
        self.words.last().map(|word| keys(word)).unwrap_or_default()
    }

    /// Whether the two can be one's, where either may be the last word alone, or the initials of a body.
    pub(crate) fn may_be(&self, other: &Name) -> bool {
        let ([.., last], [.., other_last]) = (self.words.as_slice(), other.words.as_slice()) else {
            return false;
        };
        let short = self.words.len() == 1 || other.words.len() == 1;
        short && word(last, other_last).is_some()
            || self.is_short_for(other)
            || other.is_short_for(self)
            || self.likeness(other).is_some()
    }

    /// "IMF" of "International Monetary Fund".
    fn is_short_for(&self, other: &Name) -> bool {
        let [letters] = self.words.as_slice() else { return false };
        let big = |word: &&String| !matches!(word.as_str(), "of" | "for" | "and" | "on");
        let initials: String =
            other.words.iter().filter(big).filter_map(|word| word.chars().next()).collect();
        initials.len() > 2 && *letters == initials && self.whole.chars().all(|c| !c.is_lowercase())
    }

    /// Given name, middle names and family name compared one by one.
    fn in_parts(&self, other: &Name) -> Option<Likeness> {
        let ([first, middle @ .., last], [other_first, other_middle @ .., other_last]) =
            (self.words.as_slice(), other.words.as_slice())
        else {
            return None;
        };
        let called = |name: &Name, given: &String| name.called.as_ref().is_some_and(|called| called == given);
        let first = match called(self, other_first) || called(other, first) {
            true => Likeness::Middle,
            false if first == other_first => Likeness::Same,
            false if share(&self.spelt().first, &other.spelt().first) => Likeness::Spelling,
            false => abbreviated(first, other_first)?,
        };
        let ends = [first, word(last, other_last)?, middles(middle, other_middle)?];
        ends.into_iter().max()
    }
}

/// "“Bobby”" or "(Bobby)".
fn is_marked(word: &str) -> bool {
    let marks = [('"', '"'), ('“', '”'), ('‘', '’'), ('\'', '\''), ('(', ')')];
    word.chars().count() > 3
        && marks.into_iter().any(|(open, close)| word.starts_with(open) && word.ends_with(close))
}

/// The words of a stretch without blanks: "V.V." is two, an Arabic article none.
fn pieces(stretch: &str) -> Vec<String> {
    let parts: Vec<&str> = stretch.split('.').filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.chars().count() <= 2) {
        return parts.into_iter().map(plain).collect();
    }
    const ARTICLES: [&str; 12] =
        ["al-", "el-", "ul-", "ad-", "ar-", "as-", "ash-", "an-", "at-", "az-", "al’", "al'"];
    let lower = stretch.to_lowercase();
    let bare = ARTICLES.iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    Some(plain(bare)).filter(|word| !word.is_empty()).into_iter().collect()
}

fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn word(a: &str, b: &str) -> Option<Likeness> {
    if a == b {
        return Some(Likeness::Same);
    }
    share(&keys(a), &keys(b)).then_some(Likeness::Spelling)
}

fn share(keys: &[String], others: &[String]) -> bool {
    keys.iter().any(|key| others.contains(key))
}

fn given(a: &str, b: &str) -> Option<Likeness> {
    word(a, b).or_else(|| abbreviated(a, b))
}

/// Whether one is the initial of the other.
fn abbreviated(a: &str, b: &str) -> Option<Likeness> {
    let initial = |word: &str| word.chars().count() == 1;
    let is_so = (initial(a) || initial(b)) && a.chars().next() == b.chars().next();
    is_so.then_some(Likeness::Initial)
}

/// Middle names: either side may leave some out, but none contradicts another.
fn middles(a: &[String], b: &[String]) -> Option<Likeness> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut likeness = if few.len() < many.len() { Likeness::Middle } else { Likeness::Same };
    let mut rest = many.iter();
    for name in few {
        likeness = likeness.max(rest.find_map(|other| given(name, other))?);
    }
    Some(likeness)
}
