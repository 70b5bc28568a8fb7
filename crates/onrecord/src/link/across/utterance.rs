//! The utterance: a statement made ready for comparing, and what two of them are to each other.

use std::cell::OnceCell;
use std::ops::Range;

use super::align::{self, Diff, spans};
use super::matters::{Matter, opposed};
use super::speakers::{Agreement, Known, agree};
use super::wording::{Change, Wording};
use super::words::{self, Word};
use crate::analyse::Outline;
use crate::link::profile::Profile;
use crate::{Act, Article, Relation, Span, Statement};

/// A statement made ready for comparing. Of the statement it reads the spans of cue and content, the speakers' names,
/// kinds, identifiers and roles, the act, whether it is negated, and whether it stands within another; all else, the kind
/// of quotation too, is in the text.
pub struct Utterance<'a> {
    text: &'a str,
    outline: &'a Outline,
    statement: &'a Statement,
    pub(super) speakers: Vec<Known<'a>>,
    /// As linking within an article sees it; most that meet are told apart, or known to be one, without it.
    profile: OnceCell<Profile<'a>>,
    /// Its words; not those past [`MOST_WORDS`].
    pub(super) words: Vec<Word>,
}

/// How one statement relates to one of another article.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// How. `repeats` and `drifts` hold both ways: which came first, the days of publication tell.
    pub relation: Relation,
    /// The words of the first article that show it: those repeated or changed.
    pub ours: Vec<Span>,
    /// The words of the second.
    pub theirs: Vec<Span>,
    /// How sure, in `[0, 1]`.
    pub score: f32,
}

/// More words of one statement are not compared: no utterance that is told again as a whole is so long.
const MOST_WORDS: usize = 1200;

impl<'a> Utterance<'a> {
    /// Makes a statement of `article` ready; `outline` is that of its text.
    pub fn new(statement: &'a Statement, article: &'a Article, outline: &'a Outline) -> Self {
        let mut words = words::of(&article.text, outline, &statement.attribution.content);
        words.truncate(MOST_WORDS);
        let speakers = statement.speakers.iter().map(Known::new).collect();
        Utterance { text: &article.text, outline, statement, speakers, profile: OnceCell::new(), words }
    }

    pub(super) fn profile(&self) -> &Profile<'a> {
        self.profile.get_or_init(|| Profile::new(self.statement, self.text, self.outline))
    }

    /// What it speaks of.
    pub fn matter(&self) -> Matter {
        Matter::new(self.profile())
    }

    /// Whether it stands in another.
    pub(super) fn is_nested(&self) -> bool {
        self.statement.attribution.within.is_some()
    }

    fn quoted(&self) -> usize {
        self.words.iter().filter(|word| word.quoted).count()
    }

    /// How many words that tell stand near both contents, those of the contents aside.
    fn matter_shared(&self, other: &Utterance<'_>) -> usize {
        let (ours, theirs) = (self.near(), other.near());
        ours.iter().filter(|hash| theirs.binary_search(hash).is_ok()).count()
    }

    /// The hashes of the words that tell, near the content but outside its marks, sorted.
    fn near(&self) -> Vec<u64> {
        let tokens = &self.outline.tokens;
        let content = &self.statement.attribution.content;
        let begin = content.first().map_or(0, |span| tokens.partition_point(|token| token.end <= span.begin));
        let end = content.last().map_or(0, |span| tokens.partition_point(|token| token.begin < span.end));
        let range = begin.saturating_sub(NEAR)..(end + NEAR).min(tokens.len());
        let tell = words::stretch(self.text, self.outline, range).into_iter();
        let mut hashes: Vec<u64> =
            tell.filter(|word| word.tells && !word.quoted).map(|word| word.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}

/// What `ours` is to `theirs`, a statement of another article: the same utterance, told with the same words or with
/// others inside the marks; or, by another speaker, what disputes, supports or answers it. A rule that is not sure finds
/// nothing. To learn whether `theirs` disputes `ours`, ask the other way round.
pub fn compare(ours: &Utterance<'_>, theirs: &Utterance<'_>) -> Option<Tie> {
    let speakers = agree(&ours.speakers, &theirs.speakers);
    match speakers {
        Agreement::Same => told_again(ours, theirs, speakers),
        Agreement::Open => told_again(ours, theirs, speakers).or_else(|| opposed(ours, theirs)),
        Agreement::Other => opposed(ours, theirs),
    }
}

fn told_again(ours: &Utterance<'_>, theirs: &Utterance<'_>, speakers: Agreement) -> Option<Tie> {
    if ours.statement.negated != theirs.statement.negated {
        return None;
    }
    let wording = Wording::new(&ours.words, &theirs.words);
    let found = quoted_alike(ours, theirs, &wording, speakers);
    // to deny that it is so is not to say so in the same words
    if found.is_some() || (ours.statement.act == Act::Deny) != (theirs.statement.act == Act::Deny) {
        return found;
    }
    [worded_alike, briefly_alike].into_iter().find_map(|rule| rule(ours, theirs, &wording, speakers))
}

/// The word diff of two tellings.
pub fn diff(ours: &Utterance<'_>, theirs: &Utterance<'_>) -> Diff {
    let wording = Wording::new(&ours.words, &theirs.words);
    align::diff(&ours.words, &theirs.words, &wording.pairs)
}

/// How much must be the same in marks.
struct Least {
    /// So many words,
    words: usize,
    /// so many that tell,
    telling: usize,
    /// and which share of all that both have there, changed or not,
    share: f32,
    /// and of those that tell.
    telling_share: f32,
}

const REPEATED: Least = Least { words: 5, telling: 2, share: 1.0, telling_share: 1.0 };
const DRIFTED: Least = Least { words: 5, telling: 2, share: 0.7, telling_share: 0.6 };
/// Where an article does not name the speaker.
const REPEATED_OPEN: Least = Least { words: 10, telling: 4, share: 1.0, telling_share: 1.0 };
const DRIFTED_OPEN: Least = Least { words: 14, telling: 6, share: 0.85, telling_share: 0.8 };

impl Least {
    /// How much of what stands in marks is the same, if it is enough.
    fn share(&self, wording: &Wording) -> Option<f32> {
        let share = |same: usize, changed: usize| same as f32 / (same + changed).max(1) as f32;
        let all = share(wording.quoted, wording.changed(Change::size));
        let telling = share(wording.telling, wording.changed(|change| change.telling));
        let is_enough = wording.quoted >= self.words && wording.telling >= self.telling;
        (is_enough && all >= self.share && telling >= self.telling_share).then_some(all)
    }
}

/// The same utterance by what stands in marks.
fn quoted_alike(
    ours: &Utterance<'_>,
    theirs: &Utterance<'_>,
    wording: &Wording,
    speakers: Agreement,
) -> Option<Tie> {
    let is_changed = !wording.changes.is_empty();
    let (relation, least) = match (is_changed, speakers) {
        (false, Agreement::Same) => (Relation::Repeats, REPEATED),
        (false, _) => (Relation::Repeats, REPEATED_OPEN),
        (true, Agreement::Same) => (Relation::Drifts, DRIFTED),
        (true, _) => (Relation::Drifts, DRIFTED_OPEN),
    };
    let share = least.share(wording)?;
    if is_changed && both_stand_in_one(ours, theirs, wording) {
        return None;
    }
    let known = if speakers == Agreement::Same { 1.0 } else { 0.8 };
    Some(tie(ours, theirs, wording, relation, length(wording.telling) * share * known))
}

/// The longer what two have in common, the less it can be chance.
fn length(telling: usize) -> f32 {
    1.0 - 0.5_f32.powf(telling as f32 / 2.0)
}

/// A quotation of few words, whole in both or whole in one and part of the other: "no comment". It needs the speaker's
/// name and reports of one matter.
fn briefly_alike(
    ours: &Utterance<'_>,
    theirs: &Utterance<'_>,
    wording: &Wording,
    speakers: Agreement,
) -> Option<Tie> {
    let is_whole = wording.quoted == ours.quoted().min(theirs.quoted());
    let is_said = wording.quoted >= 2 && wording.telling >= 1 && is_whole && wording.changes.is_empty();
    let is_known = speakers == Agreement::Same && ours.speakers.iter().any(Known::is_somebody);
    let is_one = is_said && is_known && ours.matter_shared(theirs) >= ONE_MATTER;
    is_one.then(|| tie(ours, theirs, wording, Relation::Repeats, BRIEF))
}

/// How sure a quotation of few words is.
const BRIEF: f32 = 0.5;

/// Reports share so many words that tell, near two statements, where they speak of one matter.
const ONE_MATTER: usize = 8;
/// So many tokens on either side of a content are near it.
const NEAR: usize = 60;

/// The same utterance by near-identical wording, in marks or not: only small words differ, or some were left out.
fn worded_alike(
    ours: &Utterance<'_>,
    theirs: &Utterance<'_>,
    wording: &Wording,
    speakers: Agreement,
) -> Option<Tie> {
    const WORDS: usize = 6;
    const TELLING: usize = 3;
    const SHARE: f32 = 0.8;
    let same = wording.pairs.len();
    let telling = wording.pairs.iter().filter(|&&(i, _)| ours.words[i].tells).count();
    let share = same as f32 / ours.words.len().max(theirs.words.len()).max(1) as f32;
    let is_enough = same >= WORDS && telling >= TELLING && share >= SHARE && wording.changes.is_empty();
    if !is_enough || speakers != Agreement::Same || is_turned(ours, theirs, wording) {
        return None;
    }
    Some(tie(ours, theirs, wording, Relation::Repeats, length(telling) * share * 0.9))
}

/// Whether a word that the two don't share changes what is said: a number, a "not", one word that tells for another.
fn is_turned(ours: &Utterance<'_>, theirs: &Utterance<'_>, wording: &Wording) -> bool {
    let ends = [(ours.words.len(), theirs.words.len())];
    let mut at = (0, 0);
    for &(i, j) in wording.pairs.iter().chain(&ends) {
        let (a, b) = (&ours.words[at.0..i], &theirs.words[at.1..j]);
        let tells = |words: &[Word]| words.iter().any(|word| word.tells);
        if a.iter().chain(b).any(|word| word.turns) || tells(a) && tells(b) {
            return true;
        }
        at = (i + 1, j + 1);
    }
    false
}

/// Whether one article has both wordings: then they are two sentences of one speech, which say "we will" again.
fn both_stand_in_one(ours: &Utterance<'_>, theirs: &Utterance<'_>, wording: &Wording) -> bool {
    const AROUND: usize = 3;
    let run = |words: &[Word], range: &Range<usize>| -> Vec<u64> {
        let end = (range.end + AROUND).min(words.len());
        words[range.start.saturating_sub(AROUND)..end].iter().map(|word| word.hash).collect()
    };
    let has = |utterance: &Utterance<'_>, runs: &[Vec<u64>]| {
        let words = words::all(utterance.text, utterance.outline);
        let hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
        runs.iter().any(|run| hashes.windows(run.len()).any(|window| window == run))
    };
    let of = |side: fn(&Change) -> &Range<usize>, words: &[Word]| {
        wording.changes.iter().map(|change| run(words, side(change))).collect::<Vec<_>>()
    };
    has(ours, &of(|change| &change.theirs, &theirs.words))
        || has(theirs, &of(|change| &change.ours, &ours.words))
}

fn tie(
    ours: &Utterance<'_>,
    theirs: &Utterance<'_>,
    wording: &Wording,
    relation: Relation,
    score: f32,
) -> Tie {
    let shown = |words: &[Word], side: fn(&(usize, usize)) -> usize| {
        let runs =
            align::runs(&wording.pairs).into_iter().map(|run| (side(&wording.pairs[run.start]), run.len()));
        runs.flat_map(|(begin, length)| spans(&words[begin..begin + length])).collect::<Vec<_>>()
    };
    let changed = |words: &[Word], side: fn(&Change) -> &Range<usize>| {
        wording.changes.iter().flat_map(|change| spans(&shown_of(words, side(change)))).collect::<Vec<_>>()
    };
    let (ours, theirs) = match relation {
        Relation::Drifts => {
            (changed(&ours.words, |change| &change.ours), changed(&theirs.words, |change| &change.theirs))
        }
        _ => (shown(&ours.words, |pair| pair.0), shown(&theirs.words, |pair| pair.1)),
    };
    Tie { relation, ours, theirs, score }
}

/// The words of a change that stand in marks; where there are none, those on either side of the place.
fn shown_of(words: &[Word], range: &Range<usize>) -> Vec<Word> {
    let quoted: Vec<Word> = words[range.clone()].iter().filter(|word| word.quoted).copied().collect();
    if quoted.is_empty() {
        words[range.start.saturating_sub(1)..(range.end + 1).min(words.len())].to_vec()
    } else {
        quoted
    }
}
