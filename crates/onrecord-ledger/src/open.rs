//! The ledger's file: opened, brought up to date, closed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::{LedgerError, tally};

/// Marks the file: "onre" in ASCII.
const APPLICATION: u32 = 0x6f6e_7265;

/// How each version comes from the one before. Append-only: a released one is never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
];

/// So long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Records of many articles, in one file: one writer and any number of readers at the same time.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

/// The result of a query of SQLite, before the file's name stands in its error.
pub(crate) type Sql<T> = rusqlite::Result<T>;

impl Ledger {
    /// Opens the ledger at `path` to write and to ask; makes it where there is none, and brings an older one up to date.
    ///
    /// # Errors
    ///
    /// The file is no ledger, or a newer one, or cannot be written, or another writer holds it.
    pub fn open(path: impl Into<PathBuf>) -> Result<Ledger, LedgerError> {
        let path = path.into();
        let mut ledger = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let version = ledger.version()?;
        ledger.prepare()?;
        if version < newest() {
            ledger.run(migrate)?;
        }
        Ok(ledger)
    }

    /// Opens the ledger at `path` to ask alone: nothing is written, and a writer is not disturbed.
    ///
    /// # Errors
    ///
    /// There is no such file, or it is no ledger, or a newer one, or an older one that cannot be brought up to date.
    pub fn read(path: impl Into<PathBuf>) -> Result<Ledger, LedgerError> {
        let path = path.into();
        if !path.is_file() {
            return Err(LedgerError::Missing(path));
        }
        let ledger = connect(path.clone(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        match ledger.version() {
            Ok(version) if version == newest() => Ok(ledger),
            Ok(0) => Err(LedgerError::NotALedger(path)),
            Ok(_) => {
                drop(ledger);
                Ledger::open(path.clone())?;
                connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            }
            // a log beside it would have to be written: on a disk that cannot be, there is none to lose
            Err(LedgerError::ReadOnly(_) | LedgerError::Sqlite { .. }) => unchanging(path),
            Err(error) => Err(error),
        }
    }

    /// Writes the log beside the file into it, as far as no reader needs it, and makes the notes by which queries are
    /// planned.
    ///
    /// # Errors
    ///
    /// The ledger cannot be written.
    pub fn settle(&self) -> Result<(), LedgerError> {
        self.told((|| {
            self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            self.db.execute_batch("PRAGMA optimize")
        })())
    }

    /// Waits at most so long for another writer; ten seconds unless told.
    ///
    /// # Errors
    ///
    /// None in practice.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), LedgerError> {
        self.told(self.db.busy_timeout(patience))
    }

    /// Lets the file grow to so many pages of 4 KiB and no further: a quota.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn limit_pages(&self, pages: u32) -> Result<(), LedgerError> {
        self.told(self.db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The version of the file, 0 where nothing has been written.
    fn version(&self) -> Result<u32, LedgerError> {
        let pragma = |name: &str| self.db.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
        let (found, application) =
            self.told((|| Ok((pragma("user_version")?, pragma("application_id")?)))())?;
        let tables: i64 =
            self.told(self.db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)))?;
        match (found, application) {
            (0, 0) if tables == 0 => Ok(0),
            (found, APPLICATION) if found <= newest() => Ok(found),
            (found, APPLICATION) => {
                Err(LedgerError::Newer { path: self.path.clone(), found, known: newest() })
            }
            _ => Err(LedgerError::NotALedger(self.path.clone())),
        }
    }

    /// Readers see the last commit while a writer works; what is committed survives a loss of power.
    fn prepare(&self) -> Result<(), LedgerError> {
        self.told((|| {
            self.db.pragma_update(None, "journal_mode", "wal")?;
            self.db.pragma_update(None, "synchronous", "full")?;
            // in pages: a large commit is not copied into the file at once, so that what the next ones change again is
            // copied once
            self.db.pragma_update(None, "wal_autocheckpoint", 32_768)?;
            self.db.pragma_update(None, "foreign_keys", true)
        })())
    }

    /// Does some work as a whole or not at all.
    pub(crate) fn run<T>(&mut self, work: impl FnOnce(&Connection) -> Sql<T>) -> Result<T, LedgerError> {
        let path = self.path.clone();
        let named = |error| LedgerError::of(&path, error);
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(named)?;
        let done =
            work(&transaction).and_then(|done| complete(&transaction).map(|()| done)).map_err(named)?;
        transaction.commit().map_err(named)?;
        Ok(done)
    }

    /// Puts the file's name to an error.
    pub(crate) fn told<T>(&self, result: Sql<T>) -> Result<T, LedgerError> {
        result.map_err(|error| LedgerError::of(&self.path, error))
    }
}

/// Brings up to date what is made of the rows that were written.
fn complete(db: &Connection) -> Sql<()> {
    index(db)?;
    tally::bring_up(db)
}

/// Brings the full-text indexes up to the last rows. Once for each commit: row by row, each would be written to the file
/// as a tree of its own, and merged.
fn index(db: &Connection) -> Sql<()> {
    for (table, words, rows) in [
        ("statement", "said_words (rowid, words) SELECT turn, words", "AND state = 0 ORDER BY turn"),
        ("name", "name_words (rowid, spelling) SELECT id, spelling", "ORDER BY id"),
        (
            "version",
            "title_words (rowid, title, publisher, place) SELECT id, title, publisher, place",
            "ORDER BY id",
        ),
    ] {
        let last: i64 = db
            .prepare_cached(&format!("SELECT coalesce(max(id), 0) FROM {table}"))?
            .query_row([], |row| row.get(0))?;
        let reached: i64 =
            db.prepare_cached(&format!("SELECT {table} FROM indexed"))?.query_row([], |row| row.get(0))?;
        if last > reached {
            let insert = format!("INSERT INTO {words} FROM {table} WHERE id > ?1 {rows}");
            db.prepare_cached(&insert)?.execute([reached])?;
            db.prepare_cached(&format!("UPDATE indexed SET {table} = ?1"))?.execute([last])?;
        }
    }
    Ok(())
}

fn newest() -> u32 {
    MIGRATIONS.len() as u32
}

fn connect(path: PathBuf, flags: OpenFlags) -> Result<Ledger, LedgerError> {
    let opened = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let db = opened.and_then(settled).map_err(|error| LedgerError::of(&path, error))?;
    Ok(Ledger { db, path })
}

/// Opens a ledger on a disk that cannot be written, where SQLite's own files beside it cannot be made.
fn unchanging(path: PathBuf) -> Result<Ledger, LedgerError> {
    let name: String = path.to_string_lossy().chars().map(escaped).collect();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let opened = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags);
    let db = opened.and_then(settled).map_err(|error| LedgerError::of(&path, error))?;
    let ledger = Ledger { db, path };
    match ledger.version()? {
        version if version == newest() => Ok(ledger),
        _ => Err(LedgerError::ReadOnly(ledger.path)),
    }
}

/// What has a meaning of its own in an address.
fn escaped(c: char) -> String {
    match c {
        '?' | '#' | '%' => format!("%{:02x}", c as u32),
        c => c.to_string(),
    }
}

fn settled(db: Connection) -> Sql<Connection> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(64);
    // in KiB: a ledger is asked far more often than it is written
    db.pragma_update(None, "cache_size", -65_536)?;
    Ok(db)
}

fn migrate(db: &Connection) -> Sql<()> {
    // another writer may have been quicker
    let found: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (migration, version) in MIGRATIONS.iter().zip(1..).skip(found as usize) {
        db.execute_batch(migration)?;
        db.pragma_update(None, "user_version", version)?;
    }
    db.pragma_update(None, "application_id", APPLICATION)
}
