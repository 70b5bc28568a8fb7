//! What the user names, as inputs: files and folders, standard input, addresses of the web.

use std::ffi::OsString;
use std::io::{self, Cursor, IsTerminal, stdin};
use std::sync::Arc;
use std::time::Duration;

use onrecord_read::{Given, Input, Opened};

use super::args::WebArgs;
use super::{UsageError, messages};
use crate::web::{Limits, Url, Web, is_public, is_url};

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
            let web = Arc::new(web(args));
            Ok(names.into_iter().map(|name| named(name, &web)).collect())
        }
    }
}

/// What one name means.
pub(crate) fn input(name: OsString, args: WebArgs) -> Input {
    named(name, &Arc::new(web(args)))
}

/// The web as the user wants it asked.
pub(crate) fn web(args: WebArgs) -> Web {
    let whole = Duration::from_secs(args.timeout.into());
    let limits = Limits { whole, ..Limits::default() };
    Web::new(if args.allow_local { |_| true } else { is_public }, limits)
}

fn named(name: OsString, web: &Arc<Web>) -> Input {
    match name.to_str() {
        Some(name) if is_url(name) => {
            Input::Given(Arc::new(Page { name: name.to_owned(), web: Arc::clone(web) }))
        }
        _ => Input::from(name),
    }
}

/// An address as an input among files.
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
        let _waiting = messages::waiting(&format!("fetching {}", self.name));
        let fetched =
            Url::parse(&self.name).and_then(|url| self.web.fetch(&url)).map_err(io::Error::other)?;
        Ok(Opened {
            source: Box::new(Cursor::new(fetched.bytes)),
            url: Some(fetched.url.to_string()),
            encoding: fetched.charset,
        })
    }
}
