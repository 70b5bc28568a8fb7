//! `eval` against what the project's scorer prints for the same files (`testdata/eval`).

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Folder, Ran};

fn expected(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/eval").join(name)).unwrap()
}

fn eval(arguments: &str) -> Ran {
    let name = format!("eval{}", arguments.replace(' ', ""));
    let folder = Folder::new(&name).with("gold", expected("gold.jsonl")).with("pred", expected("pred.jsonl"));
    folder.run(&format!("eval {arguments}"))
}

#[test]
fn the_figures_of_the_scorer() {
    let ran = eval("gold --pred pred --errors 2");
    assert_eq!((ran.code, ran.out), (0, expected("expected.txt")));
    let json: Value = serde_json::from_str(&eval("gold --pred pred --json").out).unwrap();
    assert_eq!(json, serde_json::from_str::<Value>(&expected("expected.json")).unwrap());
}

#[test]
fn nested_statements_alone() {
    let json: Value = serde_json::from_str(&eval("gold --pred pred --json --nested").out).unwrap();
    assert_eq!(json["nested"]["gold"], 1);
    assert_eq!(json["nested"]["statement"]["f1"], 1.0);
    assert!(
        eval("gold --pred pred --nested").out.contains("\nnested statements alone\ngold 1  predicted 1\n")
    );
}

#[test]
fn gold_against_itself_is_right() {
    let gold = "{\"id\":1,\"text\":\"Ann said no\",\"statements\":[{\"source\":[[0,3]],\"cue\":[[4,8]],\"content\":[[9,11]]}]}";
    let ran = Folder::new("eval-itself").with("gold", gold).run("eval gold --pred gold --json");
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&json["statement"]["f1"], &json["cue"]["f1"], &json["gold"]),
        (&1.0.into(), &1.0.into(), &1.into())
    );
}

#[test]
fn without_predictions_the_model_reads() {
    let ran = eval("gold --json");
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &json["gold"]), (0, &11.into()));
}

#[test]
fn bad_lines_are_named() {
    let folder =
        Folder::new("eval-bad").with("gold", "{\"id\":1,\"text\":\"a\"}\n").with("pred", "{\"id\":1}\n");
    let ran = folder.run("eval gold --pred pred");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "error: pred:1: not an article in JSON: missing field `statements` (column 8)\n")
    );
    let ran = folder.run("eval gold");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "error: gold:1: neither \"attributions\" nor \"statements\"\n")
    );
}
