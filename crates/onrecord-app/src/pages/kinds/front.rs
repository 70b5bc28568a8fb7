//! The front page: give something to be read, or look at what the ledger has.

use std::sync::{Arc, PoisonError};

use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord_ledger::{ArticleLine, Period, Stats};
use serde::Deserialize;

use super::card::{Card, article_page, title};
use super::{Frame, is_own, page};
use crate::cli::{inert, percent};
use crate::pages::site::{Refusal, Site, Upload, articles as read_articles, new_key};

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    frame: Frame,
    articles: Vec<Line>,
    disputed: Vec<Card>,
    outlets: Vec<OutletLine>,
    stats: Arc<Stats>,
}

/// An outlet in the table.
struct OutletLine {
    name: String,
    statements: u64,
    /// So many of a hundred have a speaker who is not named.
    anonymous: u64,
    /// So many of a hundred who speak are women, of those of whom the registry tells; and how many these are.
    women: Option<(u64, u64)>,
}

impl OutletLine {
    fn all(stats: &Stats) -> Vec<OutletLine> {
        let genders = stats.genders.as_ref();
        let counts = |name: &str| {
            genders?.publishers.iter().find(|outlet| outlet.what == name).map(|outlet| outlet.counts)
        };
        let line = |outlet: &Period| OutletLine {
            name: outlet.what.clone(),
            statements: outlet.statements,
            anonymous: percent(outlet.anonymous, outlet.statements),
            women: counts(&outlet.what)
                .filter(|counts| counts.told() > 0)
                .map(|counts| (percent(counts.women, counts.told()), counts.told())),
        };
        stats.publishers.iter().map(line).collect()
    }
}

/// An article in a list.
struct Line {
    address: String,
    title: String,
    publisher: Option<String>,
    published: Option<String>,
    statements: u64,
}

impl Line {
    fn new(line: &ArticleLine) -> Line {
        let note = &line.about;
        Line {
            address: article_page(&note.id),
            title: title(note),
            publisher: note.publisher.as_deref().map(inert),
            published: note.published.as_deref().map(|day| day.chars().take(10).collect()),
            statements: line.statements,
        }
    }
}

/// The front page.
pub(super) async fn front(State(site): State<Arc<Site>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let overview = site.overview().await?;
    let articles = site.ask(|ledger| ledger.articles(None, 10, 0)).await?;
    page(&FrontPage {
        frame: Frame::new(&site, &headers),
        articles: articles.iter().map(Line::new).collect(),
        disputed: Card::all(&overview.most_disputed),
        outlets: OutletLine::all(&overview.stats),
        stats: overview.stats,
    })
}

#[derive(Template)]
#[template(path = "given.html")]
struct GivenPage {
    frame: Frame,
    lines: Vec<Line>,
}

/// Reads what somebody gives, and leads to its page; to a list of pages where there are several articles in it.
pub(super) async fn read(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Refusal> {
    let upload = Upload::receive(request).await?;
    is_own(&site, &upload.key)?;
    let read = site.read_all(move |site| read_articles(site, upload)).await?;
    let mut lines = Vec::new();
    for looked in read {
        let key = new_key()?;
        let article = &looked.record.article;
        lines.push(Line {
            address: format!("/look/{key}"),
            title: inert(article.title.as_deref().unwrap_or(&looked.name)),
            publisher: article.publisher.as_deref().map(inert),
            published: article.published.clone(),
            statements: looked.record.statements.len() as u64,
        });
        site.desk.lock().unwrap_or_else(PoisonError::into_inner).lay(key, looked);
    }
    match lines.as_slice() {
        [line] => Ok(Redirect::to(&line.address).into_response()),
        _ => page(&GivenPage { frame: Frame::new(&site, &headers), lines }),
    }
}

/// Which articles, and which page of them.
#[derive(Deserialize)]
pub(super) struct At {
    #[serde(default)]
    pub(super) words: String,
    #[serde(default)]
    pub(super) page: u32,
}

impl At {
    /// The words that are looked for, if any are.
    pub(super) fn wanted(&self) -> Option<String> {
        Some(self.words.trim()).filter(|words| !words.is_empty()).map(str::to_owned)
    }
}

#[derive(Template)]
#[template(path = "articles.html")]
struct ArticlesPage {
    frame: Frame,
    words: String,
    lines: Vec<Line>,
    page: u32,
    has_more: bool,
}

/// So many articles stand on a page.
const PAGE: usize = 50;

/// The articles of the ledger, or those that are called so, those kept last first.
pub(super) async fn articles(
    State(site): State<Arc<Site>>,
    Query(at): Query<At>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (words, skip) = (at.wanted(), at.page as usize * PAGE);
    let articles = site.ask(move |ledger| ledger.articles(words.as_deref(), PAGE + 1, skip)).await?;
    let lines = articles.iter().take(PAGE).map(Line::new).collect();
    let has_more = articles.len() > PAGE;
    page(&ArticlesPage {
        frame: Frame::new(&site, &headers),
        words: at.words,
        lines,
        page: at.page,
        has_more,
    })
}
