//! All figures of the statements that fit, gathered in one walk over them: a word may be in most of a ledger.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::AddAssign;

use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::find::Question;
use super::stats::{Period, SpeakerCount};
use super::wanted::Wanted;
use super::who::Count;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// What a walk counted.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) all: Share,
    pub(super) disputed: u64,
    acts: BTreeMap<String, Share>,
    channels: BTreeMap<String, Share>,
    days: BTreeMap<String, Share>,
    versions: BTreeMap<i64, Share>,
    /// How often each name speaks, by its row.
    names: BTreeMap<i64, u64>,
}

/// Statements, and how many of them have a speaker who is relayed unnamed.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) statements: u64,
    pub(super) anonymous: u64,
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Share) {
        self.statements += other.statements;
        self.anonymous += other.anonymous;
    }
}

/// A row for each speaker of a statement, and one where nobody speaks. The speakers come right after their statement, as
/// what a left join adds is never gone through first.
const COLUMNS: &str = "s.id, s.version, s.act, s.channel, s.day, v.name, v.anonymous, \
                       EXISTS (SELECT 1 FROM link JOIN statement other ON other.id = link.from_statement AND other.state = 0 \
                               WHERE link.to_statement = s.id AND link.relation = 'disputes')";

impl Ledger {
    /// Walks over the statements that fit, and tells of what was counted. It all is of one state of the ledger, and one
    /// lock of its file.
    pub(super) fn walk<T>(
        &self,
        question: &Question,
        tell: impl FnOnce(&Connection, &Walked) -> Sql<T>,
    ) -> Result<T, LedgerError> {
        let state = self.told(self.db.unchecked_transaction())?;
        let wanted = self.wanted(question)?;
        self.told(Walked::new(&state, &wanted).and_then(|walked| tell(&state, &walked)))
    }
}

impl Walked {
    /// Walks over the statements that are wanted.
    fn new(db: &Connection, wanted: &Wanted) -> Sql<Walked> {
        let query = format!(
            "SELECT {COLUMNS} FROM {} LEFT JOIN voice v ON v.statement = s.id AND v.part = 0 WHERE {}",
            wanted.from,
            wanted.conditions()
        );
        let mut query = db.prepare_cached(&query)?;
        let mut rows = query.query(params_from_iter(&wanted.values))?;
        let (mut walked, mut last, mut has_anonymous) = (Walked::default(), None, false);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let is_new = last.replace(id) != Some(id);
            let is_anonymous = row.get::<_, Option<bool>>(6)?.unwrap_or(false);
            let is_first_anonymous = is_anonymous && (is_new || !has_anonymous);
            has_anonymous = is_anonymous || has_anonymous && !is_new;
            if let Some(name) = row.get(5)? {
                *walked.names.entry(name).or_default() += 1;
            }
            if is_new || is_first_anonymous {
                let share = Share { statements: is_new.into(), anonymous: is_first_anonymous.into() };
                walked.add(row, share)?;
            }
        }
        Ok(walked)
    }

    fn add(&mut self, row: &Row<'_>, share: Share) -> Sql<()> {
        self.all += share;
        *self.versions.entry(row.get(1)?).or_default() += share;
        for (column, counts) in [(2, &mut self.acts), (3, &mut self.channels), (4, &mut self.days)] {
            match row.get_ref(column)?.as_str_or_null()? {
                None => {}
                Some(value) => match counts.get_mut(value) {
                    Some(count) => *count += share,
                    None => _ = counts.insert(value.to_owned(), share),
                },
            }
        }
        if share.statements > 0 && row.get(7)? {
            self.disputed += 1;
        }
        Ok(())
    }

    /// In how many versions the statements stand.
    pub(super) fn articles(&self) -> u64 {
        self.versions.len() as u64
    }

    pub(super) fn acts(&self) -> Vec<Count> {
        commonest(&self.acts)
    }

    pub(super) fn channels(&self) -> Vec<Count> {
        commonest(&self.channels)
    }

    /// Whoever speaks, those who do most first.
    pub(super) fn speakers(&self, db: &Connection) -> Sql<Vec<SpeakerCount>> {
        let mut query = db.prepare_cached(
            "SELECT e.id, e.name FROM name n JOIN entity e ON e.id = n.entity WHERE n.id = ?1",
        )?;
        let mut speakers: BTreeMap<i64, SpeakerCount> = BTreeMap::new();
        for (name, count) in &self.names {
            let found = query.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some((entity, what)) = found else { continue };
            let speaker = SpeakerCount { what, count: 0, entity: i64::cast_unsigned(entity) };
            speakers.entry(entity).or_insert(speaker).count += count;
        }
        let mut speakers: Vec<SpeakerCount> = speakers.into_values().collect();
        speakers.sort_by(|a, b| (b.count, &a.what, a.entity).cmp(&(a.count, &b.what, b.entity)));
        Ok(speakers)
    }

    /// Outlets, those with most statements first.
    pub(super) fn publishers(&self, db: &Connection) -> Sql<Vec<Period>> {
        let mut query = db.prepare_cached("SELECT publisher FROM version WHERE id = ?1")?;
        let mut publishers: BTreeMap<String, Share> = BTreeMap::new();
        for (version, share) in &self.versions {
            if let Some(publisher) = query.query_row([version], |row| row.get(0))? {
                *publishers.entry(publisher).or_default() += *share;
            }
        }
        let mut publishers = periods(publishers);
        publishers.sort_by_key(|publisher| Reverse(publisher.statements));
        Ok(publishers)
    }

    /// Weeks from Monday on, in the order of time.
    pub(super) fn weeks(&self, db: &Connection) -> Sql<Vec<Period>> {
        let mut query = db.prepare_cached("SELECT date(?1, '-6 days', 'weekday 1')")?;
        let mut weeks: BTreeMap<String, Share> = BTreeMap::new();
        for (day, share) in &self.days {
            // "2025-13-45" is in none
            if let Some(monday) = query.query_row([day], |row| row.get(0))? {
                *weeks.entry(monday).or_default() += *share;
            }
        }
        Ok(periods(weeks))
    }
}

/// In the order of what is counted.
fn periods(shares: BTreeMap<String, Share>) -> Vec<Period> {
    let period = |(what, Share { statements, anonymous })| Period { what, statements, anonymous };
    shares.into_iter().map(period).collect()
}

/// The commonest first, and of those the first by the alphabet.
fn commonest(counts: &BTreeMap<String, Share>) -> Vec<Count> {
    let count = |(what, share): (&String, &Share)| Count { what: what.clone(), count: share.statements };
    let mut counts: Vec<Count> = counts.iter().map(count).collect();
    counts.sort_by_key(|count| Reverse(count.count));
    counts
}
