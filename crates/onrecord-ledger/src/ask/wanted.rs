//! A question as the pieces of a query.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::find::Question;
use super::people::{names_of, spellings_of};
use super::words;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// The index of words, and the statement of each row of it: the lowest 36 bits of its turn are the row, backwards.
const SAID: &str =
    "said_words CROSS JOIN statement s ON s.id = 0xfffffffff - (said_words.rowid & 0xfffffffff)";

/// All statements.
const ALL: &str = "statement s";

/// What is disputed, in the order of the days, and the statement of each row of it.
const DISPUTED: &str = "tally CROSS JOIN statement s ON s.id = 0xfffffffff - (tally.value & 0xfffffffff)";

/// The turns of what some names say, as the column `turn` of `statement` has them.
const TURNS: &str = "SELECT (coalesce(substr(day, 1, 4) * 10000 + substr(day, 6, 2) * 100 + substr(day, 9, 2), 0) << 36) \
                     + 0xfffffffff - statement \
                     FROM voice WHERE part = 0 AND name IN (SELECT value FROM json_each(?))";

/// So many turns are gathered in little time.
const FEW: usize = 30_000;

/// The row of the statement whose turn is a value of `tally`.
pub(super) const ROW_OF_TURN: &str = "0xfffffffff - (value & 0xfffffffff)";

/// The first or last turn of a day, month or year: what it lacks is filled up with this digit, and so is the row.
fn turn(day: &str, fill: char) -> Option<i64> {
    let is_day = matches!(day.len(), 4 | 7 | 10)
        && day.split('-').all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let digits: String =
        day.chars().filter(char::is_ascii_digit).chain(std::iter::repeat_n(fill, 4)).take(8).collect();
    let day: i64 = digits.parse().ok().filter(|_| is_day)?;
    Some((day << 36) + if fill == '0' { 0 } else { 0xf_ffff_ffff })
}

/// The pieces of a query.
pub(super) struct Wanted {
    pub(super) from: &'static str,
    /// The order of the days, the latest first, as the index has it that is gone through.
    pub(super) newest: &'static str,
    conditions: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Ledger {
    pub(super) fn wanted(&self, question: &Question) -> Result<Wanted, LedgerError> {
        let mut wanted = match &question.words {
            Some(typed) => {
                let refused = |reason| LedgerError::Words { words: typed.to_owned(), reason };
                Wanted::said(words::expression(typed).map_err(refused)?, question)
            }
            None if question.disputed && question.article.is_none() => Wanted::disputed(question),
            None => Wanted::all(),
        };
        self.told(wanted.fill(&self.db, question))?;
        Ok(wanted)
    }
}

/// The names of the speaker who is asked for, if one is.
pub(super) fn names(db: &Connection, question: &Question) -> Sql<Option<Vec<i64>>> {
    match (&question.speaker, question.entity) {
        (None, None) => Ok(None),
        (Some(name), None) => names_of(db, name).map(Some),
        (None, Some(entity)) => names_of_entity(db, entity).map(Some),
        (Some(name), Some(entity)) => {
            let both = names_of_entity(db, entity)?;
            Ok(Some(names_of(db, name)?.into_iter().filter(|name| both.contains(name)).collect()))
        }
    }
}

fn names_of_entity(db: &Connection, entity: u64) -> Sql<Vec<i64>> {
    let mut query = db.prepare_cached("SELECT id FROM name WHERE entity = ?1 ORDER BY id")?;
    query.query_map([entity.cast_signed()], |row| row.get(0))?.collect()
}

impl Wanted {
    fn all() -> Wanted {
        let (from, newest) = (ALL, "ORDER BY s.day DESC, s.id");
        Wanted { from, newest, conditions: vec!["s.state = 0".to_owned()], values: Vec::new() }
    }

    /// What has words.
    fn said(expression: String, question: &Question) -> Wanted {
        let mut wanted = Wanted { from: SAID, newest: "ORDER BY said_words.rowid DESC", ..Wanted::all() };
        wanted.push("said_words MATCH ?", [expression.into()]);
        wanted.turns("said_words.rowid", question);
        wanted
    }

    /// What is disputed.
    fn disputed(question: &Question) -> Wanted {
        let mut wanted = Wanted { from: DISPUTED, newest: "ORDER BY tally.value DESC", ..Wanted::all() };
        wanted.push("tally.entity = 0 AND tally.what = 'disputed'", []);
        wanted.turns("tally.value", question);
        wanted
    }

    /// Whether nothing but words is asked for.
    pub(super) fn is_of_words_alone(&self) -> bool {
        self.from == SAID && self.conditions.len() == 2
    }

    pub(super) fn conditions(&self) -> String {
        self.conditions.join(" AND ")
    }

    pub(super) fn push(&mut self, condition: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.into());
        self.values.extend(values);
    }

    fn turns(&mut self, column: &str, question: &Question) {
        for (compared, day, fill) in [(">=", &question.since, '0'), ("<=", &question.until, '9')] {
            if let Some(turn) = day.as_deref().and_then(|day| turn(day, fill)) {
                self.push(format!("{column} {compared} ?"), [turn.into()]);
            }
        }
    }

    fn fill(&mut self, db: &Connection, question: &Question) -> Sql<()> {
        if let Some(names) = names(db, question)? {
            self.speaker(db, &names, question)?;
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
        self.flags(question);
        Ok(())
    }

    fn flags(&mut self, question: &Question) {
        if question.disputed && self.from != DISPUTED {
            self.push(
                "EXISTS (SELECT 1 FROM tally WHERE entity = 0 AND what = 'disputed' AND value = +s.turn)",
                [],
            );
        }
        // which of two came first does not matter
        if question.drifted {
            let ends = [("to_statement", "from_statement"), ("from_statement", "to_statement")];
            let [told, tells] = ends.map(|(here, there)| linked(here, there, "drifts"));
            self.push(format!("({told} OR {tells})"), []);
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
    }

    pub(super) fn days(&mut self, column: &str, question: &Question) {
        if let Some(since) = &question.since {
            self.push(format!("{column} >= ?"), [since.clone().into()]);
        }
        if let Some(until) = &question.until {
            // "2025-03" is the whole month: every day of it begins so, and "~" comes after all digits
            self.push(format!("{column} <= ?"), [format!("{until}~").into()]);
        }
    }

    /// Among all statements a speaker's are found by the days, which stand beside the names in an index of their own. Of
    /// those that have words their turns are told from the others, by an index alone, unless the speaker has very many;
    /// of those that are found otherwise, each is looked at.
    fn speaker(&mut self, db: &Connection, names: &[i64], question: &Question) -> Sql<()> {
        let few = self.from == SAID && speak_at_most(db, names, FEW)?;
        let names = Value::from(serde_json::Value::from(names).to_string());
        if few {
            self.push(format!("+said_words.rowid IN ({TURNS})"), [names]);
            return Ok(());
        }
        if self.from != ALL {
            let spoken = "EXISTS (SELECT 1 FROM voice WHERE statement = s.id AND part = 0 \
                          AND name IN (SELECT value FROM json_each(?)))";
            self.push(spoken, [names]);
            return Ok(());
        }
        let outer = std::mem::take(&mut self.conditions);
        self.push("voice.name IN (SELECT value FROM json_each(?)) AND voice.part = 0", [names]);
        self.days("voice.day", question);
        let spoken = self.conditions();
        self.conditions = outer;
        self.push(format!("s.id IN (SELECT voice.statement FROM voice WHERE {spoken})"), []);
        Ok(())
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

/// Whether names speak in so many statements at most.
pub(super) fn speak_at_most(db: &Connection, names: &[i64], most: usize) -> Sql<bool> {
    let query = "SELECT count(*) FROM (SELECT 1 FROM voice WHERE part = 0 \
                 AND name IN (SELECT value FROM json_each(?1)) LIMIT ?2)";
    let names = serde_json::Value::from(names).to_string();
    let count: i64 =
        db.prepare_cached(query)?.query_row(params![names, most as i64 + 1], |row| row.get(0))?;
    Ok(count <= most as i64)
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
