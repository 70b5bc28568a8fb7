//! Where the time of a read goes: each step of the road timed on a corpus, in one thread.

use std::io::BufRead;
use std::path::Path;
use std::time::{Duration, Instant};

use onrecord::{Article, Model, Record, Registry, Scratch, analyse, attribute, link, resolve};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    published: Option<String>,
}

/// The steps, in their order.
const STEPS: [&str; 6] = ["JSON in", "outline", "attribute", "resolve", "link", "JSON out"];

/// Times the steps on the first `count` articles; a line for each: what share of the whole, and µs a thousand words.
pub(crate) fn stages(corpus: &Path, count: usize) -> anyhow::Result<String> {
    let lines: Vec<String> = crate::prepare::open(corpus)?.lines().take(count).collect::<Result<_, _>>()?;
    let (model, registry) = (Model::english(), Registry::default());
    let mut scratch = Scratch::new(&model);
    let (mut spent, mut words) = ([Duration::ZERO; STEPS.len()], 0);
    for line in &lines {
        let mut begun = Instant::now();
        let mut ends = |step: usize| {
            let now = Instant::now();
            spent[step] += now - begun;
            begun = now;
        };
        let Line { id, text, published } = serde_json::from_str(line)?;
        let article = Article { id, text, published, ..Article::default() };
        ends(0);
        let outline = analyse::outline(&article.text);
        ends(1);
        let attributions = attribute(&article.text, &outline, &mut scratch);
        ends(2);
        let statements = resolve::resolve(&article, &outline, attributions, &registry);
        ends(3);
        let links = link::link(&statements, &article, &outline);
        ends(4);
        words += article.text.split_whitespace().count();
        std::hint::black_box(serde_json::to_vec(&Record { article, statements, links, times: None })?);
        ends(5);
    }
    let all: Duration = spent.iter().sum();
    let mut table = "| step | share | µs a 1,000 words |\n| --- | --- | --- |\n".to_owned();
    for (step, spent) in STEPS.iter().zip(spent) {
        let share = spent.as_secs_f64() / all.as_secs_f64();
        let cost = spent.as_secs_f64() * 1e9 / words.max(1) as f64;
        table += &format!("| {step} | {:.1} % | {cost:.0} |\n", share * 100.0);
    }
    Ok(table)
}
