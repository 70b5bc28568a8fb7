//! What `export` writes, read again by others' readers and by `import`.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::Value;

use crate::program::{Folder, onrecord};

/// A ledger of three short reports: a statement on Friday, a broken quotation over two lines, a denial, no speaker.
fn ledger(name: &str) -> Folder {
    let news = [
        r#"{"id":"a/1","published":"2025-03-14","publisher":"Norland Times","title":"É, a bridge","text":"Vera Olen, the mayor, said that the bridge was closed. “We will open it in May,” Ms Olen promised on Friday. Andrei Morosh denied that."}"#,
        r#"{"id":"b","text":"“The road is wet,” Carl Lund, a driver, told reporters,\n\n“and it is steep.” It was reported that nobody had fallen."}"#,
        r#"{"id":"c","text":"Nothing at all is told here by anybody. It is a fine day in the hills."}"#,
    ];
    let folder = Folder::new(name).with("news.jsonl", news.join("\n"));
    assert_eq!(folder.run("keep news.jsonl").code, 0);
    folder
}

/// The statements of a ledger, as `find` has them.
fn found(folder: &Folder) -> Vec<Value> {
    let mut found = folder.run("find --format jsonl").records();
    found.sort_by_key(|kept| kept["id"].to_string());
    found
}

fn field<'a>(row: &'a Row, name: &str) -> &'a Field {
    row.get_column_iter().find(|(column, _)| *column == name).map(|(_, field)| field).unwrap()
}

/// What a field holds, as the JSON has it.
fn json(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => (*value).into(),
        Field::Int(value) => (*value).into(),
        Field::Long(value) => (*value).into(),
        Field::Double(value) => (*value).into(),
        Field::Str(value) => value.clone().into(),
        Field::Group(row) => row.get_column_iter().map(|(name, field)| (name.clone(), json(field))).collect(),
        Field::ListInternal(list) => list.elements().iter().map(json).collect(),
        other => panic!("{other:?} is not in this table"),
    }
}

#[test]
fn a_parquet_table_has_every_statement() {
    let folder = ledger("parquet");
    let output = onrecord(folder.path(), "export --format parquet").output().unwrap();
    std::fs::write(folder.path().join("all.parquet"), output.stdout).unwrap();
    let reader =
        SerializedFileReader::new(std::fs::File::open(folder.path().join("all.parquet")).unwrap()).unwrap();
    let mut rows: Vec<Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    rows.sort_by_key(|row| field(row, "id").to_string());
    let expected = found(&folder);
    assert!(rows.len() == expected.len() && rows.len() > 3, "{} rows", rows.len());
    for (row, kept) in rows.iter().zip(&expected) {
        let check =
            |name: &str, value: &Value| assert_eq!(&json(field(row, name)), value, "{name} of {kept}");
        for name in ["id", "day", "act", "negated", "quote", "channel", "channel_name", "within"] {
            check(name, &kept[name]);
        }
        for name in
            ["confidence", "disputed", "drifted", "corrected", "speakers", "addressees", "model", "read"]
        {
            check(name, &kept[name]);
        }
        for role in ["source", "cue", "content"] {
            check(role, &kept["words"][role]);
            let spans = kept[role].as_array().unwrap().iter();
            let span = |span: &Value| serde_json::json!({"begin": span[0], "end": span[1]});
            check(&format!("{role}_spans"), &spans.map(span).collect());
        }
        for (name, part, of) in [
            ("when_text", "when", "text"),
            ("when_value", "when", "value"),
            ("where_text", "where", "text"),
            ("where_name", "where", "name"),
            ("article", "article", "id"),
            ("version", "article", "version"),
            ("title", "article", "title"),
            ("publisher", "article", "publisher"),
            ("published", "article", "published"),
            ("url", "article", "url"),
        ] {
            check(name, &kept[part][of]);
        }
    }
    let some = onrecord(folder.path(), "export --format parquet bridge").output().unwrap().stdout;
    std::fs::write(folder.path().join("some.parquet"), some).unwrap();
    let some = SerializedFileReader::new(std::fs::File::open(folder.path().join("some.parquet")).unwrap());
    assert_eq!(some.unwrap().metadata().file_metadata().num_rows(), 1);
    let none = onrecord(folder.path(), "export --format parquet nowhere").output().unwrap().stdout;
    std::fs::write(folder.path().join("none.parquet"), none).unwrap();
    let none = SerializedFileReader::new(std::fs::File::open(folder.path().join("none.parquet")).unwrap());
    assert_eq!(none.unwrap().metadata().file_metadata().num_rows(), 0);
}

#[test]
fn brat_and_back() {
    let folder = ledger("brat");
    assert_eq!(folder.run("export --format brat --to annotated").code, 0);
    assert!(folder.path().join("annotated/a%2F1.txt").exists());
    let imported = folder.run("import annotated --ledger other.db --by ed");
    assert_eq!(imported.out, "other.db: 3 new, 0 changed, 0 known\n", "{imported:?}");
    let told = |ledger: &str| {
        let mut found = folder.run(&format!("find --format jsonl --ledger {ledger}")).records();
        found.sort_by_key(|kept| kept["id"].to_string());
        let fields =
            ["id", "source", "cue", "content", "quote", "act", "negated", "within", "disputed", "words"];
        found.iter().map(|kept| fields.map(|field| kept[field].clone())).collect::<Vec<_>>()
    };
    assert_eq!(told("other.db"), told("onrecord.db"));
    // what brat does not hold is told by the words
    assert_eq!(
        folder.run("who Olen --ledger other.db --format list").out.lines().next(),
        Some("Vera Olen · person")
    );
    let write = |ledger: &str, file: &str| {
        let records = folder.run(&format!("export --format jsonl --ledger {ledger}")).out;
        std::fs::write(folder.path().join(file), records).unwrap();
    };
    write("onrecord.db", "gold.jsonl");
    write("other.db", "back.jsonl");
    let eval = folder.run("eval gold.jsonl --pred back.jsonl --json");
    let figures: Value = serde_json::from_str(&eval.out).unwrap();
    assert_eq!(figures["statement"]["f1"], 1.0, "{figures}");
    // the ledger that has the articles already keeps them as they are, with their titles
    assert_eq!(folder.run("import annotated").out, "onrecord.db: 0 new, 0 changed, 3 known\n");
}

#[test]
fn annotations_that_cannot_be_read() {
    let folder = Folder::new("odd-brat")
        .with("one/a.ann", "T1\tCue 0 9\tnothing")
        .with("two/b.ann", "T1\tCue 0 one\tb")
        .with("two/b.txt", "bee")
        .with("two/c.ann", "T1\tContent 0 3\tsea\nE1\tContent:T1\n")
        .with("two/c.txt", "sea")
        .with("three/d.txt", "text alone");
    assert!(folder.run("import one").err.contains("a.txt"), "its text is missing");
    let ran = folder.run("import two");
    assert_eq!((ran.code, ran.out.as_str()), (1, "onrecord.db: 1 new, 0 changed, 0 known\n"));
    assert!(ran.err.contains("b.ann: line 1 of the annotations: no offsets"), "{}", ran.err);
    assert!(folder.run("import three").err.contains("three: no annotations (.ann) of brat"));
}

#[test]
fn linked_data_and_entities() {
    let folder = ledger("linked");
    let annotations = folder.run("export --format web-annotation").records();
    let broken: Vec<&Value> = annotations.iter().filter(|one| one["target"].is_array()).collect();
    assert_eq!(broken.len(), 1, "{annotations:?}");
    let exact = |piece: usize| broken[0]["target"][piece]["selector"][0]["exact"].as_str().unwrap();
    assert_eq!((exact(0), exact(1)), ("“The road is wet,”", "“and it is steep.”"));
    assert!(annotations.iter().any(|one| one["target"]["source"] == "urn:onrecord:article:a%2F1"));
    let quotes = folder.run("export --format gqg").records();
    let words: Vec<&str> = quotes
        .iter()
        .flat_map(|article| article["quotes"].as_array().unwrap())
        .map(|quote| quote["quote"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["We will open it in May,", "The road is wet,", "and it is steep."]);
    let entities = folder.run("export --format ftm").records();
    let of = |schema: &str| -> Vec<&Value> {
        entities
            .iter()
            .filter(|entity| entity["schema"] == schema)
            .map(|entity| &entity["properties"])
            .collect()
    };
    assert_eq!(of("Article").len(), 3);
    let mut names: Vec<&str> =
        of("Person").iter().map(|person| person["name"][0].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Andrei Morosh", "Carl Lund", "Vera Olen"]);
    // every reference leads to an entity
    let ids: Vec<&Value> = entities.iter().map(|entity| &entity["id"]).collect();
    for entity in &entities {
        for field in ["involved", "proof", "document", "resolved", "subject", "object"] {
            for end in entity["properties"][field].as_array().into_iter().flatten() {
                assert!(ids.contains(&end), "{field} of {entity}");
            }
        }
    }
    assert!(of("Event").iter().any(|event| event["date"][0] == "2025-03-14"));
    assert!(!of("UnknownLink").is_empty() && !of("Mention").is_empty());
}
