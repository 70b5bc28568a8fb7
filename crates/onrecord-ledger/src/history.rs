//! Who corrected what of a statement, and when.

use rusqlite::Row;
use serde::Serialize;

use crate::open::Sql;
use crate::{Ledger, LedgerError, id};

/// One correction as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionNote {
    /// What was corrected: `act`, `speakers`, `rejected` and the like.
    pub field: String,
    /// The statement at the other end, where the field is the relation of a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// The statement that was corrected, where that is the one at the other end of a link with this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What stood there.
    pub was: serde_json::Value,
    /// What is right.
    pub value: serde_json::Value,
    /// Who said so.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
    /// It was taken back, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_back: Option<TakenBack>,
}

/// That a correction was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenBack {
    /// Who took it back.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

impl Ledger {
    /// The corrections of the statement with this identifier and of links to it, the first one first.
    ///
    /// # Errors
    ///
    /// There is no such statement, or the ledger cannot be read.
    pub fn history(&self, id: &str) -> Result<Vec<CorrectionNote>, LedgerError> {
        let row = self.statement_row(id)?;
        let query = "WITH own AS (SELECT key FROM statement WHERE id = ?1) \
                     SELECT c.field, c.was, c.value, c.author, c.at, c.other, t.author, t.at, \
                            nullif(c.statement, (SELECT key FROM own)) \
                     FROM correction c LEFT JOIN taken_back t ON t.correction = c.id \
                     WHERE c.statement = (SELECT key FROM own) OR c.other = (SELECT key FROM own) ORDER BY c.id";
        let json = |row: &Row<'_>, at: usize| -> Sql<serde_json::Value> {
            Ok(serde_json::from_str(row.get_ref(at)?.as_str()?).unwrap_or_default())
        };
        let change = |row: &Row<'_>| {
            Ok(CorrectionNote {
                field: row.get(0)?,
                was: json(row, 1)?,
                value: json(row, 2)?,
                author: row.get(3)?,
                at: row.get(4)?,
                other: row.get::<_, Option<i64>>(5)?.map(id::shown),
                of: row.get::<_, Option<i64>>(8)?.map(id::shown),
                taken_back: match (row.get(6)?, row.get(7)?) {
                    (Some(author), Some(at)) => Some(TakenBack { author, at }),
                    _ => None,
                },
            })
        };
        self.told((|| self.db.prepare_cached(query)?.query_map([row], change)?.collect())())
    }
}
