//! The pages of the site, one file for each kind, and the road to each.

mod api;
mod article;
mod asked;
mod author;
mod card;
mod correct;
mod decide;
mod described;
mod disputes;
mod door;
mod drifts;
mod feed;
mod front;
mod over_time;
mod people;
mod search;
mod side;
mod statement;
mod table;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

pub(super) use article::end;
pub(super) use card::{Card, title};

use super::site::{Refusal, Session, Site, guard};

/// The roads of the site.
pub(super) fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(front::front))
        .route("/read", post(front::read))
        .route("/look/{key}", get(article::look).post(article::keep))
        .route("/article", get(article::article))
        .route("/articles", get(front::articles))
        .route("/search", get(search::search))
        .route("/timeline", get(over_time::timeline))
        .route("/drifts", get(drifts::drifts))
        .route("/disputes", get(disputes::disputes))
        .route("/search.csv", get(table::statements))
        .route("/disputes.csv", get(table::disputes))
        .route("/drifts.csv", get(table::drifts))
        .route("/articles.csv", get(table::articles))
        .route("/search.atom", get(feed::atom))
        .route("/who", get(people::named))
        .route("/who/{entity}", get(people::who).post(decide::decide))
        .route("/s/{id}", get(statement::statement).post(correct::correct))
        .route("/add", post(correct::add))
        .route("/check", get(statement::next))
        .route("/enter", get(door::enter).post(door::enter_by_form))
        .route("/leave", post(door::leave))
        .merge(api::router())
        .route(
            "/assets/icon.svg",
            get(|| asset("image/svg+xml", include_str!("../../../templates/icon.svg"))),
        )
        .route("/assets/page.css", get(|| asset("text/css", include_str!("../../../templates/page.css"))))
        .route(
            "/assets/page.js",
            get(|| asset("text/javascript", include_str!("../../../templates/page.js"))),
        )
        .fallback(|| async { Refusal::not_found("There is no such page.") })
        .layer(from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

async fn asset(kind: &'static str, words: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, format!("{kind}; charset=utf-8"))], words)
}

/// What stands around every page.
struct Frame {
    /// The key of this run's forms.
    key: String,
    is_writer: bool,
    ledger: String,
    samples: bool,
}

impl Frame {
    fn new(site: &Site, headers: &HeaderMap) -> Frame {
        Frame {
            key: site.access.form_key.clone(),
            is_writer: site.access.session(headers) == Session::Writer,
            ledger: site.ledger_name(),
            samples: site.samples,
        }
    }
}

/// A page as an answer.
fn page(template: &impl Template) -> Result<Response, Refusal> {
    Ok(Html(template.render().map_err(|_| Refusal::broken())?).into_response())
}

/// Whether linked data is asked for rather than a page.
fn wants_linked_data(headers: &HeaderMap) -> bool {
    accepts(headers, "application/ld+json")
}

/// Whether somebody asks for this kind of answer.
fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains(kind))
}

/// Linked data as an answer.
fn linked_data(value: &serde_json::Value) -> Response {
    ([(CONTENT_TYPE, "application/ld+json")], value.to_string()).into_response()
}

/// Whether the form is one of this run's, sent by somebody who has shown the token.
fn may_write(site: &Site, headers: &HeaderMap, key: &str) -> Result<(), Refusal> {
    is_own(site, key)?;
    has_token(site, headers)
}

/// Whether somebody has shown the token. That is enough where no form of another site can send such a request.
fn has_token(site: &Site, headers: &HeaderMap) -> Result<(), Refusal> {
    match site.access.session(headers) {
        Session::Writer => Ok(()),
        Session::Reader => Err(Refusal::no_token()),
    }
}

/// Whether the form is one of this run's.
fn is_own(site: &Site, key: &str) -> Result<(), Refusal> {
    match site.access.is_own_form(key) {
        true => Ok(()),
        false => Err(Refusal::new(
            axum::http::StatusCode::FORBIDDEN,
            "This form is from before the program was started anew: go back, load the page again, and send it again.",
        )),
    }
}
