//! Why something could not be fetched.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use ureq::Timeout;
use ureq::http::StatusCode;

/// Why an address gave nothing. The message does not name the address: it stands behind its name.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// It is no address that can be fetched.
    #[error("no address to fetch: {0}")]
    Address(&'static str),
    /// The site does not want programs there.
    #[error("not allowed by robots.txt")]
    Robots,
    /// What the site wants is not known (RFC 9309: then it wants nothing fetched).
    #[error("nothing is fetched while robots.txt cannot be: {0}")]
    NoRobots(Box<FetchError>),
    /// The machine stands in a private or special network.
    #[error("{0} is no public address (--allow-local permits it)")]
    NotPublic(IpAddr),
    /// No machine has this name, or names cannot be looked up.
    #[error("no such host")]
    NoHost,
    /// The machine took too long.
    #[error("{}", told(*.0))]
    TimedOut(Timeout),
    /// Memory and patience stay bounded.
    #[error("longer than {} MiB", limit >> 20)]
    TooLong {
        /// The most bytes that are taken.
        limit: u64,
    },
    /// It leads on and on.
    #[error("redirected more than {0} times")]
    TooManyRedirects(usize),
    /// It leads back.
    #[error("redirected in a circle")]
    Circle,
    /// It leads to what cannot be fetched.
    #[error("redirected: {0}")]
    Redirected(Box<FetchError>),
    /// The server says no.
    #[error("{status}{}", Again(*.again))]
    Refused {
        /// The status of the answer.
        status: StatusCode,
        /// After how long the server wants to be asked again.
        again: Option<Duration>,
    },
    /// The server had said when it wants to be asked again.
    #[error("left alone, as the server asked{}", Again(Some(*.0)))]
    LeftAlone(Duration),
    /// A picture, a film, a sound.
    #[error("{0} is no text")]
    NoText(String),
    /// The machine could not show that it is the one meant, or does not speak TLS.
    #[error("no secure connection: {0}")]
    Insecure(io::Error),
    /// The connection failed, or broke.
    #[error("{}", plain(.0))]
    Io(io::Error),
    /// Anything else, as the client tells it.
    #[error("{0}")]
    Other(Box<ureq::Error>),
}

impl FetchError {
    /// After how long the server wants to be asked again.
    pub(super) fn again(&self) -> Option<Duration> {
        match self {
            FetchError::Refused { again, .. } => *again,
            FetchError::NoRobots(error) => error.again(),
            _ => None,
        }
    }

    /// Whether asking later may help.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            FetchError::Refused { status, .. } => {
                status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429)
            }
            FetchError::NoRobots(_)
            | FetchError::NoHost
            | FetchError::TimedOut(_)
            | FetchError::LeftAlone(_)
            | FetchError::Insecure(_)
            | FetchError::Io(_)
            | FetchError::Other(_) => true,
            FetchError::Redirected(error) => error.may_pass(),
            FetchError::Address(_)
            | FetchError::Robots
            | FetchError::NotPublic(_)
            | FetchError::TooLong { .. }
            | FetchError::TooManyRedirects(_)
            | FetchError::Circle
            | FetchError::NoText(_) => false,
        }
    }
}

impl From<ureq::Error> for FetchError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(timeout) => FetchError::TimedOut(timeout),
            ureq::Error::HostNotFound => FetchError::NoHost,
            ureq::Error::Io(error) if is_lookup(&error) => FetchError::NoHost,
            // So come the errors of TLS; nothing else is read from a connection that could be invalid.
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                FetchError::Insecure(error)
            }
            ureq::Error::Io(error) => FetchError::Io(error),
            ureq::Error::Other(inner) => match inner.downcast::<FetchError>() {
                Ok(refused) => *refused,
                Err(inner) => FetchError::Other(Box::new(ureq::Error::Other(inner))),
            },
            error => FetchError::Other(Box::new(error)),
        }
    }
}

/// The standard library gives the failed look-up of a name no kind of its own.
fn is_lookup(error: &io::Error) -> bool {
    error.to_string().starts_with("failed to lookup address")
}

/// Without the number that the operating system has for it.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the connection ended too soon".to_owned(),
        kind @ (io::ErrorKind::ConnectionRefused
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable) => kind.to_string(),
        _ => error.to_string(),
    }
}

fn told(timeout: Timeout) -> &'static str {
    match timeout {
        Timeout::Resolve => "the host's address was not found in time",
        Timeout::Connect => "no connection in time",
        Timeout::PerRead | Timeout::RecvResponse => "no answer in time",
        _ => "not all of it came in time",
    }
}

/// `; it may be asked again in 2 h`.
struct Again(Option<Duration>);

impl fmt::Display for Again {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(seconds) = self.0.map(|again| again.as_secs_f32().ceil() as u64) else { return Ok(()) };
        let (count, unit) = match seconds {
            0..120 => (seconds, "s"),
            120..7200 => (seconds.div_ceil(60), "min"),
            _ => (seconds.div_ceil(3600), "h"),
        };
        write!(f, "; it may be asked again in {count} {unit}")
    }
}
