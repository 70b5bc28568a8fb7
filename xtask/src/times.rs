//! Writes the time expressions of a corpus, to be scored.
//!
//! A line of the corpus: `{"id", "published", "text"}`. A line of the output: `{"id", "times": [{"span", "value"}]}`,
//! in code points.

use std::fs::File;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use onrecord::CodePoints;
use onrecord::analyse::outline;
use onrecord::resolve::times::{Day, times as read_times};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Line {
    id: String,
    published: Option<String>,
    text: String,
}

/// Reads the times of `corpus` into `out`.
pub(crate) fn times(corpus: &Path, out: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(out)?);
    for line in crate::prepare::open(corpus)?.lines() {
        let Line { id, published, text } = serde_json::from_str(&line?)?;
        let points = CodePoints::new(&text);
        let found = read_times(&text, &outline(&text), published.as_deref().and_then(Day::parse));
        let times: Vec<_> =
            found.iter().map(|t| json!({"span": points.span(t.span), "value": t.value})).collect();
        writeln!(file, "{}", json!({"id": id, "times": times}))?;
    }
    Ok(file.flush()?)
}
