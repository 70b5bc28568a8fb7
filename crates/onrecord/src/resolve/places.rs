//! Where it was said: a place in the frame of the statement, outside its source and content.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::acts::words::{Word, stretch};
use super::{Frame, Place};
use crate::Span;

/// Names of countries, cities, regions and seats of power.
static PLACES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/places.txt").lines().filter(|line| !line.starts_with('#'));
    let named = lines.filter_map(|line| line.split_once(": ")).filter(|(tag, _)| *tag != "demonym");
    let bodies = ["UN", "U.N.", "United Nations", "European Parliament", "European Commission"];
    named.flat_map(|(_, names)| names.split(", ")).chain(bodies).collect()
});

/// How many tokens after the cue are searched.
const REACH: usize = 16;

/// Occasions and movements after which any name is that of a place: "at a rally in Brenn".
const OCCASIONS: &[&str] = &[
    "conference",
    "briefing",
    "rally",
    "speech",
    "address",
    "interview",
    "meeting",
    "summit",
    "hearing",
    "debate",
    "talk",
    "forum",
    "event",
    "visit",
    "trip",
    "reporter",
    "journalist",
    "supporter",
    "crowd",
    "speak",
    "ceremony",
    "funeral",
    "parade",
    "gathering",
    "stop",
    "appearance",
    "remark",
];

/// Words that open another clause, of which the place may be.
const CLAUSES: &[&str] = &[
    "who", "which", "where", "when", "while", "after", "before", "because", "and", "but", "as", "that", "if",
    "since", "whose", "until", "over", "about", "of", "against",
];

/// Names after "in" that are no place.
const NO_PLACES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "spring",
    "summer",
    "autumn",
    "winter",
    "english",
    "french",
    "spanish",
    "arabic",
    "russian",
    "german",
    "twitter",
    "facebook",
    "telegram",
    "instagram",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The place of the saying, where the words after the cue or at the head of the sentence tell one.
pub(super) fn place(frame: &Frame<'_>) -> Option<Place> {
    if frame.attribution.within.is_some() {
        return None;
    }
    let found = after_cue(frame).or_else(|| at_head(frame))?;
    let name = frame.words(found).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Place { span: found, name })
}

/// "said in Kyiv", "told a rally in Brenn", "said, speaking at the White House".
fn after_cue(frame: &Frame<'_>) -> Option<Span> {
    let attribution = frame.attribution;
    let cue = frame.tokens(*attribution.cue.last()?);
    let sentences = &frame.outline.layout.sentences;
    let same = |at: &usize| sentences.get(*at) == sentences.get(cue.start);
    let end = (cue.end..cue.end + REACH).take_while(same).last().map_or(cue.end, |last| last + 1);
    let words = stretch(frame, cue.start..end);
    let inside = |word: &Word, spans: &[Span]| spans.iter().any(|span| span.overlaps(word.span));
    let frame_words = words.iter().take_while(|word| !inside(word, &attribution.content));
    let free: Vec<&Word> = frame_words.filter(|word| !inside(word, &attribution.source)).collect();
    let clause = |word: &&&Word| CLAUSES.contains(&word.lower.as_str()) && !inside(word, &attribution.cue);
    let free = &free[..free.iter().position(|word| clause(&word)).unwrap_or(free.len())];
    (1..free.len()).find_map(|at| named(frame, free, at))
}

/// "In Brussels, Ann Berg said".
fn at_head(frame: &Frame<'_>) -> Option<Span> {
    let attribution = frame.attribution;
    let spans = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    let first = frame.tokens(*spans.min()?).start;
    let sentences = &frame.outline.layout.sentences;
    let same = |at: &usize| sentences.get(*at) == sentences.get(first);
    let begin = (first.saturating_sub(REACH)..first).rev().take_while(same).last()?;
    let words = stretch(frame, begin..first);
    let (comma, words) = words.split_last()?;
    let leads = words.first().is_some_and(|word| matches!(word.lower.as_str(), "in" | "at" | "speaking"));
    let free: Vec<&Word> = words.iter().collect();
    let last = |span: &Span| words.last().is_some_and(|word| word.span.end == span.end);
    let found = || (0..free.len()).find_map(|at| named(frame, &free, at)).filter(last);
    if leads && comma.lower == "," { found() } else { None }
}

/// The place whose preposition stands at `at`.
fn named(frame: &Frame<'_>, words: &[&Word], at: usize) -> Option<Span> {
    let before = at.checked_sub(1).map(|before| words[before]);
    let link = words[at].lower.as_str();
    let occasion = before.is_some_and(|word| word.among(OCCASIONS));
    let moves = occasion && before.is_some_and(|word| word.among(&["visit", "trip"]));
    if !(matches!(link, "in" | "at" | "outside" | "near" | "from") || link == "to" && moves) {
        return None;
    }
    let begin = at + 1 + usize::from(words.get(at + 1).is_some_and(|word| word.lower == "the"));
    let capital = |word: &&&Word| frame.words(word.span).starts_with(char::is_uppercase);
    let count = words.get(begin..)?.iter().take_while(capital).count();
    let run = &words[begin..begin + count];
    let (first, last) = (run.first()?, run.last()?);
    let span = Span { begin: first.span.begin, end: last.span.end };
    let is_cue = |word: &Word| frame.attribution.cue.iter().any(|cue| cue.overlaps(word.span));
    let by_place =
        matches!(link, "in" | "near" | "outside" | "to") && (occasion || before.is_some_and(is_cue));
    let by_place = by_place && begin == at + 1 && !run.iter().any(|w| NO_PLACES.contains(&w.lower.as_str()));
    let known = PLACES.contains(frame.words(span)) && (link != "from" || before.is_some_and(is_cue));
    (known || by_place).then_some(span)
}
