//! Links across articles, made as an article comes: what shares a key with it is compared, all else is not, so an
//! article costs what it touches.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::analyse::{Outline, outline};
use onrecord::link::across::{COMMON, Tie, Utterance, compare, passage_keys, shared};
use onrecord::{Article, Record, Statement};
use rusqlite::{Connection, params};

use crate::back::{self, word};
use crate::open::Sql;
use crate::spans;

/// Links the statements of a version, by their places in the record, and its text with those of other articles.
pub(super) fn link(db: &Connection, record: &Record, version: i64, rows: &BTreeMap<usize, i64>) -> Sql<()> {
    let article = &record.article;
    let outline = outline(&article.text);
    let mut others = Others::default();
    for (&place, &row) in rows {
        let statement = &record.statements[place];
        let ours = Utterance::new(statement, article, &outline);
        for other in met(db, &ours, row, version)? {
            others.load(db, other.version)?;
            let Some(Other { article, outline }) = others.0.get(&other.version) else { continue };
            let (statement, _) = back::statement(db, other.row, &article.text)?;
            let theirs = Utterance::new(&statement, article, outline);
            // what came later tells again, or answers, what came before, in whatever order they are kept
            let (from, to) = match is_later(article, &record.article) {
                true => ((&theirs, other.row), (&ours, row)),
                false => ((&ours, row), (&theirs, other.row)),
            };
            if let Some(tie) = compare(from.0, to.0) {
                insert(db, from.1, to.1, &tie)?;
            }
        }
    }
    passages(db, version, (&article.text, &outline), &mut others)
}

/// Whether one article is known to have been published after another. RFC 3339 dates of one offset sort as words do; a
/// mixture of offsets may err by hours, not by days.
fn is_later(one: &Article, other: &Article) -> bool {
    matches!((&one.published, &other.published), (Some(one), Some(other)) if one > other)
}

/// Other articles as they are needed.
#[derive(Default)]
struct Others(BTreeMap<i64, Other>);

struct Other {
    article: Article,
    outline: Outline,
}

impl Others {
    fn load(&mut self, db: &Connection, version: i64) -> Sql<()> {
        if let std::collections::btree_map::Entry::Vacant(entry) = self.0.entry(version) {
            let article = back::article(db, version)?;
            let outline = outline(&article.text);
            entry.insert(Other { article, outline });
        }
        Ok(())
    }
}

/// A statement that may tell the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    version: i64,
    row: i64,
}

/// The statements of other articles that hold and share a key; then the statement can be met itself.
fn met(db: &Connection, ours: &Utterance<'_>, row: i64, version: i64) -> Sql<BTreeSet<Met>> {
    // the limit is no parameter: SQLite plans a query anew for each value of one
    let query = format!(
        "SELECT k.statement, s.version, s.state = 0 AND v.article <> (SELECT article FROM version WHERE id = ?2) \
         FROM utterance_key k JOIN statement s ON s.id = k.statement JOIN version v ON v.id = s.version \
         WHERE k.key = ?1 LIMIT {COMMON}"
    );
    let mut query = db.prepare_cached(&query)?;
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO utterance_key (key, statement) VALUES (?1, ?2)")?;
    let keys = ours.keys();
    let (mut found, mut common) = (BTreeSet::new(), BTreeSet::new());
    for key in keys.sought.iter().map(|key| key.cast_signed()) {
        let mut rows = query.query(params![key, version])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            if row.get(2)? {
                found.insert(Met { version: row.get(1)?, row: row.get(0)? });
            }
        }
        if count >= COMMON {
            common.insert(key);
        }
    }
    for key in keys.kept.iter().map(|key| key.cast_signed()).filter(|key| !common.contains(key)) {
        insert.execute(params![key, row])?;
    }
    Ok(found)
}

fn insert(db: &Connection, from: i64, to: i64, tie: &Tie) -> Sql<()> {
    let insert = "INSERT OR IGNORE INTO link (from_statement, to_statement, relation, evidence, other_evidence, score) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (ours, theirs) = (spans::to_json(&tie.ours), spans::to_json(&tie.theirs));
    let values = params![from, to, word(tie.relation), ours, theirs, f64::from(tie.score)];
    db.prepare_cached(insert)?.execute(values).map(|_| ())
}

/// Finds the passages that a text shares with the last versions of other articles; then it can be found itself.
fn passages(db: &Connection, version: i64, ours: (&str, &Outline), others: &mut Others) -> Sql<()> {
    let keys: BTreeSet<i64> =
        passage_keys(ours.0, ours.1).into_iter().map(|(key, _)| key.cast_signed()).collect();
    let query = format!(
        "SELECT k.version, v.article <> (SELECT article FROM version WHERE id = ?2) AND NOT EXISTS \
         (SELECT 1 FROM version later WHERE later.article = v.article AND later.number > v.number) \
         FROM passage_key k JOIN version v ON v.id = k.version WHERE k.key = ?1 LIMIT {COMMON}"
    );
    let mut query = db.prepare_cached(&query)?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO passage_key (key, version) VALUES (?1, ?2)")?;
    let mut met: BTreeSet<i64> = BTreeSet::new();
    for key in keys {
        let mut rows = query.query(params![key, version])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            if row.get(1)? {
                met.insert(row.get(0)?);
            }
        }
        if count < COMMON {
            insert.execute(params![key, version])?;
        }
    }
    let insert = "INSERT OR IGNORE INTO passage (version, span, other, other_span) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = db.prepare_cached(insert)?;
    for other in met {
        others.load(db, other)?;
        let Some(Other { article, outline }) = others.0.get(&other) else { continue };
        for (span, other_span) in shared(ours, (&article.text, outline)) {
            insert.execute(params![
                version,
                spans::to_json(&[span]),
                other,
                spans::to_json(&[other_span])
            ])?;
        }
    }
    Ok(())
}

/// The word diff of two statements, as the texts have them.
pub(crate) fn diff(
    ours: (&Statement, &Article),
    theirs: (&Statement, &Article),
) -> onrecord::link::across::Diff {
    let outlines = (outline(&ours.1.text), outline(&theirs.1.text));
    onrecord::link::across::diff(
        &Utterance::new(ours.0, ours.1, &outlines.0),
        &Utterance::new(theirs.0, theirs.1, &outlines.1),
    )
}
