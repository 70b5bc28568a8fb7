//! Reads a corpus with every kernel of this machine and compares the records byte for byte.

use std::io::BufRead;
use std::path::Path;

use anyhow::ensure;
use onrecord::model::Kernel;
use onrecord::{Article, Model, Registry, Scratch, read};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// The portable kernel is some hundred times slower than the others, where it has to do fused multiply-add in software:
/// it reads one article in so many.
const PORTABLE_SHARE: usize = 100;

/// The first `count` articles of `corpus`, by each kernel.
pub(crate) fn kernels(corpus: &Path, count: usize) -> anyhow::Result<()> {
    let models: Vec<(Kernel, Model)> = Kernel::available()
        .into_iter()
        .map(|kernel| (kernel, Model::english().with_kernel(kernel)))
        .collect();
    let mut scratches: Vec<_> = models.iter().map(|(kernel, model)| (kernel, Scratch::new(model))).collect();
    let mut articles = 0;
    for line in crate::prepare::open(corpus)?.lines().take(count) {
        let Line { id, text } = serde_json::from_str(&line?)?;
        let mut first: Option<String> = None;
        let kernels = if articles % PORTABLE_SHARE == 0 { scratches.len() } else { scratches.len() - 1 };
        for (kernel, scratch) in &mut scratches[..kernels] {
            let article = Article { id: id.clone(), text: text.clone(), ..Article::default() };
            let record = serde_json::to_string(&read(article, &Registry::default(), scratch))?;
            ensure!(*first.get_or_insert_with(|| record.clone()) == record, "{id}: {kernel:?} differs");
        }
        articles += 1;
    }
    let names: Vec<String> = models.iter().map(|(kernel, _)| format!("{kernel:?}")).collect();
    println!(
        "{articles} articles, the same bytes from {} (the last on one in {PORTABLE_SHARE})",
        names.join(", ")
    );
    Ok(())
}
