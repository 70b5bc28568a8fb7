//! How well the main text of pages is found: F1 over shingles of four words, and speed.
//!
//! A line of the corpus: `{"id", "html", "articleBody"}`. The measure is that of article-extraction-benchmark: for each
//! page precision and recall over shingles with their counts, averaged over pages; F1 of the two averages.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;
use std::time::Instant;

use onrecord::Article;
use onrecord_read::{Origin, html};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    html: String,
    #[serde(rename = "articleBody")]
    gold: String,
}

/// Measures on `corpus`, prints a line for each page, the worst last, and writes `record/pages.md`.
pub(crate) fn pages(corpus: &Path) -> anyhow::Result<()> {
    let (mut rows, mut bytes, mut seconds) = (Vec::new(), 0, 0.0);
    let mut told = [0; 4];
    for line in crate::prepare::open(corpus)?.lines() {
        let Line { id, html: page, gold } = serde_json::from_str(&line?)?;
        let begun = Instant::now();
        let found = html(page.as_bytes(), &Origin::new(&*id));
        seconds += begun.elapsed().as_secs_f64();
        bytes += page.len();
        let article = match found {
            Ok(found) => found.output.article,
            Err(error) => {
                println!("{error}");
                Article::default()
            }
        };
        let facts = [
            article.title.is_some(),
            !article.authors.is_empty(),
            article.publisher.is_some(),
            article.published.is_some(),
        ];
        told.iter_mut().zip(facts).for_each(|(count, is_told)| *count += usize::from(is_told));
        let (precision, recall) = score(&gold, &article.text);
        rows.push((precision, recall, id));
    }
    rows.sort_by(|a, b| (b.0 + b.1).total_cmp(&(a.0 + a.1)));
    for (precision, recall, id) in &rows {
        println!("{precision:.3} {recall:.3} {id}");
    }
    let mean = |of: fn(&(f64, f64, String)) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let (precision, recall) = (mean(|row| row.0), mean(|row| row.1));
    let f1 = 2.0 * precision * recall / (precision + recall);
    let [title, authors, publisher, published] = told;
    let table = format!(
        "{HEAD}| {} | {precision:.3} | {recall:.3} | {f1:.3} | {title} | {authors} | {publisher} | {published} | {:.0} |\n",
        rows.len(),
        bytes as f64 / 1e6 / seconds
    );
    print!("{table}");
    Ok(std::fs::write("record/pages.md", table)?)
}

const HEAD: &str = "# How well the main text of pages is found

Written by `cargo xtask pages` on the pages of article-extraction-benchmark that rules may be tuned on: precision and
recall over shingles of four words, F1 of their averages, in how many pages a title, authors, a publisher and a day
were found (not whether they are right), and the speed from bytes to article on one core.

| pages | P | R | F1 | title | authors | publisher | day | MB/s |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
";

/// Precision and recall of one page.
fn score(gold: &str, found: &str) -> (f64, f64) {
    let (gold, found) = (shingles(gold), shingles(found));
    let count = |shingles: &BTreeMap<Vec<&str>, usize>| shingles.values().sum::<usize>() as f64;
    let shared: usize =
        gold.iter().map(|(shingle, &n)| n.min(found.get(shingle).copied().unwrap_or(0))).sum();
    let share = |of: f64| if of > 0.0 { shared as f64 / of } else { f64::from(u8::from(gold == found)) };
    (share(count(&found)), share(count(&gold)))
}

/// The shingles of four words; of a shorter text, itself.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut shingles = BTreeMap::new();
    let size = words.len().min(4);
    for shingle in words.windows(size.max(1)) {
        *shingles.entry(shingle.to_vec()).or_insert(0) += 1;
    }
    shingles
}
