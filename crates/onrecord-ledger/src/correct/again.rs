//! Statements that people spoke of, when their text is read again: each is known again by its key, else by a cue that it
//! shares words with; one that the new reading does not have is brought into it as it stood.

use onrecord::Span;
use rusqlite::{Connection, params};

use super::fields::set_day;
use super::relink;
use super::settle::{mark_missed, settle};
use crate::keep::Of;
use crate::open::Sql;
use crate::spans;

/// Lets what was read anew stand as people have said: `rows` are the statements of the reading.
pub(crate) fn stand(db: &Connection, of: Of, rows: &[i64]) -> Sql<()> {
    if !is_read_before(db, of)? {
        return Ok(());
    }
    let mut touched = carry(db, of)?;
    let rows: Vec<i64> = rows.iter().chain(&touched).copied().collect();
    for &row in &rows {
        if settle(db, row)? && !touched.contains(&row) {
            touched.push(row);
        }
    }
    relink(db, &rows, &touched)
}

/// Whether there can be anything to know again.
fn is_read_before(db: &Connection, of: Of) -> Sql<bool> {
    let query = "SELECT EXISTS (SELECT 1 FROM correction) AND EXISTS (SELECT 1 FROM version v \
                 JOIN reading r ON r.version = v.id WHERE v.article = ?1 AND r.id <> ?2)";
    db.prepare_cached(query)?.query_row([of.article, of.reading], |row| row.get(0))
}

/// Brings the statements of older readings of the same text, of which people spoke, into a new one that has them under
/// another key, or not at all. Gives the rows of those that it does not have.
fn carry(db: &Connection, of: Of) -> Sql<Vec<i64>> {
    let mut carried = Vec::new();
    for old in lost(db, of)? {
        match known_again(db, of, old)? {
            Some(row) => {
                let update =
                    "UPDATE statement SET key = (SELECT key FROM statement WHERE id = ?2) WHERE id = ?1";
                db.execute(update, [row, old])?;
            }
            None => carried.push(copy(db, of, old)?),
        }
    }
    Ok(carried)
}

/// The last rows of the statements that people spoke of and the new reading does not have.
fn lost(db: &Connection, Of { article, version, reading }: Of) -> Sql<Vec<i64>> {
    let query = "SELECT max(s.id) FROM version v JOIN version now ON now.id = ?2 AND now.sha256 = v.sha256 \
                 JOIN reading r ON r.version = v.id JOIN statement s ON s.reading = r.id \
                 WHERE v.article = ?1 AND r.id <> ?3 \
                 AND (EXISTS (SELECT 1 FROM standing WHERE statement = s.key) \
                      OR EXISTS (SELECT 1 FROM standing WHERE other = s.key)) \
                 AND NOT EXISTS (SELECT 1 FROM statement n WHERE n.key = s.key AND n.reading = ?3) \
                 GROUP BY s.key ORDER BY s.key";
    db.prepare(query)?.query_map([article, version, reading], |row| row.get(0))?.collect()
}

/// The statement of the new reading that is the same as an old one: nobody spoke of it, and their cues share words; the
/// contents, where they have no cue.
fn known_again(db: &Connection, of: Of, old: i64) -> Sql<Option<i64>> {
    let old = roles(db, old)?;
    let query = "SELECT id FROM statement s WHERE reading = ?1 \
                 AND NOT EXISTS (SELECT 1 FROM standing WHERE statement = s.key) ORDER BY place, id";
    let rows: Vec<i64> = db.prepare(query)?.query_map([of.reading], |row| row.get(0))?.collect::<Sql<_>>()?;
    let mut best = (0, None);
    for row in rows {
        let shared = shared(&old, &roles(db, row)?);
        if shared > best.0 {
            best = (shared, Some(row));
        }
    }
    Ok(best.1)
}

/// The cue and the content of a row.
fn roles(db: &Connection, row: i64) -> Sql<(Vec<Span>, Vec<Span>)> {
    let query =
        "SELECT v.text, s.cue, s.content FROM statement s JOIN version v ON v.id = s.version WHERE s.id = ?1";
    db.prepare_cached(query)?.query_row([row], |row| {
        let text = row.get_ref(0)?.as_str()?;
        let spans = |at| {
            Ok::<_, rusqlite::Error>(spans::from_json(row.get_ref(at)?.as_str()?, text).unwrap_or_default())
        };
        Ok((spans(1)?, spans(2)?))
    })
}

/// How many bytes the cues of two statements share; their contents, where neither has a cue.
fn shared(one: &(Vec<Span>, Vec<Span>), other: &(Vec<Span>, Vec<Span>)) -> u32 {
    let bytes = |one: &[Span], other: &[Span]| {
        let pairs = one.iter().flat_map(|one| other.iter().map(move |other| (one, other)));
        pairs.map(|(one, other)| one.end.min(other.end).saturating_sub(one.begin.max(other.begin))).sum()
    };
    if one.0.is_empty() && other.0.is_empty() { bytes(&one.1, &other.1) } else { bytes(&one.0, &other.0) }
}

/// Brings a statement into a reading that does not have it.
fn copy(db: &Connection, Of { version, reading, .. }: Of, old: i64) -> Sql<i64> {
    let insert = "INSERT INTO statement (key, reading, version, place, state, source, cue, content, words, quote, act, \
                  negated, channel, channel_name, when_span, when_value, where_span, where_name, within, confidence) \
                  SELECT s.key, ?2, ?3, ?4, 0, s.source, s.cue, s.content, s.words, s.quote, s.act, s.negated, s.channel, \
                  s.channel_name, s.when_span, s.when_value, s.where_span, s.where_name, \
                  (SELECT n.id FROM statement o JOIN statement n ON n.key = o.key AND n.reading = ?2 WHERE o.id = s.within), \
                  s.confidence FROM statement s WHERE s.id = ?1";
    let begin = roles(db, old)?.1.first().map_or(0, |span| span.begin);
    db.execute(insert, params![old, reading, version, place(db, reading, begin)?])?;
    let row = db.last_insert_rowid();
    db.execute("INSERT INTO voice SELECT ?1, part, place, name, kind, role, anonymous, day FROM voice WHERE statement = ?2", [row, old])?;
    db.execute(
        "INSERT INTO overruled SELECT ?1, field, 0, value FROM overruled WHERE statement = ?2 AND other = 0",
        [row, old],
    )?;
    mark_missed(db, row)?;
    set_day(db, row)?;
    Ok(row)
}

/// The number that a statement has among those of a reading when its content begins at this byte.
pub(super) fn place(db: &Connection, reading: i64, begin: u32) -> Sql<i64> {
    let query =
        "SELECT coalesce(max(place), -1) FROM statement WHERE reading = ?1 AND content ->> '$[0][0]' < ?2";
    db.query_row(query, params![reading, begin], |row| row.get(0))
}
