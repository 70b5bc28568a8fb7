//! Models for tests: random weights in a real file, and what is refused.

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView};

use super::kernels::Numbers;
use super::*;
use crate::Act;

/// The words that random models know.
const WORDS: &[&str] = &["¶", ",", ".", "“", "”", "said", "he", "that", "the", "according", "to"];

/// The tensors of a small net with their shapes.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let (input, units, head) = (12, 20, 10);
    let vector = 2 * units;
    let mut out: Vec<(String, Vec<usize>)> = Vec::new();
    let mut add = |name: &str, shape: &[usize]| out.push((name.to_owned(), shape.to_vec()));
    for (name, rows) in [("word", 1 + WORDS.len()), ("feature", 64 + 128 + 32)] {
        add(&format!("{name}.int8"), &[rows, input]);
        add(&format!("{name}.scale"), &[rows]);
    }
    add("quote", &[4, input]);
    add("position", &[8, input]);
    for (name, width) in [("input_norm", input), ("encoder_norm", vector)] {
        add(&format!("{name}.weight"), &[width]);
        add(&format!("{name}.bias"), &[width]);
    }
    for (layer, way) in [(0, "forward"), (0, "backward"), (1, "forward"), (1, "backward")] {
        let width = if layer == 0 { input } else { vector };
        for (part, width) in [("weight_ih", width), ("weight_hh", units)] {
            add(&format!("encoder.{layer}.{way}.{part}.int8"), &[4 * units, width]);
            add(&format!("encoder.{layer}.{way}.{part}.scale"), &[4 * units]);
        }
        add(&format!("encoder.{layer}.{way}.bias"), &[4 * units]);
    }
    for (name, outputs, inputs) in [
        ("role", 7, vector),
        ("nested", 3, vector),
        ("conditional.token", head, vector),
        ("conditional.out", 5, head),
        ("acts.hidden", 64, 3 * vector),
        ("acts.out", 31, 64),
    ] {
        add(&format!("{name}.weight"), &[outputs, inputs]);
        add(&format!("{name}.bias"), &[outputs]);
    }
    for (name, rows) in ["distance", "quote", "paragraph", "other"].into_iter().zip(TABLE_ROWS) {
        add(&format!("conditional.{name}"), &[rows, head]);
    }
    add("conditional.cue.weight", &[head, vector]);
    add("conditional.gate.weight", &[head, vector]);
    add("conditional.nested", &[head]);
    add("conditional.role_scale", &[5]);
    for (name, labels) in [("role_crf", 7), ("conditional.crf", 5)] {
        add(&format!("{name}.trans"), &[labels, labels]);
        add(&format!("{name}.start"), &[labels]);
        add(&format!("{name}.end"), &[labels]);
    }
    out
}

/// The metadata of a small net.
fn settings() -> HashMap<String, String> {
    let acts = serde_json::to_string(&Act::ALL).unwrap();
    let decoding = r#"{"window": 48, "margin": 8, "reach": 20, "cue_threshold": 0.2, "nested_threshold": 0.34,
        "least_confidence": 0.0,
        "content_bias": -0.1, "source_bias": 0.2}"#;
    [
        ("format", FORMAT),
        ("version", VERSION),
        ("affix_rows", "64"),
        ("gram_rows", "128"),
        ("shape_rows", "32"),
        ("input_levels", "30.5"),
        ("acts", &acts),
        ("decoding", decoding),
        ("calibration", r#"{"top": [[0.0, 0.0], [1.0, 1.0]], "nested": [[0.1, 0.2], [0.9, 0.7]]}"#),
    ]
    .into_iter()
    .map(|(field, value)| (field.to_owned(), value.to_owned()))
    .collect()
}

/// The bytes of a model file with `tensors` of random numbers.
fn file(tensors: &[(String, Vec<usize>)], settings: HashMap<String, String>) -> Vec<u8> {
    // Of forty seeds the one whose model finds many statements, nested ones among them.
    let mut numbers = Numbers::new(25);
    let mut data: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = tensors
        .iter()
        .map(|(name, shape)| {
            let count = shape.iter().product();
            if name.ends_with(".int8") {
                let bytes = (0..count).map(|_| numbers.below(256) as u8).collect();
                return (name.clone(), Dtype::I8, shape.clone(), bytes);
            }
            let size = if name.ends_with(".scale") { 0.01 } else { 0.8 };
            let bytes = numbers.values(count, size).iter().flat_map(|value| value.to_le_bytes()).collect();
            (name.clone(), Dtype::F32, shape.clone(), bytes)
        })
        .collect();
    let words = WORDS.join("\n").into_bytes();
    data.push(("vocabulary".to_owned(), Dtype::U8, vec![words.len()], words));
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
    check_refused(&file(&shapes(), other), "the model has version \"99\"; this program reads version \"2\"");
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
        let error = Model::from_bytes(&file(&tensors, settings())).err();
        // Where the bias of a layer is missing, so are all layers from there.
        let missing = matches!(&error, Some(ModelError::MissingTensor(tensor)) if *tensor == name);
        assert!(missing || name.contains("forward.bias"), "{name}: {error:?}");
        let longer: Vec<usize> = shape.iter().map(|size| size + 1).collect();
        tensors.push((name, longer));
        let error = Model::from_bytes(&file(&tensors, settings())).err();
        assert!(matches!(error, Some(ModelError::WrongShape { .. } | ModelError::Setting { .. })));
    }
}

#[test]
fn hostile_settings_are_refused() {
    for (field, from, to) in [
        ("acts", "\"deny\",", ""),
        ("affix_rows", "64", "100000000"),
        ("gram_rows", "128", "0"),
        ("gram_rows", "128", "-1"),
        ("shape_rows", "32", "18446744073709551615"),
        ("input_levels", "30.5", "0"),
        ("input_levels", "30.5", "1e39"),
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
