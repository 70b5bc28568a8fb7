//! The web, politely: what may be fetched, from whom, how much and how often.
//!
//! In the order of a request: [`Url`] is the address, `robots` what the site permits, `hosts` whose turn it is,
//! `address` which machines may be connected to, `retry` when a server wants to be asked again, [`FetchError`] what
//! went wrong.

mod address;
mod error;
mod hosts;
mod retry;
mod robots;
#[cfg(test)]
mod tests;
mod url;

use std::io::Read;
use std::time::{Duration, Instant, SystemTime};

use flate2::read::MultiGzDecoder;
use ureq::http::{HeaderMap, HeaderName, Response, StatusCode, header};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

pub(crate) use address::{Permitted, is_public};
pub(crate) use error::FetchError;
use hosts::{Host, Hosts, locked};
use robots::Robots;
pub(crate) use url::{Url, is_url};

/// Says who asks, and that it minds `robots.txt`, where it is called `onrecord`.
const USER_AGENT: &str =
    concat!("onrecord/", env!("CARGO_PKG_VERSION"), " (reads news pages; obeys robots.txt)");

/// News first; anything that is text may come.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
    application/feed+json, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5";

/// More redirects than this are a mistake.
const MOST_REDIRECTS: usize = 10;

/// As long as this a `robots.txt` holds (RFC 9309).
const ROBOTS_HOLD: Duration = Duration::from_secs(24 * 3600);

/// How long and how much at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Until a machine takes the connection, its certificate checked.
    pub(crate) connect: Duration,
    /// Until something more comes.
    pub(crate) read: Duration,
    /// Until all has come.
    pub(crate) whole: Duration,
    /// Bytes, unpacked.
    pub(crate) bytes: u64,
    /// Between two requests to a host; longer where its `robots.txt` wants.
    pub(crate) pause: Duration,
    /// The longest `Retry-After` that is waited for at once.
    pub(crate) patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(20),
            whole: Duration::from_secs(60),
            bytes: onrecord_read::LONGEST_PAGE as u64,
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(30),
        }
    }
}

/// What is fetched from, by any number of threads.
#[derive(Debug)]
pub(crate) struct Web {
    agent: Agent,
    hosts: Hosts,
    limits: Limits,
}

/// By what a server knows again what it has sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Version {
    /// The server's own mark for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    etag: Option<String>,
    /// When it was last changed, as the server wrote it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    last_modified: Option<String>,
}

/// What came.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Where it stood, after all redirects.
    pub(crate) url: Url,
    /// Unpacked.
    pub(crate) bytes: Vec<u8>,
    /// The encoding that the server declared.
    pub(crate) charset: Option<String>,
    /// By what it is known again.
    pub(crate) version: Version,
}

/// Where a request led.
enum Step {
    Fetched(Box<Fetched>),
    Unchanged,
    Moved(Url),
}

impl Web {
    /// The web as far as machines at `permitted` addresses reach.
    pub(crate) fn new(permitted: Permitted, limits: Limits) -> Web {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Behind a proxy nobody could tell which machine is connected to.
            .proxy(None)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .accept_encoding("gzip")
            .timeout_connect(Some(limits.connect))
            .timeout_resolve(Some(limits.connect))
            .timeout_per_read(Some(limits.read))
            .timeout_global(Some(limits.whole))
            .build();
        let guarded = address::Guarded { permitted, inner: DefaultResolver::default() };
        Web {
            agent: Agent::with_parts(config, DefaultConnector::default(), guarded),
            hosts: Hosts::default(),
            limits,
        }
    }

    /// Fetches what stands at an address, in its host's turn.
    ///
    /// # Errors
    ///
    /// It is no address, may not be fetched, cannot be, or is not what can be read.
    pub(crate) fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        let fetched = self.fetch_changed(address, &Version::default())?;
        // Only a server that was told a version may say so.
        fetched.ok_or(FetchError::Refused { status: StatusCode::NOT_MODIFIED, again: None })
    }

    /// The same, or `None` where it is what it was in that version.
    ///
    /// # Errors
    ///
    /// As [`Web::fetch`].
    pub(crate) fn fetch_changed(
        &self,
        address: &str,
        version: &Version,
    ) -> Result<Option<Fetched>, FetchError> {
        let mut visited = vec![Url::parse(address)?];
        loop {
            let url = &visited[visited.len() - 1];
            let step = self.step(url, version);
            let redirected = |error| FetchError::Redirected(Box::new(error));
            match if visited.len() == 1 { step } else { step.map_err(redirected) }? {
                Step::Fetched(fetched) => return Ok(Some(*fetched)),
                Step::Unchanged => return Ok(None),
                Step::Moved(_) if visited.len() > MOST_REDIRECTS => {
                    return Err(FetchError::TooManyRedirects(MOST_REDIRECTS));
                }
                Step::Moved(next) if visited.contains(&next) => return Err(FetchError::Circle),
                Step::Moved(next) => visited.push(next),
            }
        }
    }

    /// Leaves a host alone for so long.
    pub(crate) fn leave_alone(&self, host: &str, time: Duration) {
        locked(&self.hosts.get(host)).leave_alone(time);
    }

    /// The hosts that want to be left alone, and for how long yet.
    pub(crate) fn sleepers(&self) -> Vec<(String, Duration)> {
        self.hosts.sleepers()
    }

    /// One request in the host's turn; a second one where the server asked for a little patience.
    fn step(&self, url: &Url, version: &Version) -> Result<Step, FetchError> {
        let host = self.hosts.get(url.host());
        let mut host = locked(&host);
        let step = self.ask_in_turn(url, version, &mut host);
        match step.as_ref().err().and_then(FetchError::again) {
            Some(again) if again <= self.limits.patience => self.ask_in_turn(url, version, &mut host),
            _ => step,
        }
    }

    fn ask_in_turn(&self, url: &Url, version: &Version, host: &mut Host) -> Result<Step, FetchError> {
        host.wait(self.limits.patience)?;
        let step = self.ask_if_permitted(url, version, host);
        if let Some(again) = step.as_ref().err().and_then(FetchError::again) {
            host.leave_alone(again);
        }
        step
    }

    fn ask_if_permitted(&self, url: &Url, version: &Version, host: &mut Host) -> Result<Step, FetchError> {
        let robots = self.robots(url, host)?;
        if !robots.allow(url.target()) {
            return Err(FetchError::Robots);
        }
        let step = self.ask(url, version);
        host.rest(robots.delay.unwrap_or_default().max(self.limits.pause));
        step
    }

    fn ask(&self, url: &Url, version: &Version) -> Result<Step, FetchError> {
        let response = self.get(url, version)?;
        let headers = response.headers();
        let text = |name| text(headers, name).map(str::to_owned);
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Step::Unchanged),
            status if status.is_redirection() => match text(header::LOCATION) {
                Some(location) => url
                    .join(&location)
                    .map(Step::Moved)
                    .map_err(|error| FetchError::Redirected(Box::new(error))),
                None => Err(FetchError::Refused { status, again: None }),
            },
            status if status.is_success() => {
                let (media, charset) = media(headers);
                if let Some(media) = media.filter(|media| is_no_text(media)) {
                    return Err(FetchError::NoText(media));
                }
                let version =
                    Version { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) };
                let bytes = body(response, self.limits.bytes)?;
                Ok(Step::Fetched(Box::new(Fetched { url: url.clone(), bytes, charset, version })))
            }
            _ => Err(refusal(&response)),
        }
    }

    fn get(&self, url: &Url, version: &Version) -> Result<Response<Body>, FetchError> {
        let mut request = self.agent.get(url.as_str());
        for (name, value) in
            [(header::IF_NONE_MATCH, &version.etag), (header::IF_MODIFIED_SINCE, &version.last_modified)]
        {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        Ok(request.call()?)
    }

    /// What the site permits, asked for once a day.
    fn robots(&self, url: &Url, host: &mut Host) -> Result<Robots, FetchError> {
        if let Some((since, robots)) = host.robots.get(url.site())
            && since.elapsed() < ROBOTS_HOLD
        {
            return Ok(robots.clone());
        }
        let robots = self.fetch_robots(url).map_err(|error| {
            // The next address there will ask for it again.
            host.rest(self.limits.pause);
            match error {
                // The page itself would fail in the same way.
                error @ (FetchError::NotPublic(_)
                | FetchError::NoHost
                | FetchError::Insecure(_)
                | FetchError::Io(_)) => error,
                error => FetchError::NoRobots(Box::new(error)),
            }
        })?;
        host.robots.insert(url.site().to_owned(), (Instant::now(), robots.clone()));
        Ok(robots)
    }

    /// A site without the file permits all; one whose server fails, nothing (RFC 9309, 2.3.1).
    fn fetch_robots(&self, url: &Url) -> Result<Robots, FetchError> {
        let mut url = url.join("/robots.txt")?;
        for _ in 0..=MOST_REDIRECTS / 2 {
            let response = self.get(&url, &Version::default())?;
            match response.status() {
                status if status.is_success() => {
                    return match body(response, robots::LONGEST as u64) {
                        Ok(bytes) => Ok(Robots::parse(&bytes)),
                        Err(error) => Err(error),
                    };
                }
                status if status.is_redirection() => match text(response.headers(), header::LOCATION) {
                    Some(location) => url = url.join(location)?,
                    None => return Ok(Robots::silent()),
                },
                status if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => break,
                _ => return Err(refusal(&response)),
            }
        }
        Ok(Robots::silent())
    }
}

/// What a server means that does not give the page.
fn refusal(response: &Response<Body>) -> FetchError {
    let words = text(response.headers(), header::RETRY_AFTER);
    let again = words.and_then(|words| retry::retry_after(words, SystemTime::now()));
    FetchError::Refused { status: response.status(), again }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The kind of what comes, in lower case, and its declared encoding.
fn media(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let Some(words) = text(headers, header::CONTENT_TYPE) else { return (None, None) };
    let mut parts = words.split(';').map(str::trim);
    let media = parts.next().map(str::to_ascii_lowercase);
    let encoding =
        parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    (media, encoding.map(|(_, name)| name.trim_matches(['"', '\'']).to_owned()))
}

/// What need not be fetched to know that no news stands in it.
fn is_no_text(media: &str) -> bool {
    media == "application/pdf"
        || ["image/", "audio/", "video/", "font/"].iter().any(|kind| media.starts_with(kind))
}

/// All bytes of an answer, unpacked.
fn body(response: Response<Body>, limit: u64) -> Result<Vec<u8>, FetchError> {
    let packed = text(response.headers(), header::CONTENT_ENCODING).is_some_and(|name| name.contains("gzip"));
    let body = response.into_body();
    if body.content_length().is_some_and(|length| length > limit) {
        return Err(FetchError::TooLong { limit });
    }
    let reader = body.into_reader();
    let mut bytes = Vec::new();
    let read = match packed {
        true => MultiGzDecoder::new(reader).take(limit + 1).read_to_end(&mut bytes),
        false => reader.take(limit + 1).read_to_end(&mut bytes),
    };
    match read {
        Ok(_) if bytes.len() as u64 > limit => Err(FetchError::TooLong { limit }),
        Ok(_) => Ok(bytes),
        Err(error) => Err(ureq::Error::from(error).into()),
    }
}
