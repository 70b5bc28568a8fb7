//! brat standoff: a text and its annotations for each article.

use std::fs;
use std::path::Path;

use anyhow::Context;
use onrecord_ledger::{KeptArticle, Ledger, export};

/// Writes both, under the name that leads back to the article.
///
/// # Errors
///
/// The ledger cannot be read, or the folder or a file cannot be written.
pub(super) fn write(ledger: &Ledger, article: &KeptArticle, folder: &Path) -> anyhow::Result<()> {
    let name = export::brat_name(&article.about.id);
    let write = |ending: &str, text: &str| {
        let path = folder.join(format!("{name}.{ending}"));
        fs::write(&path, text).with_context(|| format!("{}", path.display()))
    };
    fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    write("txt", &article.text)?;
    write("ann", &export::brat(ledger, article)?)
}
