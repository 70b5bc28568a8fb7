//! How often what is done over time.

use rusqlite::Row;
use serde::Serialize;

use super::find::Question;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// `2025`.
    Year,
    /// `2025-03`.
    Month,
    /// `2025-03-14`.
    Day,
}

/// How often speakers do one thing in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActCount {
    /// The year, month or day.
    pub period: String,
    /// What they do.
    pub act: String,
    /// In how many statements.
    pub count: u64,
}

impl Scale {
    /// So many letters of a day tell the period.
    fn letters(self) -> usize {
        match self {
            Scale::Year => 4,
            Scale::Month => 7,
            Scale::Day => 10,
        }
    }
}

impl Ledger {
    /// How often each act is done in each period by the statements that fit and have a day, in the order of time.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn periods(&self, question: &Question, scale: Scale) -> Result<Vec<ActCount>, LedgerError> {
        let columns = format!("substr(s.day, 1, {}), s.act, count(*)", scale.letters());
        let done = |row: &Row<'_>| -> Sql<ActCount> {
            Ok(ActCount {
                period: row.get(0)?,
                act: row.get(1)?,
                count: row.get::<_, i64>(2)?.cast_unsigned(),
            })
        };
        self.figures(question, &columns, "", "AND s.day IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2", done)
    }
}
