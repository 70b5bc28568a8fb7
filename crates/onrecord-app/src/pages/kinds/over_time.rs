//! The timeline of a search.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord_ledger::{Order, Question};

use super::asked::Asked;
use super::card::Card;
use super::{Frame, page};
use crate::cli::counted;
use crate::pages::site::{Refusal, Site};
use crate::pages::timeline::{LEFT, Spot, Timeline};

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage {
    frame: Frame,
    asked: Asked,
    found: String,
    timeline: Option<Timeline>,
    left: usize,
    dots: Vec<Dot>,
    cards: Vec<Card>,
}

/// A statement as the drawing shows it.
struct Dot {
    x: usize,
    y: usize,
    place: usize,
    title: String,
    is_disputed: bool,
}

impl Dot {
    fn new(spot: &Spot, cards: &[Card]) -> Dot {
        let card = &cards[spot.place];
        let Spot { x, y, place } = *spot;
        Dot { x, y, place, title: card.content.clone(), is_disputed: card.disputed > 0 }
    }
}

/// So many statements are drawn.
const MOST: usize = 300;

/// The page of a timeline.
pub(super) async fn timeline(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let question = Question { order: Order::Oldest, limit: Some(MOST), skip: 0, ..asked.question()? };
    let (kept, count) =
        site.ask(move |ledger| Ok((ledger.find(&question)?, ledger.count(&question)?))).await?;
    let dated: Vec<_> = kept.iter().map(|kept| (kept.act.word(), kept.day.as_deref())).collect();
    let shown =
        if count as usize > MOST { format!(", of which the first {MOST} are shown") } else { String::new() };
    let (timeline, cards) = (Timeline::new(&dated), Card::all(&kept));
    let spots = timeline.iter().flat_map(|timeline| &timeline.spots);
    page(&TimelinePage {
        frame: Frame::new(&site, &headers),
        found: counted(count as usize, "statement") + &shown,
        dots: spots.map(|spot| Dot::new(spot, &cards)).collect(),
        timeline,
        left: LEFT,
        cards,
        asked,
    })
}
