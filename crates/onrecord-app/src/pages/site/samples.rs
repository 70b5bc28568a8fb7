//! The first look: a ledger made of the samples, which are built into the program.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Context;
use onrecord_ledger::Read;
use onrecord_read::{Origin, Settings, each};

use super::Site;
use super::access::random;

macro_rules! samples {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../../../samples/", $name)))),*]
    };
}

/// The reports of `samples/`: their people and places are invented.
const SAMPLES: [(&str, &str); 10] = samples! {
    "01-siege-of-tarnovka.txt"
    "02-council-votes-on-trams.txt"
    "03-trial-of-a-harbour-master.txt"
    "04-company-denies-leak.txt"
    "05-cup-final.txt"
    "06-sleep-study.txt"
    "07-governor-speech.txt"
    "08-storm-live.txt"
    "09-poet-and-the-minister.txt"
    "10-eastern-post-on-tarnovka.html"
};

/// The day on which those are taken to be published that do not tell.
const PUBLISHED: &str = "2025-03-14";

/// A fresh folder that nobody else may look into.
pub(super) fn folder() -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("onrecord-{}", random()?));
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// Removes such a folder, as far as that can be done.
pub(super) fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Reads the samples and keeps them.
pub(super) fn keep(site: &Site) -> anyhow::Result<()> {
    let mut reads = Vec::new();
    // those kept last stand on top
    for (name, words) in SAMPLES.into_iter().rev() {
        let origin = Origin { published: Some(PUBLISHED.to_owned()), ..Origin::new(name) };
        each(words.as_bytes(), &origin, &Settings::default(), &mut |found| {
            let mut article = found.expect("a sample can be read").article.output;
            article.id = name.to_owned();
            article.title = article.title.or_else(|| words.lines().next().map(str::to_owned));
            reads.push(Read { record: site.read(article), place: format!("samples/{name}") });
            ControlFlow::Continue(())
        });
    }
    site.keep(&reads)
}
