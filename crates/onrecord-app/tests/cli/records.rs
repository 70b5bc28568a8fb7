//! Records and pages: their order, their form, and where they go.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::program::{Folder, onrecord};

fn many(count: usize) -> String {
    let line = |number| format!("{{\"id\":{number},\"text\":\"{}\"}}\n", "She said no. ".repeat(number % 40));
    (0..count).map(line).collect()
}

#[test]
fn output_is_the_same_whatever_the_threads() {
    let folder = Folder::new("threads").with("news.jsonl", many(2000));
    let one = folder.run("read news.jsonl --jobs 1");
    assert_eq!(one.each("id"), (0..2000).map(|id| id.to_string()).collect::<Vec<_>>());
    for jobs in ["2", "5"] {
        let several = folder.run(&format!("read news.jsonl --jobs {jobs}"));
        assert!(several.out == one.out, "--jobs {jobs} differs");
    }
}

#[test]
fn a_record_has_the_fields_of_its_article() {
    let line = r#"{"id":"x","text":"T","title":"A","authors":["Ann"],"publisher":"P","language":"en","url":"u","published":"2025-03-14"}"#;
    let ran = Folder::new("fields").run_with("read", line.as_bytes());
    let expected = r#"{"id":"x","url":"u","title":"A","authors":["Ann"],"publisher":"P","language":"en","published":"2025-03-14","text":"T","statements":[],"links":[]}"#;
    assert_eq!(ran.records(), [serde_json::from_str::<serde_json::Value>(expected).unwrap()]);
}

#[test]
fn the_list_names_the_article() {
    let folder = Folder::new("list")
        .with("a.txt", "T")
        .with("b.jsonl", "{\"text\":\"T\",\"title\":\"Two\\u001b[2J\"}");
    let ran = folder.run("read --format list a.txt b.jsonl");
    assert_eq!(ran.out, "a.txt\nno statements\n\nTwo␛[2J\nb.jsonl:1 · no statements\n\n");
    let ran = folder.run("read --view text a.txt");
    assert_eq!(ran.out, "a.txt\nno statements\nmarked: [source] {cue} <content>\n\nT\n\n");
}

#[test]
fn times_on_request() {
    let folder = Folder::new("times").with("a.txt", "It fell on Friday, the 99th of Octember.");
    let ran = folder.run("read --times --published 2025-03-14 a.txt");
    assert_eq!(ran.records()[0]["times"], serde_json::json!([{"span": [11, 17], "value": "2025-03-14"}]));
    let ran = folder.run("read --times a.txt");
    assert_eq!(ran.records()[0]["times"], serde_json::json!([{"span": [11, 17], "value": null}]));
    assert!(folder.run("read a.txt").records()[0].get("times").is_none());
}

#[test]
fn the_view_of_disputes() {
    let folder = Folder::new("disputes").with("a.txt", "T");
    let ran = folder.run("read --view disputes a.txt");
    assert_eq!(ran.out, "a.txt\nno disputed statements\n\n");
}

#[test]
fn colours_on_demand() {
    let folder = Folder::new("colour").with("a.txt", "T");
    assert!(folder.run("read --format list --color always a.txt").out.contains("\x1b[1ma.txt\x1b[0m"));
    assert!(folder.run("read --color always missing").err.starts_with("\x1b["));
    assert!(!folder.run("read --format list --color never a.txt").out.contains('\x1b'));
}

#[test]
fn whoever_stops_reading_is_no_failure() {
    let folder = Folder::new("pipe").with("news.jsonl", many(20_000));
    let mut child = onrecord(folder.path(), "read news.jsonl").stdin(Stdio::null()).spawn().unwrap();
    let mut records = BufReader::new(child.stdout.take().unwrap());
    records.read_line(&mut String::new()).unwrap();
    drop(records);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert!(!complaints.contains("error"), "{complaints}");
}

#[test]
fn what_is_to_be_checked_first_stands_below_the_list() {
    let text = "“The dam is safe, Ann Belmont said.\n\nNobody answered. Ann Belmnot laughed.";
    let folder = Folder::new("records-flags").with("dam.txt", text);
    let list = folder.run("read dam.txt --format list").out;
    let flags: Vec<&str> = list.lines().filter(|line| line.starts_with('⚑')).collect();
    assert_eq!(
        flags,
        [
            "⚑ this quotation mark is not closed: ““The dam is safe, Ann Belmont said.”",
            "⚑ spelt “Belmont” elsewhere: “Belmnot”"
        ],
        "{list}"
    );
    let kinds = folder.run("read dam.txt").records()[0]["flags"].clone();
    assert_eq!((&kinds[0]["kind"], &kinds[1]["kind"]), (&"broken-quote".into(), &"misspelt-name".into()));
}
