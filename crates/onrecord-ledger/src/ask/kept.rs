//! A statement as the ledger keeps it: whole, with its words, its article and where it came from.

use onrecord::{Act, CodePoints, Span};
use rusqlite::{Connection, Row, params};
use serde::Serialize;

use crate::open::Sql;
use crate::{Ledger, LedgerError, id, spans};

/// One statement of the ledger. Its JSON has the fields of a record's statement, and says beside them where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kept {
    /// Leads to it for ever: sixteen hexadecimal digits.
    pub id: String,
    /// Where it stands.
    pub article: ArticleNote,
    /// The words of source, cue and content.
    pub words: Words,
    /// Who is speaking, as `[begin, end)` in code points of the article's text.
    pub source: Vec<[u32; 2]>,
    /// The words that attribute, likewise.
    pub cue: Vec<[u32; 2]>,
    /// What is attributed, likewise.
    pub content: Vec<[u32; 2]>,
    /// How much of the content stands in quotation marks: `direct`, `mixed` or `indirect`.
    pub quote: String,
    /// What the speaker does.
    pub act: Act,
    /// The report says that it was *not* said, thought or done.
    pub negated: bool,
    /// Who speaks.
    pub speakers: Vec<Voice>,
    /// To whom.
    pub addressees: Vec<Voice>,
    /// How it was said: the kind of the channel, as `press-conference`.
    pub channel: Option<String>,
    /// The platform, station or outlet.
    pub channel_name: Option<String>,
    /// When it was said.
    pub when: Option<WhenSaid>,
    /// Where it was said.
    #[serde(rename = "where")]
    pub place: Option<Whereabouts>,
    /// The day of the saying where the report tells it, else of publication.
    pub day: Option<String>,
    /// The statement in whose content it stands.
    pub within: Option<String>,
    /// In `[0, 1]`.
    pub confidence: f64,
    /// How many statements dispute it.
    pub disputed: u32,
    /// How many tell the same utterance in other words inside the quotation marks.
    pub drifted: u32,
    /// A person has corrected it.
    pub corrected: bool,
    /// It holds: it is of its article's last version and last reading, and nobody rejected it.
    pub holds: bool,
    /// The program and model that read it.
    pub model: String,
    /// When that was, RFC 3339.
    pub read: String,
}

/// The article of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleNote {
    /// What it is known by in the ledger.
    pub id: String,
    /// Which version of it, from 1.
    pub version: u32,
    /// Where it was found.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// RFC 3339.
    pub published: Option<String>,
    /// Where it was read: the input's name, and the line of JSONL.
    pub place: String,
}

/// The words of a statement; an ellipsis stands for what breaks a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Who is speaking.
    pub source: String,
    /// The words that attribute.
    pub cue: String,
    /// What is attributed.
    pub content: String,
}

/// Who speaks, or is spoken to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// As this article has it.
    pub name: String,
    /// `person`, `group`, `organisation`, `place`, `document` or `unknown`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The description in the report.
    pub role: Option<String>,
    /// A particular person whose words are relayed, unnamed.
    pub anonymous: bool,
    /// Who this is across articles; nobody, for the unnamed.
    pub entity: Option<u64>,
    /// The name of that entity.
    pub entity_name: Option<String>,
}

/// The time of the saying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhenSaid {
    /// The words that tell it; none, where a person told it and the report does not.
    pub text: String,
    /// As EDTF.
    pub value: Option<String>,
}

/// The place of the saying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whereabouts {
    /// The words that tell it.
    pub text: String,
    /// Its name.
    pub name: String,
}

impl Ledger {
    /// The statement with this identifier, or the only one that begins with these digits. One that no longer holds is
    /// found too, as it last stood.
    ///
    /// # Errors
    ///
    /// There is none, or there are several, or the ledger cannot be read.
    pub fn statement(&self, id: &str) -> Result<Kept, LedgerError> {
        let row = self.statement_row(id)?;
        self.told(load(&self.db, row))
    }

    pub(crate) fn statement_row(&self, id: &str) -> Result<i64, LedgerError> {
        let Some((low, high)) = id::range(id) else { return Err(LedgerError::NoStatement(id.to_owned())) };
        let query = "SELECT max(id) FROM statement WHERE key BETWEEN ?1 AND ?2 GROUP BY key LIMIT 2";
        let rows = self.told((|| {
            let mut query = self.db.prepare_cached(query)?;
            query.query_map([low, high], |row| row.get(0))?.collect::<Sql<Vec<i64>>>()
        })())?;
        match rows.as_slice() {
            [] => Err(LedgerError::NoStatement(id.to_owned())),
            [row] => Ok(*row),
            _ => Err(LedgerError::SeveralStatements(id.to_owned())),
        }
    }

    /// The statements of these rows, in their order.
    pub(crate) fn load_all(&self, rows: &[i64]) -> Result<Vec<Kept>, LedgerError> {
        self.told(rows.iter().map(|&row| load(&self.db, row)).collect())
    }
}

const STATEMENT: &str = "SELECT s.key, s.source, s.cue, s.content, s.quote, s.act, s.negated, s.channel, \
    s.channel_name, s.when_span, s.when_value, s.where_span, s.where_name, s.within, s.confidence, s.day, s.state, \
    v.text, v.number, v.url, v.title, v.publisher, v.published, v.place, a.key AS article, r.model, r.at \
    FROM statement s JOIN version v ON v.id = s.version JOIN article a ON a.id = v.article \
    JOIN reading r ON r.id = s.reading WHERE s.id = ?1";

/// The statement of a row.
pub(crate) fn load(db: &Connection, row: i64) -> Sql<Kept> {
    let mut kept = db.prepare_cached(STATEMENT)?.query_row([row], |found| statement(db, found))?;
    kept.speakers = voices(db, row, 0)?;
    kept.addressees = voices(db, row, 1)?;
    kept.disputed = disputing(db, row)?;
    kept.drifted = drifting(db, row)?;
    Ok(kept)
}

fn statement(db: &Connection, row: &Row<'_>) -> Sql<Kept> {
    let text: &str = row.get_ref("text")?.as_str()?;
    let points = CodePoints::new(text);
    let spans = |column: &str| -> Sql<Vec<Span>> {
        let json: Option<String> = row.get(column)?;
        // a span that is off gives no words: `verify` names it
        Ok(json.and_then(|json| spans::from_json(&json, text)).unwrap_or_default())
    };
    let in_points = |spans: &[Span]| spans.iter().map(|&span| points.span(span)).collect::<Vec<_>>();
    let words = |column: &str| Ok::<_, rusqlite::Error>(spans::words(&spans(column)?, text));
    let key: i64 = row.get("key")?;
    Ok(Kept {
        id: id::shown(key),
        article: article(row)?,
        words: Words { source: words("source")?, cue: words("cue")?, content: words("content")? },
        source: in_points(&spans("source")?),
        cue: in_points(&spans("cue")?),
        content: in_points(&spans("content")?),
        quote: row.get("quote")?,
        act: Act::from_word(row.get_ref("act")?.as_str()?).unwrap_or(Act::State),
        negated: row.get("negated")?,
        speakers: Vec::new(),
        addressees: Vec::new(),
        channel: row.get("channel")?,
        channel_name: row.get("channel_name")?,
        when: match row.get::<_, Option<String>>("when_span")? {
            Some(_) => Some(WhenSaid { text: words("when_span")?, value: row.get("when_value")? }),
            None => None,
        },
        place: match row.get("where_name")? {
            Some(name) => Some(Whereabouts { text: words("where_span")?, name }),
            None => None,
        },
        day: row.get("day")?,
        within: row
            .get::<_, Option<i64>>("within")?
            .map(|outer| key_of(db, outer))
            .transpose()?
            .map(id::shown),
        confidence: (row.get::<_, f64>("confidence")? * 1000.0).round() / 1000.0,
        disputed: 0,
        drifted: 0,
        corrected: is_corrected(db, key)?,
        holds: row.get::<_, i64>("state")? == 0,
        model: row.get("model")?,
        read: row.get("at")?,
    })
}

pub(super) fn article(row: &Row<'_>) -> Sql<ArticleNote> {
    Ok(ArticleNote {
        id: row.get("article")?,
        version: row.get("number")?,
        url: row.get("url")?,
        title: row.get("title")?,
        publisher: row.get("publisher")?,
        published: row.get("published")?,
        place: row.get("place")?,
    })
}

fn key_of(db: &Connection, row: i64) -> Sql<i64> {
    db.prepare_cached("SELECT key FROM statement WHERE id = ?1")?.query_row([row], |row| row.get(0))
}

fn is_corrected(db: &Connection, key: i64) -> Sql<bool> {
    db.prepare_cached("SELECT 1 FROM standing WHERE statement = ?1 LIMIT 1")?.exists([key])
}

fn voices(db: &Connection, row: i64, part: i64) -> Sql<Vec<Voice>> {
    let query = "SELECT name.spelling, voice.kind, voice.role, voice.anonymous, entity.id, entity.name \
                 FROM voice JOIN name ON name.id = voice.name LEFT JOIN entity ON entity.id = name.entity \
                 WHERE voice.statement = ?1 AND voice.part = ?2 ORDER BY voice.place";
    let voice = |row: &Row<'_>| {
        Ok(Voice {
            name: row.get(0)?,
            kind: row.get(1)?,
            role: row.get(2)?,
            anonymous: row.get(3)?,
            entity: row.get::<_, Option<i64>>(4)?.map(i64::cast_unsigned),
            entity_name: row.get(5)?,
        })
    };
    db.prepare_cached(query)?.query_map(params![row, part], voice)?.collect()
}

/// How many statements that hold dispute one.
fn disputing(db: &Connection, row: i64) -> Sql<u32> {
    let query = "SELECT count(*) FROM link JOIN statement s ON s.id = link.from_statement \
                 WHERE link.to_statement = ?1 AND link.relation = 'disputes' AND s.state = 0";
    db.prepare_cached(query)?.query_row([row], |row| row.get(0))
}

/// How many statements that hold tell one in other words: whichever came first.
fn drifting(db: &Connection, row: i64) -> Sql<u32> {
    let query = "SELECT count(*) FROM (SELECT from_statement AS other FROM link WHERE to_statement = ?1 AND relation = 'drifts' \
                 UNION SELECT to_statement FROM link WHERE from_statement = ?1 AND relation = 'drifts') \
                 JOIN statement s ON s.id = other WHERE s.state = 0";
    db.prepare_cached(query)?.query_row([row], |row| row.get(0))
}
