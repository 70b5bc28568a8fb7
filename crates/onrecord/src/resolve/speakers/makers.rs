//! Who makes the documents of an article: "a study by the Arden Institute", wherever it stands, tells whose the study is.

use std::collections::BTreeMap;

use super::cast::Cast;
use super::page::Page;
use crate::resolve::SpeakerType;

/// For each noun of a document, its makers where the article names those of one such document, none where of several.
pub(super) struct Makers(BTreeMap<String, Option<Vec<usize>>>);

/// Nouns for what may be told of by one another's names.
const FINDINGS: [&str; 6] = ["study", "report", "research", "survey", "poll", "paper"];

impl Makers {
    /// The makers that the text names.
    pub(super) fn new(page: &Page<'_>, cast: &Cast) -> Makers {
        let mut makers: BTreeMap<String, Option<Vec<usize>>> = BTreeMap::new();
        for at in (0..page.len()).filter(|&at| FINDINGS.contains(&page.low(at)) && !page.is_capital(at)) {
            let mut tries = [after, authors, before].into_iter().map(|find| find(page, cast, at));
            let Some(found) = tries.find(|found| !found.is_empty()) else { continue };
            let entry = makers.entry(page.low(at).to_owned()).or_insert_with(|| Some(found.clone()));
            if entry.as_ref().is_some_and(|known| *known != found) {
                *entry = None;
            }
        }
        Makers(makers)
    }

    /// The makers of the article's one document of this noun.
    pub(super) fn of(&self, noun: &str) -> Option<&[usize]> {
        self.0.get(noun)?.as_deref()
    }
}

/// "by the Arden Institute and Lowell University", right after the noun.
fn after(page: &Page<'_>, cast: &Cast, noun: usize) -> Vec<usize> {
    let sentence = page.sentence(noun);
    let by = (noun + 1..noun + 4).find(|&at| page.low(at) == "by" && page.sentence(at) == sentence);
    // "the paper, penned by"
    let apart = page.word(noun + 1) == ","
        && !matches!(page.low(noun + 2), low if low.ends_with("ed") || low.ends_with("en"));
    by.filter(|_| !apart).map_or_else(Vec::new, |by| names(page, cast, by + 1))
}

/// "the authors of the study, who include Ann Doe and Bob Roe".
fn authors(page: &Page<'_>, cast: &Cast, noun: usize) -> Vec<usize> {
    let people = |at: usize| matches!(page.low(at), "authors" | "researchers" | "groups");
    let of = noun.checked_sub(3).filter(|&at| people(at) && matches!(page.low(at + 1), "of" | "behind"));
    let told =
        matches!(page.low(noun + 2), "who" | "which") && matches!(page.low(noun + 3), "include" | "are");
    let begin = if told { noun + 4 } else { noun + 2 };
    of.filter(|_| page.word(noun + 1) == ",").map_or_else(Vec::new, |_| names(page, cast, begin))
}

/// The names of makers that begin at a token, with "and" between.
fn names(page: &Page<'_>, cast: &Cast, begin: usize) -> Vec<usize> {
    let (mut at, mut found) = (begin, Vec::new());
    loop {
        // a few words may describe whoever is named
        let describes =
            |&word: &usize| page.word(word).starts_with(char::is_lowercase) && page.low(word) != "of";
        let name = at + (at..at + 4).take_while(describes).count();
        let Some(number) = cast.mention_at(name).filter(|_| may_make(cast, name)) else { return found };
        found.push(cast.of[number]);
        let mut end = cast.mentions[number].run.end;
        // an acronym in brackets
        if page.word(end) == "(" && page.word(end + 2) == ")" {
            end += 3;
        }
        match page.word(end) {
            "and" => at = end + 1,
            "," if page.word(end + 1) == "and" => at = end + 2,
            _ => return found,
        }
    }
}

/// "the Arden Institute's report", "an Arden Institute report".
fn before(page: &Page<'_>, cast: &Cast, noun: usize) -> Vec<usize> {
    let Some(last) = noun.checked_sub(1) else { return Vec::new() };
    let owned = matches!(page.word(last), "'s" | "’s");
    let name = if owned { last.checked_sub(1) } else { Some(last) };
    let number = name.filter(|&name| may_make(cast, name)).and_then(|name| cast.mention_at(name));
    number.map(|number| cast.of[number]).into_iter().collect()
}

/// Whether the name at a token is one of somebody who makes studies.
fn may_make(cast: &Cast, token: usize) -> bool {
    let member = cast.mention_at(token).map(|number| &cast.members[cast.of[number]]);
    member.is_some_and(|member| {
        let kind = matches!(member.kind, Some(SpeakerType::Person | SpeakerType::Organisation));
        kind && (member.sure || member.words.len() > 1)
    })
}
