//! The page of a speaker: under which names, doing what, how, when, and against whom.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord_ledger::{Count, DecisionNote, EntityNote, Opponents, Order, Profile, Question, export};
use serde::Deserialize;

use super::author::author_of;
use super::card::Card;
use super::{Frame, linked_data, page, wants_linked_data};
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
    opponents: Vec<Opponent>,
    /// How many of their statements others tell in other words.
    drifted: u64,
    disputed: Vec<Card>,
    latest: Vec<Card>,
    /// Others with such a name, who may be the same.
    alike: Vec<EntityNote>,
    decisions: Vec<Decided>,
    /// Why the last decision could not be made.
    complaint: Option<String>,
    /// Who corrected last in this browser.
    author: String,
}

/// Somebody who stands against the one whose page it is, and how often either disputes the other.
struct Opponent {
    entity: u64,
    name: String,
    disputes: u64,
    disputed: u64,
}

/// A decision as the page tells it.
struct Decided {
    words: &'static str,
    /// The new name, or who was merged or came out.
    name: String,
    /// The number of whoever came out.
    leads_to: Option<u64>,
    author: String,
    at: String,
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
    if wants_linked_data(&headers) {
        let profile = site.ask(move |ledger| ledger.profile(entity)).await?;
        let page = format!("/who/{}", profile.entity.id);
        return Ok(linked_data(&export::schema_org_of(&profile, &page)));
    }
    show(&site, &headers, entity, None).await
}

/// The page of a speaker, and why something could not be done there.
pub(super) async fn show(
    site: &Arc<Site>,
    headers: &HeaderMap,
    entity: u64,
    complaint: Option<String>,
) -> Result<Response, Refusal> {
    let (profile, disputes, drifted, latest, alike) = site
        .ask(move |ledger| {
            let profile = ledger.profile(entity)?;
            let latest = Question {
                entity: Some(profile.entity.id),
                order: Order::Newest,
                limit: Some(20),
                ..Question::default()
            };
            let disputes = ledger.opponents(profile.entity.id, 20)?;
            let drifted = Question { drifted: true, ..latest.clone() };
            let mut alike = ledger.names(last_name(&profile.entity.name), ALIKE)?;
            alike.retain(|note| note.entity.id != profile.entity.id);
            Ok((profile, disputes, ledger.count(&drifted)?, ledger.find(&latest)?, alike))
        })
        .await?;
    page(&WhoPage {
        frame: Frame::new(site, headers),
        name: inert(&profile.entity.name),
        summary: summary(&profile),
        lists: lists(&profile),
        chart: months(&profile.months, "statements a month"),
        opponents: opponents(&disputes, profile.entity.id),
        drifted,
        disputed: Card::all(&profile.disputed),
        latest: Card::all(&latest),
        alike,
        decisions: profile.decisions.iter().map(|note| decided(note, profile.entity.id)).collect(),
        complaint,
        author: author_of(headers).unwrap_or_default(),
        profile,
    })
}

/// Whoever disputes somebody or is disputed by them, the most frequent first.
fn opponents(pairs: &[Opponents], itself: u64) -> Vec<Opponent> {
    let mut opponents: Vec<Opponent> = Vec::new();
    for pair in pairs {
        let (entity, name) = if pair.by.0 == itself { &pair.of } else { &pair.by };
        let place = opponents.iter().position(|known| known.entity == *entity).unwrap_or_else(|| {
            opponents.push(Opponent { entity: *entity, name: inert(name), disputes: 0, disputed: 0 });
            opponents.len() - 1
        });
        let opponent = &mut opponents[place];
        if pair.of.0 == itself {
            opponent.disputes += pair.count;
        } else {
            opponent.disputed += pair.count;
        }
    }
    opponents
}

/// So many who may be the same are shown.
const ALIKE: usize = 12;

/// The last word of a name.
fn last_name(name: &str) -> &str {
    name.split_whitespace().next_back().unwrap_or_default()
}

/// A decision, as the page of this entity tells it.
fn decided(note: &DecisionNote, entity: u64) -> Decided {
    let other = note.other.as_ref();
    let (words, name, leads_to) = match note.kind.as_str() {
        "rename" => ("goes by", note.name.clone(), None),
        "merge" => ("is the same as", other.map(|other| other.name.clone()), None),
        _ if other.is_some_and(|other| other.id == entity) => {
            ("came out of", Some(note.entity.name.clone()), Some(note.entity.id))
        }
        _ => ("is not", other.map(|other| other.name.clone()), other.map(|other| other.id)),
    };
    Decided {
        words,
        name: inert(&name.unwrap_or_default()),
        leads_to,
        author: inert(&note.author),
        at: note.at.clone(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_disputes_whom_both_ways() {
        let (ann, bo, ede) = ((1, "Ann".to_owned()), (2, "Bo".to_owned()), (3, "Ede".to_owned()));
        let pair = |by: &(u64, String), of: &(u64, String), count| Opponents {
            by: by.clone(),
            of: of.clone(),
            count,
        };
        let pairs = [pair(&bo, &ann, 4), pair(&ann, &ede, 2), pair(&ann, &bo, 1), pair(&ann, &ann, 1)];
        let found: Vec<_> = opponents(&pairs, 1)
            .into_iter()
            .map(|opponent| (opponent.entity, opponent.disputes, opponent.disputed))
            .collect();
        assert_eq!(found, [(2, 4, 1), (3, 0, 2), (1, 1, 0)]);
    }
}
