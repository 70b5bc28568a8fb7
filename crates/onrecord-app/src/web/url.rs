//! Addresses of the web, in the form in which they are asked for.

use std::fmt;

use super::FetchError;

/// An absolute address of `http` or `https`: scheme and host in lower case, no fragment, no dot segments, and what may not
/// stand in an address percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Url {
    text: String,
    /// Where the path begins: at the first `/` after the host.
    path: usize,
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether a name is meant as an address rather than as a file's.
pub(crate) fn is_url(name: &str) -> bool {
    name.split_once("://").is_some_and(|(scheme, _)| known_scheme(scheme).is_some())
}

fn known_scheme(scheme: &str) -> Option<&'static str> {
    ["http", "https"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))
}

impl Url {
    /// Reads an address as it is typed or stands in a page.
    ///
    /// # Errors
    ///
    /// [`FetchError::Address`]: another scheme, no host, a host with letters other than ASCII, or a name and password,
    /// which would stand in every message.
    pub(crate) fn parse(words: &str) -> Result<Url, FetchError> {
        let words = words.trim();
        let (scheme, rest) = words.split_once("://").ok_or(FetchError::Address("no scheme"))?;
        let scheme = known_scheme(scheme).ok_or(FetchError::Address("neither http nor https"))?;
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '\\']).unwrap_or(rest.len()));
        let start = format!("{scheme}://{}", authority_of(authority)?);
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let path = without_dots(if path.is_empty() { "/" } else { path });
        Ok(Url { text: format!("{start}{}{}", encoded(&path), encoded(query)), path: start.len() })
    }

    /// The address that a reference in this place means.
    ///
    /// # Errors
    ///
    /// As [`Url::parse`].
    pub(crate) fn join(&self, reference: &str) -> Result<Url, FetchError> {
        let reference = reference.trim();
        let has_scheme =
            reference.find([':', '/', '?', '#']).is_some_and(|at| reference[at..].starts_with(':'));
        if has_scheme {
            return Url::parse(reference);
        }
        let (site, scheme) = (self.site(), self.scheme());
        let path = self.target().split('?').next().unwrap_or_default();
        let folder = &path[..=path.rfind('/').unwrap_or(0)];
        Url::parse(&match reference.as_bytes() {
            [] | [b'#', ..] => self.text.clone(),
            [b'/', b'/', ..] => format!("{scheme}:{reference}"),
            [b'/', ..] => format!("{site}{reference}"),
            [b'?', ..] => format!("{site}{path}{reference}"),
            _ => format!("{site}{folder}{reference}"),
        })
    }

    /// The whole address.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: `https://example.org`. One `robots.txt` holds for them.
    pub(crate) fn site(&self) -> &str {
        &self.text[..self.path]
    }

    /// Host and port: whom requests burden.
    pub(crate) fn host(&self) -> &str {
        &self.text[self.scheme().len() + "://".len()..self.path]
    }

    /// Path and query.
    pub(crate) fn target(&self) -> &str {
        &self.text[self.path..]
    }

    fn scheme(&self) -> &str {
        if self.text.starts_with("https") { "https" } else { "http" }
    }
}

/// Host and port in lower case.
fn authority_of(authority: &str) -> Result<String, FetchError> {
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority[at..].contains(']') => (&authority[..at], &authority[at + 1..]),
        _ => (authority, ""),
    };
    let wrong = if authority.contains('@') {
        "it holds a name or password"
    } else if host.is_empty() {
        "no host"
    } else if !host.is_ascii() {
        "a host with letters other than ASCII is written as xn--…"
    } else if !host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._[]:".contains(&b)) {
        "no name of a host"
    } else if !port.is_empty() && port.parse::<u16>().is_err() {
        "no number of a port"
    } else {
        let colon = if port.is_empty() { "" } else { ":" };
        return Ok(format!("{}{colon}{port}", host.to_ascii_lowercase()));
    };
    Err(FetchError::Address(wrong))
}

/// The path with `.` and `..` carried out (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split(['/', '\\']).skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_dots = matches!(segment, "." | "..");
        if segment == ".." {
            kept.pop();
        }
        match is_dots {
            false => kept.push(segment),
            // A folder stays a folder.
            true if segments.peek().is_none() => kept.push(""),
            true => {}
        }
    }
    format!("/{}", kept.join("/"))
}

/// With `%` and two digits for each byte that may not stand in an address.
pub(super) fn encoded(part: &str) -> String {
    let mut whole = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        assert_eq!(Url::parse(words).map_or_else(|error| error.to_string(), |url| url.text), expected);
    }

    #[test]
    fn addresses_in_one_form() {
        check("https://example.org", "https://example.org/");
        check(" HTTP://Example.ORG:8080/A?b=C#d ", "http://example.org:8080/A?b=C");
        check("https://example.org?q=1", "https://example.org/?q=1");
        check("https://example.org/a/./b/../c/..", "https://example.org/a/");
        check("https://example.org/../../a//b", "https://example.org/a//b");
        check("https://example.org/Zürich 1?q=é", "https://example.org/Z%C3%BCrich%201?q=%C3%A9");
        check("https://example.org/a%20b%2f", "https://example.org/a%20b%2f");
        check("http://[::1]:80/", "http://[::1]:80/");
        check("http://[::1]/", "http://[::1]/");
    }

    #[test]
    fn what_is_no_address() {
        check("ftp://example.org/", "no address to fetch: neither http nor https");
        check("https:///a", "no address to fetch: no host");
        check("https://ann:secret@example.org/", "no address to fetch: it holds a name or password");
        check(
            "https://пример.org/",
            "no address to fetch: a host with letters other than ASCII is written as xn--…",
        );
        check("https://exa mple.org/", "no address to fetch: no name of a host");
        check("https://example.org:x/", "no address to fetch: no number of a port");
        for (name, expected) in
            [("https://a", true), ("HTTP://a", true), ("a/https.txt", false), ("file://a", false)]
        {
            assert_eq!(is_url(name), expected, "{name}");
        }
    }

    #[test]
    fn references_in_their_place() {
        let base = Url::parse("https://example.org/news/a.html?page=2").unwrap();
        for (reference, expected) in [
            ("b.html", "https://example.org/news/b.html"),
            ("../b", "https://example.org/b"),
            ("/b?c", "https://example.org/b?c"),
            ("?page=3", "https://example.org/news/a.html?page=3"),
            ("//other.org/b", "https://other.org/b"),
            ("http://other.org", "http://other.org/"),
            ("#top", "https://example.org/news/a.html?page=2"),
            ("b/c:d", "https://example.org/news/b/c:d"),
        ] {
            assert_eq!(base.join(reference).unwrap().as_str(), expected);
        }
        assert!(base.join("javascript:alert(1)").is_err() && base.join("mailto:ann@example.org").is_err());
        assert_eq!((base.site(), base.host()), ("https://example.org", "example.org"));
        assert_eq!(base.target(), "/news/a.html?page=2");
    }
}
