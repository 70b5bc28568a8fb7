//! Tables with names of their own, and readings that are interrupted.

use std::fs::{self, OpenOptions};

use crate::program::{Folder, onrecord};

#[test]
fn columns_have_the_names_that_the_user_gives() {
    let folder = Folder::new("columns")
        .with("a.csv", "nr,body,day\n7,“No,2025-03-14\n")
        .with("b.jsonl", "{\"nr\":8,\"body\":\"Two.\"}\n");
    let ran = folder.run("read a.csv b.jsonl --text-column body --id-column nr --published-column day");
    assert_eq!(
        (ran.code, ran.each("id"), ran.each("text")),
        (0, vec!["7".into(), "8".into()], vec!["“No".into(), "Two.".into()])
    );
    assert_eq!(ran.records()[0]["published"], "2025-03-14");
    let ran = folder.run("read a.csv");
    assert_eq!(
        (ran.code, ran.err.trim_end()),
        (1, "error: a.csv: no column \"text\"; there are nr, body, day")
    );
}

#[test]
fn patterns_that_no_shell_expanded() {
    let folder = Folder::new("patterns").with("b.txt", "Two.").with("a.txt", "One.").with("c.html", "x");
    assert_eq!(folder.run("read *.txt").each("text"), ["One.", "Two."]);
    assert_eq!(folder.run("read *.pdf").err.trim_end(), "error: *.pdf: no such file or folder");
}

/// Runs with standard output appended to `out`, as a shell does for `>>`.
fn append(folder: &Folder, arguments: &str) -> (i32, String) {
    let out = OpenOptions::new().create(true).append(true).open(folder.path().join("out")).unwrap();
    let ran = onrecord(folder.path(), arguments).stdout(out).output().unwrap();
    (ran.status.code().unwrap(), String::from_utf8(ran.stderr).unwrap())
}

#[test]
fn an_interrupted_reading_goes_on() {
    let lines = |numbers: std::ops::Range<u32>| -> String {
        numbers.map(|n| format!("{{\"id\":{n},\"text\":\"“No,” said Ann.\"}}\n")).collect()
    };
    let folder = Folder::new("resume").with("a.jsonl", lines(0..50) + "nonsense\n" + &lines(50..100));
    let whole = folder.run("read a.jsonl").out;
    let (path, state) = (folder.path().join("out"), folder.path().join("state"));
    let arguments = "read a.jsonl --resume state";
    assert_eq!(append(&folder, arguments).0, 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);
    // what is done is not done again
    assert_eq!(append(&folder, arguments), (0, String::new()));
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);

    // killed in the middle: 60 things were done and kept, and some bytes of the next record written
    let done = whole.lines().take(59).map(|line| line.len() + 1).sum::<usize>();
    fs::write(&path, &whole[..done + 30]).unwrap();
    fs::write(&state, format!("{{\"inputs\":[\"a.jsonl\"],\"done\":60,\"written\":{done}}}")).unwrap();
    assert_eq!(append(&folder, arguments), (0, String::new()));
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);

    // records that are gone, another reading, no state
    fs::write(&path, "").unwrap();
    let complaint = append(&folder, arguments).1;
    assert_eq!(
        complaint.trim_end(),
        "error: records are missing from standard output: append to it, with >>"
    );
    let complaint = append(&folder, "read b.jsonl --resume state").1;
    assert_eq!(complaint.trim_end(), "error: state: keeps the place of another reading, of a.jsonl");
    let complaint = append(&folder, "read a.jsonl --resume a.jsonl").1;
    assert!(complaint.starts_with("error: a.jsonl: keeps no place of a reading: "), "{complaint}");
}
