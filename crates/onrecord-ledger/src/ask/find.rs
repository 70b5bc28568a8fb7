//! Statements that fit a question.

use std::collections::BTreeSet;

use onrecord::Act;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::people::{names_of, spellings_of};
use super::{Kept, words};
use crate::open::Sql;
use crate::{Ledger, LedgerError, id};

/// What statements are asked for. What is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Words of the content: all of them; `"a phrase"`; `truce*`; `OR` between two; `-word` not this one.
    pub words: Option<String>,
    /// Somebody who speaks: whoever has these words in a name, under all names.
    pub speaker: Option<String>,
    /// Somebody who speaks, by their number.
    pub entity: Option<u64>,
    /// Somebody whom the content names: under all names, and by the family name where the article has the full one.
    pub about: Option<String>,
    /// Any of these acts.
    pub acts: Vec<Act>,
    /// The kind of channel, as `social`.
    pub channel: Option<String>,
    /// From this day on: `2025-03-14`, `2025-03` or `2025`.
    pub since: Option<String>,
    /// Up to and with this day, month or year.
    pub until: Option<String>,
    /// Any of these outlets, whole names, in any case.
    pub publishers: Vec<String>,
    /// What the article is known by in the ledger.
    pub article: Option<String>,
    /// Only statements that another one disputes.
    pub disputed: bool,
    /// Only statements that another report tells in other words inside the quotation marks.
    pub drifted: bool,
    /// Only statements of a particular person who is unnamed.
    pub anonymous: bool,
    /// Only statements that nobody has corrected or confirmed.
    pub unchecked: bool,
    /// As sure as this at least.
    pub min_confidence: Option<f32>,
    /// Which comes first.
    pub order: Order,
    /// How many are wanted at most; all where none is told.
    pub limit: Option<usize>,
    /// How many of the first are passed over.
    pub skip: usize,
}

/// Which statements come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest day.
    #[default]
    Newest,
    /// The earliest day.
    Oldest,
    /// What fits the words best; without words, or where very many fit, the latest.
    Best,
    /// As they stand in the text, article by article.
    Text,
    /// Whatever is quickest.
    Any,
    /// What the model is least sure of.
    Unsure,
}

/// The index of words, and the statement of each row of it: the lowest 36 bits of its turn are the row, backwards.
const SAID: &str =
    "said_words CROSS JOIN statement s ON s.id = 0xfffffffff - (said_words.rowid & 0xfffffffff)";

/// The first or last turn of a day, month or year: what it lacks is filled up with this digit, and so is the row.
fn turn(day: &str, fill: char) -> Option<i64> {
    let is_day = matches!(day.len(), 4 | 7 | 10)
        && day.split('-').all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let digits: String =
        day.chars().filter(char::is_ascii_digit).chain(std::iter::repeat_n(fill, 4)).take(8).collect();
    let day: i64 = digits.parse().ok().filter(|_| is_day)?;
    Some((day << 36) + if fill == '0' { 0 } else { 0xf_ffff_ffff })
}

/// So many statements can be sorted at once in little time.
const COMMON: usize = 6_000;

impl Ledger {
    /// The statements that fit.
    ///
    /// # Errors
    ///
    /// The words cannot be searched for, or the ledger cannot be read.
    pub fn find(&self, question: &Question) -> Result<Vec<Kept>, LedgerError> {
        let rows = self.find_rows(question)?;
        self.load_all(&rows)
    }

    /// How many statements fit, whatever the limit of the question.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn count(&self, question: &Question) -> Result<u64, LedgerError> {
        let wanted = self.wanted(question)?;
        let query = format!("SELECT count(*) FROM {} WHERE {}", wanted.from, wanted.conditions.join(" AND "));
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_row(params_from_iter(&wanted.values), |row| row.get::<_, i64>(0))
        })())
        .map(i64::cast_unsigned)
    }

    /// How many statements fit, whatever the limit of the question; `most` where there are more.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn count_to(&self, question: &Question, most: usize) -> Result<u64, LedgerError> {
        let rows =
            self.find_rows(&Question { order: Order::Any, limit: Some(most), skip: 0, ..question.clone() })?;
        Ok(rows.len() as u64)
    }

    /// The identifiers of the statements that fit, by their article, in the order of the ledger: little memory for many.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn find_ids(&self, question: &Question) -> Result<Vec<(String, BTreeSet<String>)>, LedgerError> {
        let rows = self.find_rows(&Question { order: Order::Text, ..question.clone() })?;
        let query = "SELECT a.key, s.key FROM statement s JOIN version v ON v.id = s.version \
                     JOIN article a ON a.id = v.article WHERE s.id = ?1";
        let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
        self.told((|| {
            let mut query = self.db.prepare_cached(query)?;
            for row in rows {
                let (article, key): (String, i64) =
                    query.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
                match found.last_mut() {
                    Some((last, ids)) if *last == article => _ = ids.insert(id::shown(key)),
                    _ => found.push((article, BTreeSet::from([id::shown(key)]))),
                }
            }
            Ok(found)
        })())
    }

    pub(crate) fn find_rows(&self, question: &Question) -> Result<Vec<i64>, LedgerError> {
        let mut wanted = self.wanted(question)?;
        let (ranked, is_walked) = (question.order == Order::Best, question.order == Order::Oldest);
        let common = question.limit.is_some() && (ranked || is_walked) && self.is_common(question)?;
        if common && is_walked {
            wanted = self.by_day(question)?;
        }
        let order = match (question.order, question.words.is_some()) {
            (Order::Best, true) if !common => "ORDER BY rank, s.id",
            (Order::Oldest, _) => "ORDER BY s.day, s.id",
            (Order::Text, _) => "ORDER BY s.version, s.place",
            (Order::Unsure, _) => "ORDER BY s.confidence, s.id",
            (Order::Any, _) => "",
            // the index has its rows in this order, so that only as many are looked at as are wanted
            (_, true) => "ORDER BY said_words.rowid DESC",
            _ => "ORDER BY s.day DESC, s.id",
        };
        let limit = question.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let query = format!(
            "SELECT s.id FROM {} WHERE {} {order} LIMIT {limit} OFFSET {}",
            wanted.from,
            wanted.conditions.join(" AND "),
            question.skip
        );
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_map(params_from_iter(&wanted.values), |row| row.get(0))?.collect()
        })())
    }

    /// Whether very many statements have these words: to sort them all would take longer than to go through the days
    /// and look whether a statement has them.
    fn is_common(&self, question: &Question) -> Result<bool, LedgerError> {
        let Some(typed) = &question.words else { return Ok(false) };
        let Ok(expression) = words::expression(typed) else { return Ok(false) };
        let query = "SELECT count(*) FROM (SELECT 1 FROM said_words WHERE said_words MATCH ?1 LIMIT ?2)";
        let count: usize = self.told((|| {
            self.db
                .prepare_cached(query)?
                .query_row(params![expression, COMMON as i64], |row| row.get::<_, i64>(0))
        })())? as usize;
        Ok(count >= COMMON)
    }

    /// The question as a walk over the days, on which the words are only looked for.
    fn by_day(&self, question: &Question) -> Result<Wanted, LedgerError> {
        let mut wanted = self.wanted(&Question { words: None, ..question.clone() })?;
        if let Some(expression) = question.words.as_deref().and_then(|typed| words::expression(typed).ok()) {
            wanted.push(
                "EXISTS (SELECT 1 FROM said_words WHERE said_words MATCH ? AND said_words.rowid = s.turn)",
                [expression.into()],
            );
        }
        Ok(wanted)
    }

    pub(super) fn wanted(&self, question: &Question) -> Result<Wanted, LedgerError> {
        let expression = question.words.as_deref().map(|typed| {
            words::expression(typed).map_err(|reason| LedgerError::Words { words: typed.to_owned(), reason })
        });
        let mut wanted = Wanted::new();
        if let Some(expression) = expression.transpose()? {
            wanted.from = SAID;
            wanted.push("said_words MATCH ?", [expression.into()]);
            let turns = [(">=", &question.since, '0'), ("<=", &question.until, '9')];
            for (compared, day, fill) in turns {
                if let Some(turn) = day.as_deref().and_then(|day| turn(day, fill)) {
                    wanted.push(format!("said_words.rowid {compared} ?"), [turn.into()]);
                }
            }
        }
        self.told(wanted.fill(&self.db, question))?;
        Ok(wanted)
    }
}

/// The pieces of a query.
pub(super) struct Wanted {
    pub(super) from: &'static str,
    pub(super) conditions: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Wanted {
    fn new() -> Wanted {
        Wanted { from: "statement s", conditions: vec!["s.state = 0".to_owned()], values: Vec::new() }
    }

    fn push(&mut self, condition: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.into());
        self.values.extend(values);
    }

    fn fill(&mut self, db: &Connection, question: &Question) -> Sql<()> {
        if let Some(name) = &question.speaker {
            self.speaker(&names_of(db, name)?, question);
        }
        if let Some(entity) = question.entity {
            let mut query = db.prepare_cached("SELECT id FROM name WHERE entity = ?1 ORDER BY id")?;
            let names: Sql<Vec<i64>> = query.query_map([entity.cast_signed()], |row| row.get(0))?.collect();
            self.speaker(&names?, question);
        }
        if let Some(name) = &question.about {
            self.about(&spellings_of(db, name)?);
        }
        if !question.acts.is_empty() {
            let acts = list(question.acts.iter().map(|act| act.word()));
            self.push("s.act IN (SELECT value FROM json_each(?))", [acts]);
        }
        if let Some(channel) = &question.channel {
            self.push("s.channel = ?", [channel.clone().into()]);
        }
        self.days("s.day", question);
        if !question.publishers.is_empty() {
            let publishers = list(question.publishers.iter().map(String::as_str));
            self.push(
                "s.version IN (SELECT id FROM version WHERE publisher COLLATE NOCASE IN \
                 (SELECT value FROM json_each(?)))",
                [publishers],
            );
        }
        if let Some(article) = &question.article {
            self.push(
                "s.version IN (SELECT id FROM version WHERE article = (SELECT id FROM article WHERE key = ?))",
                [article.clone().into()],
            );
        }
        if question.disputed {
            self.conditions.push(linked("to_statement", "from_statement", "disputes"));
        }
        // which of two came first does not matter
        if question.drifted {
            let ends = [("to_statement", "from_statement"), ("from_statement", "to_statement")];
            let [told, tells] = ends.map(|(here, there)| linked(here, there, "drifts"));
            self.conditions.push(format!("({told} OR {tells})"));
        }
        if question.anonymous {
            self.push("EXISTS (SELECT 1 FROM voice WHERE statement = s.id AND part = 0 AND anonymous)", []);
        }
        if question.unchecked {
            self.push("NOT EXISTS (SELECT 1 FROM standing WHERE standing.statement = s.key)", []);
        }
        if let Some(least) = question.min_confidence {
            self.push("s.confidence >= ?", [f64::from(least).into()]);
        }
        Ok(())
    }

    fn days(&mut self, column: &str, question: &Question) {
        if let Some(since) = &question.since {
            self.push(format!("{column} >= ?"), [since.clone().into()]);
        }
        if let Some(until) = &question.until {
            // "2025-03" is the whole month: every day of it begins so, and "~" comes after all digits
            self.push(format!("{column} <= ?"), [format!("{until}~").into()]);
        }
    }

    /// The days stand beside the names in an index of their own.
    fn speaker(&mut self, names: &[i64], question: &Question) {
        let names = Value::from(serde_json::Value::from(names).to_string());
        let outer = std::mem::take(&mut self.conditions);
        self.push("voice.name IN (SELECT value FROM json_each(?)) AND voice.part = 0", [names]);
        self.days("voice.day", question);
        let spoken = self.conditions.join(" AND ");
        self.conditions = outer;
        self.conditions.push(format!("s.id IN (SELECT voice.statement FROM voice WHERE {spoken})"));
    }

    /// A spelling of several words tells by itself who is meant; a family name, where the article has a full name.
    fn about(&mut self, spellings: &[String]) {
        let named = words::any_of(spellings.iter().map(String::as_str)).unwrap_or_else(|| "\"\"".to_owned());
        let full: Vec<&str> =
            spellings.iter().map(String::as_str).filter(|name| name.trim().contains(' ')).collect();
        let family = words::any_of(full.iter().filter_map(|name| name.split_whitespace().next_back()));
        let direct =
            "s.id IN (SELECT 0xfffffffff - (rowid & 0xfffffffff) FROM said_words WHERE said_words MATCH ?)";
        match family {
            None => self.push(direct, [named.into()]),
            Some(family) => {
                let with = format!(
                    "{direct} AND EXISTS (SELECT 1 FROM version v, json_each(?) name \
                     WHERE v.id = s.version AND instr(v.text, name.value) > 0)"
                );
                let values = [named.into(), family.into(), list(full.iter().copied())];
                self.push(format!("({direct} OR {with})"), values);
            }
        }
    }
}

/// That a statement stands at one end of a link, and one that holds at the other.
fn linked(here: &str, there: &str, relation: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM link JOIN statement other ON other.id = link.{there} \
         WHERE link.{here} = s.id AND link.relation = '{relation}' AND other.state = 0)"
    )
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    serde_json::Value::from(words.collect::<Vec<_>>()).to_string().into()
}
