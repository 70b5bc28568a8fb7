//! The page of an article: one that was just read, or one of the ledger.

use std::sync::{Arc, PoisonError};

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord::{Act, Article, Flag, FlagJson, Span, blocks, check};
use onrecord_ledger::{Kept, KeptArticle, Ledger, LedgerError, Linked as KeptLink, Passage, Read, export};
use serde::Deserialize;

use super::author::author_of;
use super::card::{about, article_page, shown, title, voice};
use super::correct::Done;
use super::statement::KINDS;
use super::{Frame, linked_data, may_write, page, wants_linked_data};
use crate::cli::inert;
use crate::pages::article::{ArticleView, Kind};
use crate::pages::marks::{Piece, Role};
use crate::pages::site::{Looked, Refusal, Site};
use crate::pages::told::{self, Linked, Told, Verdict};

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    view: ArticleView,
    /// The key under which it lies on the desk, where it is not kept.
    desk: Option<String>,
    warnings: Vec<String>,
    /// Passages that stand in other articles too.
    elsewhere: Vec<Elsewhere>,
    /// What the form holds by which a missed statement is added, where it is kept.
    gap: Option<Gap>,
    /// What was corrected just before.
    done: Option<Done>,
}

/// What a form holds by which a missed statement is added.
struct Gap {
    /// What the article is known by.
    article: String,
    acts: Vec<&'static str>,
    kinds: [&'static str; 6],
    /// Who corrected last in this browser.
    author: String,
}

/// A passage that stands in another article too.
struct Elsewhere {
    words: String,
    title: String,
    publisher: Option<String>,
    address: String,
}

impl Elsewhere {
    fn new(passage: &Passage) -> Elsewhere {
        let other = &passage.other;
        Elsewhere {
            words: shown(&passage.other_words),
            title: inert(other.title.as_deref().unwrap_or(&other.place)),
            publisher: other.publisher.as_deref().map(inert),
            address: article_page(&other.id),
        }
    }
}

/// An article that lies on the desk.
pub(super) async fn look(
    State(site): State<Arc<Site>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let looked = on_desk(&site, &key)?;
    let least = site.least_confidence();
    let selection = looked.record.select(|statement| statement.attribution.confidence >= least);
    let article = &looked.record.article;
    let flags = check(&article.text);
    let view = ArticleView::new(article, told::of_selection(&selection), flags, &looked.name);
    let warnings = looked.warnings.clone();
    let frame = Frame::new(&site, &headers);
    page(&ArticlePage {
        frame,
        view,
        desk: Some(key),
        warnings,
        elsewhere: Vec::new(),
        gap: None,
        done: None,
    })
}

/// A form with nothing in it but the key.
#[derive(Deserialize)]
pub(super) struct Keep {
    key: String,
}

/// Keeps an article that lies on the desk.
pub(super) async fn keep(
    State(site): State<Arc<Site>>,
    Path(desk): Path<String>,
    headers: HeaderMap,
    form: Result<Form<Keep>, FormRejection>,
) -> Result<Response, Refusal> {
    may_write(&site, &headers, &form?.0.key)?;
    let looked = on_desk(&site, &desk)?;
    let reading = site.reading().map_err(|_| Refusal::broken())?;
    let read = Read { record: looked.record.clone(), place: looked.name.clone() };
    let receipt = site.write(move |ledger| ledger.record(&read, &reading)).await?;
    Ok(Redirect::to(&article_page(&receipt.article)).into_response())
}

fn on_desk(site: &Site, key: &str) -> Result<Arc<Looked>, Refusal> {
    let found = site.desk.lock().unwrap_or_else(PoisonError::into_inner).get(key);
    found.ok_or_else(|| {
        Refusal::not_found("This article was not kept, and is forgotten. Give it to be read again.")
    })
}

/// The article that is asked for.
#[derive(Deserialize)]
pub(super) struct Which {
    id: String,
    /// The statement that was corrected just before.
    done: Option<String>,
}

/// An article of the ledger.
pub(super) async fn article(
    State(site): State<Arc<Site>>,
    Query(Which { id, done }): Query<Which>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = id.clone();
    let (found, done) =
        site.ask(move |ledger| Ok((with_links(ledger, &asked)?, Done::of(ledger, done.as_deref())?))).await?;
    let (kept, links) = found.ok_or_else(|| Refusal::no_article(&id))?;
    if wants_linked_data(&headers) {
        return Ok(linked_data(&export::schema_org(&kept).into()));
    }
    let frame = Frame::new(&site, &headers);
    let mut view =
        ArticleView::new(&article_of(&kept), of_kept(&kept, &links), flags_of(&kept), &kept.about.place);
    view.key = frame.is_writer.then(|| frame.key.clone());
    let gap = frame.is_writer.then(|| Gap {
        article: kept.about.id.clone(),
        acts: Act::ALL.map(Act::word).to_vec(),
        kinds: KINDS,
        author: author_of(&headers).unwrap_or_default(),
    });
    let elsewhere = kept.passages.iter().map(Elsewhere::new).collect();
    page(&ArticlePage { frame, view, desk: None, warnings: Vec::new(), elsewhere, gap, done })
}

/// An article, and the links of each of its statements.
type WithLinks = (KeptArticle, Vec<Vec<KeptLink>>);

fn with_links(ledger: &Ledger, id: &str) -> Result<Option<WithLinks>, LedgerError> {
    let Some(kept) = ledger.article(id)? else { return Ok(None) };
    let links = kept.statements.iter().map(|kept| ledger.linked(&kept.id)).collect::<Result<_, _>>()?;
    Ok(Some((kept, links)))
}

/// A kept article as the library knows articles.
pub(super) fn article_of(kept: &KeptArticle) -> Article {
    Article {
        id: kept.about.id.clone(),
        url: kept.about.url.clone(),
        title: kept.about.title.clone(),
        authors: kept.authors.clone(),
        publisher: kept.about.publisher.clone(),
        language: None,
        published: kept.about.published.clone(),
        text: kept.text.clone(),
        blocks: blocks::from_json(&kept.blocks, &kept.text).unwrap_or_default(),
    }
}

/// What is to be checked first in a kept article.
pub(super) fn flags_of(kept: &KeptArticle) -> Vec<Flag> {
    let places = places(&kept.text);
    let flag = |flag: &FlagJson| Flag {
        kind: flag.kind,
        span: spans(&flag.span, &places),
        note: flag.note.clone(),
        score: flag.score as f32,
    };
    kept.flags.iter().map(flag).collect()
}

/// The statements of a kept article, numbered in their order.
pub(super) fn of_kept(kept: &KeptArticle, links: &[Vec<KeptLink>]) -> Vec<Told> {
    let places = places(&kept.text);
    let number = |id: &str| kept.statements.iter().position(|kept| kept.id == id);
    let tell = |(place, statement): (usize, &Kept)| Told {
        number: place,
        id: Some(statement.id.clone()),
        source: spans(&statement.source, &places),
        cue: spans(&statement.cue, &places),
        content: spans(&statement.content, &places),
        speakers: statement.speakers.iter().map(voice).collect(),
        act: statement.act,
        negated: statement.negated,
        confidence: statement.confidence as f32,
        about: about(statement),
        within: statement.within.as_deref().and_then(number),
        links: links.get(place).into_iter().flatten().filter_map(|link| linked(link, number)).collect(),
        verdict: if statement.corrected { Verdict::Checked } else { Verdict::Open },
    };
    kept.statements.iter().enumerate().map(tell).collect()
}

fn linked(link: &KeptLink, number: impl Fn(&str) -> Option<usize>) -> Option<Linked> {
    let other = &link.statement;
    let names = || other.speakers.iter().map(|speaker| voice(speaker).name).collect::<Vec<_>>().join(" and ");
    // the speaker is the same, the report is another
    let who = match link.relation.as_str() {
        "repeats" | "drifts" => {
            other.article.publisher.as_deref().map_or_else(|| title(&other.article), inert)
        }
        _ => names(),
    };
    let linked = Linked::new(&link.relation, end(link), number(&other.id), who)?;
    Some(Linked { id: Some(link.statement.id.clone()), ..linked })
}

/// Which end of a link the statement is that was asked about.
pub(in crate::pages) fn end(link: &KeptLink) -> told::End {
    if link.relates { told::End::To } else { told::End::From }
}

/// Where each code point of a text begins, in bytes, and where the last one ends.
fn places(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// Spans in code points as spans in bytes; one that is off gives none.
fn spans(points: &[[u32; 2]], places: &[usize]) -> Vec<Span> {
    let span = |&[begin, end]: &[u32; 2]| {
        let (begin, end) = (*places.get(begin as usize)?, *places.get(end as usize)?);
        (begin < end).then(|| Span::new(begin, end))
    };
    points.iter().filter_map(span).collect()
}
