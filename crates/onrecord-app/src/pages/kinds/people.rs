//! The page of a speaker: under which names, doing what, how, when, and against whom.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord_ledger::{Count, Opponents, Order, Profile, Question};
use serde::Deserialize;

use super::card::Card;
use super::{Frame, page};
use crate::cli::{counted, inert};
use crate::pages::chart::{Chart, months};
use crate::pages::site::{Refusal, Site};

#[derive(Template)]
#[template(path = "who.html")]
struct WhoPage {
    frame: Frame,
    profile: Profile,
    name: String,
    summary: String,
    lists: Vec<List>,
    chart: Option<Chart>,
    disputes: Vec<Opponents>,
    disputed: Vec<Card>,
    latest: Vec<Card>,
}

/// What somebody does, how or to whom, with how often.
struct List {
    name: &'static str,
    /// The field of a search by which a line leads to its statements.
    field: &'static str,
    counts: Vec<Count>,
}

/// Whose page is wanted.
#[derive(Deserialize)]
pub(super) struct Named {
    name: String,
}

/// Leads to the page of whoever is called so.
pub(super) async fn named(
    State(site): State<Arc<Site>>,
    Query(Named { name }): Query<Named>,
) -> Result<Response, Refusal> {
    let profile = site.ask(move |ledger| ledger.who(&name)).await?;
    Ok(Redirect::to(&format!("/who/{}", profile.entity.id)).into_response())
}

/// The page of a speaker.
pub(super) async fn who(
    State(site): State<Arc<Site>>,
    Path(entity): Path<u64>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (profile, disputes, latest) = site
        .ask(move |ledger| {
            let profile = ledger.profile(entity)?;
            let latest = Question {
                entity: Some(profile.entity.id),
                order: Order::Newest,
                limit: Some(20),
                ..Question::default()
            };
            let disputes = ledger.opponents(profile.entity.id, 20)?;
            Ok((profile, disputes, ledger.find(&latest)?))
        })
        .await?;
    page(&WhoPage {
        frame: Frame::new(&site, &headers),
        name: inert(&profile.entity.name),
        summary: summary(&profile),
        lists: lists(&profile),
        chart: months(&profile.months, "statements a month"),
        disputes,
        disputed: Card::all(&profile.disputed),
        latest: Card::all(&latest),
        profile,
    })
}

fn summary(profile: &Profile) -> String {
    let statements = counted(profile.statements as usize, "statement");
    let articles = counted(profile.articles as usize, "article");
    let days = match &profile.days {
        Some((first, last)) if first == last => format!(", on {first}"),
        Some((first, last)) => format!(", from {first} to {last}"),
        None => String::new(),
    };
    format!("{statements} in {articles}{days}")
}

fn lists(profile: &Profile) -> Vec<List> {
    let list = |name, field, counts: &[Count]| List { name, field, counts: counts.to_vec() };
    let lists = [
        list("Described as", "", &profile.roles),
        list("Acts", "act", &profile.acts),
        list("Channels", "channel", &profile.channels),
        list("Quoted by", "publisher", &profile.publishers),
        list("Speaks to", "", &profile.addressees),
    ];
    lists.into_iter().filter(|list| !list.counts.is_empty()).collect()
}
