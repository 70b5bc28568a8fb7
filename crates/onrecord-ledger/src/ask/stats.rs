//! Figures over a whole ledger, or over the statements that fit a question.

use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use super::find::Question;
use super::genders::Genders;
use super::who::Count;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// Figures over statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How many articles they stand in.
    pub articles: u64,
    /// How many statements.
    pub statements: u64,
    /// How many of them have a speaker who is relayed unnamed.
    pub anonymous: u64,
    /// How many are disputed.
    pub disputed: u64,
    /// Who speaks most; fifteen at most.
    pub speakers: Vec<SpeakerCount>,
    /// What speakers do, the commonest first.
    pub acts: Vec<Count>,
    /// How, the commonest first.
    pub channels: Vec<Count>,
    /// By outlet, those with most statements first; fifteen at most.
    pub publishers: Vec<Period>,
    /// By week, from Monday, the last sixteen in the order of time.
    pub weeks: Vec<Period>,
    /// How many women and men speak, where that was asked: [`Ledger::genders`].
    pub genders: Option<Genders>,
}

/// How often somebody speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpeakerCount {
    /// The name.
    pub what: String,
    /// How often.
    pub count: u64,
    /// The number of the entity: others may have the same name.
    pub entity: u64,
}

impl Stats {
    /// How often those who speak most do, by name alone.
    pub fn speaker_counts(&self) -> Vec<Count> {
        let count = |one: &SpeakerCount| Count { what: one.what.clone(), count: one.count };
        self.speakers.iter().map(count).collect()
    }
}

/// Figures of one outlet, or one week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The outlet's name, or the week's Monday.
    pub what: String,
    /// How many statements.
    pub statements: u64,
    /// How many of them have a speaker who is relayed unnamed.
    pub anonymous: u64,
}

/// So many speakers and outlets are told of, and so many weeks.
const MOST: usize = 15;
const WEEKS: usize = 16;

impl Ledger {
    /// Figures over the statements that fit.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn stats(&self, question: &Question) -> Result<Stats, LedgerError> {
        self.walk(question, |db, walked| {
            let (mut speakers, mut publishers) = (walked.speakers(db)?, walked.publishers(db)?);
            speakers.truncate(MOST);
            publishers.truncate(MOST);
            let mut weeks = walked.weeks(db)?;
            weeks.drain(..weeks.len().saturating_sub(WEEKS));
            Ok(Stats {
                articles: walked.articles(),
                statements: walked.all.statements,
                anonymous: walked.all.anonymous,
                disputed: walked.disputed,
                speakers,
                acts: walked.acts(),
                channels: walked.channels(),
                publishers,
                weeks,
                genders: None,
            })
        })
    }

    /// Some columns over the statements that fit, with more tables joined, and an end of the query.
    pub(super) fn figures<T>(
        &self,
        question: &Question,
        columns: &str,
        joined: &str,
        end: &str,
        row: impl FnMut(&Row<'_>) -> Sql<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let wanted = self.wanted(question)?;
        let conditions = wanted.conditions();
        let query = format!("SELECT {columns} FROM {} {joined} WHERE {conditions} {end}", wanted.from);
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_map(params_from_iter(&wanted.values), row)?.collect()
        })())
    }
}
