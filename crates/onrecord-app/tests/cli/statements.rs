//! What is found, and how the filters cut it.

use serde_json::Value;

use crate::program::Folder;

const REPORT: &str = "The sale of the harbour will be stopped, the mayor of Brenn, Ilse Varga, said on Friday.\n\n\
“We will not sell the harbour,” Varga told reporters. “That is my promise.”\n\n\
Omar Haddad, the head of the port firm, denied that his company had made an offer. He believes that the town will \
change its mind.\n\nThe union said that Haddad promised its members a vote.\n";

/// The statements under these arguments.
fn statements(name: &str, arguments: &str) -> Vec<Value> {
    let folder = Folder::new(name);
    let ran = folder.run_with(&format!("read {arguments}"), REPORT.as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.records()[0]["statements"].as_array().unwrap().clone()
}

fn words(spans: &Value) -> String {
    let chars: Vec<char> = REPORT.chars().collect();
    let offset = |value: &Value| value.as_u64().unwrap() as usize;
    let spans = spans.as_array().unwrap().iter();
    spans.map(|span| chars[offset(&span[0])..offset(&span[1])].iter().collect::<String>()).collect()
}

#[test]
fn who_said_what() {
    let found = statements("found", "");
    assert!(found.len() >= 3, "{found:#?}");
    let denied = found.iter().find(|statement| words(&statement["cue"]).contains("denied")).unwrap();
    assert!(words(&denied["source"]).contains("Omar Haddad"), "{denied:#}");
    assert!(words(&denied["content"]).contains("had made an offer"), "{denied:#}");
    assert!(found.iter().all(|statement| statement["within"].is_null()));
}

#[test]
fn filters_leave_identifiers_as_they_are() {
    let all = statements("filters", "--nested --min-confidence 0");
    let sure = statements("sure", "--nested --min-confidence 0.6");
    let confidence = |statement: &&Value| statement["confidence"].as_f64().unwrap() >= 0.6;
    let ids = |list: &[Value]| list.iter().map(|statement| statement["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&sure), all.iter().filter(confidence).map(|s| s["id"].clone()).collect::<Vec<_>>());
    let usual = statements("usual", "--nested");
    let usual_ids = ids(&usual);
    assert!(ids(&sure).iter().all(|id| usual_ids.contains(id)) && usual.len() <= all.len());
    let flat = statements("flat", "--min-confidence 0");
    let outer = all.iter().filter(|statement| statement["within"].is_null()).cloned().collect::<Vec<_>>();
    assert_eq!(ids(&flat), ids(&outer));
    let sayings = statements("sayings", "--sayings");
    assert!(sayings.iter().all(|s| !["believe", "feel", "decide"].contains(&s["act"].as_str().unwrap())));
}
