//! Corrections: a statement accepted, rejected, or given another act or speaker. They are facts of the ledger, and win
//! over whatever a model reads.

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use onrecord::Act;
use onrecord_ledger::{Correction, CorrectionNote, Kept, Ledger, LedgerError, NewChannel, NewVoice, Voice};
use serde::Deserialize;

use super::may_write;
use crate::cli::{new_channel, now};
use crate::pages::site::{Refusal, Site};

/// A form that corrects.
#[derive(Deserialize)]
pub(super) struct Given {
    key: String,
    /// `accept`, `reject`, `act`, `speaker`, `channel`, `when` or `undo`.
    what: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    kind: String,
    /// A kind, with a name after a colon; or nothing.
    #[serde(default)]
    channel: String,
    /// EDTF, or nothing.
    #[serde(default)]
    when: String,
    /// Who corrects.
    #[serde(default)]
    author: String,
    /// Where to go on: `next` for the next one that waits to be checked.
    #[serde(default)]
    then: String,
}

/// Longer no name is.
const LONGEST: usize = 200;

/// Corrects a statement.
pub(super) async fn correct(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Form<Given>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(given) = form?;
    may_write(&site, &headers, &given.key)?;
    let author = match given.author.trim() {
        "" => "desk".to_owned(),
        author => author.chars().take(LONGEST).collect(),
    };
    let then = if given.then == "next" { "/check".to_owned() } else { format!("/s/{id}") };
    let wanted = if given.what == "undo" { None } else { Some(correction(&given)?) };
    site.write(move |ledger| {
        let correction = match wanted {
            Some(correction) => correction,
            None => undone(ledger, &id)?,
        };
        if changes_nothing(&ledger.statement(&id)?, &correction) {
            return Err(LedgerError::Refused("this is what stands there".to_owned()));
        }
        ledger.correct(&id, &correction, &author, &now())
    })
    .await?;
    Ok(Redirect::to(&then).into_response())
}

fn correction(given: &Given) -> Result<Correction, Refusal> {
    let wrong = |words: &str| Refusal::new(StatusCode::BAD_REQUEST, words);
    let any = Correction::default;
    match given.what.as_str() {
        "accept" => Ok(Correction { confirmed: true, ..any() }),
        "reject" => Ok(Correction { rejected: Some(true), ..any() }),
        "act" => match Act::from_word(&given.act) {
            Some(act) => Ok(Correction { act: Some(act), ..any() }),
            None => Err(wrong("There is no such act.")),
        },
        "speaker" => {
            let name = given.speaker.trim();
            if name.chars().count() > LONGEST {
                return Err(wrong("This name is too long."));
            }
            let voice =
                NewVoice { name: name.to_owned(), kind: given.kind.clone(), role: None, anonymous: false };
            Ok(Correction { speakers: Some(if name.is_empty() { vec![] } else { vec![voice] }), ..any() })
        }
        "channel" => {
            let channel = Some(given.channel.trim()).filter(|channel| !channel.is_empty());
            Ok(Correction { channel: Some(channel.and_then(new_channel)), ..any() })
        }
        "when" => {
            let when = Some(given.when.trim().to_owned()).filter(|when| !when.is_empty());
            Ok(Correction { when: Some(when), ..any() })
        }
        _ => Err(wrong("This form says nothing that can be done.")),
    }
}

/// Whether all that a correction says stands there already.
fn changes_nothing(kept: &Kept, correction: &Correction) -> bool {
    let same = |voices: &Vec<NewVoice>| {
        let pair = |(new, old): (&NewVoice, &Voice)| new.name == old.name && new.kind == old.kind;
        voices.len() == kept.speakers.len() && voices.iter().zip(&kept.speakers).all(pair)
    };
    correction.act.is_none_or(|act| act == kept.act)
        && correction.speakers.as_ref().is_none_or(same)
        && correction.rejected.is_none_or(|rejected| rejected != kept.holds)
        && correction.channel.as_ref().is_none_or(|channel| *channel == channel_of(kept))
        && correction.when.as_ref().is_none_or(|when| *when == when_of(kept))
        && correction.addressees.is_none()
        && correction.negated.is_none()
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

/// What takes back the last correction that can be taken back.
fn undone(ledger: &Ledger, id: &str) -> Result<Correction, LedgerError> {
    let history = ledger.history(id)?;
    let last = history.iter().rev().find(|change| change.field != "confirmed");
    last.and_then(before).ok_or_else(|| LedgerError::Refused("there is nothing to take back".to_owned()))
}

/// What stood there before a change, as a correction.
fn before(change: &CorrectionNote) -> Option<Correction> {
    let any = Correction::default;
    let voices = || serde_json::from_value::<Vec<NewVoice>>(change.was.clone()).ok();
    match change.field.as_str() {
        "act" => Some(Correction { act: Act::from_word(change.was.as_str()?), ..any() }),
        "channel" => Some(Correction { channel: serde_json::from_value(change.was.clone()).ok(), ..any() }),
        "when" => Some(Correction { when: serde_json::from_value(change.was.clone()).ok(), ..any() }),
        "negated" => Some(Correction { negated: change.was.as_bool(), ..any() }),
        "rejected" => Some(Correction { rejected: change.was.as_bool(), ..any() }),
        "speakers" => Some(Correction { speakers: Some(voices()?), ..any() }),
        "addressees" => Some(Correction { addressees: Some(voices()?), ..any() }),
        _ => None,
    }
}
