//! `onrecord watch`: the new items of feeds in, who said what out, again and again.

mod state;

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anstream::AutoStream;
use anyhow::Context;
use onrecord_read::{
    Articles, Fault, Found, Input, Languages, Listed, Origin, Place, ReadError, Skip, Warned, is_english,
    listed,
};

use super::args::WatchArgs;
use super::engine::Scratch;
use super::inputs::{pages, web};
use super::read::{Shown, Skipped, finish, skip};
use super::{Outcome, messages};
use crate::web::{FetchError, Url, Web};
use state::{Item, Kept, MOST_TRIES, State};

/// So many feeds are looked at at the same time: a slow server holds up its own items alone.
const AT_ONCE: usize = 8;

/// Looks at the feeds, and reads what is new.
///
/// # Errors
///
/// No model, a state that cannot be kept, or output that cannot be written. Feeds and pages that fail are named.
pub(crate) fn watch(args: WatchArgs) -> anyhow::Result<Outcome> {
    let shown = Shown::load(args.shown)?;
    let state = State::open(&args.state.map_or_else(default_state, Ok)?)?;
    let web = Arc::new(web(args.web));
    let now = seconds_since_1970();
    for (host, until) in state.sleepers() {
        web.leave_alone(host, Duration::from_secs(until.saturating_sub(now)));
    }
    let desk = Desk { state, skipped: Skipped::default(), outcome: Outcome::Done };
    // Two threads with the same feed would read its items twice.
    let mut named = BTreeSet::new();
    let feeds = args.feeds.into_iter().filter(|feed| named.insert(feed.clone())).collect();
    let watcher = Watcher { feeds, web, shown, desk: Mutex::new(desk) };
    loop {
        let begun = Instant::now();
        let outcome = watcher.round()?;
        if args.once {
            return Ok(outcome);
        }
        let rest = args.every.saturating_sub(begun.elapsed());
        let _waiting = messages::waiting(&format!("looking again in {} min", rest.as_secs().div_ceil(60)));
        thread::sleep(rest);
    }
}

struct Watcher {
    feeds: Vec<String>,
    web: Arc<Web>,
    shown: Shown,
    desk: Mutex<Desk>,
}

/// What one thread alone works at: standard output and the state, which go together.
struct Desk {
    state: State,
    skipped: Skipped,
    outcome: Outcome,
}

impl Watcher {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at every feed once.
    fn round(&self) -> anyhow::Result<Outcome> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut scratch = self.shown.engine.scratch();
            while let Some(feed) = self.feeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.look(feed, &mut scratch)?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = self.feeds.iter().take(AT_ONCE).map(|_| scope.spawn(work)).collect();
            let ended =
                threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
            ended.collect::<anyhow::Result<Vec<()>>>()
        })?;
        let mut desk = self.desk();
        for (host, left) in self.web.sleepers() {
            desk.state.asleep(&host, seconds_since_1970() + left.as_secs())?;
        }
        std::mem::take(&mut desk.skipped).tell();
        Ok(std::mem::replace(&mut desk.outcome, Outcome::Done))
    }

    /// Looks at a feed, then reads what is new in it and what an earlier run has left.
    fn look(&self, feed: &str, scratch: &mut Scratch) -> anyhow::Result<()> {
        if let Err(error) = self.list(feed)? {
            self.complain(feed, error);
        }
        let waiting = self.desk().state.waiting(feed);
        let addresses = waiting.iter().filter(|item| item.article.is_none()).map(|item| item.url.clone());
        let mut pages = pages(addresses.collect(), Arc::clone(&self.web));
        waiting.into_iter().try_for_each(|item| {
            let found = self.found(&item, &mut pages);
            self.read(feed, &item, found, scratch)
        })
    }

    /// Notes what a feed lists. The inner error is the feed's.
    fn list(&self, feed: &str) -> anyhow::Result<Result<(), anyhow::Error>> {
        let version = self.desk().state.version(feed);
        let waiting = messages::waiting(&format!("fetching {feed}"));
        let fetched = match self.web.fetch_changed(feed, &version) {
            Ok(Some(fetched)) => fetched,
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error.into())),
        };
        drop(waiting);
        let (url, encoding) = (Some(fetched.url.to_string()), fetched.charset);
        let Some(items) = listed(&fetched.bytes, &Origin { url, encoding, ..Origin::new(feed) }) else {
            return Ok(Err(anyhow::anyhow!("no feed: neither RSS nor Atom nor JSON Feed")));
        };
        let items = items.into_iter().filter_map(item).collect();
        let today = seconds_since_1970() / 86_400;
        self.desk().state.listed(feed, fetched.version, items, &self.feeds, today).map(Ok)
    }

    /// Reads what was found of an item, prints its records, and then notes that it is done.
    fn read(
        &self,
        feed: &str,
        item: &Item,
        found: Vec<Result<Found, ReadError>>,
        scratch: &mut Scratch,
    ) -> anyhow::Result<()> {
        let mut printed = Vec::new();
        let mut error = None;
        for found in found {
            match finish(found, self.shown, scratch) {
                Ok(finished) => {
                    finished.warnings.iter().for_each(messages::warning);
                    printed.extend(finished.printed);
                }
                Err(failed) => error = Some(failed),
            }
        }
        let mut desk = self.desk();
        // The printers have written escape sequences only where they are wanted.
        let mut out = AutoStream::always(io::stdout());
        messages::aside(|| out.write_all(&printed).and_then(|()| out.flush()))?;
        match error {
            None => desk.state.done(feed, item),
            Some(error) => desk.failed(feed, item, &error),
        }
    }

    /// The article that the feed has, or those of its page, the next one.
    fn found(&self, item: &Item, pages: &mut impl Iterator<Item = Input>) -> Vec<Result<Found, ReadError>> {
        let Some(Kept(article)) = item.article.clone() else {
            let page = pages.next().into_iter().collect();
            let articles = Articles::new(page, item.published.clone());
            return articles.in_languages(self.shown.languages).collect();
        };
        let place = Place { input: item.url.clone(), line: None };
        if self.shown.languages == Languages::English && !is_english(&article.text) {
            return vec![Err(ReadError { place, fault: Fault::Skipped(Skip::NotEnglish) })];
        }
        let article = Warned { output: article, warnings: Vec::new() };
        vec![Ok(Found { place, article, fetched: None })]
    }

    fn complain(&self, name: &str, error: impl std::fmt::Display) {
        messages::error(format_args!("{name}: {error}"));
        self.desk().outcome = Outcome::SomeFailed;
    }
}

impl Desk {
    /// Notes an item that could not be read; what may pass is tried again in the next rounds.
    fn failed(&mut self, feed: &str, item: &Item, error: &anyhow::Error) -> anyhow::Result<()> {
        if let Some(skip) = skip(error) {
            self.skipped.count(skip);
            return self.state.done(feed, item);
        }
        match fetch_error(error) {
            // Nothing was tried: the host had been told of already.
            Some(FetchError::LeftAlone(_)) => return Ok(()),
            Some(reason) if reason.may_pass() && item.tries + 1 < MOST_TRIES => {
                messages::error(format_args!("{error:#}; the next round tries again"));
                self.state.failed(feed, item)?;
            }
            _ => {
                messages::error(format_args!("{error:#}"));
                self.state.done(feed, item)?;
            }
        }
        self.outcome = Outcome::SomeFailed;
        Ok(())
    }
}

/// What is to be read of a listed item: its page, or the article that the feed has already.
fn item(listed: Listed) -> Option<Item> {
    let page = listed.url.and_then(|url| Url::parse(&url).ok()).map(|url| url.to_string());
    let url = page.or_else(|| Some(listed.article.as_ref()?.id.clone()))?;
    Some(Item { url, published: listed.published, article: listed.article.map(Kept), tries: 0 })
}

/// What fetching said, if it was that which failed.
fn fetch_error(error: &anyhow::Error) -> Option<&FetchError> {
    match &error.downcast_ref::<ReadError>()?.fault {
        Fault::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// `watch.jsonl` where programs of this system keep what they know between runs.
fn default_state() -> anyhow::Result<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")))
    };
    let base = base.context("no folder for the state is known: name a file with --state")?;
    Ok(base.join("onrecord/watch.jsonl"))
}
