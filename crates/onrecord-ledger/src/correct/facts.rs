//! What a person says of a statement, as facts: one for each field. What cannot stand there is refused.

use onrecord::{Article, Span, Statement};
use rusqlite::Connection;
use serde::Serialize;

use super::role::{self, Role};
use super::{Correction, NewLink, NewRole, fields, refused};
use crate::open::Sql;
use crate::{Ledger, LedgerError, back, edtf};

/// What is right of one field.
pub(super) struct Fact {
    pub(super) field: String,
    /// The key of the statement at a link's other end.
    pub(super) other: Option<i64>,
    /// JSON.
    pub(super) value: String,
}

impl Fact {
    pub(super) fn new(field: &str, value: impl Serialize) -> Fact {
        // plain values always can be written
        Fact {
            field: field.to_owned(),
            other: None,
            value: serde_json::to_string(&value).unwrap_or_default(),
        }
    }
}

/// The facts of the fields that need no text to be understood.
pub(super) fn of_fields(correction: &Correction) -> Result<Vec<Fact>, LedgerError> {
    if let Some(channel) =
        correction.channel.iter().flatten().find(|it| back::channel_kind(&it.kind).is_none())
    {
        return Err(refused(format!("“{}” is no kind of channel", channel.kind)));
    }
    if let Some(when) = correction.when.iter().flatten().find(|when| !edtf::is_valid(when)) {
        return Err(refused(format!(
            "“{when}” is no time as EDTF has it: 2025-03-14, 2025-03, 2025-03-10/2025-03-16"
        )));
    }
    let facts = [
        correction.act.map(|act| Fact::new("act", act.word())),
        correction.speakers.as_ref().map(|voices| Fact::new("speakers", voices)),
        correction.addressees.as_ref().map(|voices| Fact::new("addressees", voices)),
        correction.channel.as_ref().map(|channel| Fact::new("channel", channel)),
        correction.when.as_ref().map(|when| Fact::new("when", when)),
        correction.negated.map(|negated| Fact::new("negated", negated)),
        correction.rejected.map(|rejected| Fact::new(fields::REJECTED, rejected)),
    ];
    Ok(facts.into_iter().flatten().collect())
}

/// That a statement is right as it stands, with all that stands there: so it holds, whatever is read later.
pub(super) fn confirmed(db: &Connection, row: i64) -> Sql<Fact> {
    let mut all = serde_json::Map::new();
    for field in fields::ALL {
        let value = fields::current(db, row, field)?;
        all.insert(field.to_owned(), serde_json::from_str(&value).unwrap_or_default());
    }
    all.insert(fields::REJECTED.to_owned(), false.into());
    Ok(Fact::new(fields::CONFIRMED, all))
}

impl Ledger {
    /// What a correction says of the statement of a row.
    pub(super) fn facts(&self, row: i64, correction: &Correction) -> Result<Vec<Fact>, LedgerError> {
        let mut facts = of_fields(correction)?;
        let query = "SELECT version FROM statement WHERE id = ?1";
        let (statement, article) = self.told((|| {
            let version = self.db.query_row(query, [row], |row| row.get(0))?;
            let article = back::article(&self.db, version)?;
            Ok((back::statement(&self.db, row, &article.text)?.0, article))
        })())?;
        facts.extend(of_roles(correction, &statement, &article)?);
        facts.extend(self.of_links(&correction.links)?);
        let query = "SELECT key FROM statement WHERE id = ?1";
        let own: i64 = self.told(self.db.query_row(query, [row], |row| row.get(0)))?;
        if facts.iter().any(|fact| fact.other == Some(own)) {
            return Err(refused("a statement is not linked with itself"));
        }
        Ok(facts)
    }

    /// How a statement relates to others.
    pub(super) fn of_links(&self, links: &[NewLink]) -> Result<Vec<Fact>, LedgerError> {
        links.iter().map(|link| self.of_link(link)).collect()
    }

    fn of_link(&self, link: &NewLink) -> Result<Fact, LedgerError> {
        let other = self.statement_row(&link.other)?;
        let query = "SELECT key FROM statement WHERE id = ?1";
        let other: i64 = self.told(self.db.query_row(query, [other], |row| row.get(0)))?;
        Ok(Fact { other: Some(other), ..Fact::new(link.relation.word(), link.holds) })
    }
}

/// The corrected roles of a statement, each where its words stand nearest to where it was.
fn of_roles(
    correction: &Correction,
    statement: &Statement,
    article: &Article,
) -> Result<Vec<Fact>, LedgerError> {
    let was = &statement.attribution;
    let near = was.content.first().map_or(0, |span| span.range().start);
    let find = |new: &Option<NewRole>, name, was: &[Span]| match new {
        None => Ok(None),
        Some(new) => {
            let near = was.first().map_or(near, |span| span.range().start);
            role::find(&article.text, new, name, near).map(Some)
        }
    };
    let source = find(&correction.source, "source", &was.source)?;
    let cue = find(&correction.cue, "cue", &was.cue)?;
    let content = find(&correction.content, "content", &was.content)?;
    if source.is_none() && cue.is_none() && content.is_none() {
        return Ok(Vec::new());
    }
    role::check(
        source.as_deref().unwrap_or(&was.source),
        cue.as_deref().unwrap_or(&was.cue),
        content.as_deref().unwrap_or(&was.content),
    )?;
    let fact = |(field, spans): (&str, Option<Vec<Span>>)| {
        spans.map(|spans| Fact::new(field, Role::of(&spans, &article.text)))
    };
    Ok([("source", source), ("cue", cue), ("content", content)].into_iter().filter_map(fact).collect())
}
