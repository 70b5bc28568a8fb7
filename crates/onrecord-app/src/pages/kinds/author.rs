//! Who corrects and decides: as a form says, else as this browser remembers.

use axum::extract::Query;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use super::asked::encoded;
use crate::pages::site::cookie;

/// The name of the cookie by which a browser remembers who corrects.
const AUTHOR: &str = "author";

/// Longer no name is, in letters.
pub(super) const LONGEST: usize = 200;

/// Who corrects: as typed in the form, else whoever corrected last in this browser.
pub(super) fn author(typed: &str, headers: &HeaderMap) -> String {
    match typed.trim() {
        "" => author_of(headers).unwrap_or_else(|| "desk".to_owned()),
        author => author.chars().take(LONGEST).collect(),
    }
}

/// Whoever corrected last in this browser.
pub(super) fn author_of(headers: &HeaderMap) -> Option<String> {
    let value = cookie(headers, AUTHOR)?;
    let Query(Signed { author }) = Query::try_from_uri(&format!("/?{AUTHOR}={value}").parse().ok()?).ok()?;
    (!author.is_empty()).then_some(author)
}

/// What the cookie holds.
#[derive(Deserialize)]
struct Signed {
    author: String,
}

/// The line of the head by which a browser remembers who corrected.
pub(super) fn signed(author: &str) -> [(HeaderName, HeaderValue); 1] {
    let cookie = format!("{AUTHOR}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", encoded(author));
    // percent-encoded words are fit for a header
    [(SET_COOKIE, HeaderValue::from_str(&cookie).unwrap_or_else(|_| HeaderValue::from_static("")))]
}
