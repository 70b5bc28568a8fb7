//! Records that others hand over, as JSON or as brat standoff: what `onrecord read` or `export` wrote, or a person
//! annotated.

mod brat;

use onrecord::blocks::{self, BlockJson};
use onrecord::{
    Act, Article, Attribution, Channel, Link, Place, Quote, Record, Scores, Span, Speaker, Statement, When,
};
use serde::Deserialize;

pub use brat::{brat_id, record_from_brat};

use crate::back::{self, named};
use crate::spans::{Bytes, unworded};

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no JSON, or a field has another type than it should.
    #[error("no record in JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A span does not lie in the text.
    #[error("statement {statement}: [{}, {}] does not lie in the text, which has {length} code points", span[0], span[1])]
    Span {
        /// The number of the statement, from 0.
        statement: usize,
        /// As it stands there.
        span: [u32; 2],
        /// How long the text is.
        length: usize,
    },
    /// A block of the text does not lie in it.
    #[error("a block does not lie in the text")]
    Block,
    /// A word that the record's page does not have.
    #[error("statement {statement}: {word:?} is no {what}")]
    Word {
        /// The number of the statement, from 0.
        statement: usize,
        /// The word.
        word: String,
        /// What it should be.
        what: &'static str,
    },
    /// A line of brat standoff that cannot be read.
    #[error("line {line} of the annotations: {reason}")]
    Standoff {
        /// From 1.
        line: usize,
        /// What is wrong.
        reason: &'static str,
    },
}

#[derive(Deserialize)]
struct RecordJson {
    id: String,
    url: Option<String>,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    publisher: Option<String>,
    language: Option<String>,
    published: Option<String>,
    text: String,
    #[serde(default)]
    blocks: Vec<BlockJson>,
    statements: Vec<StatementJson>,
    #[serde(default)]
    links: Vec<LinkJson>,
}

#[derive(Deserialize)]
struct StatementJson {
    id: Option<String>,
    #[serde(default)]
    source: Vec<[u32; 2]>,
    #[serde(default)]
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    quote: Option<String>,
    act: Option<String>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    speakers: Vec<SpeakerJson>,
    #[serde(default)]
    addressees: Vec<SpeakerJson>,
    channel: Option<ChannelJson>,
    when: Option<WordsJson>,
    #[serde(rename = "where")]
    place: Option<WordsJson>,
    within: Option<String>,
    confidence: Option<f32>,
}

#[derive(Deserialize)]
struct SpeakerJson {
    name: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    id: Option<String>,
    role: Option<String>,
    #[serde(default)]
    anonymous: bool,
}

#[derive(Deserialize)]
struct ChannelJson {
    kind: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct WordsJson {
    text: String,
    value: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct LinkJson {
    from: String,
    to: String,
    relation: String,
    #[serde(default)]
    evidence: Vec<[u32; 2]>,
    #[serde(default)]
    score: f32,
}

/// The record that a line of JSON holds. What it leaves out is taken for the plainest: the act `state`, the quotation
/// `indirect`, a confidence of 1, as a person gives it. Times and places are looked for near the statement, since the
/// JSON has their words alone. Links to other articles are left out: a ledger makes them itself.
///
/// # Errors
///
/// The line is no record, a span does not lie in its text, or a word is none of the record's.
pub fn record_from_json(line: &str) -> Result<Record, ImportError> {
    let json: RecordJson = serde_json::from_str(line)?;
    let bytes = Bytes::new(&json.text);
    let ids: Vec<Option<&str>> = json.statements.iter().map(|statement| statement.id.as_deref()).collect();
    let place = |id: &str| ids.iter().position(|&other| other == Some(id));
    let mut statements = Vec::new();
    for (number, statement) in json.statements.iter().enumerate() {
        let mut read = read(statement, number, &json.text, &bytes)?;
        read.attribution.within = statement.within.as_deref().and_then(place);
        statements.push(read);
    }
    let mut links = Vec::new();
    for link in &json.links {
        let relation = onrecord::Relation::from_word(&link.relation);
        if let (Some(from), Some(to), Some(relation)) = (place(&link.from), place(&link.to), relation) {
            let evidence = spans(&bytes, &link.evidence, from)?;
            links.push(Link { from, to, relation, evidence, score: link.score });
        }
    }
    let article = Article {
        id: json.id,
        url: json.url,
        title: json.title,
        authors: json.authors,
        publisher: json.publisher,
        language: json.language,
        published: json.published,
        blocks: blocks::from_json(&json.blocks, &json.text).ok_or(ImportError::Block)?,
        text: json.text,
    };
    Ok(Record { article, statements, links, times: None })
}

fn read(json: &StatementJson, number: usize, text: &str, bytes: &Bytes) -> Result<Statement, ImportError> {
    let odd = |word: &str, what| ImportError::Word { statement: number, word: word.to_owned(), what };
    let act =
        json.act.as_deref().map_or(Ok(Act::State), |act| Act::from_word(act).ok_or_else(|| odd(act, "act")));
    let quote = json.quote.as_deref().map_or(Ok(Quote::Indirect), |quote| {
        named(&back::QUOTES, quote).ok_or_else(|| odd(quote, "quotation"))
    });
    let channel = json.channel.as_ref().map(|channel| -> Result<Channel, ImportError> {
        let kind = named(&back::CHANNELS, &channel.kind).ok_or_else(|| odd(&channel.kind, "channel"))?;
        Ok(Channel { kind, name: channel.name.clone() })
    });
    let attribution = Attribution {
        source: spans(bytes, &json.source, number)?,
        cue: spans(bytes, &json.cue, number)?,
        content: spans(bytes, &json.content, number)?,
        quote: quote?,
        within: None,
        confidence: json.confidence.unwrap_or(1.0).clamp(0.0, 1.0),
        scores: Scores::MARKED,
    };
    let near = attribution
        .cue
        .iter()
        .chain(&attribution.content)
        .map(|span| span.begin as usize)
        .next()
        .unwrap_or(0);
    let find = |words: &WordsJson| nearest(text, &words.text, near);
    // a time that a person added has no words
    let time = |words: &WordsJson| match words.text.is_empty() {
        true => unworded(&attribution.content),
        false => find(words),
    };
    let when =
        json.when.as_ref().and_then(|when| Some(When { span: time(when)?, value: when.value.clone() }));
    let place =
        json.place.as_ref().and_then(|place| Some(Place { span: find(place)?, name: place.name.clone()? }));
    Ok(Statement {
        act: act?,
        negated: json.negated,
        speakers: json.speakers.iter().map(speaker).collect(),
        addressees: json.addressees.iter().map(speaker).collect(),
        channel: channel.transpose()?,
        when,
        place,
        attribution,
    })
}

fn speaker(json: &SpeakerJson) -> Speaker {
    Speaker {
        name: json.name.clone(),
        kind: back::kind(json.kind.as_deref().unwrap_or("unknown")),
        id: json.id.clone(),
        role: json.role.clone(),
        anonymous: json.anonymous,
    }
}

fn spans(bytes: &Bytes, points: &[[u32; 2]], statement: usize) -> Result<Vec<Span>, ImportError> {
    bytes.spans(points).map_err(|span| ImportError::Span { statement, span, length: bytes.length() })
}

/// Where some words stand nearest to a place.
fn nearest(text: &str, words: &str, place: usize) -> Option<Span> {
    if words.is_empty() {
        return None;
    }
    let found = text.match_indices(words).min_by_key(|(at, _)| at.abs_diff(place));
    found.map(|(at, _)| Span::new(at, at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let line = r#"{"id":"a","text":"É: Vera Olen said on Friday it rains.","published":"2025-03-14","statements":[
            {"id":"a#0","source":[[3,12]],"cue":[[13,17]],"content":[[28,36]],"quote":"indirect","act":"claim",
             "negated":false,"speakers":[{"name":"Vera Olen","type":"person","anonymous":false}],"addressees":[],
             "channel":{"kind":"social","name":"Chirper"},"when":{"text":"on Friday","value":"2025-03-14"},
             "where":null,"within":null,"confidence":0.9}],"links":[]}"#;
        let record = record_from_json(line).unwrap();
        assert_eq!(record.statements[0].attribution.source[0].of(&record.article.text), "Vera Olen");
        let expected: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_value(&record).unwrap(), expected);
    }

    #[track_caller]
    fn check_error(line: &str, message: &str) {
        assert_eq!(record_from_json(line).unwrap_err().to_string(), message);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let with = |statement: &str| format!(r#"{{"id":"a","text":"abc","statements":[{statement}]}}"#);
        check_error(
            &with(r#"{"content":[[0,9]]}"#),
            "statement 0: [0, 9] does not lie in the text, which has 3 code points",
        );
        check_error(
            &with(r#"{"content":[[2,1]]}"#),
            "statement 0: [2, 1] does not lie in the text, which has 3 code points",
        );
        check_error(&with(r#"{"content":[[0,1]],"act":"shout"}"#), "statement 0: \"shout\" is no act");
        assert!(
            record_from_json("{}")
                .unwrap_err()
                .to_string()
                .starts_with("no record in JSON: missing field `id`")
        );
    }
}
