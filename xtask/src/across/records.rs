//! Records read back from the JSONL that `onrecord read` writes: what a ledger keeps is enough for linking.

use std::io::BufRead;
use std::path::Path;

use anyhow::Context;
use onrecord::analyse::{Outline, outline};
use onrecord::{Act, Article, Attribution, Quote, Scores, Span, Speaker, SpeakerType, Statement};
use serde::Deserialize;

/// An article with its statements.
pub(super) struct Report {
    pub(super) article: Article,
    pub(super) outline: Outline,
    pub(super) statements: Vec<Statement>,
}

impl Report {
    pub(super) fn new(article: Article, statements: Vec<Statement>) -> Report {
        Report { outline: outline(&article.text), article, statements }
    }
}

#[derive(Deserialize)]
struct RecordLine {
    id: String,
    text: String,
    statements: Vec<StatementLine>,
}

#[derive(Deserialize)]
struct StatementLine {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    act: String,
    negated: bool,
    within: Option<String>,
    speakers: Vec<SpeakerLine>,
}

#[derive(Deserialize)]
struct SpeakerLine {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    role: Option<String>,
    anonymous: bool,
}

/// Reads the records of a file.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Report>> {
    let report = |(number, line): (usize, std::io::Result<String>)| {
        let parsed = serde_json::from_str(&line?);
        Ok(report(parsed.with_context(|| format!("{}, line {}", path.display(), number + 1))?))
    };
    crate::prepare::open(path)?.lines().enumerate().map(report).collect()
}

fn report(line: RecordLine) -> Report {
    let bytes: Vec<usize> = line.text.char_indices().map(|(at, _)| at).chain([line.text.len()]).collect();
    let spans =
        |spans: &[[usize; 2]]| spans.iter().map(|s| Span::new(bytes[s[0]], bytes[s[1]])).collect::<Vec<_>>();
    let statement = |one: &StatementLine| Statement {
        attribution: Attribution {
            source: spans(&one.source),
            cue: spans(&one.cue),
            content: spans(&one.content),
            quote: Quote::Indirect,
            // which one it is does not matter here
            within: one.within.as_ref().map(|_| 0),
            confidence: 1.0,
            scores: Scores::MARKED,
        },
        act: Act::ALL.into_iter().find(|act| act.word() == one.act).unwrap_or(Act::State),
        negated: one.negated,
        speakers: one.speakers.iter().map(speaker).collect(),
        addressees: Vec::new(),
        channel: None,
        when: None,
        place: None,
    };
    let statements = line.statements.iter().map(statement).collect();
    Report::new(Article { id: line.id, text: line.text, ..Article::default() }, statements)
}

fn speaker(line: &SpeakerLine) -> Speaker {
    Speaker {
        name: line.name.clone(),
        kind: match line.kind.as_str() {
            "person" => SpeakerType::Person,
            "group" => SpeakerType::Group,
            "organisation" => SpeakerType::Organisation,
            "place" => SpeakerType::Place,
            "document" => SpeakerType::Document,
            _ => SpeakerType::Unknown,
        },
        id: line.id.clone(),
        role: line.role.clone(),
        anonymous: line.anonymous,
    }
}
