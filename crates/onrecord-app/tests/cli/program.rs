//! Runs the binary in a fresh folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A fresh folder, gone with the value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty one; `name` must be a test's own.
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("onrecord-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// With this file too.
    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// The binary with these arguments (separated by spaces), run here.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, b"")
    }

    /// The same, with something on standard input.
    pub(crate) fn run_with(&self, arguments: &str, input: &[u8]) -> Ran {
        let mut child = onrecord(&self.0, arguments).stdin(Stdio::piped()).spawn().unwrap();
        // A program that refuses its arguments never reads.
        let _ = child.stdin.take().unwrap().write_all(input);
        Ran::of(child.wait_with_output().unwrap())
    }

    /// The binary with these arguments, which may hold blanks.
    pub(crate) fn run_words<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Ran {
        Ran::of(onrecord(&self.0, "").args(arguments).stdin(Stdio::null()).output().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The binary, with its output piped.
pub(crate) fn onrecord(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(arguments.split_whitespace()).current_dir(folder).env_remove("NO_COLOR");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a run left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The records, one a line.
    pub(crate) fn records(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// One field of every record.
    pub(crate) fn each(&self, field: &str) -> Vec<String> {
        self.records().iter().map(|record| record[field].as_str().unwrap_or("-").to_owned()).collect()
    }
}
