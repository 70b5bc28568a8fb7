//! Writes corpora as the arrays that `training/` reads, so that tokens and features have one implementation.
//!
//! `OUT/STEM/*.npy` for each corpus, `OUT/types*` and `OUT/type_*.npy` for the words of all of them.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context;
use onrecord::CodePoints;
use onrecord::analyse::layout::layout;
use onrecord::analyse::tokens::{BREAK, is_break, tokens};
use onrecord::analyse::words::{Parts, lower};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// The words of all corpora, numbered as they come.
#[derive(Default)]
struct Types {
    numbers: HashMap<String, i32>,
    words: Vec<String>,
}

impl Types {
    fn number(&mut self, word: &str) -> i32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.words.len() as i32;
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        number
    }
}

/// Writes `corpora` (JSONL, gzipped or plain) to the folder `out`.
pub(crate) fn prepare(out: &Path, corpora: &[String]) -> anyhow::Result<()> {
    let mut types = Types::default();
    for corpus in corpora {
        let path = Path::new(corpus);
        let name = path.file_name().context("a corpus is a file")?.to_string_lossy();
        let stem = name.trim_end_matches(".gz").trim_end_matches(".jsonl");
        write_corpus(path, &out.join(stem), &mut types).with_context(|| format!("corpus {corpus}"))?;
    }
    write_types(out, &types.words)
}

pub(crate) fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(Box::new(BufReader::new(reader)))
}

fn write_corpus(path: &Path, folder: &Path, types: &mut Types) -> anyhow::Result<()> {
    let (mut spans, mut numbers, mut ids) = (Vec::new(), Vec::new(), String::new());
    let (mut quotes, mut positions, mut sentences, mut paragraphs) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut articles = vec![0i64];
    for line in open(path)?.lines() {
        let Line { id, text } = serde_json::from_str(&line?)?;
        let (tokens, points) = (tokens(&text), CodePoints::new(&text));
        let layout = layout(&text, &tokens);
        for token in &tokens {
            spans.extend(points.span(*token).map(|offset| offset as i32));
            let words = token.of(&text);
            numbers.push(types.number(if is_break(words) { BREAK } else { words }));
        }
        quotes.extend(layout.quotes.iter().map(|&q| q as u8));
        positions.extend(layout.positions);
        sentences.extend(layout.sentences.iter().map(|&s| s as i32));
        paragraphs.extend(layout.paragraphs.iter().map(|&p| p as i32));
        articles.push(numbers.len() as i64);
        ids.push_str(&id);
        ids.push('\n');
    }
    fs::create_dir_all(folder)?;
    let file = |name: &str| folder.join(name);
    write_array(&file("tokens.npy"), "<i4", &[numbers.len(), 2], spans.iter().flat_map(|v| v.to_le_bytes()))?;
    write_array(&file("types.npy"), "<i4", &[numbers.len()], numbers.iter().flat_map(|v| v.to_le_bytes()))?;
    write_array(&file("quote.npy"), "|u1", &[quotes.len()], quotes)?;
    write_array(&file("position.npy"), "|u1", &[positions.len()], positions)?;
    write_array(
        &file("sentence.npy"),
        "<i4",
        &[sentences.len()],
        sentences.iter().flat_map(|v| v.to_le_bytes()),
    )?;
    write_array(
        &file("paragraph.npy"),
        "<i4",
        &[paragraphs.len()],
        paragraphs.iter().flat_map(|v| v.to_le_bytes()),
    )?;
    write_array(
        &file("articles.npy"),
        "<i8",
        &[articles.len()],
        articles.iter().flat_map(|v| v.to_le_bytes()),
    )?;
    Ok(fs::write(file("ids.txt"), ids)?)
}

fn write_types(out: &Path, words: &[String]) -> anyhow::Result<()> {
    let (mut rows, mut all, mut offsets) = (Vec::new(), Vec::new(), vec![0i64]);
    for word in words {
        Parts::TRAINED.of(word, &mut rows);
        all.extend(rows.iter().map(|&row| row as i32));
        offsets.push(all.len() as i64);
    }
    let forms: Vec<String> = words.iter().map(|word| lower(word)).collect();
    fs::write(out.join("types.txt"), words.join("\n") + "\n")?;
    fs::write(out.join("lower.txt"), forms.join("\n") + "\n")?;
    write_array(
        &out.join("type_features.npy"),
        "<i4",
        &[all.len()],
        all.iter().flat_map(|v| v.to_le_bytes()),
    )?;
    write_array(
        &out.join("type_offsets.npy"),
        "<i8",
        &[offsets.len()],
        offsets.iter().flat_map(|v| v.to_le_bytes()),
    )
}

/// Writes a NumPy array file, version 1.0.
fn write_array(
    path: &Path,
    kind: &str,
    shape: &[usize],
    bytes: impl IntoIterator<Item = u8>,
) -> anyhow::Result<()> {
    let shape: String = shape.iter().map(|n| format!("{n},")).collect();
    let header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape}), }}");
    // magic, version and length take 10 bytes; the data begins on a multiple of 64
    let header = format!("{header}{:pad$}\n", "", pad = 63 - (header.len() + 10) % 64);
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(b"\x93NUMPY\x01\x00")?;
    file.write_all(&(header.len() as u16).to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    let bytes: Vec<u8> = bytes.into_iter().collect();
    file.write_all(&bytes)?;
    Ok(file.flush()?)
}
