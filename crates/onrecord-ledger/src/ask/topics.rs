//! What statements are about: the words that they have far more often than the ledger at large, by the log-likelihood
//! ratio of Dunning (Computational Linguistics 19, 1993).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use onrecord::link::is_empty_word;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::find::{Order, Question};
use super::who::Count;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// Words that stand out in some statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// One word, or up to three that follow each other, in lower case.
    pub words: String,
    /// In how many of the statements that were looked at, copies not counted.
    pub count: u64,
    /// What speakers do in them, the commonest first.
    pub acts: Vec<Count>,
}

/// So many statements are looked at, the latest ones …
const LATEST: usize = 500;
/// … and so many of the ledger at large, at even distances.
const AT_LARGE: i64 = 1_000;

/// What fewer statements share is no topic …
const FEWEST: usize = 3;
/// … nor is what could be chance: the ratio above which that is so in one case of a thousand.
const LEAST: f64 = 10.83;

/// A topic has so many words at most.
const LONGEST: usize = 3;

/// Two terms with a common word are of one topic where so many of ten statements of the one are of the other, too.
const SAME: usize = 6;

impl Ledger {
    /// The topics of the statements that fit, what stands out most first. Of very many statements the latest five hundred are
    /// looked at.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn topics(&self, question: &Question, most: usize) -> Result<Vec<Topic>, LedgerError> {
        let latest = Question { order: Order::Newest, limit: Some(LATEST), skip: 0, ..question.clone() };
        let rows = self.find_rows(&latest)?;
        self.told((|| {
            let mut latest: Vec<(String, String)> = Vec::new();
            // copies of one report would make a topic of each of its words
            let mut seen = HashSet::new();
            for row in rows {
                latest.extend(said(&self.db, row)?.filter(|(words, _)| seen.insert(words.clone())));
            }
            let large = at_large(&self.db)?;
            Ok(topics(&latest, &large, most))
        })())
    }
}

/// The words and the act of a statement that holds.
fn said(db: &Connection, row: i64) -> Sql<Option<(String, String)>> {
    let query = "SELECT words, act FROM statement WHERE id = ?1 AND state = 0";
    db.prepare_cached(query)?.query_row([row], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// The words of statements from all of the ledger.
fn at_large(db: &Connection) -> Sql<Vec<String>> {
    let last: i64 =
        db.prepare_cached("SELECT coalesce(max(id), 0) FROM statement")?.query_row([], |row| row.get(0))?;
    let step = (last / AT_LARGE).max(1) as usize;
    (1..=last).step_by(step).filter_map(|row| said(db, row).transpose()).map(|said| Ok(said?.0)).collect()
}

fn topics(said: &[(String, String)], large: &[String], most: usize) -> Vec<Topic> {
    let places = places(said);
    let others = others(&places, large);
    let rated = |(words, places): (&'_ String, &'_ Vec<usize>)| {
        let other = others.get(words.as_str()).copied().unwrap_or(0);
        ratio(places.len(), said.len(), other, large.len())
    };
    let mut ranked: Vec<(f64, Term<'_>)> = places
        .iter()
        .map(|one| (rated(one), Term { words: one.0, places: one.1 }))
        .filter(|(ratio, _)| *ratio >= LEAST)
        .collect();
    ranked.sort_by(|(a, term), (b, other)| b.total_cmp(a).then(term.words.cmp(other.words)));
    let topic = |Term { words, places }: Term<'_>| Topic {
        words: words.to_owned(),
        count: places.len() as u64,
        acts: acts(places.iter().map(|&place| said[place].1.as_str())),
    };
    choose(ranked.into_iter().map(|(_, term)| term), most).into_iter().map(topic).collect()
}

/// The terms that some statements share, each with their places.
fn places(said: &[(String, String)]) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, (words, _)) in said.iter().enumerate() {
        for term in terms(words) {
            places.entry(term).or_default().push(place);
        }
    }
    places.retain(|_, places| places.len() >= FEWEST);
    places
}

/// In how many statements at large each of these terms stands.
fn others<'a>(places: &'a BTreeMap<String, Vec<usize>>, large: &[String]) -> HashMap<&'a str, usize> {
    let mut others = HashMap::new();
    for term in large.iter().flat_map(|words| terms(words)) {
        if let Some((term, _)) = places.get_key_value(&term) {
            *others.entry(term.as_str()).or_default() += 1;
        }
    }
    others
}

/// The first of these terms, one for each topic.
fn choose<'a>(ranked: impl Iterator<Item = Term<'a>>, most: usize) -> Vec<Term<'a>> {
    let mut chosen: Vec<Term<'a>> = Vec::new();
    for new in ranked {
        let alike: Vec<usize> = (0..chosen.len()).filter(|&at| chosen[at].is_one_with(new)).collect();
        match alike.first() {
            None if chosen.len() == most => break,
            None => chosen.push(new),
            // the longer one tells more: "grain corridor" for "grain" and "corridor"
            Some(&first) if alike.iter().all(|&at| new.is_fuller_than(chosen[at])) => {
                chosen[first] = new;
                alike[1..].iter().rev().for_each(|&at| _ = chosen.remove(at));
            }
            Some(_) => {}
        }
    }
    chosen
}

/// A term, and the statements that it stands in.
#[derive(Clone, Copy)]
struct Term<'a> {
    words: &'a str,
    places: &'a [usize],
}

impl Term<'_> {
    /// Whether the two have a word in common, and most statements of the one or the other.
    fn is_one_with(self, other: Term<'_>) -> bool {
        let shares = self.words.split(' ').any(|word| other.words.split(' ').any(|known| known == word));
        shares && (self.covers(other) || other.covers(self))
    }

    /// Whether it tells more than the other, and of most of its statements.
    fn is_fuller_than(self, other: Term<'_>) -> bool {
        self.words.len() > other.words.len() && self.covers(other)
    }

    /// Whether most of the statements of another term are of this one, too.
    fn covers(self, other: Term<'_>) -> bool {
        let both = other.places.iter().filter(|place| self.places.binary_search(place).is_ok()).count();
        10 * both >= SAME * other.places.len()
    }
}

fn acts<'a>(acts: impl Iterator<Item = &'a str>) -> Vec<Count> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for act in acts {
        *counts.entry(act).or_default() += 1;
    }
    let mut counts: Vec<Count> =
        counts.into_iter().map(|(what, count)| Count { what: what.to_owned(), count }).collect();
    counts.sort_by_key(|count| Reverse(count.count));
    counts
}

/// The terms of a statement, each once: words of substance, and two or three of them that follow each other.
fn terms(words: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut terms = BTreeSet::new();
    let mut row: Vec<String> = Vec::new();
    let mut rest = words;
    while let Some(begin) = rest.find(is_part) {
        // what stands between two words parts them, but for blanks
        if !rest[..begin].chars().all(char::is_whitespace) {
            row.clear();
        }
        let end = rest[begin..].find(|c| !is_part(c)).map_or(rest.len(), |at| begin + at);
        let (word, is_possessive) = bare(&rest[begin..end]);
        if says_something(&word) {
            row.push(word);
            let longest = row.len().min(LONGEST);
            terms.extend((1..=longest).map(|length| row[row.len() - length..].join(" ")));
        } else {
            row.clear();
        }
        // a phrase that is searched for has no "s" in its midst
        if is_possessive {
            row.clear();
        }
        rest = &rest[end..];
    }
    terms
}

/// A word in lower case, without the ending of a possessive; and whether it had one.
fn bare(word: &str) -> (String, bool) {
    let lower = word.trim_matches(['\'', '’', '-']).to_lowercase();
    match lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")) {
        Some(owner) => (owner.to_owned(), true),
        None => (lower, false),
    }
}

/// Whether a word is one of substance, and no figure.
fn says_something(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(|c| c.is_alphabetic() || c == '-') && !is_empty_word(word)
}

/// The log-likelihood ratio of a term that stands in `a` of `n` statements here and in `b` of `m` at large; 0 where it is no
/// more frequent here.
fn ratio(a: usize, n: usize, b: usize, m: usize) -> f64 {
    let [a, n, b, m] = [a, n, b, m].map(|count| count as f64);
    if m == 0.0 || a * m <= b * n {
        return 0.0;
    }
    let both = (a + b) / (n + m);
    let part = |seen: f64, expected: f64| if seen == 0.0 { 0.0 } else { seen * (seen / expected).ln() };
    let of = |seen: f64, all: f64| part(seen, all * both) + part(all - seen, all * (1.0 - both));
    2.0 * (of(a, n) + of(b, m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_words_of_substance_and_rows_of_them() {
        let found = terms("the Town’s grain corridor, and 12 convoys — will it open?");
        let expected = ["convoys", "corridor", "grain", "grain corridor", "open", "town"];
        assert!(found.iter().eq(expected.iter()), "{found:?}");
        assert_eq!(terms("🙂 — 12 % …"), BTreeSet::new());
    }

    #[test]
    fn what_stands_out_with_what_is_done_there() {
        let said = |words: &str, act: &str| (words.to_owned(), act.to_owned());
        let mut here = vec![said("the grain corridor must open", "demand"); 6];
        here.extend(vec![said("a grain corridor is no truce", "state"); 3]);
        here.extend(vec![said("the weather was fine", "state"); 3]);
        let large: Vec<String> = (0..400)
            .map(|n| format!("the weather was fine in town {n}"))
            .chain(here.iter().map(|(words, _)| words.clone()))
            .collect();
        let found = topics(&here, &large, 5);
        let told: Vec<_> = found
            .iter()
            .map(|topic| (topic.words.as_str(), topic.count, topic.acts[0].what.as_str()))
            .collect();
        assert_eq!(told[0], ("grain corridor", 9, "demand"));
        assert!(told.iter().all(|(words, ..)| !words.contains("weather")), "{told:?}");
        assert_eq!(topics(&[], &large, 5), []);
        assert_eq!(topics(&here, &here.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>(), 5), []);
    }
}
