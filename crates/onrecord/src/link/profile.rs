//! What the linking rules see of a statement: its speakers, its words and what they do, the substance of its content.

use std::sync::LazyLock;

use crate::analyse::Outline;
use crate::resolve::Frame;
use crate::resolve::acts::pattern::{Match, Patterns, rows};
use crate::resolve::acts::words::{Word, words};
use crate::{Act, Span, Statement};

/// What words do to an earlier statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Names an earlier claim.
    Claim,
    /// Names an earlier accusation.
    Accusation,
    /// Names an earlier request or offer.
    Request,
    /// Turns what is named down.
    Against,
    /// Bears it out.
    For,
    /// Turns down what was said before, named or not.
    Disputes,
    /// Bears it out, named or not.
    Supports,
}

static SIGNS: LazyLock<Patterns<Sign>> = LazyLock::new(|| {
    let file = include_str!("../../data/links.tsv");
    Patterns::new(rows(file).filter_map(|(word, pattern)| Some((pattern, of_word(word)?))))
});

fn of_word(word: &str) -> Option<Sign> {
    Some(match word {
        "claim" => Sign::Claim,
        "accuse" => Sign::Accusation,
        "request" => Sign::Request,
        "against" => Sign::Against,
        "for" => Sign::For,
        "disputes" => Sign::Disputes,
        "supports" => Sign::Supports,
        _ => return None,
    })
}

/// How many words of a content are read for signs.
const HEAD: usize = 30;

/// A statement as the rules see it.
pub(super) struct Profile<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// The signs in its cue and the head of its content.
    pub signs: Vec<(Sign, Span)>,
    /// The words of substance in its content, as stems, sorted.
    pub substance: Vec<String>,
    /// Whether the content denies: "not", "never", "no".
    pub negative: bool,
}

impl<'a> Profile<'a> {
    /// The profile of `statement`.
    pub(super) fn new(statement: &'a Statement, text: &'a str, outline: &'a Outline) -> Self {
        let frame = Frame { text, outline, attribution: &statement.attribution };
        let cue = words(&frame, &statement.attribution.cue);
        let content = words(&frame, &statement.attribution.content);
        let mut signs = signs(&cue);
        signs.extend(self::signs(&content[..content.len().min(HEAD)]));
        let mut substance: Vec<String> = content.iter().filter_map(stem).collect();
        substance.sort_unstable();
        substance.dedup();
        Profile { statement, signs, substance, negative: content.iter().any(negates) }
    }

    /// Where one of these signs stands.
    pub(super) fn sign(&self, wanted: &[Sign]) -> Option<Span> {
        self.signs.iter().find(|(sign, _)| wanted.contains(sign)).map(|&(_, span)| span)
    }

    /// Whether the act is one of these.
    pub(super) fn does(&self, acts: &[Act]) -> bool {
        acts.contains(&self.statement.act)
    }

    /// Whether the two are told to have one speaker, or who speaks is not told of one.
    pub(super) fn may_be_same_speaker(&self, other: &Profile<'_>) -> bool {
        let (ours, theirs) = (&self.statement.speakers, &other.statement.speakers);
        let same = ours.iter().any(|a| theirs.iter().any(|b| a.name == b.name));
        same || ours.is_empty() || theirs.is_empty()
    }

    /// Whether this content names a speaker of the other.
    pub(super) fn names(&self, other: &Profile<'_>) -> bool {
        let last = other.statement.speakers.iter().filter_map(|speaker| last_name(&speaker.name));
        let stem = |name: &str| name.to_lowercase().chars().take(5).collect::<String>();
        last.filter(|name| name.len() >= 4).any(|name| self.substance.binary_search(&stem(name)).is_ok())
    }

    /// How many words of substance the two share.
    pub(super) fn shared(&self, other: &Profile<'_>) -> usize {
        self.substance.iter().filter(|word| other.substance.binary_search(word).is_ok()).count()
    }
}

/// The last word of a name or of a description's head: "states" of "ten states led by Oslo".
fn last_name(name: &str) -> Option<&str> {
    const STOPS: &[&str] =
        &["of", "by", "led", "who", "in", "from", "and", "for", "that", "with", "at", "on"];
    let head = name.split([',', '(']).next()?;
    head.split_whitespace().take_while(|word| !STOPS.contains(word)).last()
}

fn signs(words: &[Word]) -> Vec<(Sign, Span)> {
    let span = |m: &Match<Sign>| Span { begin: words[m.begin].span.begin, end: words[m.end - 1].span.end };
    SIGNS.all(words).iter().map(|m| (m.value, span(m))).collect()
}

fn negates(word: &Word) -> bool {
    ["not", "n't", "never", "no", "nothing", "cannot", "nobody", "none"].contains(&word.lower.as_str())
}

/// Words that any two statements may share.
const EMPTY: &[&str] = &[
    "that",
    "this",
    "with",
    "have",
    "from",
    "they",
    "would",
    "will",
    "there",
    "their",
    "what",
    "which",
    "about",
    "been",
    "were",
    "when",
    "said",
    "says",
    "more",
    "than",
    "into",
    "could",
    "should",
    "some",
    "other",
    "people",
    "very",
    "just",
    "like",
    "them",
    "then",
    "these",
    "those",
    "because",
    "going",
    "think",
    "being",
    "also",
    "only",
    "after",
    "before",
    "over",
    "such",
    "where",
    "does",
    "make",
    "made",
    "many",
    "even",
    "most",
    "much",
    "must",
    "your",
    "ours",
    "ever",
    "well",
    "want",
    "know",
    "time",
    "year",
    "years",
    "today",
    "country",
    "things",
    "thing",
    "president",
    "against",
    "between",
    "every",
    "where",
    "while",
    "whether",
    "still",
    "take",
    "come",
];

/// The stem of a word of substance: five letters tell a word from others well enough within one article.
fn stem(word: &Word) -> Option<String> {
    let number = word.lower.chars().all(|c| c.is_ascii_digit());
    let plain = word.lower.chars().count() >= 4 && !EMPTY.contains(&word.lower.as_str());
    (plain || number && word.lower.len() > 1).then(|| word.lower.chars().take(5).collect())
}
