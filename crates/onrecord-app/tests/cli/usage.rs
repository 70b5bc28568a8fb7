//! Arguments: what is refused, with exit code 2, and what help says.

use crate::program::Folder;

#[track_caller]
fn check_refused(arguments: &str, reason: &str) {
    let ran = Folder::new("usage").run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains(reason), "{}", ran.err);
}

#[test]
fn wrong_usage() {
    check_refused("", "Usage: onrecord <COMMAND>");
    check_refused("write", "unrecognized subcommand");
    check_refused("read --jobs 0 x", "--jobs");
    check_refused("read --min-confidence 2 x", "a number from 0 to 1 is needed");
    check_refused("read --published friday x", "a date such as 2025-03-14 is needed");
    check_refused("read --format jsonl --view text x", "--view belongs to the list");
    check_refused("eval", "<GOLD>");
}

#[test]
fn help_teaches_by_examples() {
    for (arguments, example) in [
        ("--help", "onrecord read samples/"),
        ("read --help", "onrecord read report.txt --published 2025-03-14"),
        ("explain --help", "onrecord explain report.txt 4"),
        // and tells what the first line does not
        ("read --help", "What is no news text is skipped and counted"),
        ("keep --help", "The same article twice changes nothing"),
        ("import --help", "Spans are code points of the text"),
        ("drift --help", "[-words of the earlier one-]"),
        ("eval --help", "onrecord eval gold.jsonl.gz --pred records.jsonl"),
    ] {
        let ran = Folder::new("help").run(arguments);
        assert_eq!(ran.code, 0);
        let out = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(example), "{}", ran.out);
    }
}
