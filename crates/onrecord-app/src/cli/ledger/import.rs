//! `onrecord import`: records that others made, into a ledger.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use onrecord::{Article, Record};
use onrecord_ledger::{Ledger, LedgerError, Outcome as Kind, Read, Reading, import};
use onrecord_read::{Input, Line, Lines, json_text};

use super::args::ImportArgs;
use super::clock;
use crate::cli::{Outcome, messages};

/// So many records are written together.
const BATCH: usize = 256;

/// Keeps the records of JSONL files, and of annotated texts, as they are.
///
/// # Errors
///
/// A ledger that cannot be written, or a file that cannot be read. What is no record is named, and the rest is kept.
pub(crate) fn import(args: ImportArgs) -> anyhow::Result<Outcome> {
    let mut import = Import {
        ledger: Ledger::open(&args.file.ledger)?,
        reading: Reading { model: args.by, least_confidence: 0.0, at: clock::now() },
        waiting: Vec::new(),
        counts: [0; 3],
        outcome: Outcome::Done,
    };
    for input in args.inputs.into_iter().map(Input::from) {
        match &input {
            Input::Path(path) if path.is_dir() => {
                for path in annotations(path)? {
                    import.annotated(&path)?;
                }
            }
            Input::Path(path) if path.extension().is_some_and(|ending| ending == "ann") => {
                import.annotated(path)?;
            }
            _ => import.lines(&input)?,
        }
    }
    import.write()?;
    import.ledger.settle()?;
    let [new, changed, known] = import.counts;
    anstream::println!("{}: {new} new, {changed} changed, {known} known", import.ledger.path().display());
    Ok(import.outcome)
}

/// The annotations of a folder, in order of their names.
fn annotations(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
    let mut paths = paths.with_context(|| format!("{}", folder.display()))?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ann"));
    anyhow::ensure!(!paths.is_empty(), "{}: no annotations (.ann) of brat in this folder", folder.display());
    paths.sort();
    Ok(paths)
}

struct Import {
    ledger: Ledger,
    reading: Reading,
    waiting: Vec<Read>,
    counts: [usize; 3],
    outcome: Outcome,
}

impl Import {
    /// JSONL.
    fn lines(&mut self, input: &Input) -> anyhow::Result<()> {
        for line in Lines::open(input)? {
            let Line { number, bytes } = line?;
            let place = format!("{}:{number}", input.name());
            self.take(import::record_from_json(&json_text(&bytes).0), place)?;
        }
        Ok(())
    }

    /// A file of brat standoff, with the text of the same name beside it.
    fn annotated(&mut self, path: &Path) -> anyhow::Result<()> {
        let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("{}", path.display()));
        let (text, marks) = (read(&path.with_extension("txt"))?, read(path)?);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let article = self.article(import::brat_id(&name), text)?;
        Ok(self.take(import::record_from_brat(article, &marks), path.display().to_string())?)
    }

    /// What the ledger knows of an article with this text: its headline, day and address stand in no standoff.
    fn article(&self, id: String, text: String) -> Result<Article, LedgerError> {
        let known = self.ledger.record_of(&id)?.map(|record| record.article);
        Ok(known.filter(|known| known.text == text).unwrap_or(Article { id, text, ..Article::default() }))
    }

    fn take(
        &mut self,
        record: Result<Record, import::ImportError>,
        place: String,
    ) -> Result<(), LedgerError> {
        match record {
            Ok(record) => self.waiting.push(Read { record, place }),
            Err(error) => {
                self.outcome = Outcome::SomeFailed;
                messages::error(format_args!("{place}: {error}"));
            }
        }
        if self.waiting.len() >= BATCH { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), LedgerError> {
        for receipt in self.ledger.record_all(&self.waiting, &self.reading)? {
            self.counts[match receipt.outcome {
                Kind::New => 0,
                Kind::Changed => 1,
                Kind::Known => 2,
            }] += 1;
        }
        self.waiting.clear();
        Ok(())
    }
}
