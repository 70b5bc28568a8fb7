//! A search as a feed (Atom), by which somebody follows a speaker or a dispute.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::response::{IntoResponse, Response};
use onrecord_ledger::Question;

use super::asked::Asked;
use super::card::Card;
use crate::cli::inert;
use crate::pages::site::{Refusal, Site};

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    /// The address of the site.
    site: String,
    asked: String,
    title: String,
    updated: String,
    cards: Vec<Card>,
}

/// So many statements stand in a feed.
const MOST: usize = 50;

/// The newest statements of a search.
pub(super) async fn atom(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let question = Question { limit: Some(MOST), skip: 0, ..asked.question()? };
    let kept = site.ask(move |ledger| ledger.find(&question)).await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let words: Vec<String> = asked.filters().map(|(field, value)| format!("{field}: {value}")).collect();
    let feed = Feed {
        site: format!("http://{host}"),
        title: inert([&[asked.get("words").to_owned()], words.as_slice()].concat().join(" ").trim()),
        asked: asked.query(),
        updated: kept
            .iter()
            .map(|kept| kept.read.clone())
            .max()
            .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        cards: Card::all(&kept),
    };
    let feed = feed.render().map_err(|_| Refusal::broken())?;
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}
