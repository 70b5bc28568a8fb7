//! The user's registry: a file of people and bodies, one a line.

use std::path::Path;

use anyhow::bail;
use onrecord::Registry;
use onrecord::registry::Entry;
use onrecord_read::{Input, Line, Lines, json_text};

/// So many wrong lines are named; more would hide the first.
const NAMED: usize = 10;

/// The registry of a file.
///
/// # Errors
///
/// The file cannot be read, or lines of it are wrong, each named. Such a file is refused as a whole: without the line
/// that is wrong, a name that two people share would be taken for the other one's.
pub(crate) fn load(path: &Path) -> anyhow::Result<Registry> {
    let input = Input::Path(path.to_owned());
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for line in Lines::open(&input)? {
        let Line { number, bytes } = line?;
        match Entry::from_json(&json_text(&bytes).0) {
            Ok(entry) => entries.extend(entry),
            Err(error) => wrong.push(format!("{}:{number}: {error}", input.name())),
        }
    }
    match wrong.len() {
        0 => Ok(Registry::new(entries)),
        count => {
            let more = count.saturating_sub(NAMED);
            wrong.truncate(NAMED);
            wrong.extend((more > 0).then(|| format!("and {more} more")));
            bail!(
                "registry refused, as names could be taken for others' without the wrong lines\n  {}",
                wrong.join("\n  ")
            )
        }
    }
}
