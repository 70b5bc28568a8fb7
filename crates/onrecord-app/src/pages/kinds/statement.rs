//! The page of a statement, to which its identifier leads for ever: its words in their paragraph, what stands for and
//! against it in the order of time, and what people made of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord::Act;
use onrecord_ledger::{
    CorrectionNote, Kept, KeptArticle, Ledger, LedgerError, Linked, NewChannel, Order, Question, export,
};

use super::article::{article_of, end, of_kept};
use super::card::{Card, shown};
use super::correct::{channel_of, when_of};
use super::{Frame, linked_data, page, wants_linked_data};
use crate::cli::{CHANNELS, counted, inert};
use crate::pages::article::{ArticleView, Paragraph};
use crate::pages::marks::Piece;
use crate::pages::site::{Refusal, Site};
use crate::pages::told;

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
    frame: Frame,
    card: Card,
    /// Where it stands in its article's page.
    anchor: String,
    /// The paragraphs in which its words stand.
    paragraphs: Vec<Paragraph>,
    sides: Vec<Side>,
    history: Vec<Line>,
    acts: Vec<&'static str>,
    kinds: [&'static str; 6],
    speaker: String,
    kind: String,
    /// How it was said, as `KIND:NAME`.
    channel: String,
    channels: [&'static str; 12],
    /// When it was said, as EDTF; none where the report has no words for it.
    when: Option<String>,
    /// What waits to be checked, where this one was opened for that.
    waiting: Option<String>,
}

/// A statement that is linked to this one, and how.
struct Side {
    words: &'static str,
    is_against: bool,
    /// The words that show it.
    shown_by: String,
    card: Card,
}

/// A correction as the page tells it.
struct Line {
    words: String,
    author: String,
    at: String,
}

/// What the page of a statement needs to know.
struct Found {
    kept: Kept,
    paragraphs: Vec<Paragraph>,
    anchor: String,
    links: Vec<Linked>,
    history: Vec<CorrectionNote>,
}

/// The page of a statement.
pub(super) async fn statement(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if wants_linked_data(&headers) {
        let found = site.ask(move |ledger| described(ledger, &id)).await?;
        return Ok(linked_data(&found.ok_or_else(|| Refusal::not_found("This statement no longer holds."))?));
    }
    let found = site.ask(move |ledger| find(ledger, &id)).await?;
    show(&site, &headers, found, None)
}

/// The statement that waits to be checked and that the model is least sure of.
pub(super) async fn next(State(site): State<Arc<Site>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let question = Question { unchecked: true, order: Order::Unsure, limit: Some(1), ..Question::default() };
    let found = site
        .ask(move |ledger| {
            let Some(first) = ledger.find(&question)?.pop() else { return Ok(None) };
            Ok(Some((
                find(ledger, &first.id)?,
                ledger.count(&question)?,
                ledger.count(&Question::default())?,
            )))
        })
        .await?;
    match found {
        None => Ok(Redirect::to("/").into_response()),
        Some((found, left, all)) => {
            let waiting = format!("{} of {} left to check", left, counted(all as usize, "statement"));
            show(&site, &headers, found, Some(waiting))
        }
    }
}

fn show(
    site: &Site,
    headers: &HeaderMap,
    found: Found,
    waiting: Option<String>,
) -> Result<Response, Refusal> {
    let Found { kept, paragraphs, anchor, links, history } = found;
    let speaker = kept.speakers.first();
    page(&StatementPage {
        frame: Frame::new(site, headers),
        card: Card::new(&kept),
        anchor,
        paragraphs,
        sides: sides(&links),
        history: history.iter().map(line).collect(),
        acts: Act::ALL.map(Act::word).to_vec(),
        kinds: ["person", "group", "organisation", "place", "document", "unknown"],
        speaker: speaker.map(|speaker| inert(&speaker.name)).unwrap_or_default(),
        kind: speaker.map_or_else(|| "person".to_owned(), |speaker| speaker.kind.clone()),
        channel: channel_of(&kept).map(|channel| channel_words(&channel)).unwrap_or_default(),
        channels: CHANNELS,
        when: kept.when.is_some().then(|| when_of(&kept).unwrap_or_default()),
        waiting,
    })
}

/// A channel as `KIND:NAME`.
fn channel_words(channel: &NewChannel) -> String {
    let name = channel.name.as_deref().map(|name| format!(":{}", inert(name))).unwrap_or_default();
    channel.kind.clone() + &name
}

fn find(ledger: &Ledger, id: &str) -> Result<Found, LedgerError> {
    let kept = ledger.statement(id)?;
    let article = ledger.article(&kept.article.id)?;
    let place = article.as_ref().and_then(|article| place(article, &kept.id));
    Ok(Found {
        anchor: place.map(|place| format!("#t{place}")).unwrap_or_default(),
        paragraphs: article.map(|article| context(&article, place)).unwrap_or_default(),
        links: ledger.linked(&kept.id)?,
        history: ledger.history(&kept.id)?,
        kept,
    })
}

/// A statement as schema.org has it.
fn described(ledger: &Ledger, id: &str) -> Result<Option<serde_json::Value>, LedgerError> {
    let kept = ledger.statement(id)?;
    let Some(article) = ledger.article(&kept.article.id)? else { return Ok(None) };
    Ok(place(&article, &kept.id).and_then(|place| export::schema_org(&article).into_iter().nth(place)))
}

/// The number of a statement in the page of its article.
fn place(article: &KeptArticle, id: &str) -> Option<usize> {
    article.statements.iter().position(|other| other.id == id)
}

/// The paragraphs in which the words of one statement stand, with no other marked.
fn context(article: &KeptArticle, place: Option<usize>) -> Vec<Paragraph> {
    let mut told = of_kept(article, &[]);
    told.retain(|told| Some(told.number) == place);
    let view = ArticleView::new(&article_of(article), told, "");
    let has_marks =
        |paragraph: &Paragraph| paragraph.pieces.iter().any(|piece| matches!(piece, Piece::Open(_)));
    view.paragraphs.into_iter().filter(has_marks).collect()
}

/// The links in the order of the days of the statements at their other ends.
fn sides(links: &[Linked]) -> Vec<Side> {
    let mut sides: Vec<Side> = links.iter().filter_map(side).collect();
    sides.sort_by(|one, other| one.card.day.cmp(&other.card.day));
    sides
}

fn side(link: &Linked) -> Option<Side> {
    let words = told::Linked::new(&link.relation, end(link), None, String::new())?.words;
    let shown_by = shown(&link.evidence_words);
    Some(Side { words, is_against: link.relation == "disputes", shown_by, card: Card::new(&link.statement) })
}

fn line(change: &CorrectionNote) -> Line {
    let told = |value: &serde_json::Value| match value {
        serde_json::Value::Array(voices) => {
            let names: Vec<&str> = voices.iter().filter_map(|voice| voice["name"].as_str()).collect();
            if names.is_empty() { "nobody named".to_owned() } else { inert(&names.join(" and ")) }
        }
        serde_json::Value::String(word) => inert(word),
        serde_json::Value::Null => "nothing".to_owned(),
        serde_json::Value::Object(_) => {
            let channel = serde_json::from_value::<NewChannel>(value.clone());
            channel.map(|channel| channel_words(&channel)).unwrap_or_default()
        }
        other => other.to_string(),
    };
    let words = match (change.field.as_str(), change.value.as_bool()) {
        ("rejected", Some(true)) => "rejected: no statement".to_owned(),
        ("rejected", _) => "taken back: a statement after all".to_owned(),
        ("confirmed", _) => "confirmed".to_owned(),
        (field, _) => format!("{field}: {} became {}", told(&change.was), told(&change.value)),
    };
    Line { words, author: inert(&change.author), at: change.at.clone() }
}
