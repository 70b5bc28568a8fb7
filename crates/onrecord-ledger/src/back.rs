//! Rows back to the library's own types: an article, a statement, a whole record.

use onrecord::blocks::{self, BlockJson};
use onrecord::{
    Act, Article, Attribution, Channel, ChannelKind, CodePoints, Link, Place, Quote, Record, Relation,
    Scores, Span, Speaker, SpeakerType, Statement, When,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::open::Sql;
use crate::{Ledger, LedgerError, spans};

/// The word that the record's JSON has for something.
pub(crate) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Which of `all` has this word.
pub(crate) fn named<T: Copy + Serialize>(all: &[T], name: &str) -> Option<T> {
    all.iter().copied().find(|&value| word(value) == name)
}

const KINDS: [SpeakerType; 6] = [
    SpeakerType::Person,
    SpeakerType::Group,
    SpeakerType::Organisation,
    SpeakerType::Place,
    SpeakerType::Document,
    SpeakerType::Unknown,
];

pub(crate) const CHANNELS: [ChannelKind; 12] = [
    ChannelKind::Interview,
    ChannelKind::PressConference,
    ChannelKind::Speech,
    ChannelKind::Broadcast,
    ChannelKind::Social,
    ChannelKind::Statement,
    ChannelKind::Document,
    ChannelKind::Court,
    ChannelKind::Meeting,
    ChannelKind::Phone,
    ChannelKind::Message,
    ChannelKind::Press,
];

pub(crate) const QUOTES: [Quote; 3] = [Quote::Direct, Quote::Mixed, Quote::Indirect];

/// What kind of speaker has this word.
pub(crate) fn kind(name: &str) -> SpeakerType {
    named(&KINDS, name).unwrap_or(SpeakerType::Unknown)
}

/// The kind of channel that a word names.
pub(crate) fn channel_kind(name: &str) -> Option<ChannelKind> {
    named(&CHANNELS, name)
}

impl Ledger {
    /// The record of an article as it stands: its last version, and its statements that hold, corrections and all.
    /// Their places are those of this record, not of the ledger.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn record_of(&self, article: &str) -> Result<Option<Record>, LedgerError> {
        self.told((|| {
            let query = "SELECT v.id FROM version v JOIN article a ON a.id = v.article WHERE a.key = ?1 \
                         ORDER BY v.number DESC LIMIT 1";
            let version = self.db.prepare_cached(query)?.query_row([article], |row| row.get(0)).optional()?;
            version.map(|version| record(&self.db, version)).transpose()
        })())
    }

    /// What every article is known by, in the order in which they came.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn article_ids(&self) -> Result<Vec<String>, LedgerError> {
        self.told((|| {
            let mut query = self.db.prepare_cached("SELECT key FROM article ORDER BY id")?;
            query.query_map([], |row| row.get(0))?.collect()
        })())
    }
}

/// The record of a version: the statements that hold.
pub(crate) fn record(db: &Connection, version: i64) -> Sql<Record> {
    let article = article(db, version)?;
    let query = "SELECT id FROM statement WHERE version = ?1 AND state = 0 ORDER BY place";
    let rows: Vec<i64> =
        db.prepare_cached(query)?.query_map([version], |row| row.get(0))?.collect::<Sql<_>>()?;
    let place = |row: i64| rows.iter().position(|&other| other == row);
    let mut statements = Vec::new();
    for &row in &rows {
        let (mut statement, outer) = statement(db, row, &article.text)?;
        statement.attribution.within = outer.and_then(place);
        statements.push(statement);
    }
    let mut links = Vec::new();
    for (from, &row) in rows.iter().enumerate() {
        links.extend(links_from(db, (from, row), &article.text, place)?);
    }
    Ok(Record { article, statements, links, times: None })
}

/// The article of a version, by the id that it has in the ledger.
pub(crate) fn article(db: &Connection, version: i64) -> Sql<Article> {
    let query = "SELECT a.key, v.url, v.title, v.authors, v.publisher, v.language, v.published, v.text, v.blocks \
                 FROM version v JOIN article a ON a.id = v.article WHERE v.id = ?1";
    db.prepare_cached(query)?.query_row([version], |row| {
        let text: String = row.get(7)?;
        Ok(Article {
            blocks: blocks::from_json(&blocks_of(row, 8)?, &text).unwrap_or_default(),
            id: row.get(0)?,
            url: row.get(1)?,
            title: row.get(2)?,
            authors: serde_json::from_str(row.get_ref(3)?.as_str()?).unwrap_or_default(),
            publisher: row.get(4)?,
            language: row.get(5)?,
            published: row.get(6)?,
            text,
        })
    })
}

/// The blocks of an article as the ledger writes them; nothing where it has none.
pub(crate) fn blocks_column(article: &Article) -> Option<String> {
    let blocks = blocks::to_json(&article.blocks, &CodePoints::new(&article.text));
    (!blocks.is_empty()).then(|| serde_json::to_string(&blocks).ok()).flatten()
}

/// What [`blocks_column`] wrote.
pub(crate) fn blocks_of(row: &Row<'_>, column: usize) -> Sql<Vec<BlockJson>> {
    let json: Option<String> = row.get(column)?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

/// The statement of a row, without its place in others; and the row of the statement that it stands in.
pub(crate) fn statement(db: &Connection, row: i64, text: &str) -> Sql<(Statement, Option<i64>)> {
    let query = "SELECT source, cue, content, quote, act, negated, channel, channel_name, when_span, when_value, \
                 where_span, where_name, within, confidence FROM statement WHERE id = ?1";
    let (mut statement, outer) = db.prepare_cached(query)?.query_row([row], |found| read(found, text))?;
    statement.speakers = speakers(db, row, 0)?;
    statement.addressees = speakers(db, row, 1)?;
    Ok((statement, outer))
}

fn read(row: &Row<'_>, text: &str) -> Sql<(Statement, Option<i64>)> {
    let spans = |column: &str| -> Sql<Vec<Span>> {
        let json: Option<String> = row.get(column)?;
        Ok(json.and_then(|json| spans::from_json(&json, text)).unwrap_or_default())
    };
    let first = |column: &str| Ok::<_, rusqlite::Error>(spans(column)?.first().copied());
    let attribution = Attribution {
        source: spans("source")?,
        cue: spans("cue")?,
        content: spans("content")?,
        quote: named(&QUOTES, row.get_ref("quote")?.as_str()?).unwrap_or(Quote::Indirect),
        within: None,
        confidence: row.get::<_, f64>("confidence")? as f32,
        scores: Scores::MARKED,
    };
    let channel: Option<String> = row.get("channel")?;
    let name: Option<String> = row.get("channel_name")?;
    let place: Option<String> = row.get("where_name")?;
    let value: Option<String> = row.get("when_value")?;
    let statement = Statement {
        attribution,
        act: Act::from_word(row.get_ref("act")?.as_str()?).unwrap_or(Act::State),
        negated: row.get("negated")?,
        speakers: Vec::new(),
        addressees: Vec::new(),
        channel: channel.and_then(|kind| channel_kind(&kind)).map(|kind| Channel { kind, name }),
        when: first("when_span")?.map(|span| When { span, value }),
        place: first("where_span")?.zip(place).map(|(span, name)| Place { span, name }),
    };
    Ok((statement, row.get("within")?))
}

fn speakers(db: &Connection, row: i64, part: i64) -> Sql<Vec<Speaker>> {
    let query = "SELECT name.spelling, voice.kind, entity.known, voice.role, voice.anonymous FROM voice \
                 JOIN name ON name.id = voice.name LEFT JOIN entity ON entity.id = name.entity \
                 WHERE voice.statement = ?1 AND voice.part = ?2 ORDER BY voice.place";
    let speaker = |row: &Row<'_>| {
        Ok(Speaker {
            name: row.get(0)?,
            kind: kind(row.get_ref(1)?.as_str()?),
            id: row.get(2)?,
            role: row.get(3)?,
            anonymous: row.get(4)?,
        })
    };
    db.prepare_cached(query)?.query_map(params![row, part], speaker)?.collect()
}

/// The links from one statement to others of its record.
fn links_from(
    db: &Connection,
    (from, row): (usize, i64),
    text: &str,
    place: impl Fn(i64) -> Option<usize>,
) -> Sql<Vec<Link>> {
    let query =
        "SELECT to_statement, relation, evidence, score FROM link WHERE from_statement = ?1 ORDER BY 1, 2";
    let mut query = db.prepare_cached(query)?;
    let mut rows = query.query([row])?;
    let mut links = Vec::new();
    while let Some(row) = rows.next()? {
        let relation = Relation::from_word(row.get_ref(1)?.as_str()?);
        if let (Some(to), Some(relation)) = (place(row.get(0)?), relation) {
            let evidence = spans::from_json(row.get_ref(2)?.as_str()?, text).unwrap_or_default();
            links.push(Link { from, to, relation, evidence, score: row.get::<_, f64>(3)? as f32 });
        }
    }
    Ok(links)
}
