//! What is disputed: each claim with those who deny, support or answer it, in the order of time.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord_ledger::{Dispute, Linked, Question};

use super::article::end;
use super::asked::{Asked, PAGE};
use super::card::{Card, shown};
use super::{Frame, page};
use crate::cli::counted;
use crate::pages::site::{Refusal, Site};
use crate::pages::told;

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

/// A statement that disputes, supports or answers the claim.
struct Side {
    words: &'static str,
    is_against: bool,
    /// The words that show it.
    shown_by: String,
    card: Card,
}

impl Disputed {
    fn new(dispute: &Dispute) -> Disputed {
        let mut sides: Vec<Side> = dispute.by.iter().filter_map(Side::new).collect();
        sides.sort_by(|one, other| one.card.day.cmp(&other.card.day));
        Disputed { claim: Card::new(&dispute.statement), sides }
    }
}

impl Side {
    fn new(link: &Linked) -> Option<Side> {
        Some(Side {
            words: told::Linked::new(&link.relation, end(link), None, String::new())?.words,
            is_against: link.relation == "disputes",
            shown_by: shown(&link.evidence_words),
            card: Card::new(&link.statement),
        })
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
    let at = asked.page()?;
    let paged = |page: usize| format!("{}&page={page}", asked.query());
    page(&DisputesPage {
        frame: Frame::new(&site, &headers),
        found: counted(count, "disputed statement"),
        filters: asked.narrowed(who.as_ref().map(|who| who.name.as_str())),
        disputes: disputes.iter().map(Disputed::new).collect(),
        previous: at.checked_sub(1).map(&paged),
        next: ((at + 1) * PAGE < count).then(|| paged(at + 1)),
        asked,
    })
}
