//! The statements of a record, with their voices and links, as rows.

use std::collections::BTreeMap;

use onrecord::{Record, Selection, Speaker, Statement};
use rusqlite::{Connection, params};

use super::Of;
use super::mention::Mention;
use super::names;
use super::prepared::{Prepared, Sketch};
use crate::back::word;
use crate::open::Sql;
use crate::{spans, tally};

/// Adds the statements of a record that are sure enough, and gives their rows, in their order.
pub(super) fn insert(db: &Connection, prepared: &Prepared, of: Of) -> Sql<Vec<i64>> {
    let record = &prepared.read.record;
    let mut rows = BTreeMap::new();
    for &Sketch { place, key, .. } in &prepared.statements {
        let statement = &record.statements[place];
        let row = insert_one(db, record, of, (place, statement, key))?;
        voices(db, row, statement, day(statement, record).as_deref())?;
        rows.insert(place, row);
    }
    let selection = record.select(|statement| statement.attribution.confidence >= prepared.least);
    nest(db, &selection, &rows)?;
    links(db, &selection, &rows)?;
    Ok(rows.into_values().collect())
}

fn insert_one(db: &Connection, record: &Record, of: Of, one: (usize, &Statement, i64)) -> Sql<i64> {
    let (place, statement, key) = one;
    let attribution = &statement.attribution;
    let (when, whereabouts) = (statement.when.as_ref(), statement.place.as_ref());
    let insert = "INSERT INTO statement (key, reading, version, place, state, source, cue, content, words, quote, act, \
                  negated, channel, channel_name, when_span, when_value, where_span, where_name, confidence, day) \
                  VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
    db.prepare_cached(insert)?.execute(params![
        key,
        of.reading,
        of.version,
        place as i64,
        spans::to_json(&attribution.source),
        spans::to_json(&attribution.cue),
        spans::to_json(&attribution.content),
        spans::words(&attribution.content, &record.article.text),
        word(attribution.quote),
        statement.act.word(),
        statement.negated,
        statement.channel.as_ref().map(|channel| word(channel.kind)),
        statement.channel.as_ref().and_then(|channel| channel.name.as_ref()),
        when.map(|when| spans::to_json(&[when.span])),
        when.and_then(|when| when.value.as_ref()),
        whereabouts.map(|place| spans::to_json(&[place.span])),
        whereabouts.map(|place| &place.name),
        f64::from(attribution.confidence),
        day(statement, record),
    ])?;
    Ok(db.last_insert_rowid())
}

fn day(statement: &Statement, record: &Record) -> Option<String> {
    let said = statement.when.as_ref().and_then(|when| when.value.as_deref());
    day_of(said, record.article.published.as_deref())
}

/// The day of the saying (EDTF) where the report tells it, else the day of publication (RFC 3339).
pub(crate) fn day_of(said: Option<&str>, published: Option<&str>) -> Option<String> {
    let day = |value: &str| value.get(..10).filter(|day| is_day(day)).map(str::to_owned);
    said.and_then(day).or_else(|| published.and_then(day))
}

fn is_day(words: &str) -> bool {
    let digit =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    words.bytes().enumerate().all(digit)
}

/// Somebody who speaks or is spoken to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voiced<'a> {
    /// As the report names them.
    pub(crate) mention: Mention<'a>,
    /// The description in the report.
    pub(crate) role: Option<&'a str>,
}

impl<'a> From<&'a Speaker> for Voiced<'a> {
    fn from(speaker: &'a Speaker) -> Self {
        Voiced { mention: Mention::from(speaker), role: speaker.role.as_deref() }
    }
}

fn voices(db: &Connection, row: i64, statement: &Statement, day: Option<&str>) -> Sql<()> {
    for (part, voices) in [(0, &statement.speakers), (1, &statement.addressees)] {
        let voices: Vec<Voiced<'_>> = voices.iter().map(Voiced::from).collect();
        insert_voices(db, (row, part), &voices, day)?;
    }
    Ok(())
}

/// Puts other voices in a part (0 speaks, 1 is spoken to) of a statement.
pub(crate) fn replace_voices(db: &Connection, row: i64, part: i64, voices: &[Voiced<'_>]) -> Sql<()> {
    let query = "SELECT version, day FROM statement WHERE id = ?1";
    let (version, day): (i64, Option<String>) =
        db.query_row(query, [row], |row| Ok((row.get(0)?, row.get(1)?)))?;
    tally::leave(db, version)?;
    db.execute("DELETE FROM voice WHERE statement = ?1 AND part = ?2", params![row, part])?;
    insert_voices(db, (row, part), voices, day.as_deref())
}

fn insert_voices(db: &Connection, of: (i64, i64), voices: &[Voiced<'_>], day: Option<&str>) -> Sql<()> {
    let insert = "INSERT INTO voice (statement, part, place, name, kind, role, anonymous, day) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    for (place, voice) in (0_i64..).zip(voices) {
        let name = names::name(db, voice.mention)?;
        let Mention { kind, anonymous, .. } = voice.mention;
        let values = params![of.0, of.1, place, name, word(kind), voice.role, anonymous, day];
        db.prepare_cached(insert)?.execute(values)?;
    }
    Ok(())
}

/// Tells each nested statement in whose content it stands.
fn nest(db: &Connection, selection: &Selection<'_>, rows: &BTreeMap<usize, i64>) -> Sql<()> {
    let mut update = db.prepare_cached("UPDATE statement SET within = ?2 WHERE id = ?1")?;
    for (place, row) in rows {
        if let Some(outer) = selection.within(*place) {
            update.execute(params![row, rows.get(&outer)])?;
        }
    }
    Ok(())
}

fn links(db: &Connection, selection: &Selection<'_>, rows: &BTreeMap<usize, i64>) -> Sql<()> {
    let insert = "INSERT OR IGNORE INTO link (from_statement, to_statement, relation, evidence, other_evidence, score) \
                  VALUES (?1, ?2, ?3, ?4, '[]', ?5)";
    let mut insert = db.prepare_cached(insert)?;
    for link in selection.links() {
        let (relation, evidence) = (word(link.relation), spans::to_json(&link.evidence));
        let score = f64::from(link.score);
        insert.execute(params![rows.get(&link.from), rows.get(&link.to), relation, evidence, score])?;
    }
    Ok(())
}
