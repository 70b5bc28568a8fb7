//! Who may do what: reading is open on this machine alone; writing, and any reading from elsewhere, needs the token.

use std::fs;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use anyhow::{Context, ensure};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use sha2::{Digest, Sha256};

use super::Settings;

/// The secrets of this run, and the names under which the site is reached.
#[derive(Debug)]
pub(in crate::pages) struct Access {
    /// Lets people write.
    pub(in crate::pages) token: String,
    /// Stands in every form of this run, so that no other site's page can send one.
    pub(in crate::pages) form_key: String,
    listen: SocketAddr,
    name: Option<String>,
}

/// Whether somebody has shown the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Session {
    Reader,
    Writer,
}

/// The name of the cookie.
const NAME: &str = "onrecord";

impl Access {
    /// The access to a site of these settings.
    ///
    /// # Errors
    ///
    /// The token file cannot be read or made, or others may read it.
    pub(in crate::pages) fn new(settings: &Settings) -> anyhow::Result<Access> {
        let token = match &settings.token_file {
            Some(path) => token_of(path).with_context(|| path.display().to_string())?,
            None => random()?,
        };
        Ok(Access { token, form_key: random()?, listen: settings.listen, name: settings.name.clone() })
    }

    /// Whether the token is needed to read, too.
    pub(in crate::pages) fn is_guarded(&self) -> bool {
        !self.listen.ip().is_loopback()
    }

    /// Who sends these headers.
    pub(in crate::pages) fn session(&self, headers: &HeaderMap) -> Session {
        let shown = cookie(headers, NAME).or_else(|| bearer(headers));
        match shown.is_some_and(|shown| self.is_token(shown)) {
            true => Session::Writer,
            false => Session::Reader,
        }
    }

    /// Whether these are the words of the token.
    pub(in crate::pages) fn is_token(&self, words: &str) -> bool {
        same(words, &self.token)
    }

    /// Whether a form is one of this run's.
    pub(in crate::pages) fn is_own_form(&self, key: &str) -> bool {
        same(key, &self.form_key)
    }

    /// The cookie of somebody who has shown the token.
    pub(in crate::pages) fn cookie(&self) -> String {
        format!("{NAME}={}; Path=/; HttpOnly; SameSite=Strict", self.token)
    }

    /// The cookie that ends a session.
    pub(in crate::pages) fn no_cookie() -> String {
        format!("{NAME}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
    }

    /// Whether a request asks for this site by a name of its own: another name, though it leads here, is a trick by
    /// which a page of another site would read this one.
    pub(in crate::pages) fn is_own_host(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        host.is_some_and(|host| self.is_own(host))
    }

    fn is_own(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => {
                if port.parse() != Ok(self.listen.port()) && self.name.is_none() {
                    return false;
                }
                name
            }
            _ => host,
        };
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let is_address = address.is_some_and(|address| address == self.listen.ip() || self.is_guarded());
        let is_local = name.eq_ignore_ascii_case("localhost") || address.is_some_and(|ip| ip.is_loopback());
        let is_named = self.name.as_deref().is_some_and(|own| name.eq_ignore_ascii_case(own));
        is_address || is_local || is_named
    }

    /// Whether a form was sent from a page of this site.
    pub(in crate::pages) fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
        let from_here = match headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or("null")) {
            // not every client names the origin; the key in the form speaks then
            None => true,
            Some(origin) => {
                let host = origin.split_once("://").map_or("", |(_, host)| host);
                text(HOST).is_some_and(|own| own.eq_ignore_ascii_case(host))
            }
        };
        let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        from_here && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
    }
}

/// The value of the cookie of this name.
pub(in crate::pages) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Compares in a time that tells nothing of where the two differ.
fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

/// 32 random hexadecimal digits, which nobody guesses.
///
/// # Errors
///
/// The system gives no random numbers.
pub(in crate::pages) fn random() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// The token in a file, which is made where there is none, for its owner alone.
fn token_of(path: &Path) -> anyhow::Result<String> {
    if !path.exists() {
        make(path)?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path)?.permissions().mode();
        ensure!(mode & 0o077 == 0, "others may read this token: run chmod 600 on it");
    }
    let token = fs::read_to_string(path)?.trim().to_owned();
    let fits = token.len() >= 16 && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ensure!(fits, "a token has at least 16 letters or digits, and nothing else");
    Ok(token)
}

fn make(path: &Path) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(writeln!(options.open(path)?, "{}", random()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn access(listen: &str, name: Option<&str>) -> Access {
        Access {
            token: "0123456789abcdef".into(),
            form_key: "k".into(),
            listen: listen.parse().unwrap(),
            name: name.map(str::to_owned),
        }
    }

    fn headers(headers: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |&(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        headers.iter().map(pair).collect()
    }

    #[test]
    fn only_its_own_names_lead_to_the_site() {
        let local = access("127.0.0.1:8080", None);
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert!(local.is_own_host(&headers(&[("host", host)])), "{host}");
        }
        for host in [
            "evil.example:8080",
            "127.0.0.1:9090",
            "10.0.0.7:8080",
            "127.0.0.1.evil.example",
            "",
            "[",
            ":8080",
        ] {
            assert!(!local.is_own_host(&headers(&[("host", host)])), "{host}");
        }
        assert!(!local.is_own_host(&headers(&[])));
        let open = access("0.0.0.0:8080", Some("desk.example"));
        for host in ["10.0.0.7:8080", "desk.example", "desk.example:443"] {
            assert!(open.is_own_host(&headers(&[("host", host)])), "{host}");
        }
        assert!(!open.is_own_host(&headers(&[("host", "evil.example")])));
    }

    #[test]
    fn forms_come_from_here() {
        let local = access("127.0.0.1:8080", None);
        let with = |more: &[(&'static str, &str)]| headers(&[&[("host", "127.0.0.1:8080")], more].concat());
        assert!(local.is_own_origin(&with(&[])));
        assert!(
            local.is_own_origin(&with(&[
                ("origin", "http://127.0.0.1:8080"),
                ("sec-fetch-site", "same-origin")
            ]))
        );
        for origin in ["http://evil.example", "null", "http://127.0.0.1:9090", "http://localhost:8080"] {
            assert!(!local.is_own_origin(&with(&[("origin", origin)])), "{origin}");
        }
        assert!(!local.is_own_origin(&with(&[("sec-fetch-site", "cross-site")])));
    }

    #[test]
    fn the_token_is_shown_as_cookie_or_bearer() {
        let access = access("127.0.0.1:8080", None);
        let session = |name, value| access.session(&headers(&[(name, value)]));
        assert_eq!(session("cookie", "a=b; onrecord=0123456789abcdef"), Session::Writer);
        assert_eq!(session("authorization", "Bearer 0123456789abcdef"), Session::Writer);
        for wrong in ["", "onrecord=", "onrecord=0123456789abcdeF", "onrecordx=0123456789abcdef"] {
            assert_eq!(session("cookie", wrong), Session::Reader, "{wrong}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn token_files_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("onrecord-token-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        let token = token_of(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!((token.len(), token_of(&path).unwrap()), (32, token));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(token_of(&path).is_err());
        fs::remove_file(path).unwrap();
    }
}
