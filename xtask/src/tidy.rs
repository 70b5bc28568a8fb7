//! The house's rules about files: each says first what it is for, none grows past its bound.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::ensure;

/// The most lines of a source file; tables are data files and exempt.
const MOST_LINES: usize = 800;

/// Checks every Rust and Python file of the project, and names each that breaks a rule.
pub(crate) fn tidy() -> anyhow::Result<()> {
    let mut files = Vec::new();
    for folder in ["crates", "xtask", "training", "bench", "fuzz"] {
        sources(Path::new(folder), &mut files)?;
    }
    let broken: Vec<String> = files.iter().filter_map(|file| complaint(file)).collect();
    ensure!(broken.is_empty(), "{}", broken.join("\n"));
    Ok(())
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<anyhow::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "rs" || e == "py") {
            files.push(path);
        }
    }
    Ok(())
}

/// What is wrong with a file, if anything.
fn complaint(path: &Path) -> Option<String> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return Some(format!("{}: {error}", path.display())),
    };
    let opening = if path.extension().is_some_and(|e| e == "rs") { "//! " } else { "\"\"\"" };
    let first = text.lines().next().unwrap_or_default();
    let what = if !first.starts_with(opening) {
        "does not open with what it is for"
    } else if text.lines().count() > MOST_LINES {
        "is longer than 800 lines"
    } else if text.lines().any(|line| line.ends_with([' ', '\t'])) {
        "has white space at the end of a line"
    } else {
        return None;
    };
    Some(format!("{}: {what}", path.display()))
}
