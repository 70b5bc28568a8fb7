//! Where copies drift: one utterance in two tellings, with what each has inside the quotation marks, word by word.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onrecord_ledger::{Drift, Question, WordPiece};

use super::asked::Asked;
use super::card::{Card, shown};
use super::{Frame, page};
use crate::cli::counted;
use crate::pages::site::{Refusal, Site};

#[derive(Template)]
#[template(path = "drifts.html")]
struct DriftsPage {
    frame: Frame,
    asked: Asked,
    found: String,
    filters: Vec<(String, String)>,
    pairs: Vec<Pair>,
    previous: Option<String>,
    next: Option<String>,
}

/// Two tellings of one utterance.
struct Pair {
    first: Card,
    second: Card,
    pieces: Vec<Piece>,
}

/// Words that both tellings have (no tag), the earlier alone (`del`) or the later alone (`ins`).
struct Piece {
    tag: &'static str,
    words: String,
}

impl Pair {
    fn new(drift: &Drift) -> Pair {
        let piece = |piece: &WordPiece| match piece {
            WordPiece::Both(words) => Piece { tag: "", words: shown(words) },
            WordPiece::First(words) => Piece { tag: "del", words: shown(words) },
            WordPiece::Second(words) => Piece { tag: "ins", words: shown(words) },
        };
        Pair {
            first: Card::new(&drift.first),
            second: Card::new(&drift.second),
            pieces: drift.pieces.iter().map(piece).collect(),
        }
    }
}

/// The drifts among the statements of a search.
pub(super) async fn drifts(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::new(pairs);
    let (question, entity) = (asked.question()?, asked.entity());
    let (drifts, count, who) = site
        .ask(move |ledger| {
            let who = entity.map(|entity| ledger.entity(entity)).transpose()?;
            let count = ledger.count(&Question { drifted: true, ..question.clone() })?;
            Ok((ledger.drifts(&question)?, count as usize, who))
        })
        .await?;
    let (previous, next) = asked.around(count)?;
    page(&DriftsPage {
        frame: Frame::new(&site, &headers),
        found: counted(count, "statement"),
        filters: asked.narrowed(who.as_ref().map(|who| who.name.as_str())),
        pairs: drifts.iter().map(Pair::new).collect(),
        previous,
        next,
        asked,
    })
}
