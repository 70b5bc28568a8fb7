//! Statements out of a ledger: each with its day, who speaks, the words, and where it stands.

use onrecord::Act;
use onrecord_ledger::{Drift, Kept, Voice, WordPiece};

use super::list::by_quotation;
use super::paint::{Look, Run};
use super::wrap::wrap;
use super::{Page, inert, paragraph};

/// The width of a day and the blank after it.
pub(super) const GUTTER: usize = 12;

/// The page of what was found, of `count` in all.
pub(crate) fn list(found: &[Kept], count: u64, page: Page) -> String {
    let mut out = String::new();
    for kept in found {
        block(kept, 0, page, &mut out);
        out.push('\n');
    }
    let shown = found.len() as u64;
    let told = match count {
        0 => "no statements".to_owned(),
        1 => "1 statement".to_owned(),
        _ if shown < count => format!("{shown} of {} statements; --limit shows more", so_many(count)),
        _ => format!("{count} statements"),
    };
    paragraph(&[Run::new(Look::Aside, told)], 0, page, &mut out);
    out
}

/// A count that was ended at ten thousand.
pub(super) fn so_many(count: u64) -> String {
    if count < 10_000 { count.to_string() } else { "10000 or more".to_owned() }
}

/// The page of one statement.
pub(crate) fn one(kept: &Kept, page: Page) -> String {
    let mut out = String::new();
    block(kept, 0, page, &mut out);
    if !kept.holds {
        paragraph(&[Run::new(Look::Alarm, "no longer holds")], GUTTER, page, &mut out);
    }
    out
}

/// The words of a drift that differ: `[-earlier-] {+later+}`.
pub(crate) fn changes(drift: &Drift) -> String {
    let piece = |piece: &WordPiece| match piece {
        WordPiece::Both(_) => None,
        WordPiece::First(words) => Some(format!("[-{words}-]")),
        WordPiece::Second(words) => Some(format!("{{+{words}+}}")),
    };
    drift.pieces.iter().filter_map(piece).collect::<Vec<_>>().join(" ")
}

/// One statement, `indent` columns to the right.
pub(super) fn block(kept: &Kept, indent: usize, page: Page, out: &mut String) {
    headline(kept, indent, page, out);
    let margin = indent + GUTTER;
    paragraph(&said(kept), margin, page, out);
    paragraph(&circumstances(kept), margin, page, out);
    paragraph(&origin(kept), margin, page, out);
}

/// The day and who speaks on the left, what they do on the right.
fn headline(kept: &Kept, indent: usize, page: Page, out: &mut String) {
    let right = wrap(&verdict(kept.act, kept.negated, kept.confidence), usize::MAX)
        .into_iter()
        .next()
        .unwrap_or_default();
    let room = page.width.saturating_sub(indent + GUTTER + right.width + 2);
    for (number, line) in wrap(&speakers(&kept.speakers, &kept.words.source), room).iter().enumerate() {
        let day = if number == 0 { kept.day.as_deref().unwrap_or("no day") } else { "" };
        out.extend(std::iter::repeat_n(' ', indent));
        Run::new(Look::Aside, format!("{day:<GUTTER$}")).write(page.paint, out);
        line.write(page.paint, out);
        if number == 0 {
            out.extend(std::iter::repeat_n(' ', (room + 2).saturating_sub(line.width)));
            right.write(page.paint, out);
        }
        out.push('\n');
    }
}

fn verdict(act: Act, negated: bool, confidence: f64) -> Vec<Run> {
    let mut runs = Vec::new();
    runs.extend(negated.then(|| Run::new(Look::Alarm, "not ")));
    runs.push(Run::new(Look::Act, act.word()));
    runs.push(Run::new(Look::Aside, format!(" {}", super::list::confidence(confidence as f32))));
    runs
}

/// Names and roles, else the words of the source.
pub(super) fn speakers(voices: &[Voice], source: &str) -> Vec<Run> {
    match (voices.is_empty(), source.is_empty()) {
        (true, true) => vec![Run::new(Look::Aside, "nobody named")],
        (true, false) => vec![Run::new(Look::Source, inert(source))],
        (false, _) => voices.iter().map(speaker).collect::<Vec<_>>().join(&Run::new(Look::Aside, " and ")),
    }
}

/// Somebody, with the name that they go by across articles where this one has another.
fn speaker(voice: &Voice) -> Vec<Run> {
    let mut runs = vec![Run::new(Look::Source, inert(&voice.name))];
    let other = voice.entity_name.as_ref().filter(|name| **name != voice.name);
    runs.extend(other.map(|name| Run::new(Look::Aside, format!(" (= {})", inert(name)))));
    runs.extend(voice.role.as_ref().map(|role| Run::new(Look::Aside, format!(", {}", inert(role)))));
    runs.extend(voice.anonymous.then(|| Run::new(Look::Aside, " (anonymous)")));
    runs
}

/// The cue, then the content.
pub(super) fn said(kept: &Kept) -> Vec<Run> {
    let mut runs = Vec::new();
    if !kept.words.cue.is_empty() {
        runs.push(Run::new(Look::Cue, inert(&kept.words.cue)));
        runs.push(Run::new(Look::Aside, " › "));
    }
    let content = inert(&kept.words.content);
    match kept.quote.as_str() {
        "direct" => runs.push(Run::new(Look::Quoted, content)),
        _ => runs.extend(by_quotation(&content)),
    }
    runs
}

/// The words that tell a time, with their value where it says more; the value alone, where a person told it.
pub(crate) fn moment(words: &str, value: Option<&str>) -> String {
    let words = inert(words);
    match value {
        Some(value) if words.is_empty() => value.to_owned(),
        Some(value) => format!("{words} ({value})"),
        None => words,
    }
}

/// Channel, time, place, whom it was told; who disputes it.
fn circumstances(kept: &Kept) -> Vec<Run> {
    let mut aside = vec![kept.quote.clone()];
    aside.extend(kept.channel.as_ref().map(|kind| {
        let kind = kind.replace('-', " ");
        kept.channel_name.as_ref().map_or(kind.clone(), |name| format!("{kind}, {}", inert(name)))
    }));
    aside.extend(kept.when.as_ref().map(|when| moment(&when.text, when.value.as_deref())));
    aside.extend(kept.place.as_ref().map(|place| inert(&place.name)));
    if !kept.addressees.is_empty() {
        let names: Vec<_> = kept.addressees.iter().map(|to| inert(&to.name)).collect();
        aside.push(format!("to {}", names.join(" and ")));
    }
    aside.extend(kept.corrected.then(|| "corrected by hand".to_owned()));
    let mut runs = vec![Run::new(Look::Aside, aside.join(" · "))];
    for (count, told) in [(kept.disputed, "↯ disputed by"), (kept.drifted, "≠ told otherwise by")] {
        if count > 0 {
            runs.push(Run::new(Look::Aside, " · "));
            runs.push(Run::new(Look::Alarm, format!("{told} {count}")));
        }
    }
    runs
}

/// Where it stands, and the identifier that leads to it.
pub(super) fn origin(kept: &Kept) -> Vec<Run> {
    let article = &kept.article;
    let title = article.title.as_ref().or(article.url.as_ref()).unwrap_or(&article.place);
    let mut about: Vec<String> = vec![short(&inert(title), 60)];
    about.extend(article.publisher.as_deref().map(inert));
    about.extend(article.published.as_deref().filter(|day| kept.day.as_deref() != day.get(..10)).map(inert));
    vec![Run::new(Look::Rest, about.join(" · ")), Run::new(Look::Aside, format!(" · {}", kept.id))]
}

/// The words, cut where they would be longer than `most` characters.
pub(super) fn short(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some(_) => words.chars().take(most - 1).chain(['…']).collect(),
        None => words.to_owned(),
    }
}
