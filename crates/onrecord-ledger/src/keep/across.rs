//! Links across articles, made as articles come: what shares a key with them is compared, all else is not, so an article
//! costs what it touches.
//!
//! Articles that are written together are linked together, with the same result as one by one: the index of keys is
//! walked through once in order for all of them, and an article that several meet is loaded once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use onrecord::analyse::outline;
use onrecord::link::across::{COMMON, Passages, Substance, Tie, Utterance, compare};
use onrecord::{Article, Statement};
use rusqlite::{Connection, params};

use super::Of;
use super::prepared::{Prepared, Sketch};
use crate::back::{self, word};
use crate::open::Sql;
use crate::spans;

/// An article whose rows have been written, and that is to be linked.
pub(super) struct Coming<'a> {
    prepared: &'a Prepared,
    pub(super) of: Of,
    /// Of its statements, in their order.
    pub(super) rows: Vec<i64>,
    text: OnceCell<Passages>,
}

impl<'a> Coming<'a> {
    /// Of a reading of an article, with the rows of its statements.
    pub(super) fn new(prepared: &'a Prepared, of: Of, rows: Vec<i64>) -> Coming<'a> {
        Coming { prepared, of, rows, text: OnceCell::new() }
    }

    fn text(&self) -> &Passages {
        let Prepared { read, outline, .. } = self.prepared;
        self.text.get_or_init(|| Passages::new(&read.record.article.text, outline))
    }
}

/// One statement of those that come.
struct Ours<'a> {
    coming: &'a Coming<'a>,
    sketch: &'a Sketch,
    row: i64,
    utterance: OnceCell<Utterance<'a>>,
}

impl<'a> Ours<'a> {
    fn utterance(&self) -> &Utterance<'a> {
        let Prepared { read, outline, .. } = self.coming.prepared;
        let record = &read.record;
        let make = || Utterance::new(&record.statements[self.sketch.place], &record.article, outline);
        self.utterance.get_or_init(make)
    }
}

/// What one earlier article shares keys with: statements, each its row with the number of the one that comes, and texts.
#[derive(Default)]
struct Meeting {
    statements: BTreeSet<(i64, usize)>,
    texts: BTreeSet<usize>,
}

/// Links statements, and texts, with those of other articles. No two of those that come are of one article.
pub(super) fn link(db: &Connection, coming: &[Coming<'_>]) -> Sql<()> {
    let ours: Vec<Ours<'_>> = coming.iter().flat_map(statements_of).collect();
    let mut meetings: BTreeMap<i64, Meeting> = BTreeMap::new();
    for (theirs, number) in meet_statements(db, &ours)? {
        if let Some(version) = version_of(db, theirs, ours[number].coming.of.article)? {
            meetings.entry(version).or_default().statements.insert((theirs, number));
        }
    }
    for (version, number) in meet_texts(db, coming)? {
        if is_another_that_holds(db, version, coming[number].of.article)? {
            meetings.entry(version).or_default().texts.insert(number);
        }
    }
    for (version, meeting) in meetings {
        compare_with(db, version, &meeting, (coming, &ours))?;
    }
    Ok(())
}

fn statements_of<'a>(coming: &'a Coming<'a>) -> impl Iterator<Item = Ours<'a>> {
    let of = move |(sketch, &row)| Ours { coming, sketch, row, utterance: OnceCell::new() };
    coming.prepared.statements.iter().zip(&coming.rows).map(of)
}

/// What is kept under a key: a row of statements or versions.
#[derive(Clone, Copy)]
struct Posting {
    row: i64,
    substance: Option<i64>,
}

/// Keys are hashes: they need no other.
#[derive(Default)]
struct Bits(u64);

impl Hasher for Bits {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |all, &byte| all.rotate_left(8) ^ u64::from(byte));
    }

    fn write_i64(&mut self, key: i64) {
        self.0 = key.cast_unsigned();
    }
}

type ByKey<T> = HashMap<i64, T, BuildHasherDefault<Bits>>;

/// Postings as they were before, and as they become while one comes after the other.
#[derive(Default)]
struct Postings {
    under: ByKey<Vec<Posting>>,
    new: Vec<(i64, Posting)>,
}

impl Postings {
    /// Reads all that is kept under these keys. The query gives a row and perhaps a substance; more than [`COMMON`]
    /// tell nothing.
    fn read(db: &Connection, query: &str, mut keys: Vec<i64>) -> Sql<Postings> {
        keys.sort_unstable();
        keys.dedup();
        let mut query = db.prepare_cached(query)?;
        let mut under = ByKey::with_capacity_and_hasher(keys.len(), BuildHasherDefault::default());
        for key in keys {
            let posting = |row: &rusqlite::Row<'_>| Ok(Posting { row: row.get(0)?, substance: row.get(1)? });
            under.insert(key, query.query_map([key], posting)?.collect::<Sql<Vec<_>>>()?);
        }
        Ok(Postings { under, new: Vec::new() })
    }

    fn under(&self, key: i64) -> &[Posting] {
        let all = self.under.get(&key).map(Vec::as_slice).unwrap_or_default();
        &all[..all.len().min(COMMON)]
    }

    fn is_common(&self, key: i64) -> bool {
        self.under(key).len() >= COMMON
    }

    fn add(&mut self, key: i64, posting: Posting) {
        self.new.push((key, posting));
        // what nobody seeks need not be found
        if let Some(under) = self.under.get_mut(&key) {
            under.push(posting);
        }
    }

    /// Writes what came, in the order of the index.
    fn write(mut self, mut insert: impl FnMut(i64, Posting) -> Sql<usize>) -> Sql<()> {
        self.new.sort_unstable_by_key(|(key, posting)| (*key, posting.row));
        self.new.into_iter().try_for_each(|(key, posting)| insert(key, posting).map(|_| ()))
    }
}

/// Statements that share a key, earlier row and number of ours, in order; then ours can be met themselves.
fn meet_statements(db: &Connection, ours: &[Ours<'_>]) -> Sql<BTreeSet<(i64, usize)>> {
    // the limit is no parameter: SQLite plans a query anew for each value of one
    let query = format!("SELECT statement, substance FROM utterance_key WHERE key = ?1 LIMIT {COMMON}");
    let sought = ours.iter().flat_map(|ours| &ours.sketch.keys.sought).map(|key| key.cast_signed());
    let mut postings = Postings::read(db, &query, sought.collect())?;
    let mut met = BTreeSet::new();
    for (number, ours) in ours.iter().enumerate() {
        let Sketch { keys, substance, .. } = ours.sketch;
        let is_of_matter = |key: &u64| keys.of_matter.binary_search(key).is_ok();
        let may_be_one = |posting: &&Posting| {
            let theirs = posting.substance.map(|number| Substance::from_number(number.cast_unsigned()));
            theirs.is_none_or(|theirs| substance.may_be_one(theirs))
        };
        let (mut found, mut common) = (Vec::<&Posting>::new(), BTreeSet::new());
        for key in &keys.sought {
            let under = postings.under(key.cast_signed());
            match is_of_matter(key) {
                true => found.extend(under.iter().filter(may_be_one)),
                false => found.extend(under),
            }
            if postings.is_common(key.cast_signed()) {
                common.insert(*key);
            }
        }
        met.extend(found.iter().map(|posting| (posting.row, number)));
        for key in keys.kept.iter().filter(|key| !common.contains(key)) {
            let substance = is_of_matter(key).then(|| substance.number().cast_signed());
            postings.add(key.cast_signed(), Posting { row: ours.row, substance });
        }
    }
    let insert = "INSERT OR IGNORE INTO utterance_key (key, statement, substance) VALUES (?1, ?2, ?3)";
    let mut insert = db.prepare_cached(insert)?;
    postings.write(|key, posting| insert.execute(params![key, posting.row, posting.substance]))?;
    Ok(met)
}

/// Versions whose text shares a key, with the number of the one that comes, in order; then these can be met themselves.
fn meet_texts(db: &Connection, coming: &[Coming<'_>]) -> Sql<BTreeSet<(i64, usize)>> {
    let query = format!("SELECT version, NULL FROM passage_key WHERE key = ?1 LIMIT {COMMON}");
    let sought = coming.iter().flat_map(|coming| &coming.prepared.passages).copied();
    let mut postings = Postings::read(db, &query, sought.collect())?;
    let mut met = BTreeSet::new();
    for (number, coming) in coming.iter().enumerate() {
        for &key in &coming.prepared.passages {
            met.extend(postings.under(key).iter().map(|posting| (posting.row, number)));
            if !postings.is_common(key) {
                postings.add(key, Posting { row: coming.of.version, substance: None });
            }
        }
    }
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO passage_key (key, version) VALUES (?1, ?2)")?;
    postings.write(|key, posting| insert.execute([key, posting.row]))?;
    Ok(met)
}

/// The version of a statement that holds and is of another article.
fn version_of(db: &Connection, statement: i64, article: i64) -> Sql<Option<i64>> {
    let query = "SELECT s.version, s.state = 0 AND v.article <> ?2 FROM statement s JOIN version v ON v.id = s.version \
                 WHERE s.id = ?1";
    db.prepare_cached(query)?
        .query_row([statement, article], |row| Ok(if row.get(1)? { row.get(0)? } else { None }))
}

/// Whether a version is the last of an article other than this one.
fn is_another_that_holds(db: &Connection, version: i64, article: i64) -> Sql<bool> {
    let query = "SELECT v.article <> ?2 AND NOT EXISTS \
                 (SELECT 1 FROM version later WHERE later.article = v.article AND later.number > v.number) \
                 FROM version v WHERE v.id = ?1";
    db.prepare_cached(query)?.query_row([version, article], |row| row.get(0))
}

/// Compares one earlier article with all that meet it.
fn compare_with(
    db: &Connection,
    version: i64,
    meeting: &Meeting,
    (coming, ours): (&[Coming<'_>], &[Ours<'_>]),
) -> Sql<()> {
    let (loaded, outlined, taken_apart);
    // what is written together need not be read back
    let (article, outline, text) = match coming.binary_search_by_key(&version, |coming| coming.of.version) {
        Ok(at) => {
            let Prepared { read, outline, .. } = coming[at].prepared;
            (&read.record.article, outline, &coming[at].text)
        }
        Err(_) => {
            loaded = back::article(db, version)?;
            outlined = outline(&loaded.text);
            taken_apart = OnceCell::new();
            (&loaded, &outlined, &taken_apart)
        }
    };
    let rows: BTreeSet<i64> = meeting.statements.iter().map(|(row, _)| *row).collect();
    for row in rows {
        let (statement, _) = back::statement(db, row, &article.text)?;
        let theirs = Utterance::new(&statement, article, outline);
        for (_, number) in meeting.statements.range((row, 0)..=(row, usize::MAX)) {
            tie(db, &ours[*number], (&theirs, row), article)?;
        }
    }
    if !meeting.texts.is_empty() {
        let theirs = text.get_or_init(|| Passages::new(&article.text, outline));
        for &number in &meeting.texts {
            passages(db, &coming[number], (version, theirs))?;
        }
    }
    Ok(())
}

fn tie(db: &Connection, ours: &Ours<'_>, theirs: (&Utterance<'_>, i64), article: &Article) -> Sql<()> {
    let (utterance, ours_in) = (ours.utterance(), &ours.coming.prepared.read.record.article);
    // what came later tells again, or answers, what came before, in whatever order they are kept
    let (from, to, tie) = match is_later(article, ours_in) {
        true => (theirs.1, ours.row, compare(theirs.0, utterance)),
        false => (ours.row, theirs.1, compare(utterance, theirs.0)),
    };
    tie.map_or(Ok(()), |tie| insert(db, from, to, &tie))
}

/// Whether one article is known to have been published after another. RFC 3339 dates of one offset sort as words do; a
/// mixture of offsets may err by hours, not by days.
fn is_later(one: &Article, other: &Article) -> bool {
    matches!((&one.published, &other.published), (Some(one), Some(other)) if one > other)
}

fn insert(db: &Connection, from: i64, to: i64, tie: &Tie) -> Sql<()> {
    let insert = "INSERT OR IGNORE INTO link (from_statement, to_statement, relation, evidence, other_evidence, score) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (ours, theirs) = (spans::to_json(&tie.ours), spans::to_json(&tie.theirs));
    let values = params![from, to, word(tie.relation), ours, theirs, f64::from(tie.score)];
    db.prepare_cached(insert)?.execute(values).map(|_| ())
}

/// Keeps the passages that a text shares with that of another version.
fn passages(db: &Connection, ours: &Coming<'_>, (other, theirs): (i64, &Passages)) -> Sql<()> {
    let insert = "INSERT OR IGNORE INTO passage (version, span, other, other_span) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = db.prepare_cached(insert)?;
    for (span, other_span) in ours.text().shared(theirs) {
        insert.execute(params![
            ours.of.version,
            spans::to_json(&[span]),
            other,
            spans::to_json(&[other_span])
        ])?;
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
