//! Models for tests: random weights in a real file, and what is refused.

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView};

use super::kernels::Numbers;
use super::*;

/// The words that random models know.
const WORDS: &[&str] = &["¶", ",", ".", "“", "”", "said", "he", "that", "the", "according", "to"];

/// The tensors of a small net with their shapes.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let (d, units, width) = (16, 16, 16);
    let mut out: Vec<(String, Vec<usize>)> = Vec::new();
    let mut add = |name: &str, shape: &[usize]| out.push((name.to_owned(), shape.to_vec()));
    for (name, rows) in [("word", 1 + WORDS.len()), ("feature", 64 + 128 + 32), ("quote", 4), ("position", 8)]
    {
        add(&format!("vectors.{name}.weight"), &[rows, d]);
    }
    for (name, width) in [("vectors.norm", d), ("encoder.norm", 2 * units)] {
        add(&format!("{name}.weight"), &[width]);
        add(&format!("{name}.bias"), &[width]);
    }
    for (way, layer) in [("forwards", 0), ("backwards", 0), ("forwards", 1), ("backwards", 1)] {
        let inputs = if layer == 0 { d } else { 2 * units };
        for (part, shape) in [
            ("weight_ih", &[4 * units, inputs][..]),
            ("weight_hh", &[4 * units, units]),
            ("bias_ih", &[4 * units]),
            ("bias_hh", &[4 * units]),
        ] {
            add(&format!("encoder.{way}.{layer}.{part}_l0"), shape);
        }
    }
    for (name, outputs, inputs) in [
        ("role", 7, 2 * units),
        ("nested", 3, 2 * units),
        ("conditional.token", width, 2 * units),
        ("conditional.out", 5, width),
        ("acts.hidden", 64, 6 * units),
        ("acts.out", 31, 64),
    ] {
        add(&format!("heads.{name}.weight"), &[outputs, inputs]);
        add(&format!("heads.{name}.bias"), &[outputs]);
    }
    for (name, rows) in ["distance", "quote", "paragraph", "other"].into_iter().zip(TABLE_ROWS) {
        add(&format!("heads.conditional.{name}.weight"), &[rows, width]);
    }
    add("heads.conditional.cue.weight", &[width, 2 * units]);
    add("heads.conditional.gate.weight", &[width, 2 * units]);
    add("heads.conditional.nested", &[width]);
    add("heads.conditional.role_scale", &[5]);
    for (name, labels) in [("role_crf", 7), ("conditional.crf", 5)] {
        add(&format!("heads.{name}.trans"), &[labels, labels]);
        add(&format!("heads.{name}.start"), &[labels]);
        add(&format!("heads.{name}.end"), &[labels]);
    }
    out
}

/// The metadata of a small net.
fn settings() -> HashMap<String, String> {
    let words = WORDS.len();
    let config = format!(
        r#"{{"words": {words}, "d": 16, "hidden": 16, "layers": 2, "width": 16, "acts": 30,
            "affix_rows": 64, "gram_rows": 128, "shape_rows": 32}}"#
    );
    let decoding = r#"{"window": 48, "margin": 8, "reach": 20, "cue_threshold": 0.2, "nested_threshold": 0.34,
        "content_bias": -0.1, "source_bias": 0.2}"#;
    [
        ("format", FORMAT),
        ("version", VERSION),
        ("config", &config),
        ("decoding", decoding),
        ("calibration", "[[0.0, 0.0], [1.0, 1.0]]"),
    ]
    .into_iter()
    .map(|(field, value)| (field.to_owned(), value.to_owned()))
    .collect()
}

/// The bytes of a model file with `tensors` of random numbers.
fn file(tensors: &[(String, Vec<usize>)], settings: HashMap<String, String>) -> Vec<u8> {
    // Of thirty seeds the one whose model finds many statements, nested ones among them.
    let mut numbers = Numbers::new(15);
    let mut data: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = tensors
        .iter()
        .map(|(name, shape)| {
            let values = numbers.values(shape.iter().product(), 0.8);
            let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            (name.clone(), Dtype::F32, shape.clone(), bytes)
        })
        .collect();
    let words = WORDS.join("\n").into_bytes();
    data.push(("words".to_owned(), Dtype::U8, vec![words.len()], words));
    let views = data.iter().map(|(name, dtype, shape, bytes)| {
        (name.clone(), TensorView::new(*dtype, shape.clone(), bytes).unwrap())
    });
    safetensors::serialize(views, Some(settings)).unwrap()
}

/// A small model that has learnt nothing: it finds statements everywhere.
pub(crate) fn random_model() -> Model {
    Model::from_bytes(&file(&shapes(), settings())).unwrap()
}

/// What is wrong with these bytes.
#[track_caller]
fn check_refused(bytes: &[u8], expected: &str) {
    let error = Model::from_bytes(bytes).err().expect("the model must be refused");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn alien_files_are_refused() {
    check_refused(b"", "not a model file");
    check_refused(b"PK\x03\x04 something else entirely", "not a model file");
    check_refused(&[0xff; 100], "not a model file");
    check_refused(&file(&shapes(), HashMap::new()), "not a model of onrecord: its format is \"\"");
    let mut other = settings();
    other.insert("version".to_owned(), "99".to_owned());
    check_refused(&file(&shapes(), other), "the model has version \"99\"; this program reads version \"1\"");
}

#[test]
fn incomplete_files_are_refused() {
    let whole = file(&shapes(), settings());
    for length in (0..whole.len()).step_by(997) {
        check_refused(&whole[..length], "not a model file");
    }
    for number in 0..shapes().len() {
        let mut tensors = shapes();
        let (name, shape) = tensors.remove(number);
        check_refused(&file(&tensors, settings()), &format!("the model lacks the tensor {name:?}"));
        let longer: Vec<usize> = shape.iter().map(|size| size + 1).collect();
        tensors.push((name.clone(), longer.clone()));
        check_refused(
            &file(&tensors, settings()),
            &format!("the model's tensor {name:?} has shape {longer:?} instead of {shape:?}"),
        );
    }
}

#[test]
fn hostile_settings_are_refused() {
    for (field, from, to) in [
        ("config", "\"d\": 16", "\"d\": 18446744073709551615"),
        ("config", "\"layers\": 2", "\"layers\": 99999999999"),
        ("config", "\"hidden\": 16", "\"hidden\": 20"),
        ("config", "\"acts\": 30", "\"acts\": 31"),
        ("config", "\"gram_rows\": 128", "\"gram_rows\": 0"),
        ("decoding", "\"margin\": 8", "\"margin\": 24"),
        ("decoding", "\"reach\": 20", "\"reach\": 20000000"),
        ("decoding", "\"window\": 48", "\"window\": -1"),
        ("calibration", "[0.0, 0.0], [1.0, 1.0]", ""),
        ("calibration", "[", "{"),
    ] {
        let mut settings = settings();
        let value = settings[field].replace(from, to);
        settings.insert(field.to_owned(), value);
        let error = Model::from_bytes(&file(&shapes(), settings)).err();
        assert!(matches!(error, Some(ModelError::Setting { .. })), "{field}: {to}");
    }
}

#[test]
fn damaged_bytes_never_panic() {
    let whole = file(&shapes(), settings());
    let mut numbers = Numbers::new(8);
    for _ in 0..300 {
        let mut damaged = whole.clone();
        for _ in 0..1 + numbers.below(4) {
            let at = numbers.below(8_000);
            damaged[at] = numbers.below(256) as u8;
        }
        let _ = Model::from_bytes(&damaged);
    }
}
