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
fn every_question_and_every_form_of_its_answer() {
    let folder = Folder::new("questions").with("news.jsonl", news(4));
    folder.run("keep news.jsonl");
    for question in [
        "find bridge",
        "who Olen",
        "stats",
        "disputes",
        "timeline",
        "drift",
        "compare --publisher Norland|Times --publisher Nobody",
        "verify",
    ] {
        let typed = |form: &str| {
            let words = question.split(' ').map(|word| word.replace('|', " ")).collect::<Vec<_>>();
            folder.run_words(words.iter().map(String::as_str).chain(["--format", form]))
        };
        let (list, csv, jsonl) = (typed("list"), typed("csv"), typed("jsonl"));
        assert_eq!((list.code, csv.code, jsonl.code), (0, 0, 0), "{question}: {list:?} {csv:?} {jsonl:?}");
        assert!(!list.out.is_empty() && !list.out.contains('\x1b'), "{question}: {}", list.out);
        assert!(csv.out.lines().next().is_some_and(|header| header.contains(',')), "{question}: {}", csv.out);
        assert!(jsonl.records().iter().all(serde_json::Value::is_object), "{question}");
    }
}

#[test]
fn corrections_decisions_and_exports() {
    let folder = Folder::new("corrections").with("news.jsonl", news(2));
    folder.run("keep news.jsonl");
    let id = folder.run("find bridge 1").records()[0]["id"].as_str().unwrap().to_owned();
    let corrected = folder.run(&format!("correct {id} --act claim --speaker Council:group --author ed"));
    assert_eq!(corrected.records()[0]["speakers"][0]["type"], "group", "{corrected:?}");
    assert_eq!(folder.run("gold").records()[0]["statements"][0]["act"], "claim");
    assert_eq!(folder.run(&format!("correct {id}")).code, 1, "nothing is corrected");
    assert_eq!(
        folder.run_words(["entity", "merge", "Vera Olen", "Nobody"]).code,
        1,
        "there is nobody called so"
    );
    assert!(
        folder.run_words(["entity", "rename", "Vera Olen", "V. Olen"]).out.starts_with("rename: V. Olen (@")
    );
    assert_eq!(folder.run("reread --format list").out, "no articles read anew, no statements changed\n");
    for form in ["jsonl", "csv", "web-annotation", "schema-org", "gqg"] {
        assert!(!folder.run(&format!("export --format {form}")).out.is_empty(), "{form}");
    }
    assert_eq!(folder.run("export --format brat --to brat").code, 0);
    assert!(std::fs::read_to_string(folder.path().join("brat/n1.ann")).unwrap().contains("Act E1 claim"));
    // what was exported is a ledger again, and gold for eval
    let records = folder.run("export --format jsonl").out;
    let other = Folder::new("imported").with("records.jsonl", &records);
    assert_eq!(other.run("import records.jsonl").out, "onrecord.db: 2 new, 0 changed, 0 known\n");
    let told = |folder: &Folder| {
        let found = folder.run("find --format jsonl").records();
        found
            .iter()
            .map(|kept| (kept["words"].clone(), kept["act"].clone(), kept["when"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&other), told(&folder));
    assert!(other.run("eval records.jsonl --pred records.jsonl").out.contains("1.000"), "a perfect score");
    let bad =
        other.run_with("import -", b"{\"id\":\"a\",\"text\":\"b\",\"statements\":[{\"content\":[[0,9]]}]}");
    assert!(bad.code == 1 && bad.err.contains("standard input:1: statement 0: [0, 9]"), "{bad:?}");
}

#[test]
fn words_links_and_undo_by_command() {
    let folder = Folder::new("words").with("news.jsonl", news(2));
    folder.run("keep news.jsonl");
    let id = |words: &str| {
        folder.run(&format!("find {words} --limit 1")).records()[0]["id"].as_str().unwrap().to_owned()
    };
    let (closed, promise) = (id("closed"), id("May"));
    let words = |words: &[&str]| folder.run_words(words.iter().copied());
    let corrected = words(&["correct", &closed, "--content", "bridge 1 … closed", "--when", "2025-02-28"]);
    assert_eq!(corrected.code, 0, "{corrected:?}");
    assert_eq!(corrected.records()[0]["words"]["content"], "bridge 1 … closed");
    let listed = words(&["correct", &closed, "--link", &format!("supports:{promise}"), "--format", "list"]);
    assert!(listed.out.contains("2025-02-28"), "{listed:?}");
    for wrong in [
        &["correct", &closed, "--content", "no such words"][..],
        &["correct", &closed, "--link", "supports:0000000000000000"],
        &["correct", &closed, "--link", &format!("supports:{closed}")],
        &["add", "n0", "--cue", "said"],
        &["add", "n9", "--content", "closed"],
    ] {
        let refused = words(wrong);
        assert_eq!(refused.code, 1, "{wrong:?}: {refused:?}");
        assert!(refused.err.starts_with("error: "), "{refused:?}");
    }
    for wrong in ["supports", "loves:0a0b0c0d", "supports:"] {
        assert_eq!(words(&["correct", &closed, "--link", wrong]).code, 2, "{wrong}");
    }
    let added = words(&["add", "n1", "--source", "Ms Olen", "--content", "in May", "--act", "predict"]);
    assert_eq!(
        added.records()[0]["speakers"][0]["name"],
        "Vera Olen",
        "as in the statement with that source: {added:?}"
    );
    let gold = folder.run("gold").records();
    assert!(gold.iter().any(|article| article["links"][0]["to"] == *promise), "{gold:?}");
    assert_eq!(words(&["correct", &closed, "--undo", "--act", "claim"]).code, 2, "either or");
    for left in ["2025-02-28", ""] {
        let back = words(&["correct", &closed, "--undo"]);
        assert_eq!(back.records()[0]["when"]["value"].as_str().unwrap_or_default(), left, "{back:?}");
    }
    assert_eq!(words(&["correct", &closed, "--undo"]).code, 1, "nothing is left");
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
        ("compare --publisher A", "two outlets are needed"),
        ("export --format brat", "--to <FOLDER>"),
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
