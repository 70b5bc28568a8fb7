//! How a statement comes to stand as people have said last: what its reading has is put aside, and comes back when they
//! take back what they said.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::facts::Fact;
use super::fields::{self, CONFIRMED, REJECTED};
use crate::open::Sql;

/// Lets the fields of a statement stand as people have said last; tells whether its content has other words then.
pub(super) fn settle(db: &Connection, row: i64) -> Sql<bool> {
    let (key, words): (i64, String) = db
        .prepare_cached("SELECT key, words FROM statement WHERE id = ?1")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let standing = standing(db, key)?;
    for (field, value) in overruled(db, row)? {
        if !standing.contains_key(&field) {
            fields::apply(db, row, &field, &value)?;
            forget(db, row, (&field, 0))?;
        }
    }
    for (field, value) in standing.iter().filter(|(field, _)| *field != REJECTED) {
        put_aside(db, row, (field, 0), &fields::current(db, row, field)?)?;
        fields::apply(db, row, field, value)?;
    }
    let state = if is_rejected_by(db, &standing, (row, key))? { 2 } else { 0 };
    // what is past stays past
    let update = "UPDATE statement SET state = ?2 WHERE id = ?1 AND state NOT IN (1, ?2)";
    db.prepare_cached(update)?.execute([row, state])?;
    db.prepare_cached("SELECT words <> ?2 FROM statement WHERE id = ?1")?
        .query_row(params![row, words], |row| row.get(0))
}

/// What people said last of each field of a statement. Whoever confirms a statement says so of all its fields.
fn standing(db: &Connection, key: i64) -> Sql<BTreeMap<String, String>> {
    let query = "SELECT field, value FROM standing WHERE statement = ?1 AND other IS NULL ORDER BY id";
    let mut standing = BTreeMap::new();
    for fact in pairs(db, query, key)? {
        match fact {
            (field, value) if field == CONFIRMED => {
                let all: serde_json::Map<_, _> = serde_json::from_str(&value).unwrap_or_default();
                standing.extend(all.into_iter().map(|(field, value)| (field, value.to_string())));
            }
            (field, value) => {
                standing.insert(field, value);
            }
        }
    }
    Ok(standing)
}

/// What was put aside of the fields of a row.
fn overruled(db: &Connection, row: i64) -> Sql<Vec<(String, String)>> {
    let query =
        "SELECT field, value FROM overruled WHERE statement = ?1 AND other = 0 AND field <> 'rejected'";
    pairs(db, query, row)
}

fn pairs(db: &Connection, query: &str, number: i64) -> Sql<Vec<(String, String)>> {
    db.prepare_cached(query)?.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn put_aside(db: &Connection, row: i64, (field, other): (&str, i64), value: &str) -> Sql<()> {
    let insert = "INSERT OR IGNORE INTO overruled (statement, field, other, value) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(insert)?.execute(params![row, field, other, value]).map(|_| ())
}

fn forget(db: &Connection, row: i64, (field, other): (&str, i64)) -> Sql<()> {
    let delete = "DELETE FROM overruled WHERE statement = ?1 AND field = ?2 AND other = ?3";
    db.prepare_cached(delete)?.execute(params![row, field, other]).map(|_| ())
}

/// Whether a statement is none: people said so, or its reading does not have it and nobody speaks of it any more.
pub(crate) fn is_rejected(db: &Connection, row: i64, key: i64) -> Sql<bool> {
    is_rejected_by(db, &standing(db, key)?, (row, key))
}

fn is_rejected_by(db: &Connection, standing: &BTreeMap<String, String>, (row, key): (i64, i64)) -> Sql<bool> {
    if let Some(rejected) = standing.get(REJECTED) {
        return Ok(rejected == "true");
    }
    let is_missed = "SELECT 1 FROM overruled WHERE statement = ?1 AND field = 'rejected'";
    let is_spoken_of =
        "SELECT 1 FROM standing WHERE statement = ?1 UNION ALL SELECT 1 FROM standing WHERE other = ?1";
    Ok(db.prepare_cached(is_missed)?.exists([row])? && !db.prepare_cached(is_spoken_of)?.exists([key])?)
}

/// Marks a statement as one that its reading does not have.
pub(super) fn mark_missed(db: &Connection, row: i64) -> Sql<()> {
    put_aside(db, row, (REJECTED, 0), "true")
}

/// What stands where a fact speaks of it, as JSON.
pub(super) fn stands(db: &Connection, row: i64, fact: &Fact) -> Sql<String> {
    match fact.other {
        None => fields::current(db, row, &fact.field),
        Some(other) => {
            let to = row_of(db, other)?;
            let link = to.map(|to| link(db, row, to, &fact.field)).transpose()?.flatten();
            Ok(link.is_some().to_string())
        }
    }
}

/// A link as a reading has it; spans are those of the table, in bytes.
#[derive(Serialize, Deserialize)]
struct Tie {
    evidence: String,
    other_evidence: String,
    score: f64,
}

/// Lets the links of a statement, from it and to it, stand as people have said last.
pub(super) fn settle_links(db: &Connection, row: i64) -> Sql<()> {
    let key: i64 =
        db.prepare_cached("SELECT key FROM statement WHERE id = ?1")?.query_row([row], |row| row.get(0))?;
    let query = "SELECT statement, other, field, value FROM standing WHERE other IS NOT NULL \
                 AND (statement = ?1 OR other = ?1) ORDER BY id";
    let fact =
        |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?), row.get::<_, String>(3)?));
    let standing: BTreeMap<(i64, i64, String), String> =
        db.prepare_cached(query)?.query_map([key], fact)?.collect::<Sql<_>>()?;
    bring_back(db, row, |other, relation| standing.contains_key(&(key, other, relation.to_owned())))?;
    for ((from, to, relation), value) in &standing {
        let (Some(from), Some(to_row)) = (row_of(db, *from)?, row_of(db, *to)?) else { continue };
        let read = link(db, from, to_row, relation)?;
        put_aside(db, from, (relation, *to), &serde_json::to_string(&read).unwrap_or_default())?;
        if value == "true" { tie(db, from, to_row, relation)? } else { untie(db, from, to_row, relation)? }
    }
    Ok(())
}

/// Links from a statement that nobody speaks of any more are as its reading has them.
fn bring_back(db: &Connection, row: i64, is_standing: impl Fn(i64, &str) -> bool) -> Sql<()> {
    let query = "SELECT field, other, value FROM overruled WHERE statement = ?1 AND other <> 0";
    let aside =
        |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?));
    let aside: Vec<_> = db.prepare_cached(query)?.query_map([row], aside)?.collect::<Sql<_>>()?;
    for (relation, other, value) in aside {
        if is_standing(other, &relation) {
            continue;
        }
        forget(db, row, (&relation, other))?;
        let Some(to) = row_of(db, other)? else { continue };
        untie(db, row, to, &relation)?;
        if let Ok(Some(tie)) = serde_json::from_str::<Option<Tie>>(&value) {
            insert(db, (row, to, &relation), &tie)?;
        }
    }
    Ok(())
}

/// The last row of a key.
fn row_of(db: &Connection, key: i64) -> Sql<Option<i64>> {
    db.prepare_cached("SELECT max(id) FROM statement WHERE key = ?1")?.query_row([key], |row| row.get(0))
}

fn link(db: &Connection, from: i64, to: i64, relation: &str) -> Sql<Option<Tie>> {
    let query = "SELECT evidence, other_evidence, score FROM link \
                 WHERE from_statement = ?1 AND to_statement = ?2 AND relation = ?3";
    let tie =
        |row: &Row<'_>| Ok(Tie { evidence: row.get(0)?, other_evidence: row.get(1)?, score: row.get(2)? });
    db.prepare_cached(query)?.query_row(params![from, to, relation], tie).optional()
}

/// Links two statements as a person says, which its own cue shows.
fn tie(db: &Connection, from: i64, to: i64, relation: &str) -> Sql<()> {
    let query = "SELECT CASE cue WHEN '[]' THEN content ELSE cue END FROM statement WHERE id = ?1";
    let evidence = db.prepare_cached(query)?.query_row([from], |row| row.get(0))?;
    insert(db, (from, to, relation), &Tie { evidence, other_evidence: "[]".to_owned(), score: 1.0 })
}

fn insert(db: &Connection, (from, to, relation): (i64, i64, &str), tie: &Tie) -> Sql<()> {
    let insert = "INSERT OR IGNORE INTO link (from_statement, to_statement, relation, evidence, other_evidence, score) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![from, to, relation, tie.evidence, tie.other_evidence, tie.score];
    db.prepare_cached(insert)?.execute(values).map(|_| ())
}

fn untie(db: &Connection, from: i64, to: i64, relation: &str) -> Sql<()> {
    let delete = "DELETE FROM link WHERE from_statement = ?1 AND to_statement = ?2 AND relation = ?3";
    db.prepare_cached(delete)?.execute(params![from, to, relation]).map(|_| ())
}
