//! The timeline of a search.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord_ledger::{ActCount, Entity, Kept, Ledger, LedgerError, Order, Question, Scale};

use super::asked::Asked;
use super::card::Card;
use super::{Frame, page};
use crate::cli::{counted, inert};
use crate::pages::chart;
use crate::pages::site::{Refusal, Site};
use crate::pages::timeline::{LEFT, Spot, Timeline};

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage {
    frame: Frame,
    asked: Asked,
    /// Whose timeline it is.
    who: Option<String>,
    found: String,
    filters: Vec<(String, String)>,
    timeline: Option<Timeline>,
    left: usize,
    dots: Vec<Dot>,
    cards: Vec<Card>,
    /// Acts in periods, where there are too many statements to draw each.
    counts: Vec<Period>,
}

/// A statement as the drawing shows it.
struct Dot {
    x: usize,
    y: usize,
    place: usize,
    title: String,
    is_disputed: bool,
}

/// An act in a period, and the timeline of it alone.
struct Period {
    count: ActCount,
    address: String,
}

impl Dot {
    fn new(spot: &Spot, cards: &[Card]) -> Dot {
        let card = &cards[spot.place];
        let Spot { x, y, place } = *spot;
        Dot { x, y, place, title: card.content.clone(), is_disputed: card.disputed > 0 }
    }
}

/// So many statements are drawn one by one.
const MOST: usize = 300;

/// Over more months than this, years are told apart.
const MOST_MONTHS: u32 = 48;

/// What the page of a timeline needs to know.
struct Found {
    kept: Vec<Kept>,
    count: usize,
    counts: Vec<ActCount>,
    who: Option<Entity>,
}

/// The page of a timeline.
pub(super) async fn timeline(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let question = Question { order: Order::Oldest, limit: Some(MOST), skip: 0, ..asked.question()? };
    let entity = asked.entity();
    let Found { kept, count, counts, who } = site.ask(move |ledger| find(ledger, question, entity)).await?;
    let dated: Vec<_> = kept.iter().map(|kept| (kept.act.word(), kept.day.as_deref())).collect();
    let timeline = match counts.as_slice() {
        [] => Timeline::new(&dated),
        counts => Timeline::of_counts(counts),
    };
    let who = who.map(|who| who.name);
    let cards = Card::all(&kept);
    let period = |count: ActCount| Period { address: asked.closer_of(&count.act, &count.period), count };
    page(&TimelinePage {
        frame: Frame::new(&site, &headers),
        found: counted(count, "statement"),
        filters: asked.narrowed(who.as_deref()),
        dots: timeline
            .iter()
            .flat_map(|timeline| &timeline.spots)
            .map(|spot| Dot::new(spot, &cards))
            .collect(),
        counts: counts.into_iter().map(period).collect(),
        who: who.map(|who| inert(&who)),
        timeline,
        left: LEFT,
        cards,
        asked,
    })
}

/// The statements, where they are few enough to be drawn; else how many there are of each act in each period.
fn find(ledger: &Ledger, question: Question, entity: Option<u64>) -> Result<Found, LedgerError> {
    let who = entity.map(|entity| ledger.entity(entity)).transpose()?;
    let count = ledger.count_to(&question, usize::MAX)? as usize;
    if count <= MOST {
        return Ok(Found { kept: ledger.find(&question)?, count, counts: Vec::new(), who });
    }
    let mut counts = ledger.periods(&question, Scale::Month)?;
    match span(&counts) {
        0 => counts = ledger.periods(&question, Scale::Day)?,
        1..=MOST_MONTHS => {}
        _ => counts = ledger.periods(&question, Scale::Year)?,
    }
    Ok(Found { kept: Vec::new(), count, counts, who })
}

/// From the first month of counts in the order of time to the last, in months.
fn span(counts: &[ActCount]) -> u32 {
    let month = |count: Option<&ActCount>| count.and_then(|count| chart::month(&count.period));
    month(counts.last()).zip(month(counts.first())).map_or(0, |(last, first)| last.saturating_sub(first))
}
