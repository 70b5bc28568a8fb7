//! The fields of a statement that people correct, as JSON: what stands there, and how something else comes to stand there.

use onrecord::analyse::outline;
use onrecord::{Quote, Span};
use rusqlite::{Connection, params};
use serde::Serialize;

use super::role::Role;
use super::{NewChannel, NewVoice};
use crate::keep::{Mention, Voiced, day_of, replace_voices};
use crate::open::Sql;
use crate::{back, spans};

/// Whether it is no statement.
pub(super) const REJECTED: &str = "rejected";
/// Whether somebody found all of it right.
pub(super) const CONFIRMED: &str = "confirmed";
/// The other fields.
pub(super) const ALL: [&str; 9] =
    ["source", "cue", "content", "act", "speakers", "addressees", "channel", "when", "negated"];

/// What stands in a field of a row.
pub(super) fn current(db: &Connection, row: i64, field: &str) -> Sql<String> {
    let query = "SELECT v.id, s.state FROM statement s JOIN version v ON v.id = s.version WHERE s.id = ?1";
    let (version, state): (i64, i64) =
        db.prepare_cached(query)?.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let text = text(db, version)?;
    let statement = back::statement(db, row, &text)?.0;
    let role = |spans: &[Span]| json(Role::of(spans, &text));
    let voices =
        |speakers: &[onrecord::Speaker]| json(speakers.iter().map(NewVoice::from).collect::<Vec<_>>());
    Ok(match field {
        "source" => role(&statement.attribution.source),
        "cue" => role(&statement.attribution.cue),
        "content" => role(&statement.attribution.content),
        "act" => json(statement.act.word()),
        "speakers" => voices(&statement.speakers),
        "addressees" => voices(&statement.addressees),
        "channel" => {
            let channel = statement.channel.as_ref();
            json(channel.map(|it| NewChannel { kind: back::word(it.kind), name: it.name.clone() }))
        }
        "when" => json(statement.when.and_then(|when| when.value)),
        "negated" => json(statement.negated),
        REJECTED => json(state == 2),
        _ => json(false),
    })
}

fn text(db: &Connection, version: i64) -> Sql<String> {
    db.prepare_cached("SELECT text FROM version WHERE id = ?1")?.query_row([version], |row| row.get(0))
}

fn json(value: impl Serialize) -> String {
    // plain values always can be written
    serde_json::to_string(&value).unwrap_or_default()
}

impl From<&onrecord::Speaker> for NewVoice {
    fn from(speaker: &onrecord::Speaker) -> NewVoice {
        let onrecord::Speaker { name, kind, role, anonymous, .. } = speaker;
        NewVoice { name: name.clone(), kind: back::word(kind), role: role.clone(), anonymous: *anonymous }
    }
}

/// Puts a value into a field of a row.
pub(super) fn apply(db: &Connection, row: i64, field: &str, value: &str) -> Sql<()> {
    match field {
        "source" | "cue" | "content" => set_role(db, row, field, value)?,
        "act" => {
            let act: String = serde_json::from_str(value).unwrap_or_default();
            db.execute("UPDATE statement SET act = ?2 WHERE id = ?1", params![row, act])?;
        }
        "speakers" | "addressees" => {
            let voices: Vec<NewVoice> = serde_json::from_str(value).unwrap_or_default();
            let voiced: Vec<Voiced<'_>> = voices.iter().map(NewVoice::voiced).collect();
            replace_voices(db, row, i64::from(field == "addressees"), &voiced)?;
        }
        "channel" => {
            let channel: Option<NewChannel> = serde_json::from_str(value).unwrap_or_default();
            let (kind, name) = channel.map(|channel| (channel.kind, channel.name)).unzip();
            let update = "UPDATE statement SET channel = ?2, channel_name = ?3 WHERE id = ?1";
            db.execute(update, params![row, kind, name.flatten()])?;
        }
        "when" => set_when(db, row, serde_json::from_str(value).unwrap_or_default())?,
        "negated" => {
            db.execute("UPDATE statement SET negated = ?2 WHERE id = ?1", params![row, value == "true"])?;
        }
        _ => {}
    }
    Ok(())
}

impl NewVoice {
    fn voiced(&self) -> Voiced<'_> {
        let kind = back::kind(&self.kind);
        let role = self.role.as_deref();
        let mention = Mention { spelling: &self.name, kind, known: None, role, anonymous: self.anonymous };
        Voiced { mention, role }
    }
}

/// Sets the words of a role; with the content, how much of it stands in quotation marks.
fn set_role(db: &Connection, row: i64, field: &str, value: &str) -> Sql<()> {
    let version = db.query_row("SELECT version FROM statement WHERE id = ?1", [row], |row| row.get(0))?;
    let text = text(db, version)?;
    let role: Option<Role> = serde_json::from_str(value).ok();
    let Some(role) = role.and_then(|role| spans::from_points(&role.spans, &text)) else { return Ok(()) };
    let spans = spans::to_json(&role);
    if field != "content" {
        db.execute(&format!("UPDATE statement SET {field} = ?2 WHERE id = ?1"), params![row, spans])?;
        return Ok(());
    }
    let quote = back::word(Quote::of(&text, &role, &outline(&text).quotations()));
    let update = "UPDATE statement SET content = ?2, words = ?3, quote = ?4 WHERE id = ?1 AND content <> ?2";
    db.execute(update, params![row, spans, spans::words(&role, &text), quote]).map(|_| ())
}

/// Sets the time of a saying. One that a person tells needs no words of the report.
fn set_when(db: &Connection, row: i64, value: Option<String>) -> Sql<()> {
    let query = "SELECT v.text, coalesce(s.when_span, '[]'), s.content FROM statement s \
                 JOIN version v ON v.id = s.version WHERE s.id = ?1";
    let (told, content) = db.query_row(query, [row], |found| {
        let text = found.get_ref(0)?.as_str()?;
        let spans = |at: usize| -> Sql<Vec<Span>> {
            Ok(spans::from_json(found.get_ref(at)?.as_str()?, text).unwrap_or_default())
        };
        Ok((spans(1)?, spans(2)?))
    })?;
    let told = told.first().copied().filter(|span| span.begin < span.end);
    let span = told.or_else(|| value.as_ref().and_then(|_| spans::unworded(&content)));
    let update = "UPDATE statement SET when_span = ?2, when_value = ?3 WHERE id = ?1";
    db.execute(update, params![row, span.map(|span| spans::to_json(&[span])), value])?;
    set_day(db, row)
}

/// Sets the day by which a statement is found, from the time of the saying and the day of publication.
pub(super) fn set_day(db: &Connection, row: i64) -> Sql<()> {
    let query = "SELECT s.when_value, v.published FROM statement s JOIN version v ON v.id = s.version WHERE s.id = ?1";
    let (said, published): (Option<String>, Option<String>) =
        db.query_row(query, [row], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let day = day_of(said.as_deref(), published.as_deref());
    db.execute("UPDATE statement SET day = ?2 WHERE id = ?1", params![row, day])?;
    db.execute("UPDATE voice SET day = ?2 WHERE statement = ?1", params![row, day]).map(|_| ())
}
