//! The same for programs: JSON, described at `/api` as OpenAPI has it.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use onrecord_ledger::{Question, Scale, Stats};
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::Asked;
use super::correct::{Given, corrected, missed};
use super::front::At;
use super::{described, has_token};
use crate::pages::site::{Looked, Refusal, Site, Upload, articles as read_articles};

/// The roads of the interface.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/api", get(described::described))
        .route("/api/read", post(read))
        .route("/api/statements", get(statements).post(add))
        .route("/api/statements/{id}", get(statement).post(correct))
        .route("/api/disputes", get(disputes))
        .route("/api/drifts", get(drifts))
        .route("/api/periods", get(periods))
        .route("/api/stats", get(stats))
        .route("/api/articles", get(articles))
        .route("/api/article", get(article))
        .route("/api/who/{entity}", get(who))
        .route("/api/who", get(named))
        .route("/api/names", get(names))
}

/// A refusal as JSON.
struct Refused(Refusal);

impl<T: Into<Refusal>> From<T> for Refused {
    fn from(refusal: T) -> Refused {
        Refused(refusal.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.0.for_programs()
    }
}

type Answer = Result<Json<Value>, Refused>;

fn answer(value: impl serde::Serialize) -> Answer {
    Ok(Json(serde_json::to_value(value).map_err(|_| Refusal::broken())?))
}

async fn statements(State(site): State<Arc<Site>>, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let question = Asked::new(pairs).question()?;
    let (count, kept) =
        site.ask(move |ledger| Ok((ledger.count(&question)?, ledger.find(&question)?))).await?;
    answer(json!({"count": count, "statements": kept}))
}

async fn statement(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Answer {
    let (kept, links, history) = site
        .ask(move |ledger| Ok((ledger.statement(&id)?, ledger.linked(&id)?, ledger.history(&id)?)))
        .await?;
    answer(json!({"statement": kept, "links": links, "history": history}))
}

/// Corrects a statement, for whoever has the token.
async fn correct(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    given: Result<Json<Given>, JsonRejection>,
) -> Answer {
    let Json(given) = given?;
    has_token(&site, &headers)?;
    let author = given.author(&headers);
    answer(corrected(&site, id, given, author).await?)
}

/// Adds a statement that was missed.
async fn add(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    given: Result<Json<Given>, JsonRejection>,
) -> Answer {
    let Json(given) = given?;
    has_token(&site, &headers)?;
    let author = given.author(&headers);
    answer(missed(&site, given, author).await?)
}

/// Reads what is sent, whatever `onrecord read` takes, and gives the records; keeps nothing.
async fn read(State(site): State<Arc<Site>>, Query(about): Query<About>, request: Request) -> Answer {
    let upload = Upload::of_body(request, about.published).await?;
    let least = site.least_confidence();
    let looked = site.read_all(move |site| read_articles(site, upload)).await?;
    let record = |looked: &Looked| {
        let sure = looked.record.select(|statement| statement.attribution.confidence >= least);
        serde_json::to_value(&sure)
    };
    let records: Result<Vec<Value>, _> = looked.iter().map(record).collect();
    answer(records.map_err(|_| Refusal::broken())?)
}

/// What is known of what is sent.
#[derive(Deserialize)]
struct About {
    /// RFC 3339.
    published: Option<String>,
}

async fn disputes(State(site): State<Arc<Site>>, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let question = Asked::new(pairs).question()?;
    answer(site.ask(move |ledger| ledger.disputes(&question)).await?)
}

async fn drifts(State(site): State<Arc<Site>>, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let question = Asked::new(pairs).question()?;
    answer(site.ask(move |ledger| ledger.drifts(&question)).await?)
}

async fn periods(State(site): State<Arc<Site>>, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let question = Question { limit: None, skip: 0, ..Asked::new(pairs).question()? };
    answer(site.ask(move |ledger| ledger.periods(&question, Scale::Month)).await?)
}

async fn stats(State(site): State<Arc<Site>>, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let question = Question { limit: None, skip: 0, ..Asked::new(pairs).question()? };
    let registry = site.registry();
    let stats = site.ask(move |ledger| {
        Ok(Stats { genders: ledger.genders(&question, registry)?, ..ledger.stats(&question)? })
    });
    answer(stats.await?)
}

async fn articles(State(site): State<Arc<Site>>, Query(at): Query<At>) -> Answer {
    const PAGE: usize = 50;
    answer(
        site.ask(move |ledger| ledger.articles(at.wanted().as_deref(), PAGE, at.page as usize * PAGE))
            .await?,
    )
}

/// Which article.
#[derive(Deserialize)]
struct Which {
    id: String,
}

async fn article(State(site): State<Arc<Site>>, Query(Which { id }): Query<Which>) -> Answer {
    let asked = id.clone();
    let kept = site.ask(move |ledger| ledger.article(&asked)).await?;
    answer(kept.ok_or_else(|| Refusal::no_article(&id))?)
}

async fn who(State(site): State<Arc<Site>>, Path(entity): Path<u64>) -> Answer {
    answer(site.ask(move |ledger| ledger.profile(entity)).await?)
}

/// Whose profile.
#[derive(Deserialize)]
struct Named {
    name: String,
}

async fn named(State(site): State<Arc<Site>>, Query(Named { name }): Query<Named>) -> Answer {
    answer(site.ask(move |ledger| ledger.who(&name)).await?)
}

/// What somebody has typed of a name.
#[derive(Deserialize)]
struct Typed {
    words: String,
}

/// So many names are offered.
const OFFERED: usize = 12;

async fn names(State(site): State<Arc<Site>>, Query(Typed { words }): Query<Typed>) -> Answer {
    answer(site.ask(move |ledger| ledger.names(&words, OFFERED)).await?)
}
