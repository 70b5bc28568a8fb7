//! The file and what may befall it: other files, newer ones, locks, full disks, broken pages.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;

use onrecord::Act;
use onrecord_ledger::{Check, Correction, Ledger, LedgerError, Order, Outcome, Question};
use rusqlite::Connection;

use crate::records::{Folder, Report, person, reading, siege};

#[test]
fn other_files_are_no_ledgers() {
    let folder = Folder::new("other");
    fs::write(folder.file(), "just words, and more of them than a header of SQLite has ".repeat(20)).unwrap();
    assert!(matches!(Ledger::open(folder.file()), Err(LedgerError::NotALedger(_))));
    assert!(matches!(Ledger::read(folder.file()), Err(LedgerError::NotALedger(_))));
    fs::remove_file(folder.file()).unwrap();
    Connection::open(folder.file()).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Ledger::open(folder.file()), Err(LedgerError::NotALedger(_))));
    assert!(matches!(Ledger::read(folder.file()), Err(LedgerError::NotALedger(_))));
}

#[test]
fn a_newer_ledger_is_refused() {
    let folder = Folder::new("newer");
    folder.with(&siege());
    Connection::open(folder.file()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for opened in [Ledger::open(folder.file()), Ledger::read(folder.file())] {
        let message = opened.unwrap_err().to_string();
        assert!(message.contains("written by a newer onrecord (ledger version 99"), "{message}");
    }
}

/// Writes what the stored ledgers of old versions hold: reports, corrections, a merge.
fn write_stored(ledger: &mut Ledger) {
    let other = Report::new("c", "2025-03-20").says(&person("Ms Olen"), Act::State, "said", "nothing");
    for read in siege().into_iter().chain([other.read()]) {
        ledger.record(&read, &reading("m1")).unwrap();
    }
    let found = ledger.find(&Question { order: Order::Oldest, ..Question::default() }).unwrap();
    let at = "2025-03-21T09:00:00Z";
    let act = Correction { act: Some(Act::Warn), ..Correction::default() };
    ledger.correct(&found[0].id, &act, "ed", at).unwrap();
    let reject = Correction { rejected: Some(true), ..Correction::default() };
    for kept in &found[3..] {
        ledger.correct(&kept.id, &reject, "ed", at).unwrap();
    }
    ledger.merge("Vera Olen", "Ms Olen", "ed", at).unwrap();
    ledger.settle().unwrap();
}

/// Asks a ledger for all that [`write_stored`] wrote.
#[track_caller]
fn check_stored(mut ledger: Ledger) {
    assert_eq!(ledger.verify().unwrap().complaints, []);
    let found = ledger.find(&Question { order: Order::Oldest, ..Question::default() }).unwrap();
    let acts: Vec<Act> = found.iter().map(|kept| kept.act).collect();
    assert_eq!(acts, [Act::Warn, Act::Deny, Act::Promise], "the claim was corrected, others rejected");
    assert_eq!(found[0].id, "59a29632bdbd5540", "identifiers are for ever");
    assert_eq!(ledger.who("Olen").unwrap().spellings.len(), 2);
    let who = ledger.who("Morosh").unwrap();
    assert_eq!((who.statements, who.articles, who.disputed.len()), (2, 2, 1));
    let question = |words: &str| Question { words: Some(words.into()), ..Question::default() };
    assert_eq!(ledger.find(&question("corridor")).unwrap().len(), 1);
    assert_eq!(ledger.find(&question("encircled")).unwrap().len(), 2);
    assert_eq!(ledger.find(&Question { disputed: true, ..Question::default() }).unwrap()[0].id, found[0].id);
    assert_eq!(ledger.record(&siege()[0], &reading("m1")).unwrap().outcome, Outcome::Known);
}

/// A ledger of each released version opens for ever, and holds what it held. The first is as its program wrote it, the
/// others as the programs of their versions brought that up to date.
#[test]
fn stored_ledgers_open() {
    let stored: [&[u8]; 6] = [
        include_bytes!("../data/version-1.db"),
        include_bytes!("../data/version-2.db"),
        include_bytes!("../data/version-3.db"),
        include_bytes!("../data/version-4.db"),
        include_bytes!("../data/version-5.db"),
        include_bytes!("../data/version-6.db"),
    ];
    for (bytes, version) in stored.into_iter().zip(1..) {
        let folder = Folder::new(&format!("version-{version}"));
        fs::write(folder.file(), bytes).unwrap();
        let query = |db: &Connection| db.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
        assert_eq!(query(&Connection::open(folder.file()).unwrap()).unwrap(), version);
        check_stored(folder.ledger());
    }
}

/// To store a ledger of a new version, this is run with a place for it in the environment.
#[test]
fn a_new_ledger_answers_as_a_stored_one() {
    let folder = Folder::new("version-new");
    let file =
        std::env::var_os("ONRECORD_TEST_STORE").map_or_else(|| folder.file(), std::path::PathBuf::from);
    let mut ledger = Ledger::open(file).unwrap();
    write_stored(&mut ledger);
    check_stored(ledger);
}

#[test]
fn a_full_disk_loses_nothing_that_was_kept() {
    let folder = Folder::new("full");
    let mut ledger = folder.with(&siege()[..1]);
    drop(ledger);
    let pages: i64 = Connection::open(folder.file())
        .unwrap()
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    ledger = folder.ledger();
    ledger.limit_pages(pages as u32).unwrap();
    let mut big = siege().remove(1);
    big.record.article.text.push_str(&"and so on ".repeat(100_000));
    let refused = ledger.record(&big, &reading("m1")).unwrap_err();
    assert!(matches!(refused, LedgerError::Full(_)), "{refused}");
    assert_eq!(ledger.find(&Question::default()).unwrap().len(), 2);
    assert_eq!(ledger.verify().unwrap().complaints, []);
    drop(ledger);
    assert_eq!(folder.ledger().record(&big, &reading("m1")).unwrap().statements, 2);
}

#[test]
fn a_file_that_cannot_be_written_can_be_asked() {
    let folder = Folder::new("read-only");
    folder.with(&siege());
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(Ledger::read(folder.file()).unwrap().find(&Question::default()).unwrap().len(), 4);
}

#[test]
fn a_second_writer_waits_and_then_says_so() {
    let folder = Folder::new("two");
    let mut first = folder.with(&siege()[..1]);
    let other = Connection::open(folder.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    first.wait_at_most(std::time::Duration::from_millis(50)).unwrap();
    let refused = first.record(&siege()[1], &reading("m1")).unwrap_err();
    assert!(matches!(refused, LedgerError::Busy(_)), "{refused}");
    assert_eq!(first.find(&Question::default()).unwrap().len(), 2, "readers do not wait");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(first.record(&siege()[1], &reading("m1")).unwrap().statements, 2);
}

#[test]
fn two_writers_take_turns() {
    let folder = Folder::new("turns");
    folder.ledger();
    let writers: Vec<_> = siege()
        .into_iter()
        .map(|read| {
            let file = folder.file();
            std::thread::spawn(move || Ledger::open(file).unwrap().record(&read, &reading("m1")).unwrap())
        })
        .collect();
    assert_eq!(writers.into_iter().map(|writer| writer.join().unwrap().statements).sum::<usize>(), 4);
    assert_eq!(folder.ledger().verify().unwrap().statements, 4);
}

/// Overwrites the middle of a page, the first of a table or index.
fn break_page_of(folder: &Folder, table: &str) {
    let query = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: u64 = Connection::open(folder.file())
        .unwrap()
        .query_row(query, [table], |row| row.get::<_, i64>(0))
        .unwrap()
        .cast_unsigned();
    let mut file = OpenOptions::new().write(true).open(folder.file()).unwrap();
    file.seek(SeekFrom::Start((page - 1) * 4096)).unwrap();
    file.write_all(&[0xA5; 4000]).unwrap();
}

#[test]
fn broken_pages_are_named() {
    for table in ["statement", "statement_by_day", "voice", "version"] {
        let folder = Folder::new("broken");
        folder.with(&siege()).settle().unwrap();
        break_page_of(&folder, table);
        let complaints = folder.ledger().verify().unwrap().complaints;
        assert!(complaints.iter().any(|complaint| complaint.check == Check::File), "{table}: {complaints:?}");
    }
    let folder = Folder::new("broken");
    folder.with(&siege()).settle().unwrap();
    break_page_of(&folder, "statement");
    let refused = folder.ledger().find(&Question::default()).unwrap_err();
    assert!(matches!(refused, LedgerError::Damaged { .. }), "{refused}");
}

#[test]
fn verify_names_what_was_tampered_with() {
    let folder = Folder::new("tampered");
    folder.with(&siege());
    for (tampering, expected) in [
        (
            "UPDATE version SET text = 'x' || text WHERE id = 1",
            "article siege-1, version 1: the text has another hash",
        ),
        ("UPDATE statement SET content = '[[0,9999]]' WHERE id = 1", "the content does not lie in the text"),
        ("UPDATE statement SET content = '[[0,3]]' WHERE id = 2", "its words are not those of its content"),
        ("UPDATE statement SET act = 'shout' WHERE id = 3", "\"shout\" is no act"),
        ("UPDATE statement SET state = 1 WHERE id = 4", "is marked past, and should be held"),
        ("INSERT INTO said_words (rowid, words) VALUES (77, 'ghost')", "said_words: other words"),
        (
            "UPDATE tally SET count = 9 WHERE what = 'act' AND value = 'promise'",
            "Andrei Morosh: counts that are not those of the statements",
        ),
        ("DELETE FROM name WHERE id = 1", "voice: a row speaks of a row of name"),
        (
            "INSERT INTO passage_key VALUES (7, 77)",
            "passage_key: 1 rows speak of a row of version that is not there",
        ),
        ("UPDATE version SET number = 7 WHERE id = 2", "version 1 is missing"),
    ] {
        Connection::open(folder.file())
            .unwrap()
            .execute_batch(&format!("PRAGMA foreign_keys = off; {tampering}"))
            .unwrap();
        let complaints = folder.ledger().verify().unwrap().complaints;
        let told: Vec<&str> = complaints.iter().map(|complaint| complaint.what.as_str()).collect();
        assert!(told.iter().any(|what| what.contains(expected)), "{expected}: {told:#?}");
    }
}

#[test]
fn a_mended_index_is_sound() {
    let folder = Folder::new("mended");
    folder.with(&siege());
    let tampering =
        "INSERT INTO said_words (rowid, words) VALUES (77, 'ghost'); DELETE FROM tally WHERE entity = 0";
    Connection::open(folder.file()).unwrap().execute_batch(tampering).unwrap();
    let mut ledger = folder.ledger();
    assert_eq!(ledger.verify().unwrap().complaints.len(), 2);
    ledger.mend().unwrap();
    assert_eq!(ledger.verify().unwrap().complaints, []);
}
