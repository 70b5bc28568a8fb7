//! How well the main text of pages is found: F1 over shingles of four words, and speed.
//!
//! A line of the corpus: `{"id", "html", "articleBody"}`. The measure is that of article-extraction-benchmark: for each
//! page precision and recall over shingles with their counts, averaged over pages; F1 of the two averages.
//!
//! A line of gold for what a page tells of its article, made by looking at the page: `{"id", "title", "authors",
//! "published"?}`, the day of publication where the page shows one.

// the tests of the reader check it the same way
#[path = "../../crates/onrecord-read/tests/way_back/back.rs"]
mod back;

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

/// What a page shows of its article, as a person sees it.
#[derive(Deserialize)]
struct Shown {
    id: String,
    title: String,
    authors: Vec<String>,
    published: Option<String>,
}

/// Measures on `corpus`, prints a line for each page, the worst last, and writes `record/pages.md`; with `gold`, titles,
/// authors and days too.
pub(crate) fn pages(corpus: &Path, gold: Option<&Path>) -> anyhow::Result<()> {
    let (mut rows, mut bytes, mut seconds) = (Vec::new(), 0, 0.0);
    let (mut told, mut ways) = ([0; 4], Ways::default());
    let (shown, mut right) = (gold.map(shown).transpose()?.unwrap_or_default(), Right::default());
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
        if let Some(shown) = shown.get(&id) {
            right.count(shown, &article);
        }
        let (precision, recall) = score(&gold, &article.text);
        let leads = back::complaint(&page, &article);
        if let Err(complaint) = &leads {
            println!("{id}: {complaint}");
        }
        ways.count(&article, leads.is_ok());
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
    let table = format!("{table}{}", ways.table());
    let table = if right.pages > 0 { format!("{table}{}", right.table()) } else { table };
    print!("{table}");
    Ok(std::fs::write("record/pages.md", table)?)
}

fn shown(gold: &Path) -> anyhow::Result<BTreeMap<String, Shown>> {
    let lines = crate::prepare::open(gold)?.lines();
    lines
        .map(|line| {
            let shown: Shown = serde_json::from_str(&line?)?;
            Ok((shown.id.clone(), shown))
        })
        .collect()
}

/// How often the blocks of articles lead back to their words in the page.
#[derive(Default)]
struct Ways {
    pages: usize,
    right: usize,
    blocks: usize,
    sure: usize,
}

impl Ways {
    fn count(&mut self, article: &Article, is_right: bool) {
        self.pages += 1;
        self.right += usize::from(is_right);
        self.blocks += article.blocks.len();
        self.sure += article.blocks.iter().filter(|block| block.path.is_some()).count();
    }

    fn table(&self) -> String {
        format!("{WAYS_HEAD}| {} | {} | {} | {} |\n", self.pages, self.right, self.blocks, self.sure)
    }
}

const WAYS_HEAD: &str = "
The way back, in the tree that a browser makes of the page (html5ever): pages on which each block that has a path leads
to an element with the same words at the same place; and how many blocks have one, the page not being too broken.

| pages | all right | blocks | with a path |
| --- | --- | --- | --- |
";

/// How often what is told of an article is what the page shows.
#[derive(Default)]
struct Right {
    pages: usize,
    titles: usize,
    days: usize,
    right_days: usize,
    authors: usize,
    found_authors: usize,
    right_authors: usize,
}

impl Right {
    fn count(&mut self, shown: &Shown, found: &Article) {
        self.pages += 1;
        let title = found.title.as_deref().unwrap_or_default();
        self.titles += usize::from(plain(title) == plain(&shown.title));
        let day = found.published.as_deref().and_then(|moment| moment.get(..10));
        if let Some(published) = &shown.published {
            self.days += 1;
            self.right_days += usize::from(day == Some(published));
        }
        let names =
            |names: &[String]| names.iter().map(|name| plain(name).to_lowercase()).collect::<Vec<_>>();
        let (gold, authors) = (names(&shown.authors), names(&found.authors));
        self.authors += gold.len();
        self.found_authors += authors.len();
        self.right_authors += authors.iter().filter(|name| gold.contains(name)).count();
        if plain(title) != plain(&shown.title) {
            println!("title  {title:?}, not {:?}", shown.title);
        }
        if shown.published.is_some() && day != shown.published.as_deref() {
            println!("day    {:?}, not {:?}: {title}", found.published, shown.published);
        }
        if gold != authors {
            println!("author {:?}, not {:?}: {title}", found.authors, shown.authors);
        }
    }

    fn table(&self) -> String {
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        let (precision, recall) =
            (share(self.right_authors, self.found_authors), share(self.right_authors, self.authors));
        format!(
            "{SHOWN_HEAD}| {} | {:.3} | {} | {:.3} | {} | {precision:.3} | {recall:.3} | {:.3} |\n",
            self.pages,
            share(self.titles, self.pages),
            self.days,
            share(self.right_days, self.days),
            self.authors,
            2.0 * precision * recall / (precision + recall),
        )
    }
}

/// The words alone: white space is one space, and quotation marks and dashes have one form.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['‘', '’'], "'").replace(['“', '”'], "\"").replace(['–', '—'], "-")
}

const SHOWN_HEAD: &str = "
What the same pages tell of their articles, against what a person sees on them: the headline; the day of publication,
where the page shows one (not \"2 days ago\", nor an update alone); the names in the byline, agencies and desks too, but
no user of a program (\"admin\"). Titles are right where the words are the same; days in the zone of the page.

| pages | title right | days | day right | authors | P | R | F1 |
| --- | --- | --- | --- | --- | --- | --- | --- |
";

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
