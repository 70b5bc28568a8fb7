//! The words that name those addressed: after the cue, at the head of the content, in a request that is answered, or
//! called out in what is quoted.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Span;
use crate::analyse::layout::QuoteState;
use crate::resolve::acts::pattern::rows;
use crate::resolve::acts::words::{Word, stretch, words};
use crate::resolve::{Act, Frame};

/// What leads from a verb or noun to those addressed, by its base form: "object", "to", "on", …
static LEADS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut leads: HashMap<&str, Vec<&str>> = HashMap::new();
    for (lead, base) in rows(include_str!("../../../data/addressing.tsv")) {
        leads.entry(base).or_default().push(lead);
    }
    leads
});

/// Words at which the name of an addressee ends.
const STOPS: &[&str] = &[
    "that",
    "about",
    "in",
    "at",
    "during",
    "after",
    "before",
    "by",
    "via",
    "through",
    "on",
    "yesterday",
    "today",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "last",
    "earlier",
    "this",
    "later",
    "how",
    "what",
    "why",
    "whether",
    "if",
    "when",
    "where",
    "who",
    "as",
    "for",
    "not",
    "again",
    "over",
    "to",
    "with",
    "from",
    "and",
    "because",
    "while",
    "but",
    "never",
    "against",
    "late",
    "early",
    "it",
    "there",
    "he",
    "she",
    "they",
    "we",
    "i",
];

/// Words in no addressee that is worth naming: what is told to the press is in the channel.
const NOBODY: &[&str] = &[
    "me",
    "us",
    "you",
    "himself",
    "herself",
    "itself",
    "themselves",
    "myself",
    "ourselves",
    "yourself",
    "reporters",
    "reporter",
    "journalists",
    "rally",
    "meeting",
    "conference",
    "hearing",
    "interview",
    "viewers",
    "listeners",
    "readers",
    "media",
    "press",
    "times",
    "post",
    "reuters",
    "ap",
    "afp",
    "cnn",
    "bbc",
    "news",
    "radio",
    "tv",
    "television",
    "agency",
    "journal",
    "newspaper",
    "daily",
    "xinhua",
    "itar-tass",
    "tass",
    "interfax",
    "one",
    "insidesources",
    "politico",
    "anatolia",
    "times.",
    "today",
    "magazine",
    "npr",
    "msnbc",
    "programme",
    "program",
    "show",
    "website",
    "questions",
    "question",
    "request",
    "requests",
    "calls",
    "fire",
    "attention",
    "death",
    "war",
    "queries",
    "criticism",
    "allegations",
    "reports",
    "report",
    "comment",
    "comments",
    "action",
    "everything",
    "anything",
    "something",
    "nothing",
    "things",
    "thing",
    "them",
    "it",
];

/// The longest name of an addressee, in words.
const LONGEST: usize = 9;

/// How the words name those addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The report does.
    Named,
    /// The speaker calls them, who must be persons.
    Called,
}

/// The words that name those whom a statement addresses.
pub(super) fn addressed(frame: &Frame<'_>, act: Act) -> Option<(Span, Way)> {
    let named = after_cue(frame).or_else(|| in_cue(frame)).or_else(|| before_cue(frame));
    let named = named.or_else(|| heading_content(frame)).or_else(|| after_content(frame));
    let named = named.or_else(|| asked_passively(frame));
    let named = named.or_else(|| asked_by(frame, act)).or_else(|| asked_of(frame, act));
    named.map(|span| (span, Way::Named)).or_else(|| Some((called(frame)?, Way::Called)))
}

/// Whether the cue, or what leads to it, tells of a meeting.
pub(super) fn meets(frame: &Frame<'_>) -> bool {
    let cue = words(frame, &frame.attribution.cue);
    let tells = |words: &[Word]| words.windows(2).any(|pair| pair[0].is("meet") && pair[1].lower == "with");
    let purpose = cue.first().is_some_and(|word| word.lower == "to");
    tells(&cue) || purpose && before_cue(frame).is_some() && tells(&stretch_before(frame))
}

/// What may lead from a word to those addressed.
fn leads(word: &Word) -> &'static [&'static str] {
    word.bases.iter().find_map(|base| LEADS.get(base.as_str())).map_or(&[], Vec::as_slice)
}

/// "told *the American people*", "wrote in a letter to *the board*", "called on *both sides*".
fn after_cue(frame: &Frame<'_>) -> Option<Span> {
    let cue = words(frame, &frame.attribution.cue);
    // "warns of", "spoke about": a topic follows
    if matches!(cue.last()?.lower.as_str(), "of" | "about" | "against" | "over" | "for") {
        return None;
    }
    let end = frame.tokens(*frame.attribution.cue.last()?).end;
    let after = free(frame, stretch(frame, end..end + LONGEST + 1));
    let lead =
        |word: Option<&Word>| word.map(|word| if word.lower == "upon" { "on" } else { lead_of(&word.lower) });
    let (link, rest) = match (lead(cue.last()), lead(after.first())) {
        (Some(link), _) if link != "object" => (link, &after[..]),
        (_, Some(link)) if link != "object" => (link, &after[1..]),
        _ => ("object", &after[..]),
    };
    let verb = leads(cue.iter().rfind(|word| !leads(word).is_empty())?);
    let phrase = name(frame, rest);
    let summons = verb.contains(&"summons") && link == "object";
    if verb.contains(&link) && !phrase.is_empty() {
        return span(frame, phrase);
    }
    if let Some(found) = by_lead(frame, &after) {
        return Some(found);
    }
    let (head, next) = in_content(frame);
    let to = |word: Option<&str>| word == Some("to");
    if verb.contains(&link) {
        let ends_well = next.as_deref().map_or(link != "object", |next| AFTER.contains(&next));
        return head.filter(|_| ends_well);
    }
    let called_to = || to(words(frame, &frame.attribution.content).first().map(|word| word.lower.as_str()));
    match head {
        _ if !summons => None,
        Some(head) => Some(head).filter(|_| to(next.as_deref())),
        None => span(frame, phrase).filter(|_| called_to()),
    }
}

/// "in a letter to *the board*": what a word leads to.
fn by_lead(frame: &Frame<'_>, words: &[Word]) -> Option<Span> {
    let at = words.windows(2).position(|pair| {
        let lead = lead_of(&pair[1].lower);
        lead != "object" && leads(&pair[0]).contains(&lead)
    })?;
    span(frame, name(frame, &words[at + 2..]))
}

/// "reported other figures to *the tax office*".
fn after_content(frame: &Frame<'_>) -> Option<Span> {
    let cue = words(frame, &frame.attribution.cue);
    let end = frame.tokens(*frame.attribution.content.last()?).end;
    let after = free(frame, stretch(frame, end..end + LONGEST + 1));
    let to = after.first().is_some_and(|word| word.lower == "to");
    let says = cue.last().is_some_and(|verb| leads(verb).contains(&"to"));
    if to && says { span(frame, name(frame, &after[1..])) } else { None }
}

/// The preposition that a word is, or "object".
fn lead_of(word: &str) -> &'static str {
    ["to", "on", "from", "with"].into_iter().find(|lead| *lead == word).unwrap_or("object")
}

/// "met with *the envoy* to discuss", all of it the cue.
fn in_cue(frame: &Frame<'_>) -> Option<Span> {
    by_lead(frame, &words(frame, &frame.attribution.cue))
}

/// "responded to *a mother* on Monday by saying", "met with *the envoy* to discuss".
fn before_cue(frame: &Frame<'_>) -> Option<Span> {
    let before = stretch_before(frame);
    let found = by_lead(frame, &before)?;
    let adjoins = before.last()?.span.end == found.end;
    let purpose = words(frame, &frame.attribution.cue).first()?.lower == "to";
    (before.last()?.lower == "by" || purpose && adjoins).then_some(found)
}

/// "*Ann Berg* was once asked how": a name before a passive that says nothing of who asks.
fn asked_passively(frame: &Frame<'_>) -> Option<Span> {
    const BE: &[&str] = &["is", "are", "was", "were", "been", "be", "being"];
    const BESIDES: &[&str] =
        &["has", "have", "had", "once", "also", "then", "later", "never", "often", "recently"];
    if !frame.attribution.source.is_empty() {
        return None;
    }
    let cue = words(frame, &frame.attribution.cue);
    let participle = |verb: &&Word| verb.lower.ends_with("ed") || verb.lower == "told";
    cue.last().filter(participle).filter(|verb| leads(verb).contains(&"object"))?;
    let all = [stretch_before(frame), cue].concat();
    let leads_in = |word: &&Word| BE.contains(&word.lower.as_str()) || BESIDES.contains(&word.lower.as_str());
    let lead = all.iter().rev().skip(1).take_while(leads_in).count();
    let (subject, auxiliaries) = all[..all.len() - 1].split_at(all.len() - 1 - lead);
    let passive = auxiliaries.iter().any(|word| BE.contains(&word.lower.as_str()));
    let is_name = |word: &&Word| word.is_word() && frame.words(word.span).starts_with(char::is_uppercase);
    let length = subject.iter().rev().take_while(is_name).count();
    span(frame, &subject[subject.len() - length..]).filter(|_| passive)
}

/// The words before the cue, as far back as a phrase that names those addressed may begin.
fn stretch_before(frame: &Frame<'_>) -> Vec<Word> {
    let Some(&cue) = frame.attribution.cue.first() else { return Vec::new() };
    let cue = frame.tokens(cue).start;
    stretch(frame, cue.saturating_sub(LONGEST + 3)..cue)
}

/// "talks | to *Ann Berg* about the wall": part of what was taken for the content.
fn heading_content(frame: &Frame<'_>) -> Option<Span> {
    let cue = words(frame, &frame.attribution.cue);
    let content = words(frame, &frame.attribution.content);
    let lead = lead_of(&content.first()?.lower);
    let verb = cue.last().is_some_and(|verb| lead != "object" && leads(verb).contains(&lead));
    let phrase = name(frame, &content[1..content.len().min(LONGEST)]);
    let about =
        content.get(1 + phrase.len()).is_some_and(|next| matches!(next.lower.as_str(), "about" | "that"));
    span(frame, phrase).filter(|_| verb && about)
}

/// "rejected a request from *farmers* to": who asked is answered.
fn asked_by(frame: &Frame<'_>, act: Act) -> Option<Span> {
    const REQUESTS: &[&str] =
        &["request", "appeal", "demand", "plea", "petition", "call", "bid", "motion", "application", "offer"];
    if !matches!(act, Act::Decide | Act::Refuse | Act::Agree | Act::Deny | Act::Announce) {
        return None;
    }
    let content = words(frame, &frame.attribution.content);
    let at = content
        .windows(2)
        .take(LONGEST)
        .position(|pair| pair[0].among(REQUESTS) && matches!(pair[1].lower.as_str(), "from" | "by"))?;
    span(frame, name(frame, &content[at + 2..]))
}

/// "demands openness from *our president*".
fn asked_of(frame: &Frame<'_>, act: Act) -> Option<Span> {
    if !matches!(act, Act::Demand | Act::Request) {
        return None;
    }
    let content = words(frame, &frame.attribution.content);
    let from = content.iter().rposition(|word| word.lower == "from")?;
    let phrase = name(frame, &content[from + 1..]);
    let ends = content[from + 1 + phrase.len()..].iter().all(|word| !word.is_word());
    span(frame, phrase).filter(|_| ends && from >= 1)
}

/// "*Ann*, come here," or "Come here, *Ann*": a name called out in what is quoted.
fn called(frame: &Frame<'_>) -> Option<Span> {
    let quoted = |at: usize| frame.outline.layout.quotes.get(at) == Some(&QuoteState::In);
    let tokens = &frame.outline.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |&token| frame.words(token));
    let capital = |at: usize| word(at).starts_with(char::is_uppercase) && word(at).len() > 1;
    let ends = |at: usize| {
        matches!(word(at), "." | "!" | "?" | "—" | "–" | "--") || word(at) == "," && !quoted(at + 1)
    };
    let calls = |at: usize| {
        let end = (at..at + 3).find(|&end| !(quoted(end) && capital(end))).unwrap_or(at + 3);
        let called = end > at && word(at.wrapping_sub(1)) == "," && quoted(at - 1) && ends(end);
        called.then(|| Span { begin: tokens[at].begin, end: tokens[end - 1].end })
    };
    let content = frame.attribution.content.iter().map(|&span| frame.tokens(span));
    content.flatten().find_map(|at| if quoted(at) && capital(at) { calls(at) } else { None })
}

/// The words before the next content, source or mark.
fn free(frame: &Frame<'_>, words: Vec<Word>) -> Vec<Word> {
    let taken = |word: &Word| {
        let attribution = frame.attribution;
        attribution.content.iter().chain(&attribution.source).any(|span| span.overlaps(word.span))
    };
    words.into_iter().take_while(|word| !taken(word)).collect()
}

/// Words that follow those who open the content.
const AFTER: &[&str] =
    &["how", "what", "why", "whether", "if", "when", "where", "who", "to", "never", "not", "that", "about"];

/// Those who open the content, "told *his men* to go", and the word after them.
fn in_content(frame: &Frame<'_>) -> (Option<Span>, Option<String>) {
    /// A longer one is no name of anybody.
    const MOST: usize = 5;
    let content = words(frame, &frame.attribution.content);
    let phrase = name(frame, &content[..content.len().min(LONGEST)]);
    let next = content.get(phrase.len()).map(|word| word.lower.clone());
    (span(frame, phrase).filter(|_| phrase.len() <= MOST), next)
}

/// The words at the head of some that name somebody.
fn name<'w>(frame: &Frame<'_>, words: &'w [Word]) -> &'w [Word] {
    let goes_on = |word: &&Word| {
        let inside = word.is_word() || matches!(word.lower.as_str(), "'s" | "-" | "&");
        inside && !STOPS.contains(&word.lower.as_str())
    };
    let mut end = words.iter().take(LONGEST).take_while(goes_on).count();
    // "the miners in Brenn"
    let capital =
        |at: usize| words.get(at).is_some_and(|word| frame.words(word.span).starts_with(char::is_uppercase));
    let place = |at: usize| capital(at) && !words[at].among(STOPS);
    if end > 0 && words.get(end).is_some_and(|word| word.lower == "in") && place(end + 1) {
        end +=
            1 + words[end + 1..].iter().take(3).enumerate().take_while(|(n, _)| place(end + 1 + n)).count();
    }
    let phrase = &words[..end];
    // "CNN's Ann Berg" is Ann Berg
    let owned = phrase.iter().rposition(|word| word.lower == "'s").map_or(0, |at| at + 1);
    let person = &phrase[owned..];
    let is_name = |word: &Word| frame.words(word.span).starts_with(char::is_uppercase);
    if owned > 0 && !person.is_empty() && person.iter().all(is_name) { person } else { phrase }
}

/// Where a phrase stands; nowhere if it is empty or names nobody.
fn span(frame: &Frame<'_>, phrase: &[Word]) -> Option<Span> {
    let nobody = |word: &Word| NOBODY.contains(&word.lower.as_str());
    let (first, last) = (phrase.first()?, phrase.last()?);
    let named = !phrase.iter().any(nobody) && frame.words(last.span).chars().any(char::is_alphabetic);
    named.then_some(Span { begin: first.span.begin, end: last.span.end })
}
