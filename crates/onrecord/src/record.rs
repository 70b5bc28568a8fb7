//! The record of one article, and its JSON, where bytes become code points.

use serde::{Serialize, Serializer};

use crate::link::{Link, Relation};
use crate::resolve::{Act, Channel, Speaker, Statement};
use crate::{Article, CodePoints, Quote, Span};

/// What was read out of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The article, whose text every span points into.
    pub article: Article,
    /// In the order of the text; nested ones (`within`) among them.
    pub statements: Vec<Statement>,
    /// Between the statements.
    pub links: Vec<Link>,
}

impl Record {
    /// The identifier of the statement at `place`: the article's, `#`, and the statement's number in the full list.
    pub fn statement_id(&self, place: usize) -> String {
        format!("{}#{place}", self.article.id)
    }
}

/// Writes the JSON of the record's page: offsets in code points.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let points = CodePoints::new(&self.article.text);
        let spans = |spans: &[Span]| spans.iter().map(|&s| points.span(s)).collect::<Vec<_>>();
        let article = &self.article;
        let statements = self.statements.iter().enumerate().map(|(place, statement)| StatementJson {
            id: self.statement_id(place),
            source: spans(&statement.attribution.source),
            cue: spans(&statement.attribution.cue),
            content: spans(&statement.attribution.content),
            quote: statement.attribution.quote,
            act: statement.act,
            negated: statement.negated,
            speakers: &statement.speakers,
            addressees: &statement.addressees,
            channel: statement.channel.as_ref(),
            when: statement
                .when
                .as_ref()
                .map(|when| WhenJson { text: when.span.of(&article.text), value: when.value.as_deref() }),
            place: statement
                .place
                .as_ref()
                .map(|place| PlaceJson { text: place.span.of(&article.text), name: &place.name }),
            within: statement.attribution.within.map(|outer| self.statement_id(outer)),
            confidence: (f64::from(statement.attribution.confidence) * 1000.0).round() / 1000.0,
        });
        let links = self.links.iter().map(|link| LinkJson {
            from: self.statement_id(link.from),
            to: self.statement_id(link.to),
            relation: link.relation,
            evidence: spans(&link.evidence),
            score: (f64::from(link.score) * 1000.0).round() / 1000.0,
        });
        RecordJson {
            id: &article.id,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            authors: &article.authors,
            publisher: article.publisher.as_deref(),
            language: article.language.as_deref(),
            published: article.published.as_deref(),
            text: &article.text,
            statements: statements.collect(),
            links: links.collect(),
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct RecordJson<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    text: &'a str,
    statements: Vec<StatementJson<'a>>,
    links: Vec<LinkJson>,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    id: String,
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    quote: Quote,
    act: Act,
    negated: bool,
    speakers: &'a [Speaker],
    addressees: &'a [Speaker],
    channel: Option<&'a Channel>,
    when: Option<WhenJson<'a>>,
    #[serde(rename = "where")]
    place: Option<PlaceJson<'a>>,
    within: Option<String>,
    confidence: f64,
}

#[derive(Serialize)]
struct WhenJson<'a> {
    text: &'a str,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    text: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct LinkJson {
    from: String,
    to: String,
    relation: Relation,
    evidence: Vec<[u32; 2]>,
    score: f64,
}
