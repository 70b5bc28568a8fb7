//! Where a reading stands, kept in a file: one that was interrupted is taken up again, and nothing is done twice.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use onrecord_read::Input;
use serde::{Deserialize, Serialize};

/// More often the place is not kept while records come without a pause.
const REST: Duration = Duration::from_secs(1);

/// How far a reading is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The names of the inputs, in their order.
    inputs: Vec<String>,
    /// So many articles and failures are done.
    done: u64,
    /// The length of standard output then, bytes, where that is a file.
    written: Option<u64>,
}

/// Keeps the place of a reading.
#[derive(Debug)]
pub(super) struct Keeper {
    path: PathBuf,
    place: Place,
    /// Standard output, where it is a file.
    output: Option<File>,
    kept: Instant,
}

impl Keeper {
    /// Takes up the reading of `inputs` whose place is kept at `path`, or begins it.
    ///
    /// What was written after the place was kept for the last time is cut off: those articles are read again.
    ///
    /// # Errors
    ///
    /// The file is none of this program's, or of other inputs; the records written so far are not in standard output.
    pub(super) fn open(path: PathBuf, inputs: &[Input]) -> anyhow::Result<Keeper> {
        let names: Vec<String> = inputs.iter().map(Input::name).collect();
        let place = load(&path).with_context(|| path.display().to_string())?;
        let place = place.unwrap_or_else(|| Place { inputs: names.clone(), done: 0, written: None });
        ensure!(
            place.inputs == names,
            "{}: keeps the place of another reading, of {}",
            path.display(),
            place.inputs.join(", ")
        );
        let output = output_file();
        if let (Some(output), Some(written)) = (&output, place.written) {
            let length = output.metadata()?.len();
            ensure!(length >= written, "records are missing from standard output: append to it, with >>");
            output.set_len(written).context("standard output cannot be cut to where the reading stands")?;
        }
        Ok(Keeper { path, place, output, kept: Instant::now() })
    }

    /// How many articles and failures are done.
    pub(super) fn done(&self) -> u64 {
        self.place.done
    }

    /// One more is done. Whether it is time to keep the place.
    pub(super) fn advance(&mut self) -> bool {
        self.place.done += 1;
        self.kept.elapsed() >= REST
    }

    /// Keeps the place. What was done must have been written.
    pub(super) fn keep(&mut self) -> io::Result<()> {
        self.place.written =
            self.output.as_ref().map(|output| Ok::<_, io::Error>(output.metadata()?.len())).transpose()?;
        let json = serde_json::to_vec(&self.place)?;
        // A file that is replaced is never half written.
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        fs::write(&new, json)?;
        fs::rename(&new, &self.path)?;
        self.kept = Instant::now();
        Ok(())
    }
}

fn load(path: &Path) -> anyhow::Result<Option<Place>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes).context("keeps no place of a reading")?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Standard output, where it is a file of which the system tells the length.
#[cfg(unix)]
fn output_file() -> Option<File> {
    use std::os::fd::AsFd;
    let file = File::from(io::stdout().as_fd().try_clone_to_owned().ok()?);
    file.metadata().is_ok_and(|about| about.is_file()).then_some(file)
}

#[cfg(not(unix))]
fn output_file() -> Option<File> {
    None
}
