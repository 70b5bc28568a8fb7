//! The search: statements that fit, and by what they can be narrowed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord::Act;
use onrecord_ledger::{Count, Period, Stats};

use super::asked::{Asked, PAGE};
use super::card::Card;
use super::{Frame, page};
use crate::cli::{counted, inert};
use crate::pages::site::{Refusal, Site};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    asked: Asked,
    acts: Vec<&'static str>,
    found: String,
    cards: Vec<Card>,
    groups: Vec<Group>,
    filters: Vec<Choice>,
    previous: Option<String>,
    next: Option<String>,
}

/// A facet: by what the statements can be narrowed.
struct Group {
    name: &'static str,
    choices: Vec<Choice>,
}

/// A value of a facet, and the search that has it or no longer has it.
struct Choice {
    name: String,
    count: u64,
    address: String,
}

/// The page of a search.
pub(super) async fn search(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let question = asked.question()?;
    let (kept, stats) = if asked.is_of_all() {
        (site.ask(move |ledger| ledger.find(&question)).await?, site.overview().await?)
    } else {
        site.ask(move |ledger| Ok((ledger.find(&question)?, Arc::new(ledger.stats(&question)?)))).await?
    };
    let count = stats.statements;
    let at = asked.page()?;
    let paged = |page: usize| format!("{}&page={page}", asked.query());
    page(&SearchPage {
        frame: Frame::new(&site, &headers),
        acts: Act::ALL.map(Act::word).to_vec(),
        found: counted(count as usize, "statement"),
        cards: Card::all(&kept),
        groups: groups(&asked, &stats),
        filters: filters(&asked),
        previous: at.checked_sub(1).map(&paged),
        next: ((at + 1) * PAGE < count as usize).then(|| paged(at + 1)),
        asked,
    })
}

fn groups(asked: &Asked, stats: &Stats) -> Vec<Group> {
    let group = |name: &'static str, field: &str, counts: &[Count]| {
        let choice = |count: &Count| Choice {
            address: asked.with(field, &count.what),
            name: inert(&count.what).replace('-', if field == "channel" { " " } else { "-" }),
            count: count.count,
        };
        // what is chosen already needs no choice
        let choices =
            if asked.get(field).is_empty() { counts.iter().map(choice).collect() } else { Vec::new() };
        Group { name, choices }
    };
    let flags = [("disputed", stats.disputed), ("anonymous", stats.anonymous)]
        .into_iter()
        .filter(|(field, count)| *count > 0 && asked.get(field).is_empty())
        .map(|(field, count)| Choice { name: field.to_owned(), count, address: asked.with(field, "yes") })
        .collect();
    let outlet = |outlet: &Period| Count { what: outlet.what.clone(), count: outlet.statements };
    let publishers: Vec<Count> = stats.publishers.iter().map(outlet).collect();
    let groups = [
        Group { name: "Only", choices: flags },
        group("Who speaks", "speaker", &stats.speakers),
        group("Act", "act", &stats.acts),
        group("Channel", "channel", &stats.channels),
        group("Publisher", "publisher", &publishers),
    ];
    groups.into_iter().filter(|group| !group.choices.is_empty()).collect()
}

/// What narrows the search now, each with the search without it.
fn filters(asked: &Asked) -> Vec<Choice> {
    let choice = |(field, value): (&'static str, &str)| Choice {
        name: match value {
            "yes" => field.to_owned(),
            _ => format!("{field}: {}", inert(value)),
        },
        count: 0,
        address: asked.with(field, ""),
    };
    asked.filters().map(choice).collect()
}
