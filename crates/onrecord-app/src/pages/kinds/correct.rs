//! Corrections: what somebody at a form says of a statement, or of one that was missed. They are facts of the ledger, and
//! win over whatever a model reads until they are taken back.

use std::str::FromStr;
use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use onrecord::{Act, Relation};
use onrecord_ledger::{Correction, Kept, Ledger, LedgerError, NewChannel, NewLink, NewRole, NewVoice};
use serde::Deserialize;

use super::asked::encoded;
use super::author::{LONGEST, author, signed};
use super::card::{article_page, shown};
use super::{may_write, statement};
use crate::cli::{new_channel, now};
use crate::pages::site::{Refusal, Site};

/// A form that corrects a statement or adds one, or a program's request that does.
#[derive(Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    key: String,
    /// `accept`, `reject`, `words`, `act`, `speaker`, `addressee`, `channel`, `when`, `link`, `unlink` or `undo`; nothing,
    /// where a statement is added.
    #[serde(default)]
    what: String,
    /// The article to which a statement is added.
    #[serde(default)]
    article: String,
    /// The words of the roles, and the code points near which they stand.
    source: Option<String>,
    #[serde(default)]
    source_near: String,
    cue: Option<String>,
    #[serde(default)]
    cue_near: String,
    content: Option<String>,
    #[serde(default)]
    content_near: String,
    #[serde(default)]
    act: String,
    /// `yes`, where the report says that it was not said; `no`, where it was.
    negated: Option<String>,
    /// Names, with `;` between them.
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    addressee: String,
    /// A kind, with a name after a colon; or nothing.
    #[serde(default)]
    channel: String,
    /// EDTF, or nothing.
    #[serde(default)]
    when: String,
    #[serde(default)]
    relation: String,
    /// The identifier or the address of the statement at the other end of a link.
    #[serde(default)]
    other: String,
    /// Who corrects.
    #[serde(default)]
    author: String,
    /// Where to go on: `next` for the next one that waits to be checked, `article` for its article, `other` for the one at
    /// the other end of a link.
    #[serde(default)]
    then: String,
}

/// Corrects a statement.
pub(super) async fn correct(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Form<Given>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(given) = form?;
    may_write(&site, &headers, &given.key)?;
    let author = given.author(&headers);
    let (then, other) = (given.then.clone(), given.other.clone());
    let kept = corrected(&site, id, given, author.clone()).await?;
    let to = match then.as_str() {
        "next" => format!("/check?done={}", kept.id),
        "article" => format!("{}&done={}#done", article_page(&kept.article.id), kept.id),
        "other" => format!("/s/{}", encoded(&other)),
        _ => format!("/s/{}", kept.id),
    };
    Ok((signed(&author), Redirect::to(&to)).into_response())
}

/// Adds a statement to an article.
pub(super) async fn add(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    form: Result<Form<Given>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(given) = form?;
    may_write(&site, &headers, &given.key)?;
    let author = given.author(&headers);
    let added = missed(&site, given, author.clone()).await?;
    Ok((signed(&author), Redirect::to(&format!("/s/{}", added.id))).into_response())
}

/// What becomes of a statement by what is said of it.
pub(super) async fn corrected(
    site: &Arc<Site>,
    id: String,
    given: Given,
    author: String,
) -> Result<Kept, Refusal> {
    site.write(move |ledger| {
        if given.what == "undo" {
            return ledger.take_back(&id, &author, &now());
        }
        let before = ledger.statement(&id)?;
        let correction = correction(&given, &before)?;
        if changes_nothing(&before, &correction) {
            return Err(LedgerError::Refused("this is what stands there".to_owned()));
        }
        ledger.correct(&id, &correction, &author, &now())
    })
    .await
}

/// A statement that was missed, as it stands then.
pub(super) async fn missed(site: &Arc<Site>, given: Given, author: String) -> Result<Kept, Refusal> {
    site.write(move |ledger| ledger.add(&given.article, &added(&given)?, &author, &now())).await
}

impl Given {
    /// Who says so.
    pub(super) fn author(&self, headers: &HeaderMap) -> String {
        author(&self.author, headers)
    }
}

fn refused(words: &str) -> LedgerError {
    LedgerError::Refused(words.to_owned())
}

/// What a form says of a statement.
fn correction(given: &Given, before: &Kept) -> Result<Correction, LedgerError> {
    let any = Correction::default;
    Ok(match given.what.as_str() {
        "accept" => Correction { confirmed: true, ..any() },
        "reject" => Correction { rejected: Some(true), ..any() },
        "words" => Correction {
            source: role(given.source.as_deref(), &given.source_near, &before.words.source),
            cue: role(given.cue.as_deref(), &given.cue_near, &before.words.cue),
            content: role(given.content.as_deref(), &given.content_near, &before.words.content),
            ..any()
        },
        "act" => Correction {
            act: Some(act(given)?).filter(|act| *act != before.act),
            negated: given
                .negated
                .as_ref()
                .map(|it| it == "yes")
                .filter(|negated| *negated != before.negated),
            ..any()
        },
        "speaker" => Correction { speakers: Some(voices(&given.speaker, &given.kind, before)?), ..any() },
        "addressee" => {
            Correction { addressees: Some(voices(&given.addressee, &given.kind, before)?), ..any() }
        }
        "channel" => Correction { channel: Some(channel(given)), ..any() },
        "when" => Correction { when: Some(when(given)), ..any() },
        "link" => Correction { links: vec![link(given, true)?], ..any() },
        "unlink" => Correction { links: vec![link(given, false)?], ..any() },
        _ => return Err(refused("this form says nothing that can be done")),
    })
}

/// What a form says of a statement that was missed.
fn added(given: &Given) -> Result<Correction, LedgerError> {
    let speakers = match given.speaker.trim() {
        "" => None,
        names => Some(named(names, |name| new_voice(name, &given.kind))?),
    };
    Ok(Correction {
        source: role(given.source.as_deref(), &given.source_near, ""),
        cue: role(given.cue.as_deref(), &given.cue_near, ""),
        content: role(given.content.as_deref(), &given.content_near, ""),
        act: Some(act(given)?).filter(|act| *act != Act::State),
        speakers,
        ..Correction::default()
    })
}

/// The words of a role, where they are not the ones that stand there, or were selected anew.
fn role(typed: Option<&str>, near: &str, before: &str) -> Option<NewRole> {
    let typed = typed?;
    let near: Option<u32> = near.parse().ok();
    let is_same = near.is_none() && typed.split_whitespace().eq(before.split_whitespace());
    if is_same {
        return None;
    }
    match NewRole::from_str(typed) {
        Ok(NewRole::Words { words, .. }) => Some(NewRole::Words { words, near }),
        Ok(spans) => Some(spans),
    }
}

fn act(given: &Given) -> Result<Act, LedgerError> {
    Act::from_word(&given.act).ok_or_else(|| refused("there is no such act"))
}

/// Those who are named; whoever speaks or is spoken to already stays what they are.
fn voices(typed: &str, kind: &str, before: &Kept) -> Result<Vec<NewVoice>, LedgerError> {
    named(typed, |name| {
        let known = before.speakers.iter().chain(&before.addressees).find(|voice| voice.name == name);
        known.map_or_else(
            || new_voice(name, kind),
            |voice| NewVoice {
                name: name.to_owned(),
                kind: voice.kind.clone(),
                role: voice.role.clone(),
                anonymous: voice.anonymous,
            },
        )
    })
}

fn new_voice(name: &str, kind: &str) -> NewVoice {
    NewVoice { name: name.to_owned(), kind: kind.to_owned(), role: None, anonymous: false }
}

/// What is made of each name, with `;` between them.
fn named(typed: &str, voice: impl Fn(&str) -> NewVoice) -> Result<Vec<NewVoice>, LedgerError> {
    let names: Vec<&str> = typed.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    match names.iter().any(|name| name.chars().count() > LONGEST) {
        true => Err(refused("this name is too long")),
        false => Ok(names.into_iter().map(voice).collect()),
    }
}

fn channel(given: &Given) -> Option<NewChannel> {
    Some(given.channel.trim()).filter(|channel| !channel.is_empty()).and_then(new_channel)
}

fn when(given: &Given) -> Option<String> {
    Some(given.when.trim().to_owned()).filter(|when| !when.is_empty())
}

/// How it relates to another statement, which is named by its identifier or its address.
fn link(given: &Given, holds: bool) -> Result<NewLink, LedgerError> {
    let relation =
        Relation::from_word(&given.relation).ok_or_else(|| refused("there is no such relation"))?;
    let other = given.other.trim().trim_end_matches('/');
    let other = other.rsplit('/').next().unwrap_or(other).split(' ').next().unwrap_or_default();
    Ok(NewLink { relation, other: other.to_owned(), holds })
}

/// Whether all that a correction says stands there already.
fn changes_nothing(kept: &Kept, correction: &Correction) -> bool {
    let same = |new: &Vec<NewVoice>, old: &[onrecord_ledger::Voice]| {
        new.len() == old.len()
            && new.iter().zip(old).all(|(new, old)| new.name == old.name && new.kind == old.kind)
    };
    correction.source.is_none()
        && correction.cue.is_none()
        && correction.content.is_none()
        && correction.act.is_none()
        && correction.negated.is_none()
        && correction.speakers.as_ref().is_none_or(|new| same(new, &kept.speakers))
        && correction.addressees.as_ref().is_none_or(|new| same(new, &kept.addressees))
        && correction.rejected.is_none_or(|rejected| rejected != kept.holds)
        && correction.channel.as_ref().is_none_or(|channel| *channel == channel_of(kept))
        && correction.when.as_ref().is_none_or(|when| *when == when_of(kept))
        && correction.links.is_empty()
        && !correction.confirmed
}

/// How a statement was said, as it stands.
pub(super) fn channel_of(kept: &Kept) -> Option<NewChannel> {
    kept.channel.clone().map(|kind| NewChannel { kind, name: kept.channel_name.clone() })
}

/// When it was said, as it stands.
pub(super) fn when_of(kept: &Kept) -> Option<String> {
    kept.when.as_ref().and_then(|when| when.value.clone())
}

/// A statement that was just corrected, as the page that comes next tells it.
pub(super) struct Done {
    pub(super) id: String,
    /// What was done.
    pub(super) words: String,
    pub(super) content: String,
    /// It was that something was taken back.
    pub(super) is_back: bool,
}

impl Done {
    /// Of a statement whose identifier stands in an address.
    pub(super) fn of(ledger: &Ledger, id: Option<&str>) -> Result<Option<Done>, LedgerError> {
        let Some(id) = id else { return Ok(None) };
        let kept = ledger.statement(id)?;
        let Some(last) = ledger.history(id)?.pop() else { return Ok(None) };
        Ok(Some(Done {
            id: kept.id,
            words: statement::told(&last),
            content: shown(&kept.words.content),
            is_back: last.taken_back.is_some(),
        }))
    }
}
