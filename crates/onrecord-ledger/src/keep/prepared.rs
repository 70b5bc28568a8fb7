//! All of a record that keeping needs and the ledger does not: hashes, keys. Whoever reads in several threads makes it
//! there, as it takes as long as the writing.

use std::collections::BTreeMap;

use onrecord::analyse::Outline;
use onrecord::link::across::{Keys, Substance, Utterance, passage_keys};
use onrecord::{Article, Outlined, Record, Span};

use super::Read;
use crate::id::{anchor, article_key, digest, sha256, statement_key};

/// A record made ready to be kept.
#[derive(Debug)]
pub struct Prepared {
    pub(super) read: Read,
    pub(super) outline: Outline,
    /// Statements less sure than this are not kept.
    pub(super) least: f32,
    /// Of the text, and of all that the version is.
    pub(super) sha256: String,
    pub(super) digest: String,
    /// The statements that are sure enough, in their order.
    pub(super) statements: Vec<Sketch>,
    /// Of its text, sorted.
    pub(super) passages: Vec<i64>,
}

/// What linking needs of a statement.
#[derive(Debug)]
pub(super) struct Sketch {
    /// Its place in the record.
    pub(super) place: usize,
    pub(super) key: i64,
    pub(super) keys: Keys,
    pub(super) substance: Substance,
}

impl Prepared {
    /// Makes a record ready that was read at this place: the input's name, and the line of JSONL. Statements less sure
    /// than `least` are not kept.
    pub fn new(outlined: Outlined, place: String, least: f32) -> Prepared {
        let Outlined { record, outline, mut matters } = outlined;
        let Article { text, .. } = &record.article;
        let sha256 = sha256(text.as_bytes());
        let digest = digest(&record.article);
        let sketch = |(place, key)| {
            let utterance = Utterance::new(&record.statements[place], &record.article, &outline);
            let matter = matters.get_mut(place).and_then(Option::take).unwrap_or_else(|| utterance.matter());
            Sketch { place, key, keys: utterance.keys(&matter), substance: matter.substance }
        };
        let statements = keys(&record, &sha256, least).into_iter().map(sketch).collect();
        let mut passages: Vec<i64> =
            passage_keys(text, &outline).into_iter().map(|(key, _)| key.cast_signed()).collect();
        passages.sort_unstable();
        passages.dedup();
        Prepared { read: Read { record, place }, outline, least, sha256, digest, statements, passages }
    }

    /// How many statements are kept.
    pub fn statements(&self) -> usize {
        self.statements.len()
    }

    /// All statements of a record whose text was kept before: what it shares with others is known.
    pub(super) fn of_statements(read: Read) -> Prepared {
        Prepared { passages: Vec::new(), ..Prepared::outlined(read, 0.0) }
    }

    /// As [`new`](Prepared::new), where nobody has the outline.
    pub(crate) fn outlined(read: Read, least: f32) -> Prepared {
        Prepared::new(Outlined::new(read.record), read.place, least)
    }
}

/// The statements that are sure enough, in their order: their places in the record, and their keys. `sha256` is that of
/// the text.
fn keys(record: &Record, sha256: &str, least: f32) -> Vec<(usize, i64)> {
    let mut twins: BTreeMap<&[Span], usize> = BTreeMap::new();
    let selection = record.select(|statement| statement.attribution.confidence >= least);
    let key = |(place, statement)| {
        let twin = twins.entry(anchor(statement)).or_default();
        *twin += 1;
        (place, statement_key(article_key(&record.article), sha256, statement, *twin - 1))
    };
    selection.statements().map(key).collect()
}
