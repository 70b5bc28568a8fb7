//! `onrecord explain`: the reasons of one statement, and statements that are not there.

use crate::program::Folder;

const REPORT: &str = "Elena Varga runs the port. “The bridge is safe,” she said on Monday.";

#[test]
fn each_field_has_its_reason() {
    let known = "{\"type\":\"person\",\"name\":\"Jelena Varga\",\"aliases\":[\"Elena Várga\"],\"id\":\"p1\"}";
    let folder = Folder::new("explain").with("report.txt", REPORT).with("known.jsonl", known);
    let ran = folder.run("explain report.txt 0 --published 2025-03-14 --registry known.jsonl");
    assert_eq!(ran.code, 0, "{ran:?}");
    let page = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "report.txt · statement 0",
        "cue “said”",
        "speaker Jelena Varga, person: “she” is for the name that fits and stands out most before it: “Elena Varga” \
         (character 0)",
        "registry Jelena Varga (p1): fits its alias “Elena Várga” but for case, accents, marks",
        "act state: ",
        "when 2025-03-10: “Monday”, published 2025-03-14",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn a_statement_is_named_by_its_identifier() {
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"{REPORT}\"}}\n");
    let folder = Folder::new("explain-id").with("news.jsonl", line("a") + &line("b#1"));
    assert!(folder.run("explain news.jsonl b#1#0").out.contains("“she” is for"));
    let folder = folder.with("named.jsonl", format!("{{\"nr\":\"a\",\"body\":\"{REPORT}\"}}\n"));
    let ran = folder.run("explain named.jsonl a#0 --text-column body --id-column nr");
    assert!(ran.out.contains("“she” is for"), "{ran:?}");
    for (statement, reason) in [
        ("0", "news.jsonl: several articles: name one by its identifier"),
        ("c#0", "news.jsonl: no such article"),
        ("a#7", "news.jsonl: no statement 7: there are 1, counted from 0"),
        ("a#x", "\"x\" is no number of a statement"),
    ] {
        let ran = folder.run(&format!("explain news.jsonl {statement}"));
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
        assert!(ran.err.contains(reason), "{}", ran.err);
    }
}

#[test]
fn a_channel_that_is_carried_over_leads_to_where_it_is_told() {
    let report = "“The bridge is safe,” Elena Varga, the mayor, told reporters on Monday.\n\nTom Holt, an engineer, said that \
                  he doubted it.\n\nMs. Varga said that the bridge would open in May.";
    let folder = Folder::new("explain-channel").with("report.txt", report);
    let told = |number: &str| {
        let page = folder.run(&format!("explain report.txt {number}")).out;
        page.lines().find(|line| line.starts_with("channel")).map(str::to_owned)
    };
    assert_eq!(told("0").as_deref(), Some("channel   press conference: “told reporters”"));
    let all = folder.run("read report.txt").records();
    let last = all[0]["statements"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap();
    let carried = told(last.rsplit('#').next().unwrap()).unwrap_or_else(|| panic!("{}", all[0]));
    assert!(carried.contains("“told reporters”, told with statement 0 of the same"), "{carried}");
}
