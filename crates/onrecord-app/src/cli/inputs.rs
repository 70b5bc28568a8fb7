//! What the user names, as inputs: files and folders, standard input, addresses of the web.

use std::ffi::OsString;
use std::io::{self, Cursor, IsTerminal, stdin};
use std::sync::Arc;
use std::time::Duration;

use onrecord_read::{Given, Input, Opened};

use super::ahead::Ahead;
use super::args::WebArgs;
use super::{UsageError, messages};
use crate::web::{FetchError, Fetched, Limits, Web, is_public, is_url};

/// Without names, what is piped in.
///
/// # Errors
///
/// There are no names and nothing is piped in.
pub(crate) fn inputs(names: Vec<OsString>, args: WebArgs) -> Result<Vec<Input>, UsageError> {
    match names.is_empty() {
        true if stdin().is_terminal() => Err(UsageError::NoInput),
        true => Ok(vec![Input::Stdin]),
        false => {
            let addresses = names.iter().filter_map(address).map(str::to_owned).collect();
            let mut pages = pages(addresses, Arc::new(web(args)));
            let input = |name: OsString| match address(&name).and_then(|_| pages.next()) {
                Some(page) => page,
                None => Input::from(name),
            };
            Ok(names.into_iter().map(input).collect())
        }
    }
}

/// What stands at these addresses, as inputs in their order; some of them are fetched before their turn.
pub(crate) fn pages(addresses: Vec<String>, web: Arc<Web>) -> impl Iterator<Item = Input> {
    let ahead = Ahead::new(web, addresses.clone());
    let page = move |(place, name)| NextPage { name, ahead: Arc::clone(&ahead), place };
    addresses.into_iter().enumerate().map(page).map(|page| Input::Given(Arc::new(page)))
}

/// What one name means.
pub(crate) fn input(name: OsString, args: WebArgs) -> Input {
    match address(&name) {
        Some(page) => Input::Given(Arc::new(Page { name: page.to_owned(), web: Arc::new(web(args)) })),
        None => Input::from(name),
    }
}

/// The web as the user wants it asked.
pub(crate) fn web(args: WebArgs) -> Web {
    let whole = Duration::from_secs(args.timeout.into());
    let limits = Limits { whole, ..Limits::default() };
    Web::new(if args.allow_local { |_| true } else { is_public }, limits)
}

/// A name that is an address of the web.
fn address(name: &OsString) -> Option<&str> {
    name.to_str().filter(|name| is_url(name))
}

/// An address as an input among others, some of which are fetched with it.
#[derive(Debug)]
struct NextPage {
    name: String,
    ahead: Arc<Ahead>,
    /// Which of those pages it is.
    place: usize,
}

impl Given for NextPage {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn open(&self) -> io::Result<Opened> {
        opened(&self.name, || self.ahead.take(self.place))
    }
}

/// An address as an input by itself.
#[derive(Debug)]
pub(crate) struct Page {
    /// As it was typed, or stood in a feed.
    pub(crate) name: String,
    /// Where it is fetched.
    pub(crate) web: Arc<Web>,
}

impl Given for Page {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn open(&self) -> io::Result<Opened> {
        opened(&self.name, || self.web.fetch(&self.name))
    }
}

fn opened(name: &str, fetch: impl FnOnce() -> Result<Fetched, FetchError>) -> io::Result<Opened> {
    let _waiting = messages::waiting(&format!("fetching {name}"));
    let fetched = fetch().map_err(io::Error::other)?;
    Ok(Opened {
        source: Box::new(Cursor::new(fetched.bytes)),
        url: Some(fetched.url.to_string()),
        encoding: fetched.charset,
    })
}
