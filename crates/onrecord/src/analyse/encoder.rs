//! Tokens to vectors: each token's parts summed, then read in both directions, window by window.
//!
//! Windows run through the layers in batches; a batch's size changes the speed alone, as every window is computed by
//! itself. What a word's letters give is kept between texts, for news says the same words again and again.

use std::collections::HashMap;
use std::ops::Range;

use super::Outline;
use super::windows::Windows;
use super::words::{Parts, lower};
use crate::model::{Buffer, Model, Rows, Space};

/// Windows in a batch: two full tiles of the fastest kernel.
const BATCH: usize = 12;

/// Words kept with their vectors: 8 MiB at a width of 128.
const KEPT_WORDS: usize = 1 << 14;

/// Longer words, in bytes, are rare and not kept.
const LONGEST_KEPT: usize = 64;

/// Working space of the encoder.
#[derive(Default)]
pub(crate) struct Work {
    words: Words,
    input: Buffer,
    output: Buffer,
    /// What a layer reads, in levels.
    read: Buffer<u8>,
    /// What it writes, in levels.
    written: Buffer<u8>,
    space: Space,
}

/// Vectors of words.
#[derive(Default)]
struct Words {
    numbers: HashMap<Box<str>, u32>,
    vectors: Vec<f32>,
    parts: Vec<u32>,
    unkept: Vec<f32>,
}

/// Encodes the tokens that `range` of the windows speak for: writes a row of two times the hidden units for each.
pub(crate) fn encode(
    text: &str,
    outline: &Outline,
    model: &Model,
    windows: Windows,
    range: Range<usize>,
    work: &mut Work,
    vectors: &mut Buffer,
) {
    let (first, width) = (windows.owned(range.clone()).start, model.widths.vector);
    vectors.reserve(windows.owned(range.clone()).len() * width);
    let batches = range.len().div_ceil(BATCH);
    let size = range.len().div_ceil(batches.max(1));
    for begin in range.clone().step_by(size.max(1)) {
        let batch = begin..(begin + size).min(range.end);
        read_inputs(text, outline, model, windows, batch.clone(), work);
        read_layers(model, [windows.length(), batch.len()], work);
        for (number, window) in batch.clone().enumerate() {
            for token in windows.owned(window..window + 1) {
                let row = (token - windows.begin(window)) * batch.len() + number;
                let to = (token - first) * width;
                vectors[to..to + width].copy_from_slice(&work.output[row * width..][..width]);
            }
        }
        let owned = windows.owned(batch);
        let rows = &mut vectors[(owned.start - first) * width..(owned.end - first) * width];
        model.kernel.normalise(&model.net.norm, rows);
    }
}

/// Writes the levels of a batch's input vectors, ordered by step, then window.
fn read_inputs(
    text: &str,
    outline: &Outline,
    model: &Model,
    windows: Windows,
    batch: Range<usize>,
    work: &mut Work,
) {
    let (d, count, steps) = (model.widths.input, batch.len(), windows.length());
    let inputs = &model.net.inputs;
    work.input.reserve(steps * count * d);
    for (number, window) in batch.enumerate() {
        for step in 0..steps {
            let token = windows.begin(window) + step;
            let row = &mut work.input[(step * count + number) * d..][..d];
            row.copy_from_slice(work.words.vector(outline.tokens[token].of(text), model));
            add(row, &inputs.quotes, outline.layout.quotes[token] as usize);
            add(row, &inputs.positions, outline.layout.positions[token].into());
        }
    }
    let rows = &mut work.input[..steps * count * d];
    model.kernel.normalise(&inputs.norm, rows);
    work.read.reserve(rows.len());
    model.kernel.levels(rows, model.net.input_levels, &mut work.read);
}

/// Runs the layers over the batch; the last one's rows end in `output`.
fn read_layers(model: &Model, shape: [usize; 2], work: &mut Work) {
    let units = model.widths.units;
    let rows = shape[0] * shape[1] * 2 * units;
    for buffer in [&mut work.read, &mut work.written] {
        buffer.reserve(rows);
    }
    work.output.reserve(rows);
    for directions in &model.net.layers {
        for (place, layer) in directions.iter().enumerate() {
            let output = Rows {
                values: &mut work.output[place * units..],
                levels: &mut work.written[place * units..],
                stride: 2 * units,
            };
            model.kernel.recurrence(layer, shape, &work.read, output, &mut work.space);
        }
        std::mem::swap(&mut work.read, &mut work.written);
    }
}

impl Words {
    /// What a word gives to its token's vector.
    fn vector(&mut self, word: &str, model: &Model) -> &[f32] {
        let d = model.widths.input;
        if let Some(&number) = self.numbers.get(word) {
            return &self.vectors[number as usize * d..][..d];
        }
        if word.len() > LONGEST_KEPT {
            self.unkept.resize(d, 0.0);
            sum(word, model, &mut self.parts, &mut self.unkept);
            return &self.unkept;
        }
        if self.numbers.len() == KEPT_WORDS {
            self.numbers.clear();
            self.vectors.clear();
        }
        let begin = self.vectors.len();
        self.numbers.insert(word.into(), self.numbers.len() as u32);
        self.vectors.resize(begin + d, 0.0);
        sum(word, model, &mut self.parts, &mut self.vectors[begin..]);
        &self.vectors[begin..]
    }
}

/// Sums the rows of a word's parts, in their order, then of the word itself.
fn sum(word: &str, model: &Model, parts: &mut Vec<u32>, vector: &mut [f32]) {
    let inputs = &model.net.inputs;
    Parts::TRAINED.of(word, parts);
    vector.fill(0.0);
    for &part in parts.iter() {
        inputs.parts.add(model.parts.fold(part), vector);
    }
    let row = model.vocabulary.get(lower(word).as_str()).copied().unwrap_or(0);
    inputs.words.add(row, vector);
}

/// Adds a row of a table.
fn add(vector: &mut [f32], table: &[f32], row: usize) {
    let values = &table[row * vector.len()..];
    for (sum, value) in vector.iter_mut().zip(values) {
        *sum += value;
    }
}
