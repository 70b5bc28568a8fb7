//! Lists as tables: CSV, as spreadsheets read it.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use onrecord_ledger::{Ledger, LedgerError, Question};

use super::asked::Asked;
use super::front::At;
use crate::cli::{articles_csv, disputes_csv, drifts_csv, kept_csv};
use crate::pages::site::{Refusal, Site};

/// So many lines of a list a table has at most: the terminal gives all.
const MOST: usize = 10_000;

type Pairs = Query<Vec<(String, String)>>;

/// The statements of a search.
pub(super) async fn statements(State(site): State<Arc<Site>>, pairs: Pairs) -> Result<Response, Refusal> {
    asked(&site, pairs, "statements", |ledger, question| Ok(kept_csv(&ledger.find(question)?))).await
}

/// The disputes of a search.
pub(super) async fn disputes(State(site): State<Arc<Site>>, pairs: Pairs) -> Result<Response, Refusal> {
    asked(&site, pairs, "disputes", |ledger, question| Ok(disputes_csv(&ledger.disputes(question)?))).await
}

/// The drifts of a search.
pub(super) async fn drifts(State(site): State<Arc<Site>>, pairs: Pairs) -> Result<Response, Refusal> {
    asked(&site, pairs, "drifts", |ledger, question| Ok(drifts_csv(&ledger.drifts(question)?))).await
}

/// The articles kept last, or those that are called so.
pub(super) async fn articles(
    State(site): State<Arc<Site>>,
    Query(at): Query<At>,
) -> Result<Response, Refusal> {
    let articles = site.ask(move |ledger| ledger.articles(at.wanted().as_deref(), MOST, 0)).await?;
    Ok(table("articles", articles_csv(&articles)))
}

/// What a search finds, as a table of this name.
async fn asked(
    site: &Arc<Site>,
    Query(pairs): Pairs,
    name: &str,
    rows: fn(&Ledger, &Question) -> Result<String, LedgerError>,
) -> Result<Response, Refusal> {
    let question = Question { limit: Some(MOST), skip: 0, ..Asked::new(pairs).question()? };
    Ok(table(name, site.ask(move |ledger| rows(ledger, &question)).await?))
}

fn table(name: &str, rows: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, rows).into_response()
}
