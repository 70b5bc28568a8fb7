//! The door: the token in, a session out.

use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::is_own;
use crate::pages::site::{Access, Refusal, Site};

/// Somebody who shows a token.
#[derive(Deserialize)]
pub(super) struct Shown {
    token: String,
}

/// So long a wrong token is thought about.
const PAUSE: Duration = Duration::from_secs(1);

/// The link that the terminal prints.
pub(super) async fn enter(
    State(site): State<Arc<Site>>,
    shown: Result<Query<Shown>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Query(shown)) = shown else { return Err(Refusal::no_token()) };
    open(&site, &shown).await
}

/// The form of those who have the token but not the link.
pub(super) async fn enter_by_form(
    State(site): State<Arc<Site>>,
    form: Result<Form<Shown>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(shown) = form?;
    open(&site, &shown).await
}

async fn open(site: &Site, shown: &Shown) -> Result<Response, Refusal> {
    if !site.access.is_token(shown.token.trim()) {
        tokio::time::sleep(PAUSE).await;
        return Err(Refusal::no_token());
    }
    Ok(([(SET_COOKIE, site.access.cookie())], Redirect::to("/")).into_response())
}

/// A form with nothing in it but the key.
#[derive(Deserialize)]
pub(super) struct Leave {
    key: String,
}

/// Ends the session.
pub(super) async fn leave(
    State(site): State<Arc<Site>>,
    form: Result<Form<Leave>, FormRejection>,
) -> Result<Response, Refusal> {
    is_own(&site, &form?.0.key)?;
    Ok(([(SET_COOKIE, Access::no_cookie())], Redirect::to("/")).into_response())
}
