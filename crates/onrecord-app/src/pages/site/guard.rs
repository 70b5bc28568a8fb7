//! What every request passes: is it meant for this site, does it come from it, does it take too long; and what every
//! answer tells the browser to refuse.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::{Refusal, Session, Site};

/// Longer no answer takes: reading an article of 10 MB takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Nothing runs, loads or frames but what this site serves: an article's words stay words.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // with no referrer at all, browsers would not name the origin of a form either
    (REFERRER_POLICY, "same-origin"),
    (CACHE_CONTROL, "no-store"),
];

/// Lets through what is meant for this site and comes from it.
pub(in crate::pages) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_for_programs = request.uri().path().starts_with("/api/");
    let refusal = match refused(&site, &request) {
        Some(refusal) => refusal,
        None => match timeout(PATIENCE, next.run(request)).await {
            Ok(answer) => match unworded(&answer) {
                Some(refusal) => refusal,
                None => return with_headers(answer),
            },
            Err(_) => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "This took too long."),
        },
    };
    with_headers(if is_for_programs { refusal.for_programs() } else { refusal.into_response() })
}

/// What is to be said instead of an answer that the router gave by itself, with nothing or plain text in it.
fn unworded(answer: &Response) -> Option<Refusal> {
    let kind = answer.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes());
    let words = match answer.status() {
        StatusCode::METHOD_NOT_ALLOWED => "This page is for reading: nothing can be sent to it like that.",
        status if status.is_client_error() => {
            "This address is not whole, or holds what it cannot hold: follow a link of the site, or search."
        }
        _ => return None,
    };
    let is_plain = kind.is_none_or(|kind| kind.starts_with(b"text/plain"));
    is_plain.then(|| Refusal::new(answer.status(), words))
}

fn refused(site: &Site, request: &Request) -> Option<Refusal> {
    let (access, headers) = (&site.access, request.headers());
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !access.is_own_host(headers) {
        return Some(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "This site has another address."));
    }
    if !is_reading && !access.is_own_origin(headers) {
        return Some(Refusal::new(StatusCode::FORBIDDEN, "This form was sent from another site."));
    }
    let is_door = request.uri().path() == "/enter" || request.uri().path().starts_with("/assets/");
    if access.is_guarded() && !is_door && access.session(headers) == Session::Reader {
        return Some(Refusal::no_token());
    }
    None
}

fn with_headers(mut answer: Response) -> Response {
    for (name, value) in HEADERS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}
