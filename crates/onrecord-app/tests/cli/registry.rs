//! `--registry`: whom the user knows, and files that are refused.

use crate::program::Folder;
use crate::served::Site;

const REPORT: &str = "“The bridge is safe,” Jose Nunez said on Monday. Elena Varga denied it.";

#[test]
fn speakers_get_the_name_and_id_given() {
    let lines = "{\"type\":\"person\",\"name\":\"José Núñez\",\"id\":\"p1\"}\n\n\
                 {\"schema\":\"Person\",\"id\":\"x\",\"caption\":\"Elena Varga\",\"properties\":{}}\n\
                 {\"schema\":\"Address\",\"id\":\"y\",\"properties\":{}}\n";
    let folder = Folder::new("registry").with("known.jsonl", lines).with("report.txt", REPORT);
    let ran = folder.run("read --registry known.jsonl report.txt");
    assert_eq!(ran.code, 0, "{ran:?}");
    let speakers = |ran: &crate::program::Ran| -> Vec<String> {
        let record = &ran.records()[0];
        let each =
            record["statements"].as_array().unwrap().iter().flat_map(|s| s["speakers"].as_array().unwrap());
        each.map(|s| format!("{} {}", s["name"].as_str().unwrap(), s["id"].as_str().unwrap_or("-"))).collect()
    };
    assert_eq!(speakers(&ran), ["José Núñez p1", "Elena Varga x"]);
    assert_eq!(speakers(&folder.run("read report.txt")), ["Jose Nunez -", "Elena Varga -"]);
}

#[test]
fn a_registry_with_errors_is_refused_as_a_whole_and_each_line_named() {
    let good = "{\"type\":\"person\",\"name\":\"Ann Doe\"}\n";
    let bad = "{\"type\":\"ship\",\"name\":\"Swan\"}\n";
    let folder = Folder::new("registry-errors")
        .with("some.jsonl", format!("{good}\n{bad}{{\"name\"\n"))
        .with("many.jsonl", bad.repeat(12))
        .with("report.txt", REPORT);
    let ran = folder.run("read --registry some.jsonl report.txt");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let lines: Vec<_> = ran.err.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "some.jsonl:3: type \"ship\" is none of person, organisation, place, group, document",
            "some.jsonl:4: no registry entry in JSON: EOF while parsing an object (column 7)",
        ]
    );
    assert!(folder.run("read --registry many.jsonl report.txt").err.trim_end().ends_with("and 2 more"));
    let ran = folder.run("read --registry none.jsonl report.txt");
    assert_eq!((ran.code, ran.err.as_str()), (1, "error: none.jsonl: no such file or folder\n"));
}

#[test]
fn women_and_men_are_counted_where_the_registry_tells() {
    let report = r#"{"id":"a","publisher":"Norland Times","text":"Vera Olen, the mayor, said that the bridge was closed. Andrei Morosh, a farmer, said that it was open. Ede Holt, a driver, said that it was red."}"#;
    let people = r#"{"type":"person","name":"Vera Olen","gender":"female"}
{"type":"person","name":"Andrei Morosh","gender":"male"}"#;
    let folder = Folder::new("genders").with("news.jsonl", report).with("people.jsonl", people);
    folder.run("keep news.jsonl --ledger news.db");
    let stats = |more: &str| folder.run(&format!("stats --ledger news.db {more}"));
    let counted = stats("--registry people.jsonl").records()[0]["genders"].clone();
    let of =
        |women, men, untold| serde_json::json!({"women": women, "men": men, "others": 0, "untold": untold});
    let mut outlet = of(1, 1, 1);
    outlet["what"] = "Norland Times".into();
    let mut expected = of(1, 1, 1);
    expected["publishers"] = vec![outlet].into();
    assert_eq!(counted, expected);
    assert!(stats("--registry people.jsonl --format csv").out.ends_with("gender,not told,1,\r\n"));
    assert!(stats("--registry people.jsonl --format list").out.contains("Norland Times (50 %)"));
    assert!(stats("").records()[0]["genders"].is_null());
    let site = Site::listening(&folder, "127.0.0.1:0 --registry people.jsonl");
    let front = site.get("/").body;
    assert!(front.contains("1 are by women, 1 by men, and 1 by people"), "{front}");
    assert!(front.contains("<td>50 % of 2</td>"), "{front}");
    drop(site);
    assert!(!Site::start(&folder).get("/").body.contains("by women"));
}
