//! A search as a table: CSV, as spreadsheets read it.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use onrecord_ledger::{Kept, Question};

use super::asked::Asked;
use crate::cli::kept_csv;
use crate::pages::site::{Refusal, Site};

/// So many rows a table has at most: the terminal gives all.
const MOST: usize = 10_000;

/// The statements of a search as a table.
pub(super) async fn csv(
    State(site): State<Arc<Site>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let question = Question { limit: Some(MOST), skip: 0, ..Asked::new(pairs).question()? };
    let kept: Vec<Kept> = site.ask(move |ledger| ledger.find(&question)).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"statements.csv\""),
    ];
    Ok((headers, kept_csv(&kept)).into_response())
}
