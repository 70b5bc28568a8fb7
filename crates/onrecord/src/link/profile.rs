//! What linking sees of a statement: its speakers, its words and what they do, the substance of its content.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::analyse::Outline;
use crate::resolve::Frame;
use crate::resolve::acts::pattern::{Match, Patterns, rows};
use crate::resolve::acts::words::{Word, words};
use crate::resolve::names_a_body;
use crate::{Act, Span, Statement};

/// What words do to an earlier statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Names an earlier claim.
    Claim,
    /// Names an earlier report of the press.
    Report,
    /// Names an earlier accusation.
    Accusation,
    /// Names an earlier request or offer.
    Request,
    /// Names an earlier decision or plan.
    Deed,
    /// Names an earlier claim or accusation and turns it down: "these false claims".
    FalseClaim,
    /// Denies nothing for all its "not": "did not remember".
    Mute,
    /// Turns what is named down.
    Against,
    /// Bears it out.
    For,
    /// Turns down what was said before, named or not.
    Disputes,
    /// Calls false what was said before: "that is a lie".
    Falsehood,
    /// Bears it out, named or not.
    Supports,
    /// Stands up for what was attacked.
    Defends,
    /// Undoes what was done.
    Undoes,
    /// Replies.
    Replies,
}

static SIGNS: LazyLock<Patterns<Sign>> = LazyLock::new(|| {
    let file = include_str!("../../data/links.tsv");
    Patterns::new(rows(file).filter_map(|(word, pattern)| Some((pattern, of_word(word)?))))
});

fn of_word(word: &str) -> Option<Sign> {
    Some(match word {
        "claim" => Sign::Claim,
        "report" => Sign::Report,
        "accuse" => Sign::Accusation,
        "request" => Sign::Request,
        "deed" => Sign::Deed,
        "false claim" => Sign::FalseClaim,
        "mute" => Sign::Mute,
        "against" => Sign::Against,
        "for" => Sign::For,
        "disputes" => Sign::Disputes,
        "falsehood" => Sign::Falsehood,
        "supports" => Sign::Supports,
        "defends" => Sign::Defends,
        "undoes" => Sign::Undoes,
        "replies" => Sign::Replies,
        _ => return None,
    })
}

/// Words that any two statements may share.
static EMPTY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/empty.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(' ')).collect()
});

/// Whether any two statements may share a word, given in lower case.
pub fn is_empty_word(word: &str) -> bool {
    EMPTY.contains(word)
}

/// For each word of a group of kin, the first of the group.
static KIN: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/kin.txt").lines().filter(|line| !line.starts_with('#'));
    let groups = lines.filter_map(|line| Some((line, line.split(' ').next()?)));
    groups.flat_map(|(line, first)| line.split(' ').map(move |word| (word, first))).collect()
});

/// Words that stand for what was said before.
const BACK: &[&str] = &["this", "that", "it", "these", "those", "them", "such", "so"];

/// Words that open a question.
const OPEN: &[&str] = &["why", "how", "whether", "if", "what", "who", "when", "where", "just"];

/// How many words of a content are read for signs.
const HEAD: usize = 30;

/// A statement as linking sees it.
#[derive(Clone)]
pub(super) struct Profile<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// The signs in its cue and the head of its content.
    pub signs: Vec<(Sign, Span)>,
    /// The words of substance in its content, as stems, sorted.
    pub substance: Vec<String>,
    /// Stems that follow one another in its content but for words without substance, sorted.
    pub phrases: Vec<String>,
    /// What its content counts: a stem and the number before it.
    pub counts: Vec<(String, String)>,
    /// The base forms of the words in its content, sorted.
    pub bases: Vec<String>,
    /// The last names of its speakers and the bodies that they speak for, as stems.
    names: Vec<String>,
    /// Whether the content denies: "not", "never", "no".
    pub negative: bool,
    /// Whether the content refers to what was said before: "it", "such an order".
    pub refers_back: bool,
    /// Whether the content is no more than such a word: "them again".
    pub is_pronoun: bool,
    /// Whether the content leaves open what is so: "why the bridge fell", "whether it fell".
    pub is_open: bool,
    /// The numbers of its paragraph and sentence.
    pub place: (u32, u32),
}

impl<'a> Profile<'a> {
    /// The profile of `statement`.
    pub(super) fn new(statement: &'a Statement, text: &'a str, outline: &'a Outline) -> Self {
        let frame = Frame { text, outline, attribution: &statement.attribution };
        let mut all = words(&frame, &statement.attribution.cue);
        let cue = all.len();
        all.extend(words(&frame, &statement.attribution.content));
        let (head, content) = (cue..all.len().min(cue + HEAD), &all[cue..]);
        // "called | such reports false" is one phrase
        let mut signs = [signs(&all[..cue]), signs(&all[head.clone()]), signs(&all[..head.end])].concat();
        signs.sort_by_key(|(_, span)| *span);
        signs.dedup();
        let mute = signs.iter().any(|(sign, _)| *sign == Sign::Mute);
        let stems: Vec<String> = content.iter().filter_map(stem).collect();
        let names = statement.speakers.iter().filter_map(|speaker| last_name(&speaker.name));
        let bodies = statement.speakers.iter().flat_map(|speaker| bodies(speaker.role.as_deref()));
        Profile {
            statement,
            signs,
            phrases: sorted(stems.windows(2).map(|pair| pair.join(" ")).collect()),
            substance: sorted(stems),
            counts: counts(content),
            names: names.chain(bodies).filter(|name| name.len() >= 3).map(name_stem).collect(),
            negative: content.iter().any(negates) && !mute,
            refers_back: content.iter().any(|word| BACK.contains(&word.lower.as_str())),
            is_pronoun: content.first().is_some_and(|word| BACK.contains(&word.lower.as_str()))
                && content.iter().filter(|word| word.is_word()).count() <= 2,
            is_open: content
                .iter()
                .find(|word| word.is_word())
                .is_some_and(|word| OPEN.contains(&word.lower.as_str())),
            place: place(statement, &frame),
            bases: sorted(all.into_iter().skip(cue).flat_map(|word| word.bases).collect()),
        }
    }

    /// Where one of these signs stands.
    pub(super) fn sign(&self, wanted: &[Sign]) -> Option<Span> {
        self.signs.iter().find(|(sign, _)| wanted.contains(sign)).map(|&(_, span)| span)
    }

    /// Whether the act is one of these.
    pub(super) fn does(&self, acts: &[Act]) -> bool {
        acts.contains(&self.statement.act)
    }

    /// Whether this content names a speaker of the other.
    pub(super) fn names(&self, other: &Profile<'_>) -> bool {
        other.names.iter().any(|name| self.substance.binary_search(name).is_ok())
    }

    /// Whether this stem is a name of its speakers.
    pub(super) fn is_called(&self, stem: &str) -> bool {
        self.names.iter().any(|name| name == stem)
    }

    /// The words of substance that the two share.
    pub(super) fn shared<'s>(&'s self, other: &'s Profile<'_>) -> impl Iterator<Item = &'s str> {
        let shared = |word: &&String| other.substance.binary_search(*word).is_ok();
        self.substance.iter().filter(shared).map(String::as_str)
    }

    /// How many phrases the two share.
    pub(super) fn shared_phrases(&self, other: &Profile<'_>) -> usize {
        self.phrases.iter().filter(|phrase| other.phrases.binary_search(phrase).is_ok()).count()
    }

    /// Whether the two plainly speak of one proposition: most words of substance are those of both, and some of them in
    /// the same phrases.
    pub(super) fn is_of_one_proposition(&self, other: &Profile<'_>) -> bool {
        let shared = self.shared(other).count();
        let longer = self.substance.len().max(other.substance.len());
        is_enough(shared, longer) && self.shared_phrases(other) >= 2
    }

    /// Whether a speaker speaks in both.
    pub(super) fn same_speaker(&self, other: &Profile<'_>) -> bool {
        let (ours, theirs) = (&self.statement.speakers, &other.statement.speakers);
        ours.iter().any(|a| theirs.iter().any(|b| a.name == b.name))
    }

    /// Neither stands in the other, and this has speakers that the other has not.
    pub(super) fn is_apart(&self, to: &Profile<'_>) -> bool {
        let (a, b) = (&self.statement.attribution, &to.statement.attribution);
        let nested = a.content.iter().any(|x| b.content.iter().any(|y| x.overlaps(*y)));
        !nested && !self.statement.speakers.is_empty() && !self.same_speaker(to)
    }
}

/// Whether two contents share so many words of substance that they may be of one proposition; `longer` is how many the
/// one that has more of them has.
pub(super) fn is_enough(shared: usize, longer: usize) -> bool {
    shared >= 4 && shared * 4 >= longer * 3
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words.dedup();
    words
}

/// The last word of a name or of a description's head: "states" of "ten states led by Oslo".
fn last_name(name: &str) -> Option<&str> {
    const STOPS: &[&str] =
        &["of", "by", "led", "who", "in", "from", "and", "for", "that", "with", "at", "on"];
    let head = name.split([',', '(']).next()?;
    head.split_whitespace().take_while(|word| !STOPS.contains(word)).last()
}

/// The bodies that a role names: "PolitiCorp" of "PolitiCorp executive director".
fn bodies(role: Option<&str>) -> impl Iterator<Item = &str> {
    let words = role.unwrap_or_default().split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.starts_with(char::is_uppercase) && names_a_body(word))
}

fn name_stem(name: &str) -> String {
    KIN.get(name.to_lowercase().as_str()).map_or_else(|| cut(name), |&first| first.to_owned())
}

fn place(statement: &Statement, frame: &Frame<'_>) -> (u32, u32) {
    let attribution = &statement.attribution;
    let first = attribution.cue.first().or(attribution.content.first());
    let token = first.map_or(0, |&span| frame.tokens(span).start);
    let layout = &frame.outline.layout;
    let at = |numbers: &[u32]| numbers.get(token).copied().unwrap_or_default();
    (at(&layout.paragraphs), at(&layout.sentences))
}

fn signs(words: &[Word]) -> Vec<(Sign, Span)> {
    let span = |m: &Match<Sign>| {
        // "this view | was echoed by": the content may stand before the cue
        let (first, last) = (words[m.begin].span, words[m.end - 1].span);
        Span { begin: first.begin.min(last.begin), end: first.end.max(last.end) }
    };
    SIGNS.all(words).iter().map(|m| (m.value, span(m))).collect()
}

fn negates(word: &Word) -> bool {
    ["not", "n't", "never", "no", "nothing", "cannot", "nobody", "none"].contains(&word.lower.as_str())
}

/// Numbers with what they count: "12 soldiers", "200 wounded".
fn counts(words: &[Word]) -> Vec<(String, String)> {
    const SMALL: &[&str] =
        &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    let is_number =
        |word: &Word| word.is_word() && digits(&word.lower) || SMALL.contains(&word.lower.as_str());
    let counted = words.windows(2).filter(|pair| is_number(&pair[0]) && !is_number(&pair[1]));
    counted.filter_map(|pair| Some((stem(&pair[1])?, pair[0].lower.clone()))).collect()
}

/// The stem of a word of substance: five letters tell a word from others well enough within one article. Kin have one.
fn stem(word: &Word) -> Option<String> {
    let number = word.lower.chars().all(|c| c.is_ascii_digit());
    let plain = word.lower.chars().count() >= 3 && word.is_word() && !is_empty_word(&word.lower);
    let kin = KIN.get(word.lower.as_str()).copied();
    // "sold" is "sell"
    (plain || number && word.lower.len() > 1)
        .then(|| kin.map_or_else(|| cut(word.irregular_base()), str::to_owned))
}

fn cut(word: &str) -> String {
    word.to_lowercase().chars().take(5).collect()
}
