//! The net gives what PyTorch gave: every output of stored texts, within 10⁻⁴.
//!
//! `testdata/model/parity*.json` are written by `training/vectors.py`: one for a tiny random model that lies beside it,
//! one for the English model.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::acts;
use super::buckets::Counts;
use super::conditional::{self, Tokens};
use super::cues::Cue;
use crate::Span;
use crate::analyse::Outline;
use crate::analyse::encoder::{self, encode};
use crate::analyse::layout::{Layout, QuoteState};
use crate::analyse::windows::Windows;
use crate::analyse::words::{Parts, lower};
use crate::model::{Buffer, ChainWork, Ends, Kernel, LANES, Model, NESTED, ROLES, TAGS};

/// How far a number of the tiny model may be from PyTorch's.
const CLOSE: f32 = 1e-4;

/// The same of the English model: among its many states, some fall so near the border between two levels of 8 bits that
/// the two programs round them apart, which the layers behind then see.
const ROUNDED_APART: f32 = 3e-2;

#[derive(Deserialize)]
struct Stored {
    texts: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    types: Vec<String>,
    quote: Vec<u8>,
    position: Vec<u8>,
    sentence: Vec<u32>,
    paragraph: Vec<u32>,
    word_row: Vec<u32>,
    features: Vec<Vec<u32>>,
    x: Vec<Vec<f32>>,
    role_logits: Vec<Vec<f32>>,
    role_marginals: Vec<Vec<f32>>,
    nested_logits: Vec<Vec<f32>>,
    cues: Vec<StoredCue>,
    acts: Vec<StoredActs>,
}

#[derive(Deserialize)]
struct StoredCue {
    begin: usize,
    end: usize,
    nested: bool,
    top: Vec<usize>,
    first: usize,
    logits: Vec<Vec<f32>>,
    marginals: Vec<Vec<f32>>,
    viterbi: Vec<u8>,
    /// Of source and content.
    overlaps: [f32; 2],
}

#[derive(Deserialize)]
struct StoredActs {
    cue: [usize; 2],
    content: Vec<usize>,
    logits: Vec<f32>,
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// The stored words as a text, one space between them, with the stored layout.
fn outline(stored: &Text) -> (String, Outline) {
    let mut outline = Outline::default();
    let mut text = String::new();
    for word in &stored.types {
        outline.tokens.push(Span::new(text.len(), text.len() + word.len()));
        text += word;
        text.push(' ');
    }
    let states = [QuoteState::Out, QuoteState::In, QuoteState::Opening, QuoteState::Closing];
    outline.layout = Layout {
        quotes: stored.quote.iter().map(|&state| states[usize::from(state)]).collect(),
        positions: stored.position.clone(),
        sentences: stored.sentence.clone(),
        paragraphs: stored.paragraph.clone(),
    };
    (text, outline)
}

#[track_caller]
fn check_close(close: f32, what: &str, found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= close, "{what}: {found} instead of {expected}");
    }
}

/// The values of a padded row of two directions.
fn unpadded(row: &[f32], width: usize) -> Vec<f32> {
    row.chunks(row.len() / 2).flat_map(|direction| &direction[..width / 2]).copied().collect()
}

fn check_model(bytes: &[u8], stored: &str, kernel: Kernel, close: f32) {
    let stored: Stored = serde_json::from_str(&fs::read_to_string(path(stored)).unwrap()).unwrap();
    let mut model = Model::from_bytes(bytes).unwrap().with_kernel(kernel);
    // The stored vectors see a whole text at once; the stored scores are without biases.
    model.decoding.window = 1024;
    (model.decoding.source_bias, model.decoding.content_bias) = (0.0, 0.0);
    for text in &stored.texts {
        check_text(&model, text, close);
    }
}

fn check_text(model: &Model, stored: &Text, close: f32) {
    let (text, outline) = outline(stored);
    for ((word, &row), features) in stored.types.iter().zip(&stored.word_row).zip(&stored.features) {
        let mut parts = Vec::new();
        Parts::TRAINED.of(word, &mut parts);
        assert_eq!(parts, *features, "{word}");
        assert_eq!(model.vocabulary.get(lower(word).as_str()).copied().unwrap_or(0), row, "{word}");
    }
    let mut vectors = Buffer::default();
    let windows = Windows::new(outline.tokens.len(), &model.decoding);
    encode(&text, &outline, model, windows, 0..1, &mut encoder::Work::default(), &mut vectors);
    for (row, expected) in vectors.chunks(model.widths.vector).zip(&stored.x) {
        check_close(close, "vector", &unpadded(row, expected.len()), expected);
    }
    let rows = check_tokens(model, stored, &vectors, close);
    for cue in &stored.cues {
        check_cue(model, &outline.layout, &vectors, &rows, cue, close);
    }
    for statement in &stored.acts {
        let content: Vec<_> = statement.content.iter().map(|&token| (token, 1.0)).collect();
        let given = [(statement.cue[0]..statement.cue[1], content.as_slice())];
        let found = acts::read(model, &vectors, given.into_iter(), &mut acts::Work::default());
        let (negation, acts) = statement.logits.split_last().unwrap();
        let total: f32 = acts.iter().map(|score| score.exp()).sum();
        let expected: Vec<f32> = acts.iter().map(|score| score.exp() / total).collect();
        check_close(close, "acts", &found[0].acts, &expected);
        check_close(close, "negation", &[found[0].negated], &[1.0 / (1.0 + (-negation).exp())]);
    }
}

/// Checks what is said of each token; gives the rows of the heads.
fn check_tokens(model: &Model, stored: &Text, vectors: &[f32], close: f32) -> Buffer {
    let (matrix, width) = (&model.net.heads.token, model.widths.head);
    let mut rows = Buffer::zeros(stored.types.len() * matrix.outputs());
    model.kernel.linear(matrix, stored.types.len(), vectors, model.widths.vector, &mut rows);
    let mut scores = Buffer::zeros(stored.types.len() * LANES);
    for (token, row) in rows.chunks(matrix.outputs()).take(stored.types.len()).enumerate() {
        check_close(close, "roles", &row[width..width + ROLES], &stored.role_logits[token]);
        check_close(close, "nested", &row[width + ROLES..][..NESTED], &stored.nested_logits[token]);
        scores[token * LANES..][..ROLES].copy_from_slice(&row[width..width + ROLES]);
    }
    let mut work = ChainWork::default();
    let marginals = model.net.heads.roles.marginals(model.kernel, &scores, Ends::WHOLE, &mut work);
    for (found, expected) in marginals.iter().zip(&stored.role_marginals) {
        check_close(close, "role marginals", found, expected);
    }
    rows
}

fn check_cue(model: &Model, layout: &Layout, vectors: &[f32], rows: &[f32], stored: &StoredCue, close: f32) {
    let cue = |tokens, nested| Cue { tokens, probability: 1.0, nested };
    let tops: Vec<Cue> = stored.top.iter().map(|&token| cue(token..token + 1, false)).collect();
    let range = 0..layout.quotes.len();
    let counts = Counts::new(layout, range.clone(), &tops);
    let stride = model.net.heads.token.outputs();
    let tokens = Tokens { layout, counts: &counts, range, rows, stride };
    let (mut from_cue, mut work) = (Buffer::default(), conditional::Work::default());
    let vector = &vectors[stored.begin * model.widths.vector..];
    conditional::from_cues(model.kernel, model, 1, vector, &mut from_cue);
    let cue = cue(stored.begin..stored.end, stored.nested);
    let near = stored.first..stored.first + stored.logits.len();
    conditional::score(model, &tokens, &cue, &from_cue, near.clone(), &mut work);
    let scores = &work.scores[..near.len() * LANES];
    for (row, expected) in scores.chunks(LANES).zip(&stored.logits) {
        check_close(close, "tags", &row[..TAGS], expected);
    }
    let (chain, mut chains) = (&model.net.heads.conditional.chain, ChainWork::default());
    assert_eq!(chain.best(scores, &mut chains), stored.viterbi);
    for (found, expected) in
        chain.marginals(model.kernel, scores, Ends::WHOLE, &mut chains).iter().zip(&stored.marginals)
    {
        check_close(close, "tag marginals", found, expected);
    }
    let marginals = chain.marginals(model.kernel, scores, Ends::WHOLE, &mut chains);
    let overlaps = [1, 3].map(|tag| conditional::overlap(&stored.viterbi, marginals, tag));
    check_close(close, "overlaps", &overlaps, &stored.overlaps);
    let reading = conditional::read(model, &tokens, &cue, &from_cue, &mut work);
    assert_eq!(near, reading_range(model, &tokens, &cue));
    for (token, marginal) in reading.content {
        let tags = &stored.marginals[token - stored.first];
        check_close(close, "content", &[marginal], &[tags[3] + tags[4]]);
    }
}

/// The tokens that a cue's reading is about.
fn reading_range(model: &Model, tokens: &Tokens<'_>, cue: &Cue) -> std::ops::Range<usize> {
    let (start, reach) = (cue.tokens.start, model.decoding.reach);
    start.saturating_sub(reach)..(start + reach + 1).min(tokens.range.len())
}

#[test]
fn the_tiny_model_gives_what_pytorch_gives() {
    let bytes = fs::read(path("testdata/model/tiny.safetensors")).unwrap();
    for kernel in Kernel::available() {
        check_model(&bytes, "testdata/model/parity.json", kernel, CLOSE);
    }
}

#[test]
fn the_english_model_gives_what_pytorch_gives() {
    let bytes = fs::read(path("models/en/model.safetensors")).unwrap();
    check_model(&bytes, "testdata/model/parity-en.json", Kernel::fastest(), ROUNDED_APART);
}
