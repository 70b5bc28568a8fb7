//! What can go wrong with a ledger, each with what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a ledger cannot be opened, written or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file.
    #[error("{}: no such ledger (`onrecord keep` makes one)", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{}: not a ledger of onrecord", .0.display())]
    NotALedger(PathBuf),
    /// A later release wrote it.
    #[error("{}: written by a newer onrecord (ledger version {found}; this program knows {known}): update onrecord", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The highest version known here.
        known: u32,
    },
    /// Another program is writing.
    #[error("{}: in use by another writer: wait until it has finished, then run this again", .0.display())]
    Busy(PathBuf),
    /// The file or its folder may not be written.
    #[error("{}: cannot be written (read-only file or folder)", .0.display())]
    ReadOnly(PathBuf),
    /// The disk is full.
    #[error("{}: the disk is full; what was kept before stays, run this again to go on", .0.display())]
    Full(PathBuf),
    /// Its pages are damaged.
    #[error("{}: damaged ({detail}): `onrecord verify` says what is off; put back a copy", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite saw.
        detail: String,
    },
    /// The words cannot be searched for.
    #[error("cannot search for {words:?}: {reason}")]
    Words {
        /// The words asked for.
        words: String,
        /// Why.
        reason: &'static str,
    },
    /// No statement has this identifier.
    #[error("no statement {0:?}")]
    NoStatement(String),
    /// Several statements begin with these letters.
    #[error("several statements begin with {0:?}: give more letters of the identifier")]
    SeveralStatements(String),
    /// Nobody has this name.
    #[error("nobody called {0:?} in this ledger")]
    NoEntity(String),
    /// Several have it.
    #[error("{name:?} may be {}: give the full name", several.join(" or "))]
    SeveralEntities {
        /// The name asked for.
        name: String,
        /// Whose it may be.
        several: Vec<String>,
    },
    /// A correction or decision that makes no sense.
    #[error("{0}")]
    Refused(String),
    /// Anything else that the file gives.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl LedgerError {
    /// What an error of SQLite means for the ledger at `path`.
    pub(crate) fn of(path: &Path, source: rusqlite::Error) -> LedgerError {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Busy(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => LedgerError::ReadOnly(path),
            Some(ErrorCode::DiskFull) => LedgerError::Full(path),
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger(path),
            Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged { path, detail: source.to_string() },
            _ => LedgerError::Sqlite { path, source },
        }
    }
}
