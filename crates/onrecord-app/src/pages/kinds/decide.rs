//! Decisions on who is whom, made on the page of a speaker: another name, two who are one, a spelling that is somebody
//! else's. They are facts of the ledger, and hold for whatever is read later.

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use onrecord_ledger::{Decision, Ledger, LedgerError};
use serde::Deserialize;

use super::author::{LONGEST, author, signed};
use super::{may_write, people};
use crate::cli::now;
use crate::pages::site::{Refusal, Site};

/// A form that decides.
#[derive(Deserialize)]
pub(super) struct Given {
    key: String,
    /// `rename`, `merge` or `split`.
    what: String,
    /// The new name; the name, or the number after `@`, of whoever is the same; the spelling that is somebody else's.
    name: String,
    /// Who decides.
    #[serde(default)]
    author: String,
}

/// Decides, and shows the page as it is then; where that cannot be, the page as it was, with the reason.
pub(super) async fn decide(
    State(site): State<Arc<Site>>,
    Path(entity): Path<u64>,
    headers: HeaderMap,
    form: Result<Form<Given>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(given) = form?;
    may_write(&site, &headers, &given.key)?;
    let author = author(&given.author, &headers);
    let by = author.clone();
    let done = match given.name.trim().chars().count() {
        0 => Err(Refusal::new(StatusCode::BAD_REQUEST, "No name was given.")),
        1..=LONGEST => site.write(move |ledger| decision(ledger, entity, &given, &by)).await,
        _ => Err(Refusal::new(StatusCode::BAD_REQUEST, "This name is too long.")),
    };
    match done {
        Ok(_) => Ok((signed(&author), Redirect::to(&format!("/who/{entity}#names"))).into_response()),
        Err(refusal) if refusal.status.is_client_error() => {
            let page = people::show(&site, &headers, entity, Some(refusal.words)).await?;
            Ok((refusal.status, page).into_response())
        }
        Err(refusal) => Err(refusal),
    }
}

fn decision(ledger: &mut Ledger, entity: u64, given: &Given, author: &str) -> Result<Decision, LedgerError> {
    let (itself, name) = (format!("@{entity}"), given.name.trim());
    let at = now();
    match given.what.as_str() {
        "rename" => ledger.rename(&itself, name, author, &at),
        "merge" => ledger.merge(&itself, name, author, &at),
        "split" => {
            let of = ledger.entity(entity)?.id;
            ledger.split(name, Some(of), author, &at)
        }
        _ => Err(LedgerError::Refused("this form says nothing that can be done".to_owned())),
    }
}
