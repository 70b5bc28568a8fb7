//! An occasion carries over: what one speaker says next, without another channel told, was said on the same one.

use std::collections::HashMap;

use super::Told;
use crate::resolve::acts::lexicon;
use crate::resolve::acts::source::{self, Head};
use crate::resolve::acts::words::{Word, words};
use crate::resolve::addressees::exchanges;
use crate::resolve::{Act, ChannelKind, Frame, Speaker};

/// After so many statements of others an occasion is over.
const REACH: usize = 12;
/// A lead says first what the body then tells in full: so many statements may be given the channel told later.
const LEAD: usize = 4;
/// How far on the channel of a lead is looked for.
const AHEAD: usize = 15;

/// Fills the channels that are not told from those of the same speaker's statements.
pub(super) fn carry(frames: &[Frame<'_>], speakers: &[Vec<Speaker>], channels: &mut [Option<Told>]) {
    let keys = keys(frames, speakers);
    let exchanges: HashMap<usize, usize> =
        exchanges(frames, speakers).into_iter().map(|(ask, answer)| (answer, ask)).collect();
    let mut last: HashMap<&str, (usize, Told)> = HashMap::new();
    for at in 0..frames.len() {
        if frames[at].attribution.within.is_some() {
            continue;
        }
        same_report(frames, channels, at);
        if let Some(&ask) = exchanges.get(&at).filter(|_| channels[at].is_none()) {
            channels[at] = channels[ask].clone();
        }
        let Some(key) = keys[at].as_deref() else { continue };
        if channels[at].is_none() && is_uttered(&frames[at]) {
            channels[at] = last.get(key).filter(|(seen, _)| at - seen <= REACH).map(|(_, c)| c.clone());
        }
        if let Some(channel) = &channels[at] {
            last.insert(key, (at, channel.clone()));
        }
    }
    back_to_lead(frames, &keys, channels);
}

/// Whether the cue tells of an utterance; an attitude or a deed of office belongs to no occasion.
fn is_uttered(frame: &Frame<'_>) -> bool {
    let cue = words(frame, &frame.attribution.cue);
    // what somebody "has said" was said on some occasion, not on this one
    if cue.iter().any(|word| matches!(word.lower.as_str(), "has" | "have" | "'ve" | "repeatedly" | "often")) {
        return false;
    }
    let named = lexicon::read(&cue).and_then(|acts| acts.first());
    named.is_none_or(|act| act.is_saying() && !matches!(act, Act::Praise | Act::Criticise | Act::Order))
}

/// "The report said", after words of an outlet, is that outlet's report.
fn same_report(frames: &[Frame<'_>], channels: &mut [Option<Told>], at: usize) {
    let [before, current, ..] = &mut channels[at.saturating_sub(1)..] else { return };
    let source = words(&frames[at], &frames[at].attribution.source);
    let the_report = source.len() == 2 && source[0].lower == "the" && source[1].lower == "report";
    let press = |told: &Told| matches!(told.channel.kind, ChannelKind::Press | ChannelKind::Broadcast);
    if at > 0 && the_report && before.as_ref().is_some_and(press) {
        current.clone_from(before);
    }
}

fn back_to_lead(frames: &[Frame<'_>], keys: &[Option<String>], channels: &mut [Option<Told>]) {
    let outer: Vec<usize> = (0..frames.len()).filter(|&at| frames[at].attribution.within.is_none()).collect();
    for (n, &at) in outer.iter().enumerate().take(LEAD) {
        if channels[at].is_some() || keys[at].is_none() {
            continue;
        }
        let later = outer[n + 1..]
            .iter()
            .take(AHEAD)
            .find(|&&later| keys[later] == keys[at] && channels[later].is_some());
        channels[at] = later.and_then(|&later| channels[later].clone());
    }
}

/// Who speaks, as a key: the last name, or for a pronoun the one who spoke before.
fn keys(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<Option<String>> {
    let mut out: Vec<Option<String>> = Vec::with_capacity(frames.len());
    let mut before: Option<String> = None;
    for (frame, speakers) in frames.iter().zip(speakers) {
        let source = words(frame, &frame.attribution.source);
        let word = source.first().filter(|_| source.len() == 1).map_or("", |word| word.lower.as_str());
        let pronoun = PRONOUNS.contains(&word);
        let name = speakers.first().map(|speaker| speaker.name.as_str());
        let unresolved = pronoun && name.is_none_or(|name| PRONOUNS.contains(&name.to_lowercase().as_str()));
        let key = match &before {
            Some(document) if word == "it" && document.starts_with(DOCUMENT) => before.clone(),
            _ if unresolved => before.clone(),
            _ => name.and_then(|name| key(name, frame, &source)),
        };
        if frame.attribution.within.is_none() && key.is_some() {
            before.clone_from(&key);
        }
        out.push(key);
    }
    out
}

/// What a document says is no occasion of its author's: its key is its own.
const DOCUMENT: &str = "the ";
const PRONOUNS: &[&str] = &["he", "she", "they", "who", "it", "him", "his", "her", "i", "we"];

/// The last word of the name before any comma, where it has capitals; the whole description else.
fn key(name: &str, frame: &Frame<'_>, source: &[Word]) -> Option<String> {
    if source::head(frame) == Head::Document {
        return source::head_word(source).map(|head| format!("{DOCUMENT}{}", head.lower));
    }
    let name = name.split([',', '(']).next()?.trim();
    let last = name.split_whitespace().rfind(|word| word.starts_with(char::is_uppercase));
    let group = source.len() == 1
        && ["republicans", "democrats", "lawmakers", "critics", "officials"]
            .contains(&source[0].lower.as_str());
    if group {
        return None;
    }
    let outlet = source::head(frame) == Head::Outlet && source.len() == 2;
    if outlet { None } else { Some(last.unwrap_or(name).to_lowercase()) }
}
