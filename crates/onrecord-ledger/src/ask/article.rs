//! An article as the ledger keeps it: its text, its versions, its statements, and what of it stands elsewhere.

use onrecord::blocks::BlockJson;
use onrecord::{CodePoints, FlagJson, Span};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use super::find::{Order, Question};
use super::flags::flags;
use super::kept::{ArticleNote, Kept};
use crate::open::Sql;
use crate::{Ledger, LedgerError, back, spans};

/// One article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptArticle {
    /// What is known of it.
    pub about: ArticleNote,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The text of its last version; every offset points into it.
    pub text: String,
    /// The parts of the text, where it comes from a page that tells them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<BlockJson>,
    /// Its versions, the first one first.
    pub versions: Vec<VersionNote>,
    /// The statements that hold, in the order of the text.
    pub statements: Vec<Kept>,
    /// What of its text stands in other articles.
    pub passages: Vec<Passage>,
    /// What a careful reader would check first.
    pub flags: Vec<FlagJson>,
}

/// A version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionNote {
    /// From 1.
    pub number: u32,
    /// Its headline.
    pub title: Option<String>,
    /// The SHA-256 of its text.
    pub sha256: String,
    /// When it came into the ledger, RFC 3339.
    pub kept: String,
}

/// A passage that two articles share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Where it stands in this article, as `[begin, end)` in code points.
    pub span: [u32; 2],
    /// The other article.
    pub other: ArticleNote,
    /// Where it stands there.
    pub other_span: [u32; 2],
    /// Its words there.
    pub other_words: String,
}

impl Ledger {
    /// The article with this id, as it stands.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<KeptArticle>, LedgerError> {
        let query = "SELECT v.id FROM version v JOIN article a ON a.id = v.article WHERE a.key = ?1 \
                     ORDER BY v.number DESC LIMIT 1";
        let version = self.told((|| {
            self.db.prepare_cached(query)?.query_row([id], |row| row.get::<_, i64>(0)).optional()
        })())?;
        let Some(version) = version else { return Ok(None) };
        let question = Question { article: Some(id.to_owned()), order: Order::Text, ..Question::default() };
        let statements = self.find(&question)?;
        self.told((|| {
            let (about, authors, text) = version_row(&self.db, version)?;
            let (spans, passages): (Vec<Span>, Vec<Passage>) =
                passages(&self.db, version, &text)?.into_iter().unzip();
            let shared =
                spans.into_iter().zip(passages.iter().map(|passage| &passage.other)).collect::<Vec<_>>();
            let points = CodePoints::new(&text);
            let flags = flags(&self.db, version, &text, &shared)?;
            let flags = flags.iter().map(|flag| flag.to_json(&points)).collect();
            let versions = versions(&self.db, id)?;
            let blocks = "SELECT blocks FROM version WHERE id = ?1";
            let blocks =
                self.db.prepare_cached(blocks)?.query_row([version], |row| back::blocks_of(row, 0))?;
            Ok(Some(KeptArticle { about, authors, text, blocks, versions, statements, passages, flags }))
        })())
    }
}

const NOTE: &str = "SELECT a.key AS article, v.number, v.url, v.title, v.publisher, v.published, v.place, v.authors, v.text \
                    FROM version v JOIN article a ON a.id = v.article WHERE v.id = ?1";

fn version_row(db: &Connection, version: i64) -> Sql<(ArticleNote, Vec<String>, String)> {
    db.prepare_cached(NOTE)?.query_row([version], |row| {
        let authors = serde_json::from_str(row.get_ref("authors")?.as_str()?).unwrap_or_default();
        Ok((super::kept::article(row)?, authors, row.get("text")?))
    })
}

fn versions(db: &Connection, article: &str) -> Sql<Vec<VersionNote>> {
    let query = "SELECT v.number, v.title, v.sha256, v.kept FROM version v JOIN article a ON a.id = v.article \
                 WHERE a.key = ?1 ORDER BY v.number";
    let note = |row: &Row<'_>| {
        Ok(VersionNote { number: row.get(0)?, title: row.get(1)?, sha256: row.get(2)?, kept: row.get(3)? })
    };
    db.prepare_cached(query)?.query_map([article], note)?.collect()
}

/// The passages, each with where it stands in bytes.
fn passages(db: &Connection, version: i64, text: &str) -> Sql<Vec<(Span, Passage)>> {
    let query = "SELECT span, other, other_span FROM passage WHERE version = ?1 \
                 UNION SELECT other_span, version, span FROM passage WHERE other = ?1";
    let mut query = db.prepare_cached(query)?;
    let mut rows = query.query([version])?;
    let points = CodePoints::new(text);
    let mut passages = Vec::new();
    while let Some(row) = rows.next()? {
        let (other, _, other_text) = version_row(db, row.get(1)?)?;
        let ours = spans::from_json(row.get_ref(0)?.as_str()?, text);
        let theirs = spans::from_json(row.get_ref(2)?.as_str()?, &other_text);
        if let (Some(&[span]), Some(&[other_span])) = (ours.as_deref(), theirs.as_deref()) {
            let passage = Passage {
                span: points.span(span),
                other,
                other_span: CodePoints::new(&other_text).span(other_span),
                other_words: other_span.of(&other_text).to_owned(),
            };
            passages.push((span, passage));
        }
    }
    passages.sort_by_key(|(span, _)| *span);
    Ok(passages)
}
