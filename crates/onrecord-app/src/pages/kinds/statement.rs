//! The page of a statement, to which its identifier leads for ever: its words in their paragraph, what stands for and
//! against it in the order of time, and what people made of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord::{Act, Relation};
use onrecord_ledger::{
    CorrectionNote, Kept, KeptArticle, Ledger, LedgerError, Linked, NewChannel, Order, Question, Voice,
    export,
};
use serde::Deserialize;

use super::article::{article_of, flags_of, of_kept};
use super::author::author_of;
use super::card::{Card, shown};
use super::correct::{Done, channel_of, when_of};
use super::side::Side;
use super::{Frame, linked_data, page, wants_linked_data};
use crate::cli::{CHANNELS, counted, inert};
use crate::pages::article::{ArticleView, Paragraph};
use crate::pages::marks::{Piece, Role};
use crate::pages::site::{Refusal, Site};

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
    desk: Desk,
    /// What waits to be checked, where this one was opened for that.
    waiting: Option<String>,
    /// What was corrected just before.
    done: Option<Done>,
}

/// What the forms of a statement hold.
struct Desk {
    acts: Vec<&'static str>,
    kinds: [&'static str; 6],
    channels: [&'static str; 12],
    relations: [&'static str; 5],
    source: String,
    cue: String,
    content: String,
    /// Names, with `;` between them.
    speakers: String,
    addressees: String,
    /// What the first of the speakers is.
    kind: String,
    /// How it was said, as `KIND:NAME`.
    channel: String,
    /// When it was said, as EDTF.
    when: String,
    /// The other statements of its article: identifier, and words.
    others: Vec<(String, String)>,
    /// Who corrected last in this browser.
    author: String,
}

/// A correction as the page tells it.
struct Line {
    words: String,
    author: String,
    at: String,
    /// Who took it back, and when.
    taken_back: Option<String>,
}

/// What the page of a statement needs to know.
struct Found {
    kept: Kept,
    paragraphs: Vec<Paragraph>,
    anchor: String,
    links: Vec<Linked>,
    history: Vec<CorrectionNote>,
    /// The other statements of its article.
    others: Vec<(String, String)>,
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
    let frame = Frame::new(&site, &headers);
    let is_writer = frame.is_writer;
    let found = site.ask(move |ledger| find(ledger, &id, is_writer)).await?;
    show(frame, &headers, found, (None, None))
}

/// What was checked just before.
#[derive(Deserialize)]
pub(super) struct Checked {
    done: Option<String>,
}

/// The statement that waits to be checked and that the model is least sure of.
pub(super) async fn next(
    State(site): State<Arc<Site>>,
    Query(Checked { done }): Query<Checked>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let question = Question { unchecked: true, order: Order::Unsure, limit: Some(1), ..Question::default() };
    let frame = Frame::new(&site, &headers);
    let is_writer = frame.is_writer;
    let found = site
        .ask(move |ledger| {
            let Some(first) = ledger.find(&question)?.pop() else { return Ok(None) };
            let (left, all) = (ledger.count(&question)?, ledger.count(&Question::default())?);
            Ok(Some((find(ledger, &first.id, is_writer)?, Done::of(ledger, done.as_deref())?, left, all)))
        })
        .await?;
    match found {
        None => Ok(Redirect::to("/").into_response()),
        Some((found, done, left, all)) => {
            let waiting = format!("{} of {} left to check", left, counted(all as usize, "statement"));
            show(frame, &headers, found, (Some(waiting), done))
        }
    }
}

fn show(
    frame: Frame,
    headers: &HeaderMap,
    found: Found,
    (waiting, done): (Option<String>, Option<Done>),
) -> Result<Response, Refusal> {
    page(&StatementPage {
        frame,
        card: Card::new(&found.kept),
        desk: Desk::new(&found, author_of(headers)),
        anchor: found.anchor,
        paragraphs: found.paragraphs,
        sides: Side::all(&found.links),
        history: found.history.iter().map(line).collect(),
        waiting,
        done,
    })
}

impl Desk {
    fn new(found: &Found, author: Option<String>) -> Desk {
        let kept = &found.kept;
        let names =
            |voices: &[Voice]| voices.iter().map(|voice| inert(&voice.name)).collect::<Vec<_>>().join("; ");
        Desk {
            acts: Act::ALL.map(Act::word).to_vec(),
            kinds: KINDS,
            channels: CHANNELS,
            relations: Relation::ALL.map(Relation::word),
            source: shown(&kept.words.source),
            cue: shown(&kept.words.cue),
            content: shown(&kept.words.content),
            speakers: names(&kept.speakers),
            addressees: names(&kept.addressees),
            kind: kept.speakers.first().map_or_else(|| "person".to_owned(), |speaker| speaker.kind.clone()),
            channel: channel_of(kept).map(|channel| channel_words(&channel)).unwrap_or_default(),
            when: when_of(kept).unwrap_or_default(),
            others: found.others.clone(),
            author: author.unwrap_or_default(),
        }
    }
}

/// What speakers are.
pub(super) const KINDS: [&str; 6] = ["person", "group", "organisation", "place", "document", "unknown"];

/// A channel as `KIND:NAME`.
fn channel_words(channel: &NewChannel) -> String {
    let name = channel.name.as_deref().map(|name| format!(":{}", inert(name))).unwrap_or_default();
    channel.kind.clone() + &name
}

/// `around` is for whoever may look for words beyond the paragraphs of the statement.
fn find(ledger: &Ledger, id: &str, around: bool) -> Result<Found, LedgerError> {
    let kept = ledger.statement(id)?;
    let article = ledger.article(&kept.article.id)?;
    let place = article.as_ref().and_then(|article| place(article, &kept.id));
    Ok(Found {
        anchor: place.map(|place| format!("#t{place}")).unwrap_or_default(),
        others: article.as_ref().map(|article| others(article, &kept.id)).unwrap_or_default(),
        paragraphs: article.map(|article| context(&article, place, around)).unwrap_or_default(),
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

/// The other statements of an article: identifier, and words.
fn others(article: &KeptArticle, id: &str) -> Vec<(String, String)> {
    let told = |kept: &Kept| {
        let speaker = kept.speakers.first().map_or(&kept.words.source, |speaker| &speaker.name);
        let words: String = shown(&kept.words.content).chars().take(60).collect();
        (kept.id.clone(), format!("{}: {words}", inert(speaker)))
    };
    article.statements.iter().filter(|kept| kept.id != id).map(told).collect()
}

/// The paragraphs in which the words of one statement stand, with no other marked; with those before and after them, if
/// `around`.
fn context(article: &KeptArticle, place: Option<usize>, around: bool) -> Vec<Paragraph> {
    let mut told = of_kept(article, &[]);
    told.retain(|told| Some(told.number) == place);
    let paragraphs = ArticleView::new(&article_of(article), told, flags_of(article), "").paragraphs;
    let is_marked = |paragraph: &Paragraph| {
        paragraph.pieces.iter().any(|piece| matches!(piece, Piece::Open(mark) if mark.role != Role::Flag))
    };
    let marked: Vec<bool> = paragraphs.iter().map(is_marked).collect();
    let is_shown = |at: usize| {
        let near = if around { at.saturating_sub(1)..=at + 1 } else { at..=at };
        near.into_iter().any(|at| marked.get(at) == Some(&true))
    };
    paragraphs
        .into_iter()
        .enumerate()
        .filter(|(at, _)| is_shown(*at))
        .map(|(_, paragraph)| paragraph)
        .collect()
}

fn line(note: &CorrectionNote) -> Line {
    let taken_back = note.taken_back.as_ref().map(|back| format!("{}, {}", inert(&back.author), back.at));
    Line { words: told(note), author: inert(&note.author), at: note.at.clone(), taken_back }
}

/// A correction in words.
pub(super) fn told(note: &CorrectionNote) -> String {
    if let Some(of) = &note.of {
        let so = if note.value.as_bool() == Some(true) { "" } else { ": not so" };
        return format!("{of} {} this one{so}", note.field);
    }
    match (note.field.as_str(), &note.other, note.value.as_bool()) {
        ("rejected", _, Some(true)) => "rejected: no statement".to_owned(),
        ("rejected", _, _) => "a statement after all, or one that was missed".to_owned(),
        ("confirmed", _, _) => "right as it stands".to_owned(),
        (relation, Some(other), Some(true)) => format!("{relation} {other}"),
        (relation, Some(other), _) => format!("{relation} {other}: not so"),
        (field, _, _) => format!("{field}: {} became {}", in_words(&note.was), in_words(&note.value)),
    }
}

/// The value of a field in words.
fn in_words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(voices) => {
            let names: Vec<&str> = voices.iter().filter_map(|voice| voice["name"].as_str()).collect();
            if names.is_empty() { "nobody named".to_owned() } else { inert(&names.join(" and ")) }
        }
        serde_json::Value::String(word) => inert(word),
        serde_json::Value::Null => "nothing".to_owned(),
        serde_json::Value::Object(fields) => match fields.get("words").and_then(serde_json::Value::as_str) {
            Some("") => "no words".to_owned(),
            Some(words) => format!("“{}”", shown(words)),
            None => {
                let channel = serde_json::from_value::<NewChannel>(value.clone());
                channel.map(|channel| channel_words(&channel)).unwrap_or_default()
            }
        },
        other => other.to_string(),
    }
}
