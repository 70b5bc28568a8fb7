//! What is disputed: each claim with those who deny, support or answer it, in the order of time.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord_ledger::{Dispute, Question};

use super::asked::Asked;
use super::card::Card;
use super::side::Side;
use super::{Frame, page};
use crate::cli::counted;
use crate::pages::site::{Refusal, Site};

#[derive(Template)]
#[template(path = "disputes.html")]
struct DisputesPage {
    frame: Frame,
    asked: Asked,
    found: String,
    filters: Vec<(String, String)>,
    disputes: Vec<Disputed>,
    previous: Option<String>,
    next: Option<String>,
}

/// A claim, and what stands to it.
struct Disputed {
    claim: Card,
    sides: Vec<Side>,
}

impl Disputed {
    fn new(dispute: &Dispute) -> Disputed {
        Disputed { claim: Card::new(&dispute.statement), sides: Side::all(&dispute.by) }
    }
}

/// The disputes among the statements of a search.
pub(super) async fn disputes(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let question = Question { disputed: true, ..asked.question()? };
    let entity = asked.entity();
    let (disputes, count, who) = site
        .ask(move |ledger| {
            let who = entity.map(|entity| ledger.entity(entity)).transpose()?;
            Ok((ledger.disputes(&question)?, ledger.count(&question)? as usize, who))
        })
        .await?;
    let (previous, next) = asked.around(count)?;
    page(&DisputesPage {
        frame: Frame::new(&site, &headers),
        found: counted(count, "disputed statement"),
        filters: asked.narrowed(who.as_ref().map(|who| who.name.as_str())),
        disputes: disputes.iter().map(Disputed::new).collect(),
        previous,
        next,
        asked,
    })
}
