//! Inputs as the user names them: files, folders, patterns, standard input; opened and measured.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use walkdir::{DirEntry, FilterEntry, WalkDir};

use crate::containers::Packing;
use crate::containers::zstd::Frames;
use crate::error::{Fault, Place, ReadError};
use crate::given::{Given, Opened};
use crate::origin::Origin;

/// A file, a folder of files, standard input, or something that the caller opens.
#[derive(Clone, Debug)]
pub enum Input {
    /// Standard input; named `-`.
    Stdin,
    /// A file, or a folder that is walked.
    Path(PathBuf),
    /// Something that the caller opens.
    Given(Arc<dyn Given>),
}

impl From<OsString> for Input {
    fn from(name: OsString) -> Self {
        if name == "-" { Input::Stdin } else { Input::Path(name.into()) }
    }
}

impl Input {
    /// Its name in messages.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "standard input".to_owned(),
            Input::Path(path) => path.display().to_string(),
            Input::Given(given) => given.name(),
        }
    }
}

/// How many bytes have been read so far, as they lie on the disk (compressed ones before they are unpacked).
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// The bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The bytes that the inputs hold on the disk, or `None` where something else than files is among them.
///
/// What cannot be looked at counts nothing here: reading it tells why.
pub fn total_bytes(inputs: &[Input]) -> Option<u64> {
    Files::new(inputs.to_vec()).filter_map(Result::ok).try_fold(0, |total, file| match file {
        Input::Stdin | Input::Given(_) => None,
        Input::Path(path) => match fs::metadata(path) {
            Ok(about) if !about.is_file() => None,
            about => Some(total + about.map_or(0, |about| about.len())),
        },
    })
}

/// Opens an input as its bytes stand there. Tells `origin` what is known from outside.
pub(crate) fn open(
    file: &Input,
    meter: &Meter,
    origin: &mut Origin,
) -> Result<Box<dyn BufRead + Send>, ReadError> {
    let opened: io::Result<Box<dyn Read + Send>> = match file {
        Input::Stdin => Ok(Box::new(io::stdin())),
        Input::Path(path) => match File::open(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(error),
        },
        Input::Given(given) => given.open().map(|Opened { source, url, encoding }| {
            (origin.url, origin.encoding) = (url, encoding);
            source
        }),
    };
    match opened {
        Ok(source) => Ok(Box::new(metered(source, meter))),
        Err(error) => Err(ReadError { place: Place { input: file.name(), line: None }, fault: error.into() }),
    }
}

/// Room for many articles at a time: fewer calls to the system.
pub(crate) const BUFFER: usize = 1 << 16;

/// The same bytes, counted.
pub(crate) fn metered<R: Read>(source: R, meter: &Meter) -> BufReader<Counted<R>> {
    BufReader::with_capacity(BUFFER, Counted { source, meter: meter.clone() })
}

/// Opens a file or standard input; gzip and Zstandard, by their first bytes, are unpacked.
pub(crate) fn open_unpacked(file: &Input) -> Result<Box<dyn BufRead + Send>, ReadError> {
    let place = || Place { input: file.name(), line: None };
    let mut source = open(file, &Meter::default(), &mut Origin::default())?;
    let mut head = Vec::new();
    let read = source.by_ref().take(Packing::HEAD as u64).read_to_end(&mut head);
    read.map_err(|error| ReadError { place: place(), fault: error.into() })?;
    let packing = Packing::of(&head);
    let whole = Cursor::new(head).chain(source);
    Ok(match packing {
        Some(Packing::Gzip) => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(whole))),
        Some(Packing::Zstd) => Box::new(BufReader::with_capacity(BUFFER, Frames::new(whole))),
        _ => Box::new(whole),
    })
}

/// What is read from the disk.
pub(crate) struct Counted<R> {
    source: R,
    meter: Meter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.meter.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The files of the inputs, one after the other; folders are walked in the order of names, hidden files left out.
pub(crate) struct Files {
    inputs: std::vec::IntoIter<Input>,
    /// The files and folders that a pattern stands for.
    matched: std::vec::IntoIter<PathBuf>,
    walk: Option<(PathBuf, Walk)>,
}

type Walk = FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool>;

impl Files {
    pub(crate) fn new(inputs: Vec<Input>) -> Self {
        Files { inputs: inputs.into_iter(), matched: Vec::new().into_iter(), walk: None }
    }

    /// The next file of the folder that is being walked.
    fn walked(&mut self) -> Option<Result<Input, ReadError>> {
        let (folder, walk) = self.walk.as_mut()?;
        loop {
            match walk.next()? {
                Ok(entry) if entry.file_type().is_file() => return Some(Ok(Input::Path(entry.into_path()))),
                // Folders come by themselves; devices and pipes in a folder are nobody's news.
                Ok(_) => {}
                Err(error) => return Some(Err(walk_error(folder, error))),
            }
        }
    }
}

impl Iterator for Files {
    type Item = Result<Input, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(file) = self.walked() {
                return Some(file);
            }
            self.walk = None;
            match self.matched.next().map(Input::Path).or_else(|| self.inputs.next())? {
                Input::Path(path) if path.is_dir() => self.walk = Some((path.clone(), walk(&path))),
                Input::Path(path) if is_pattern(&path) => self.matched = matches(&path).into_iter(),
                file => return Some(Ok(file)),
            }
        }
    }
}

/// Whether a name is a pattern that the shell did not expand, as those of Windows never do, and fits something.
fn is_pattern(path: &Path) -> bool {
    !path.exists() && !matches(path).is_empty()
}

/// What fits a pattern of `*`, `?`, `[…]` and `**`, in the order of names.
fn matches(pattern: &Path) -> Vec<PathBuf> {
    let pattern = pattern.to_str().filter(|pattern| pattern.contains(['*', '?', '[']));
    pattern
        .and_then(|pattern| glob::glob(pattern).ok())
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .collect()
}

fn walk(folder: &Path) -> Walk {
    WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_wanted)
}

/// A hidden folder that the user names is read all the same.
fn is_wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn walk_error(folder: &Path, error: walkdir::Error) -> ReadError {
    let input = error.path().unwrap_or(folder).display().to_string();
    ReadError { place: Place { input, line: None }, fault: Fault::Walk(error) }
}
