//! What is kept, and that the same again changes nothing.

use std::fs;

use onrecord::{Act, Block, BlockKind, Span, Stretch};
use onrecord_ledger::{Kept, Ledger, LedgerError, Outcome, Question, Read, export, import::record_from_json};
use rusqlite::Connection;

use crate::records::{Folder, Report, person, reading, siege};

/// The parts that a text had in its page come back as they were kept, and what is no part of it is seen.
#[test]
fn blocks_are_kept() {
    let folder = Folder::new("blocks");
    let mut read = siege().remove(0);
    let article = &mut read.record.article;
    let stretches = vec![Stretch { span: Span::new(0, 4), at: 2 }];
    let path = Some("#story > p:nth-of-type(1)".into());
    article.blocks = vec![Block { kind: BlockKind::Heading, span: Span::new(0, 4), path, stretches }];
    let (id, blocks) = (article.id.clone(), article.blocks.clone());
    let mut ledger = folder.ledger();
    ledger.record(&read, &reading("m1")).unwrap();
    assert_eq!(ledger.record_of(&id).unwrap().unwrap().article.blocks, blocks);
    let kept = ledger.article(&id).unwrap().unwrap();
    let record = export::record(&ledger, &kept).unwrap().to_string();
    assert_eq!(record_from_json(&record).unwrap().article.blocks, blocks);
    assert_eq!(ledger.verify().unwrap().complaints, []);
    let db = Connection::open(folder.file()).unwrap();
    db.execute("UPDATE version SET blocks = replace(blocks, '[0,4]', '[0,99999]')", []).unwrap();
    assert!(ledger.verify().unwrap().complaints[0].what.ends_with("a block does not lie in the text"));
}

/// All that a ledger holds, table by table.
fn contents(folder: &Folder) -> Vec<String> {
    let db = Connection::open(folder.file()).unwrap();
    let tables =
        ["article", "version", "reading", "statement", "entity", "name", "name_key", "voice", "link"];
    let mut lines = Vec::new();
    for table in tables {
        let mut query = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> =
                (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            lines.push(format!("{table}: {}", values.join(", ")));
        }
    }
    lines
}

fn all(ledger: &Ledger) -> Vec<Kept> {
    ledger.find(&Question::default()).unwrap()
}

#[test]
fn statements_come_back_as_they_were_read() {
    let folder = Folder::new("whole");
    let ledger = folder.with(&siege());
    let found = all(&ledger);
    assert_eq!(found.len(), 4, "what is less sure than the threshold is not kept");
    let claim = found.iter().find(|kept| kept.act == Act::Claim).unwrap();
    assert_eq!(claim.words.content, "the town of Tarnovka é is encircled");
    let text = &siege()[0].record.article.text;
    let [begin, end] = claim.content[0].map(|at| at as usize);
    assert_eq!(text.chars().skip(begin).take(end - begin).collect::<String>(), claim.words.content);
    let denial = found.iter().find(|kept| kept.act == Act::Deny).unwrap();
    let [begin, end] = denial.content[0].map(|at| at as usize);
    assert_eq!(text.chars().skip(begin).take(end - begin).collect::<String>(), denial.words.content);
    assert_eq!((claim.speakers[0].name.as_str(), claim.disputed, claim.holds), ("Andrei Morosh", 1, true));
    assert_eq!(claim.day.as_deref(), Some("2025-03-14"));
    assert_eq!((claim.article.id.as_str(), claim.article.place.as_str()), ("siege-1", "siege-1.txt"));
    assert_eq!((claim.model.as_str(), claim.read.as_str()), ("m1", "2025-03-20T12:00:00Z"));
    let promise = found.iter().find(|kept| kept.act == Act::Promise).unwrap();
    assert_eq!(promise.day.as_deref(), Some("2025-03-15"), "the day of the saying, not of publication");
    assert_eq!(ledger.statement(&claim.id).unwrap(), *claim);
    assert_eq!(ledger.statement(&claim.id[..8]).unwrap(), *claim);
}

#[test]
fn the_same_again_changes_nothing() {
    let folder = Folder::new("again");
    let mut ledger = folder.with(&siege());
    let before = contents(&folder);
    for read in siege() {
        let receipt = ledger.record(&read, &reading("m2")).unwrap();
        assert_eq!((receipt.outcome, receipt.version, receipt.statements), (Outcome::Known, 1, 0));
        assert_eq!(ledger.receipt(&read.record.article).unwrap(), Some(receipt));
    }
    // elsewhere and under another name of the file it is the same article
    let moved = Read { place: "copy.txt".into(), ..siege().remove(0) };
    assert_eq!(ledger.record(&moved, &reading("m1")).unwrap().outcome, Outcome::Known);
    assert_eq!(contents(&folder), before);
}

#[test]
fn batches_and_single_records_give_the_same_ledger() {
    let (one, many) = (Folder::new("single"), Folder::new("batch"));
    one.with(&siege());
    let twice: Vec<Read> = siege().into_iter().chain(siege()).collect();
    let receipts = many.ledger().record_all(&twice, &reading("m1")).unwrap();
    let outcomes: Vec<Outcome> = receipts.iter().map(|receipt| receipt.outcome).collect();
    assert_eq!(outcomes, [Outcome::New, Outcome::New, Outcome::Known, Outcome::Known]);
    assert_eq!(contents(&one), contents(&many));
}

#[test]
fn a_changed_article_is_a_new_version_and_the_old_one_stays() {
    let folder = Folder::new("versions");
    let report = |content: &str| {
        Report::new("a", "2025-03-14").says(&person("Vera Olen"), Act::State, "said", content).read()
    };
    let mut ledger = folder.with(&[report("the bridge is open")]);
    let old = all(&ledger).remove(0);
    let receipt = ledger.record(&report("the bridge is closed"), &reading("m1")).unwrap();
    assert_eq!((receipt.outcome, receipt.version), (Outcome::Changed, 2));
    let found = all(&ledger);
    assert_eq!(found.iter().map(|kept| &*kept.words.content).collect::<Vec<_>>(), ["the bridge is closed"]);
    assert_eq!(found[0].article.version, 2);
    let past = ledger.statement(&old.id).unwrap();
    assert_eq!((past.words.content.as_str(), past.holds), ("the bridge is open", false));
    // a version that was there already is known, and does not become the last one again
    assert_eq!(ledger.record(&report("the bridge is open"), &reading("m1")).unwrap().outcome, Outcome::Known);
    assert_eq!(all(&ledger), found);
    assert_eq!(ledger.verify().unwrap().complaints, []);
}

#[test]
fn a_changed_headline_is_a_new_version_with_the_same_statements() {
    let folder = Folder::new("headline");
    let report =
        || Report::new("a", "2025-03-14").says(&person("Vera Olen"), Act::State, "said", "it rains").read();
    let mut ledger = folder.with(&[report()]);
    let before = all(&ledger).remove(0);
    let mut changed = report();
    changed.record.article.title = Some("Rain".into());
    assert_eq!(ledger.record(&changed, &reading("m1")).unwrap().outcome, Outcome::Changed);
    let after = ledger.statement(&before.id).unwrap();
    assert_eq!((after.article.title.as_deref(), after.holds), (Some("Rain"), true));
    assert_eq!(all(&ledger), [after]);
}

#[test]
fn pages_of_one_address_are_one_article() {
    let folder = Folder::new("address");
    let page = |hash: &str, url: &str, content: &str| {
        let mut read =
            Report::new(hash, "2025-03-14").says(&person("Vera Olen"), Act::State, "said", content).read();
        read.record.article.url = Some(url.into());
        read
    };
    let mut ledger = folder.ledger();
    let mut keep = |read| ledger.record(&read, &reading("m1")).unwrap();
    assert_eq!(keep(page("sha256:1", "https://n.example/a", "it rains")).outcome, Outcome::New);
    assert_eq!(keep(page("sha256:2", "https://n.example/a", "it pours")).outcome, Outcome::Changed);
    // the same words elsewhere are another article
    assert_eq!(keep(page("sha256:2", "https://n.example/b", "it pours")).outcome, Outcome::New);
}

#[test]
fn nested_statements_lead_to_their_outer_ones() {
    let folder = Folder::new("nested");
    let read = Report::new("a", "2025-03-14")
        .says(&person("Vera Olen"), Act::State, "said", "that Morosh promised peace")
        .says(&person("Andrei Morosh"), Act::Promise, "promised", "peace")
        .within(0)
        .read();
    let found = all(&folder.with(&[read]));
    assert_eq!(found[1].within.as_deref(), Some(found[0].id.as_str()));
}

#[test]
fn readers_see_whole_commits_while_a_writer_works() {
    let folder = Folder::new("readers");
    let mut writer = folder.with(&siege()[..1]);
    let reader = Ledger::read(folder.file()).unwrap();
    assert_eq!(all(&reader).len(), 2);
    writer.record_all(&siege()[1..], &reading("m1")).unwrap();
    assert_eq!(all(&reader).len(), 4);
}

#[test]
fn readers_write_nothing() {
    let folder = Folder::new("reader");
    folder.with(&siege()[..1]);
    let mut reader = Ledger::read(folder.file()).unwrap();
    let refused = reader.record(&siege()[1], &reading("m1")).unwrap_err();
    assert!(matches!(refused, LedgerError::ReadOnly(_)), "{refused}");
    let missing = folder.file().with_file_name("none.db");
    assert!(matches!(Ledger::read(&missing), Err(LedgerError::Missing(_))));
    assert!(!fs::exists(missing).unwrap());
}
