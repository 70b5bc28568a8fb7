//! What people correct: facts with author and time, which win over whatever a model reads.

use onrecord::Act;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::edtf;
use crate::keep::{Mention, Voiced, day_of, replace_voices};
use crate::open::Sql;
use crate::{Kept, Ledger, LedgerError};

/// What is right of a statement. What is left out was right, or was not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// What the speaker does.
    pub act: Option<Act>,
    /// Who speaks; an empty list: nobody is named.
    pub speakers: Option<Vec<NewVoice>>,
    /// Whom it is told.
    pub addressees: Option<Vec<NewVoice>>,
    /// How it was said; within, nothing: the report does not tell.
    pub channel: Option<Option<NewChannel>>,
    /// When it was said, as EDTF; within, nothing: the words of the report tell no time. Only where the report has such
    /// words.
    pub when: Option<Option<String>>,
    /// The report says that it was *not* said, thought or done.
    pub negated: Option<bool>,
    /// It is no statement at all, or (`false`) it is one after all.
    pub rejected: Option<bool>,
    /// Somebody looked at all of it, and what is not corrected here is right.
    pub confirmed: bool,
}

/// How something was said, as a person tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewChannel {
    /// One of the record's kinds.
    pub kind: String,
    /// The name of the outlet or platform.
    #[serde(default)]
    pub name: Option<String>,
}

/// Somebody as a person names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVoice {
    /// The name.
    pub name: String,
    /// `person`, `group`, `organisation`, `place`, `document` or `unknown`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Their description.
    #[serde(default)]
    pub role: Option<String>,
    /// A particular person whose words are relayed, unnamed.
    #[serde(default)]
    pub anonymous: bool,
}

impl NewVoice {
    fn voiced(&self) -> Voiced<'_> {
        let kind = crate::back::kind(&self.kind);
        let role = self.role.as_deref();
        let mention = Mention { spelling: &self.name, kind, known: None, role, anonymous: self.anonymous };
        Voiced { mention, role }
    }
}

/// The fields of a correction, each with what is right, as JSON.
fn fields(correction: &Correction) -> Vec<(&'static str, String)> {
    let fields = [
        ("act", correction.act.map(|act| format!("\"{}\"", act.word()))),
        ("speakers", correction.speakers.as_ref().map(json)),
        ("addressees", correction.addressees.as_ref().map(json)),
        ("channel", correction.channel.as_ref().map(json)),
        ("when", correction.when.as_ref().map(json)),
        ("negated", correction.negated.map(|negated| negated.to_string())),
        ("rejected", correction.rejected.map(|rejected| rejected.to_string())),
        ("confirmed", correction.confirmed.then(|| "true".to_owned())),
    ];
    fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Why a correction of this statement cannot be taken, where it cannot.
fn refusal(before: &Kept, correction: &Correction) -> Option<String> {
    let kind = correction.channel.iter().flatten().map(|channel| &channel.kind);
    if let Some(kind) = kind.into_iter().find(|kind| crate::back::channel_kind(kind).is_none()) {
        return Some(format!("“{kind}” is no kind of channel"));
    }
    let value = correction.when.iter().flatten().find(|value| !edtf::is_valid(value));
    if let Some(value) = value {
        return Some(format!(
            "“{value}” is no time as EDTF has it: 2025-03-14, 2025-03, 2025-03-10/2025-03-16"
        ));
    }
    (correction.when.is_some() && before.when.is_none()).then(|| {
        "the report has no words for the time of this saying, so there is none to correct".to_owned()
    })
}

impl Ledger {
    /// Corrects the statement with this identifier, or the only one that begins with these digits, and gives it as it
    /// stands then. The correction is a fact: `author` said so `at` (RFC 3339). It holds for every later reading too.
    ///
    /// # Errors
    ///
    /// There is no such statement, or several; nothing is corrected, or to what cannot stand there; or the ledger cannot be written.
    pub fn correct(
        &mut self,
        id: &str,
        correction: &Correction,
        author: &str,
        at: &str,
    ) -> Result<Kept, LedgerError> {
        let fields = fields(correction);
        if fields.is_empty() {
            return Err(LedgerError::Refused("nothing is corrected: say what is right".to_owned()));
        }
        let row = self.statement_row(id)?;
        let before = self.told(crate::ask::load(&self.db, row))?;
        if let Some(refusal) = refusal(&before, correction) {
            return Err(LedgerError::Refused(refusal));
        }
        self.run(|db| {
            let key: i64 =
                db.query_row("SELECT key FROM statement WHERE id = ?1", [row], |row| row.get(0))?;
            for (field, value) in &fields {
                let insert = "INSERT INTO correction (statement, field, value, was, author, at) \
                              VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                db.execute(insert, params![key, field, value, was(&before, field), author, at])?;
                apply(db, row, field, value)?;
            }
            crate::ask::load(db, row)
        })
    }
}

/// What stood in a field, as JSON.
fn was(before: &Kept, field: &str) -> String {
    match field {
        "act" => format!("\"{}\"", before.act.word()),
        "speakers" => json(&before.speakers),
        "addressees" => json(&before.addressees),
        "channel" => {
            let name = before.channel_name.clone();
            json(&before.channel.clone().map(|kind| NewChannel { kind, name }))
        }
        "when" => json(&before.when.as_ref().and_then(|when| when.value.as_ref())),
        "negated" => before.negated.to_string(),
        "rejected" => (!before.holds).to_string(),
        _ => "false".to_owned(),
    }
}

/// Applies the last correction of each field to a statement that was read anew.
pub(crate) fn reapply(db: &Connection, row: i64) -> Sql<()> {
    let query = "SELECT c.field, c.value FROM correction c JOIN statement s ON s.key = c.statement WHERE s.id = ?1 \
                 AND c.id = (SELECT max(d.id) FROM correction d WHERE d.statement = c.statement AND d.field = c.field)";
    let mut query = db.prepare_cached(query)?;
    let rows = query.query_map([row], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for correction in rows.collect::<Sql<Vec<_>>>()? {
        apply(db, row, &correction.0, &correction.1)?;
    }
    Ok(())
}

fn apply(db: &Connection, row: i64, field: &str, value: &str) -> Sql<()> {
    match field {
        "act" => {
            let act: String = serde_json::from_str(value).unwrap_or_default();
            db.execute("UPDATE statement SET act = ?2 WHERE id = ?1", params![row, act])?;
        }
        "negated" => {
            db.execute("UPDATE statement SET negated = ?2 WHERE id = ?1", params![row, value == "true"])?;
        }
        "channel" => {
            let channel: Option<NewChannel> = serde_json::from_str(value).unwrap_or_default();
            let (kind, name) = channel.map(|channel| (channel.kind, channel.name)).unzip();
            let update = "UPDATE statement SET channel = ?2, channel_name = ?3 WHERE id = ?1";
            db.execute(update, params![row, kind, name.flatten()])?;
        }
        "when" => set_when(db, row, serde_json::from_str(value).unwrap_or_default())?,
        // what is past stays past
        "rejected" => {
            let state = if value == "true" { 2 } else { 0 };
            db.execute("UPDATE statement SET state = ?2 WHERE id = ?1 AND state <> 1", params![row, state])?;
        }
        "speakers" | "addressees" => {
            let voices: Vec<NewVoice> = serde_json::from_str(value).unwrap_or_default();
            let voiced: Vec<Voiced<'_>> = voices.iter().map(NewVoice::voiced).collect();
            replace_voices(db, row, i64::from(field == "addressees"), &voiced)?;
        }
        _ => {}
    }
    Ok(())
}

/// Sets the time of a saying whose words the report has, and the day by which it is found.
fn set_when(db: &Connection, row: i64, value: Option<String>) -> Sql<()> {
    let query = "SELECT v.published FROM statement s JOIN version v ON v.id = s.version WHERE s.id = ?1";
    let published: Option<String> = db.query_row(query, [row], |row| row.get(0))?;
    let day = day_of(value.as_deref(), published.as_deref());
    let update = "UPDATE statement SET when_value = ?2, day = ?3 WHERE id = ?1 AND when_span IS NOT NULL";
    if db.execute(update, params![row, value, day])? > 0 {
        db.execute("UPDATE voice SET day = ?2 WHERE statement = ?1", params![row, day])?;
    }
    Ok(())
}
