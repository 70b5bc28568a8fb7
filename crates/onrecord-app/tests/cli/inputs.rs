//! Inputs good and bad: each is named with its reason, and the others are read.

use crate::program::Folder;

#[test]
fn a_folder_in_order_with_failures_in_between() {
    let folder = Folder::new("folder")
        .with("in/a.txt", "First.")
        .with("in/b.bin", b"\x7fELF\0\0")
        .with("in/c.jsonl", "{\"id\":1,\"text\":\"Second.\"}\nnonsense\n{\"id\":\"x\",\"text\":\"Third.\"}\n")
        .with("in/d.txt", "");
    let ran = folder.run("read in missing.txt");
    assert_eq!(
        (ran.code, ran.each("text")),
        (1, ["First.", "Second.", "Third.", ""].map(str::to_owned).into())
    );
    assert_eq!(ran.records()[1]["id"], "1");
    let complaints: Vec<_> = ran.err.lines().map(|line| line.replace('\\', "/")).collect();
    assert_eq!(
        complaints,
        [
            "error: in/b.bin: not a text (it has NUL bytes)",
            "error: in/c.jsonl:2: not an article in JSON: expected ident (column 2)",
            "error: missing.txt: no such file or folder",
        ]
    );
}

#[test]
fn standard_input() {
    let folder = Folder::new("stdin");
    for arguments in ["read", "read -"] {
        let ran = folder.run_with(arguments, "\u{feff}“Né,” he said.\r\n".as_bytes());
        assert_eq!((ran.code, ran.each("text")), (0, vec!["“Né,” he said.\r\n".to_owned()]), "{ran:?}");
    }
    let ran = folder.run_with(
        "read --published 2025-03-14",
        b"{\"text\":\"a\"}\n{\"text\":\"b\",\"date\":\"2024-01-01\"}",
    );
    assert_eq!(ran.each("published"), ["2025-03-14", "2024-01-01"]);
}

#[track_caller]
fn check_text(name: &str, bytes: &[u8], text: &str, complaint: &str) {
    let ran = Folder::new(name).with("in", bytes).run("read in");
    assert_eq!((ran.code, ran.each("text"), ran.err.trim_end()), (0, vec![text.to_owned()], complaint));
}

#[test]
fn encodings_are_mended_with_a_warning() {
    let utf16: Vec<u8> = "\u{feff}“Né”".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_text("utf16", &utf16, "“Né”", "");
    check_text(
        "windows",
        b"\x93The caf\xe9 stays open,\x94 said Andr\xe9 Lef\xe8vre.",
        "“The café stays open,” said André Lefèvre.",
        "warning: in: not UTF-8, read as windows-1252 by the look of its bytes",
    );
    check_text(
        "broken",
        b"\xe2\x80\x9cNo\xff\xe2\x80\x9d",
        "“No\u{fffd}”",
        "warning: in: invalid UTF-8, the broken bytes are shown as U+FFFD",
    );
    check_text(
        "surrogates",
        br#"{"text":"a\ud800b \ud83d\ude42"}"#,
        "a\u{fffd}b 🙂",
        "warning: in:1: lone surrogates (1), shown as U+FFFD",
    );
}

#[test]
fn odd_texts_are_read() {
    let folder = Folder::new("odd")
        .with("empty", "")
        .with("long", "x".repeat(1 << 20))
        .with("marks", "“”\"'’‘—…".repeat(10_000))
        .with("quotes", "\"".repeat(100_000))
        .with("word", "No")
        .with("x.jsonl", format!("{{\"text\":\"{}\"}}", "é ".repeat(1 << 20)));
    let ran = folder.run("read --force empty long marks quotes word x.jsonl");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lengths: Vec<_> = ran.each("text").iter().map(|text| text.chars().count()).collect();
    assert_eq!(lengths, [0, 1 << 20, 80_000, 100_000, 2, 2 << 20]);
}
