//! The list: each statement with who speaks, what they do, the words, and what else the report tells.

use onrecord::resolve::times::TimeExpression;
use onrecord::{Channel, Flag, Quote, Relation, Selection, Speaker, Statement, check};
use serde::Serialize;

use super::paint::{Look, Run};
use super::relations::{Told, relations};
use super::wrap::wrap;
use super::{Page, header, inert, paragraph, words};

/// The page of one article, with an empty line at its end.
pub(super) fn print(selection: &Selection, name: &str, page: Page) -> String {
    let mut out = String::new();
    header(selection, name).iter().for_each(|line| paragraph(line, 0, page, &mut out));
    out.push('\n');
    let told = relations(selection);
    let gutter = selection.statements().last().map_or(1, |(place, _)| place.to_string().len()) + 1;
    for (place, depth) in outline(selection) {
        let block = Block { selection, place, indent: depth.min(DEEPEST) * NESTED, gutter, page };
        block.print(circumstances(block.statement(), block.text(), &told[place]), &mut out);
        out.push('\n');
    }
    flags(selection, page, &mut out);
    times(selection, page, &mut out);
    out
}

/// What is to be checked first in this copy of the text.
fn flags(selection: &Selection, page: Page, out: &mut String) {
    let text = &selection.record().article.text;
    let flags = check(text);
    for flag in &flags {
        let told = [
            Run::new(Look::Alarm, format!("⚑ {}", flag.note)),
            Run::new(Look::Aside, format!(": “{}”", from(text, flag))),
        ];
        paragraph(&told, 0, page, out);
    }
    if !flags.is_empty() {
        out.push('\n');
    }
}

/// The words of a flag, or from where it stands to the end of its line, as many as a line has.
fn from(text: &str, flag: &Flag) -> String {
    const WORDS: usize = 50;
    let Some(span) = flag.span.first() else { return String::new() };
    let begin = span.begin as usize;
    let rest = text[begin..].lines().next().unwrap_or_default();
    let word = span.of(text);
    // a mark alone says little
    let words = if word.chars().any(char::is_alphanumeric) { word } else { rest };
    inert(&words.chars().take(WORDS).collect::<String>())
}

/// The times of the text, where they were asked for.
fn times(selection: &Selection, page: Page, out: &mut String) {
    let record = selection.record();
    let Some(times) = record.times.as_deref().filter(|times| !times.is_empty()) else { return };
    let time = |time: &TimeExpression| {
        let value = time.value.as_ref().map(|value| format!(" ({value})")).unwrap_or_default();
        format!("{}{value}", inert(time.span.of(&record.article.text)))
    };
    let told = times.iter().map(time).collect::<Vec<_>>().join(" · ");
    paragraph(&[Run::new(Look::Aside, format!("times: {told}"))], 0, page, out);
    out.push('\n');
}

/// How far a nested statement stands to the right of its outer one, in columns.
const NESTED: usize = 4;

/// Further in than this the page would grow too narrow.
const DEEPEST: usize = 4;

/// On narrower pages the act stands below rather than at the right.
const NARROW: usize = 50;

/// The places of the statements in the order of the text, nested ones under their outer one, each with its depth.
fn outline(selection: &Selection) -> Vec<(usize, usize)> {
    let mut nested = vec![Vec::new(); selection.record().statements.len()];
    let mut waiting = Vec::new();
    for (place, _) in selection.statements() {
        match selection.within(place) {
            Some(outer) => nested[outer].push(place),
            None => waiting.push((place, 0)),
        }
    }
    waiting.reverse();
    let mut outline = Vec::new();
    while let Some((place, depth)) = waiting.pop() {
        outline.push((place, depth));
        waiting.extend(nested[place].iter().rev().map(|&inner| (inner, depth + 1)));
    }
    outline
}

/// One statement on the page.
pub(super) struct Block<'a> {
    pub(super) selection: &'a Selection<'a>,
    pub(super) place: usize,
    /// Columns left of its number.
    pub(super) indent: usize,
    /// Columns that the number takes.
    pub(super) gutter: usize,
    pub(super) page: Page,
}

impl Block<'_> {
    /// Who speaks, what they do, the words, and below them what is said `about` them.
    pub(super) fn print(&self, about: Vec<Run>, out: &mut String) {
        let statement = self.statement();
        self.print_speakers(out);
        let margin = self.indent + self.gutter + 1;
        paragraph(&said(statement, self.text()), margin, self.page, out);
        let mut aside = Vec::new();
        if self.page.width < NARROW {
            aside.extend(verdict(statement));
            aside.push(Run::new(Look::Aside, " · "));
        }
        aside.extend(about);
        paragraph(&aside, margin, self.page, out);
    }

    /// The number, who speaks, and at the right what they do and how sure that is.
    fn print_speakers(&self, out: &mut String) {
        let statement = self.statement();
        let margin = self.indent + self.gutter + 1;
        let right = if self.page.width < NARROW { Vec::new() } else { verdict(statement) };
        let right = wrap(&right, usize::MAX).into_iter().next().unwrap_or_default();
        let room = self.page.width.saturating_sub(margin + right.width + 2);
        let lines = wrap(&speakers(statement, self.text()), room);
        for (number, line) in lines.iter().enumerate() {
            self.print_margin(number, out);
            line.write(self.page.paint, out);
            if number == 0 && right.width > 0 {
                out.extend(std::iter::repeat_n(' ', (room + 2).saturating_sub(line.width)));
                right.write(self.page.paint, out);
            }
            out.push('\n');
        }
    }

    /// The number stands before the first line alone.
    fn print_margin(&self, line: usize, out: &mut String) {
        out.extend(std::iter::repeat_n(' ', self.indent));
        let number = if line == 0 { self.place.to_string() } else { String::new() };
        Run::new(Look::Aside, format!("{number:>gutter$} ", gutter = self.gutter))
            .write(self.page.paint, out);
    }

    pub(super) fn statement(&self) -> &Statement {
        &self.selection.record().statements[self.place]
    }

    pub(super) fn text(&self) -> &str {
        &self.selection.record().article.text
    }
}

/// Names and roles, else the words of the source.
pub(super) fn speakers(statement: &Statement, text: &str) -> Vec<Run> {
    let source = &statement.attribution.source;
    match (statement.speakers.is_empty(), source.is_empty()) {
        (true, true) => vec![Run::new(Look::Aside, "nobody named")],
        (true, false) => vec![Run::new(Look::Source, words(source, text))],
        (false, _) => {
            let each = statement.speakers.iter().map(speaker).collect::<Vec<_>>();
            each.join(&Run::new(Look::Aside, " and "))
        }
    }
}

fn speaker(speaker: &Speaker) -> Vec<Run> {
    let mut runs = vec![Run::new(Look::Source, inert(&speaker.name))];
    runs.extend(speaker.role.as_ref().map(|role| Run::new(Look::Aside, format!(", {}", inert(role)))));
    runs.extend(speaker.anonymous.then(|| Run::new(Look::Aside, " (anonymous)")));
    runs
}

/// The act, whether it was *not* done, and the confidence.
pub(super) fn verdict(statement: &Statement) -> Vec<Run> {
    let mut runs = Vec::new();
    if statement.negated {
        runs.push(Run::new(Look::Alarm, "not "));
    }
    runs.push(Run::new(Look::Act, statement.act.word()));
    runs.push(Run::new(Look::Aside, format!(" {}", confidence(statement.attribution.confidence))));
    runs
}

/// Two digits, `.93`: nothing is certain, so the highest is `.99`.
pub(crate) fn confidence(share: f32) -> String {
    format!(".{:02}", ((share * 100.0).round() as u32).min(99))
}

/// The cue, then the content.
pub(super) fn said(statement: &Statement, text: &str) -> Vec<Run> {
    let attribution = &statement.attribution;
    let content = words(&attribution.content, text);
    let mut runs = Vec::new();
    if !attribution.cue.is_empty() {
        runs.push(Run::new(Look::Cue, words(&attribution.cue, text)));
        runs.push(Run::new(Look::Aside, " › "));
    }
    match attribution.quote {
        Quote::Direct => runs.push(Run::new(Look::Quoted, content)),
        Quote::Mixed | Quote::Indirect => runs.extend(by_quotation(&content)),
    }
    runs
}

/// The content in runs inside and outside quotation marks.
pub(super) fn by_quotation(content: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut look = Look::Content;
    let mut begin = 0;
    for (at, c) in content.char_indices() {
        let (next, cut) = match (look, c) {
            (Look::Content, '“' | '"') => (Look::Quoted, at),
            (Look::Quoted, '”' | '"') => (Look::Content, at + c.len_utf8()),
            _ => continue,
        };
        runs.push(Run::new(look, &content[begin..cut]));
        (look, begin) = (next, cut);
    }
    runs.push(Run::new(look, &content[begin..]));
    runs.retain(|run| !run.text.is_empty());
    runs
}

/// The line in grey: kind, channel, time, place, addressees; then who disputes or supports it.
pub(super) fn circumstances(statement: &Statement, text: &str, told: &[Told]) -> Vec<Run> {
    let mut aside = vec![word(statement.attribution.quote)];
    aside.extend(statement.channel.as_ref().map(channel));
    aside.extend(statement.when.as_ref().map(|when| {
        let said = inert(when.span.of(text));
        when.value.as_ref().map_or(said.clone(), |value| format!("{said} ({value})"))
    }));
    aside.extend(statement.place.as_ref().map(|place| inert(&place.name)));
    if !statement.addressees.is_empty() {
        let names: Vec<_> = statement.addressees.iter().map(|to| inert(&to.name)).collect();
        aside.push(format!("to {}", names.join(" and ")));
    }
    let mut runs = vec![Run::new(Look::Aside, aside.join(" · "))];
    for told in told {
        let look = if told.relation == Relation::Disputes { Look::Alarm } else { Look::Aside };
        runs.push(Run::new(Look::Aside, " · "));
        runs.push(Run::new(look, told.words.as_str()));
    }
    runs
}

pub(crate) fn channel(channel: &Channel) -> String {
    let kind = word(channel.kind).replace('-', " ");
    channel.name.as_ref().map_or(kind.clone(), |name| format!("{kind}, {}", inert(name)))
}

/// The word that the record's JSON has for it.
pub(crate) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
