//! Fills the fields of gold statements, so that the fields can be measured apart from the extraction.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use onrecord::analyse::outline;
use onrecord::{Article, Attribution, Quote, Record, Scores, Span, resolve};
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    published: Option<String>,
    statements: Vec<GoldStatement>,
}

#[derive(Deserialize)]
struct GoldStatement {
    n: u32,
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    within: Option<u32>,
}

/// Reads the statements' spans of `gold` (JSONL), resolves them and writes records to `out`.
pub(crate) fn fields(gold: &Path, out: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(out)?);
    for line in crate::prepare::open(gold)?.lines() {
        let gold: Gold = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut file, &record(gold))?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}

fn record(gold: Gold) -> Record {
    let bytes: Vec<usize> = gold.text.char_indices().map(|(at, _)| at).chain([gold.text.len()]).collect();
    let outline = outline(&gold.text);
    let quotations = outline.quotations();
    let places: HashMap<u32, usize> = gold.statements.iter().enumerate().map(|(i, s)| (s.n, i)).collect();
    let spans =
        |spans: &[[usize; 2]]| spans.iter().map(|s| Span::new(bytes[s[0]], bytes[s[1]])).collect::<Vec<_>>();
    let attribution = |s: &GoldStatement| Attribution {
        source: spans(&s.source),
        cue: spans(&s.cue),
        content: spans(&s.content),
        quote: Quote::of(&gold.text, &spans(&s.content), &quotations),
        within: s.within.and_then(|n| places.get(&n).copied()),
        confidence: 1.0,
        scores: Scores::MARKED,
    };
    let attributions = gold.statements.iter().map(attribution).collect();
    let article =
        Article { id: gold.id, published: gold.published, text: gold.text.clone(), ..Article::default() };
    let statements = resolve::resolve(&article, &outline, attributions, &onrecord::Registry::default());
    let links = onrecord::link::link(&statements, &article, &outline);
    Record { article, statements, links, times: None }
}
