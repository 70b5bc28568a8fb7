//! Keeping a ledger and asking it, as a user does; and what may befall `keep` on its way.

use std::io::Write;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use crate::program::{Folder, onrecord};

/// So many short reports, each with two statements of its own, as JSONL.
fn news(count: usize) -> String {
    let line = |number: usize| {
        format!(
            "{{\"id\":\"n{number}\",\"published\":\"2025-03-{:02}\",\"publisher\":\"Norland Times\",\"text\":\"Vera Olen, \
             the mayor, said that bridge {number} was closed. “We will open it in May,” Ms Olen promised on Friday. Andrei \
             Morosh denied that.\"}}\n",
            number % 28 + 1
        )
    };
    (0..count).map(line).collect()
}

#[test]
fn keep_then_ask() {
    let folder = Folder::new("ledger").with("news.jsonl", news(3));
    let kept = folder.run("keep news.jsonl");
    assert_eq!(kept.code, 0, "{kept:?}");
    assert!(kept.out.starts_with("onrecord.db: 3 new; "), "{}", kept.out);
    assert!(folder.run("keep news.jsonl").out.starts_with("onrecord.db: 0 new, 3 known; 0 statements kept"));
    let found = folder.run("find bridge 1");
    assert_eq!(found.records()[0]["speakers"][0]["name"], "Vera Olen");
    assert_eq!(found.records()[0]["article"]["place"], "news.jsonl:2");
    let csv = folder.run("find bridge --format csv --limit 1");
    assert!(csv.out.starts_with("id,day,speakers,") && csv.out.lines().count() == 2, "{}", csv.out);
    let list = folder.run("find bridge --format list --limit 1");
    assert!(list.out.contains("1 of 3 statements; --limit shows more"), "{}", list.out);
    let who = folder.run("who Olen --format list");
    assert!(who.out.starts_with("Vera Olen · person\n"), "{}", who.out);
    assert_eq!(folder.run("verify --format list").out.split(':').next(), Some("sound"));
}

#[test]
fn receipts_and_failures() {
    let folder = Folder::new("receipts").with("news.jsonl", news(2) + "nonsense\n");
    let ran = folder.run("keep --format jsonl news.jsonl missing.txt");
    assert_eq!((ran.code, ran.each("outcome")), (1, vec!["new".to_owned(), "new".to_owned()]));
    assert!(
        ran.err.contains("news.jsonl:3: not an article") && ran.err.contains("missing.txt: no such file")
    );
    assert!(ran.err.contains("2 new, 2 failed"), "{}", ran.err);
}

#[test]
fn ledgers_that_cannot_be_asked() {
    let folder = Folder::new("no-ledger").with("words.txt", "only words");
    let ran = folder.run("find truce");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "error: onrecord.db: no such ledger (`onrecord keep` makes one)\n")
    );
    assert!(folder.run("find truce --ledger words.txt").err.contains("words.txt: not a ledger of onrecord"));
    assert!(folder.run("keep --ledger words.txt words.txt").err.contains("not a ledger"));
    assert_eq!(std::fs::read_to_string(folder.path().join("words.txt")).unwrap(), "only words");
    for (arguments, reason) in [
        ("find --act shout", "one of these is needed: state, claim"),
        ("find --since yesterday", "a day, month or year is needed"),
        ("find --channel pigeon", "press-conference"),
        ("who", "<NAME>"),
    ] {
        let ran = folder.run(arguments);
        assert!(ran.code == 2 && ran.err.contains(reason), "{arguments}: {ran:?}");
    }
}

/// Everything that `find` gives, but for when and from where it was read.
fn statements(folder: &Folder) -> Vec<serde_json::Value> {
    let mut statements = folder.run("find --format jsonl").records();
    for statement in &mut statements {
        statement["read"] = serde_json::Value::Null;
        statement["article"]["place"] = serde_json::Value::Null;
    }
    statements
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    let folder = Folder::new("killed").with("news.jsonl", news(100));
    let mut acknowledged = Vec::new();
    for time in 1..=4 {
        let mut child =
            onrecord(folder.path(), "keep --format jsonl -").stdin(Stdio::piped()).spawn().unwrap();
        // little by little, so that there are commits to be killed between
        let mut input = child.stdin.take().unwrap();
        let feeder = std::thread::spawn(move || {
            for line in news(100).split_inclusive('\n') {
                sleep(Duration::from_millis(10));
                if input.write_all(line.as_bytes()).is_err() {
                    return;
                }
            }
        });
        sleep(Duration::from_millis(400 * time));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        let receipts = String::from_utf8(output.stdout).unwrap();
        let whole = receipts.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        acknowledged.extend(
            whole.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["article"].clone()),
        );
        if folder.path().join("onrecord.db").exists() {
            assert_eq!(folder.run("verify").code, 0, "after kill {time}");
        }
    }
    let kept = statements(&folder);
    for article in &acknowledged {
        assert!(kept.iter().any(|statement| statement["article"]["id"] == *article), "{article} is lost");
    }
    folder.run("keep news.jsonl");
    let undisturbed = Folder::new("undisturbed").with("news.jsonl", news(100));
    undisturbed.run("keep news.jsonl");
    assert!(statements(&folder) == statements(&undisturbed), "the two ledgers differ");
}
