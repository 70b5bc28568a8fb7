//! Where `watch` stands between its runs: which items of which feeds it has seen, and which are still to be read.
//!
//! A journal of JSON lines. An item is waiting from the moment its feed's answer is noted until its record has been
//! printed; both are on the disk before anything else happens. So wherever a run ends, the next one finds what was not
//! printed, and only what was printed but not yet noted comes twice. Each start writes the journal anew, shorter.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use onrecord::{Article, Block};
use serde::{Deserialize, Serialize};

use crate::web::Version;

/// The journal's first line.
const HEAD: &str = r#"{"onrecord":"watch","version":1}"#;

/// So many days after a feed has dropped an item it is forgotten.
const REMEMBERED: u64 = 30;

/// An item that fails so often, round after round, is given up.
pub(super) const MOST_TRIES: u32 = 10;

/// An item of a feed that is still to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    /// Its address, or the article's identifier where it has none.
    pub(super) url: String,
    /// When it was published, as the feed tells (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) published: Option<String>,
    /// The article, where the feed has the whole of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) article: Option<Kept>,
    /// How often it failed in a way that may pass.
    #[serde(default)]
    pub(super) tries: u32,
}

/// An article as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept(#[serde(with = "Form")] pub(super) Article);

/// The form in which an article is kept.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Article")]
struct Form {
    id: String,
    url: Option<String>,
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    language: Option<String>,
    published: Option<String>,
    text: String,
    /// Feeds have none.
    #[serde(skip)]
    blocks: Vec<Block>,
}

/// What is known of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Feed {
    #[serde(flatten)]
    version: Version,
    /// The addresses of its items, each with the day on which it was listed last, since 1970.
    seen: BTreeMap<String, u64>,
    /// What is still to be read, in the order of the feed.
    waiting: Vec<Item>,
}

/// A line of the journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry {
    /// All that is known of a feed.
    Feed(String, Feed),
    /// An item of a feed was read, or given up.
    Done(String, String),
    /// An item of a feed failed once more.
    Failed(String, String),
    /// A host wants to be left alone until then, in seconds since 1970.
    Asleep(String, u64),
}

/// The state, in memory and on the disk.
#[derive(Debug)]
pub(super) struct State {
    feeds: BTreeMap<String, Feed>,
    asleep: BTreeMap<String, u64>,
    path: PathBuf,
    journal: File,
    /// Held while the state is in use.
    _lock: File,
}

impl State {
    /// Reads the state, or begins one.
    ///
    /// # Errors
    ///
    /// It is in use, cannot be read or written, or is no such state.
    pub(super) fn open(path: &Path) -> anyhow::Result<State> {
        let named = || format!("{}", path.display());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(named)?;
        }
        let lock = File::create(beside(path, ".lock")).with_context(named)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "{}: in use by another `onrecord watch`: give this one its own with --state",
                    path.display()
                )
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(named),
        }
        let (mut feeds, mut asleep) = (BTreeMap::new(), BTreeMap::new());
        let text = fs::read_to_string(path);
        let text =
            text.or_else(|error| if is_missing(&error) { Ok(format!("{HEAD}\n")) } else { Err(error) });
        for (number, line) in (1..).zip(whole_lines(&text.with_context(named)?)) {
            let foreign = || format!("{}:{number}: not written by `onrecord watch`", path.display());
            match number {
                1 => ensure!(line == HEAD, foreign()),
                _ => apply(serde_json::from_str(line).with_context(foreign)?, &mut feeds, &mut asleep),
            }
        }
        let journal = write_anew(path, &feeds, &asleep).with_context(named)?;
        Ok(State { feeds, asleep, path: path.to_owned(), journal, _lock: lock })
    }

    /// By what the feed's last answer is known again.
    pub(super) fn version(&self, feed: &str) -> Version {
        self.feeds.get(feed).map(|feed| feed.version.clone()).unwrap_or_default()
    }

    /// What is still to be read of a feed.
    pub(super) fn waiting(&self, feed: &str) -> Vec<Item> {
        self.feeds.get(feed).map(|feed| feed.waiting.clone()).unwrap_or_default()
    }

    /// Notes what a feed lists on this day: what none of `watched`, the feeds of this run, has had yet waits from now on.
    ///
    /// # Errors
    ///
    /// The journal cannot be written.
    pub(super) fn listed(
        &mut self,
        feed: &str,
        version: Version,
        items: Vec<Item>,
        watched: &[String],
        today: u64,
    ) -> anyhow::Result<()> {
        let mut known = self.feeds.get(feed).cloned().unwrap_or_default();
        known.version = version;
        for item in items {
            let is_known =
                |feed: &String| self.feeds.get(feed).is_some_and(|feed| feed.seen.contains_key(&item.url));
            if known.seen.insert(item.url.clone(), today).is_none() && !watched.iter().any(is_known) {
                known.waiting.push(item);
            }
        }
        known.seen.retain(|_, day| *day + REMEMBERED >= today);
        self.note(Entry::Feed(feed.to_owned(), known))
    }

    /// Notes that an item needs no reading any more.
    ///
    /// # Errors
    ///
    /// The journal cannot be written.
    pub(super) fn done(&mut self, feed: &str, item: &Item) -> anyhow::Result<()> {
        self.note(Entry::Done(feed.to_owned(), item.url.clone()))
    }

    /// Notes that an item failed and is to be tried again.
    ///
    /// # Errors
    ///
    /// The journal cannot be written.
    pub(super) fn failed(&mut self, feed: &str, item: &Item) -> anyhow::Result<()> {
        self.note(Entry::Failed(feed.to_owned(), item.url.clone()))
    }

    /// Notes that a host wants to be left alone until then, in seconds since 1970.
    ///
    /// # Errors
    ///
    /// The journal cannot be written.
    pub(super) fn asleep(&mut self, host: &str, until: u64) -> anyhow::Result<()> {
        self.note(Entry::Asleep(host.to_owned(), until))
    }

    /// The hosts that want to be left alone, each until when, in seconds since 1970.
    pub(super) fn sleepers(&self) -> impl Iterator<Item = (&str, u64)> {
        self.asleep.iter().map(|(host, until)| (host.as_str(), *until))
    }

    fn note(&mut self, entry: Entry) -> anyhow::Result<()> {
        let named = || format!("{}", self.path.display());
        write(&mut self.journal, &entry).and_then(|()| self.journal.sync_data()).with_context(named)?;
        apply(entry, &mut self.feeds, &mut self.asleep);
        Ok(())
    }
}

fn apply(entry: Entry, feeds: &mut BTreeMap<String, Feed>, asleep: &mut BTreeMap<String, u64>) {
    match entry {
        Entry::Feed(name, feed) => drop(feeds.insert(name, feed)),
        Entry::Asleep(host, until) => drop(asleep.insert(host, until)),
        Entry::Done(name, url) => {
            if let Some(feed) = feeds.get_mut(&name) {
                feed.waiting.retain(|item| item.url != url);
            }
        }
        Entry::Failed(name, url) => {
            let waiting = feeds.get_mut(&name).into_iter().flat_map(|feed| &mut feed.waiting);
            waiting.filter(|item| item.url == url).for_each(|item| item.tries += 1);
        }
    }
}

/// The first line and all other whole ones. What stands behind the last line's end was being written when a run was
/// ended, and nothing had been done upon it.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let rest = rest.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
    std::iter::once(first).chain(rest)
}

fn is_missing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

/// Puts a journal of the bare facts in the place of the old one, and leaves it open at its end.
fn write_anew(
    path: &Path,
    feeds: &BTreeMap<String, Feed>,
    asleep: &BTreeMap<String, u64>,
) -> io::Result<File> {
    let new = beside(path, ".new");
    let mut file = File::create(&new)?;
    writeln!(file, "{HEAD}")?;
    for (name, feed) in feeds {
        write(&mut file, &Entry::Feed(name.clone(), feed.clone()))?;
    }
    for (host, until) in asleep {
        write(&mut file, &Entry::Asleep(host.clone(), *until))?;
    }
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    OpenOptions::new().append(true).open(path)
}

fn write(file: &mut File, entry: &Entry) -> io::Result<()> {
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    file.write_all(&line)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "https://example.org/feed";

    /// A folder of a test's own; it goes with the value.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("onrecord-state-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Folder(path)
        }

        /// Where a state may be kept; no folder is there yet.
        fn state(&self) -> PathBuf {
            self.0.join("deep/state.jsonl")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn items(urls: &[&str]) -> Vec<Item> {
        urls.iter()
            .map(|url| Item { url: (*url).to_owned(), published: None, article: None, tries: 0 })
            .collect()
    }

    fn waiting(state: &State, feed: &str) -> Vec<String> {
        state.waiting(feed).into_iter().map(|item| item.url).collect()
    }

    fn list(state: &mut State, feed: &str, urls: &[&str], today: u64) {
        let watched = [FEED.to_owned(), "other".to_owned()];
        state.listed(feed, Version::default(), items(urls), &watched, today).unwrap();
    }

    #[test]
    fn items_wait_until_they_are_done_over_any_number_of_runs() {
        let folder = Folder::new("runs");
        let path = folder.state();
        let mut state = State::open(&path).unwrap();
        list(&mut state, FEED, &["a", "b", "c", "a"], 100);
        state.done(FEED, &state.waiting(FEED)[0]).unwrap();
        state.failed(FEED, &state.waiting(FEED)[1]).unwrap();
        state.asleep("example.org", 5).unwrap();
        for _ in 0..3 {
            drop(state);
            state = State::open(&path).unwrap();
            assert_eq!(waiting(&state, FEED), ["b", "c"]);
            assert_eq!(state.waiting(FEED)[1].tries, 1);
            assert_eq!(state.sleepers().collect::<Vec<_>>(), [("example.org", 5)]);
        }
        list(&mut state, FEED, &["d", "a", "b"], 101);
        assert_eq!(waiting(&state, FEED), ["b", "c", "d"]);
        list(&mut state, "other", &["a", "e"], 101);
        assert_eq!(waiting(&state, "other"), ["e"]);
    }

    #[test]
    fn what_a_feed_has_dropped_is_forgotten_in_time() {
        let folder = Folder::new("forgotten");
        let mut state = State::open(&folder.state()).unwrap();
        for (today, urls) in [(100, ["a", "b"]), (120, ["a", "c"]), (150, ["a", "c"]), (151, ["a", "b"])] {
            list(&mut state, FEED, &urls, today);
        }
        assert_eq!(waiting(&state, FEED), ["a", "b", "c", "b"]);
    }

    #[test]
    fn a_line_that_was_being_written_never_was() {
        let folder = Folder::new("torn");
        let path = folder.state();
        let mut state = State::open(&path).unwrap();
        list(&mut state, FEED, &["a", "b"], 100);
        let whole = fs::read(&path).unwrap();
        state.done(FEED, &state.waiting(FEED)[0]).unwrap();
        drop(state);
        let longer = fs::read(&path).unwrap();
        for length in whole.len()..longer.len() {
            fs::write(&path, &longer[..length]).unwrap();
            assert_eq!(waiting(&State::open(&path).unwrap(), FEED), ["a", "b"], "cut at {length}");
        }
        for length in HEAD.len() + 1..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(waiting(&State::open(&path).unwrap(), FEED).is_empty(), "cut at {length}");
        }
        fs::write(&path, &longer).unwrap();
        assert_eq!(waiting(&State::open(&path).unwrap(), FEED), ["b"]);
    }

    #[test]
    fn other_files_and_those_in_use_are_left_as_they_are() {
        let folder = Folder::new("other");
        let path = folder.state();
        let state = State::open(&path).unwrap();
        let error = State::open(&path).unwrap_err().to_string();
        assert!(error.contains("in use by another `onrecord watch`"), "{error}");
        drop(state);
        for (line, text) in
            [(1, "notes of mine".to_owned()), (1, String::new()), (2, format!("{HEAD}\nnotes\n"))]
        {
            fs::write(&path, &text).unwrap();
            let error = State::open(&path).unwrap_err().to_string();
            assert!(
                error.ends_with(&format!("state.jsonl:{line}: not written by `onrecord watch`")),
                "{error}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
