//! The record of one article, and its JSON, where bytes become code points.

use serde::{Serialize, Serializer};

use crate::blocks::{self, BlockJson};
use crate::link::{Link, Relation};
use crate::resolve::times::{self, TimeExpression};
use crate::resolve::{Act, Channel, Speaker, Statement};
use crate::{Article, CodePoints, Flag, FlagKind, Quote, Span, check};

/// What was read out of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The article, whose text every span points into.
    pub article: Article,
    /// In the order of the text; nested ones (`within`) among them.
    pub statements: Vec<Statement>,
    /// Between the statements.
    pub links: Vec<Link>,
    /// Every time expression of the text, where they were asked for.
    pub times: Option<Vec<TimeExpression>>,
}

impl Record {
    /// Adds every time expression of the text, read against the day of publication.
    pub fn add_times(&mut self) {
        let outline = crate::analyse::outline(&self.article.text);
        self.times = Some(times::times(&self.article.text, &outline, times::published(&self.article)));
    }

    /// The identifier of the statement at `place`: the article's, `#`, and the statement's number in the full list.
    pub fn statement_id(&self, place: usize) -> String {
        format!("{}#{place}", self.article.id)
    }

    /// The part of the record that `wanted` lets through, with every identifier as in the whole.
    pub fn select(&self, wanted: impl Fn(&Statement) -> bool) -> Selection<'_> {
        Selection { record: self, kept: self.statements.iter().map(wanted).collect() }
    }
}

impl Serialize for Record {
    /// Writes the JSON of the record's page: offsets in code points.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.select(|_| true).serialize(serializer)
    }
}

/// A record of which some statements are left out. Places and identifiers are those of the whole record.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    record: &'a Record,
    /// For each statement, whether it is kept.
    kept: Vec<bool>,
}

impl<'a> Selection<'a> {
    /// The whole record.
    pub fn record(&self) -> &'a Record {
        self.record
    }

    /// The statements kept, each with its place in the whole record.
    pub fn statements(&self) -> impl Iterator<Item = (usize, &'a Statement)> {
        self.record.statements.iter().enumerate().filter(|&(place, _)| self.kept[place])
    }

    /// The links whose two ends are kept.
    pub fn links(&self) -> impl Iterator<Item = &'a Link> {
        self.record.links.iter().filter(|link| self.kept[link.from] && self.kept[link.to])
    }

    /// The nearest kept statement in whose content the one at `place` stands.
    pub fn within(&self, place: usize) -> Option<usize> {
        let outer = |place: usize| self.record.statements[place].attribution.within;
        // No chain is longer than the list: a ring, which no reader makes, would end here too.
        std::iter::successors(outer(place), |&place| outer(place))
            .take(self.kept.len())
            .find(|&place| self.kept[place])
    }
}

impl Serialize for Selection<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let article = &self.record.article;
        let points = CodePoints::new(&article.text);
        RecordJson {
            id: &article.id,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            authors: &article.authors,
            publisher: article.publisher.as_deref(),
            language: article.language.as_deref(),
            published: article.published.as_deref(),
            text: &article.text,
            blocks: blocks::to_json(&article.blocks, &points),
            statements: self.statements().map(|(place, _)| statement_json(self, place, &points)).collect(),
            links: self.links().map(|link| link_json(self.record, link, &points)).collect(),
            flags: check(&article.text).iter().map(|flag| flag.to_json(&points)).collect(),
            times: self.record.times.as_ref().map(|times| times_json(times, &points)),
        }
        .serialize(serializer)
    }
}

fn statement_json<'a>(selection: &Selection<'a>, place: usize, points: &CodePoints) -> StatementJson<'a> {
    let record = selection.record;
    let text = &record.article.text;
    let statement = &record.statements[place];
    let attribution = &statement.attribution;
    StatementJson {
        id: record.statement_id(place),
        source: in_points(&attribution.source, points),
        cue: in_points(&attribution.cue, points),
        content: in_points(&attribution.content, points),
        quote: attribution.quote,
        act: statement.act,
        negated: statement.negated,
        speakers: &statement.speakers,
        addressees: &statement.addressees,
        channel: statement.channel.as_ref(),
        when: statement
            .when
            .as_ref()
            .map(|when| WhenJson { text: when.span.of(text), value: when.value.as_deref() }),
        place: statement
            .place
            .as_ref()
            .map(|place| PlaceJson { text: place.span.of(text), name: &place.name }),
        within: selection.within(place).map(|outer| record.statement_id(outer)),
        confidence: thousandths(attribution.confidence),
    }
}

fn link_json(record: &Record, link: &Link, points: &CodePoints) -> LinkJson {
    LinkJson {
        from: record.statement_id(link.from),
        to: record.statement_id(link.to),
        relation: link.relation,
        evidence: in_points(&link.evidence, points),
        score: thousandths(link.score),
    }
}

impl Flag {
    /// The flag as the record has it, `points` being those of its text.
    pub fn to_json(&self, points: &CodePoints) -> FlagJson {
        FlagJson {
            kind: self.kind,
            span: in_points(&self.span, points),
            note: self.note.clone(),
            score: thousandths(self.score),
        }
    }
}

fn times_json<'a>(times: &'a [TimeExpression], points: &CodePoints) -> Vec<TimeJson<'a>> {
    let time =
        |time: &'a TimeExpression| TimeJson { span: points.span(time.span), value: time.value.as_deref() };
    times.iter().map(time).collect()
}

fn in_points(spans: &[Span], points: &CodePoints) -> Vec<[u32; 2]> {
    spans.iter().map(|&span| points.span(span)).collect()
}

/// Three digits are all that a probability here is worth.
fn thousandths(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<BlockJson>,
    statements: Vec<StatementJson<'a>>,
    links: Vec<LinkJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<FlagJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Vec<TimeJson<'a>>>,
}

#[derive(Serialize)]
struct TimeJson<'a> {
    span: [u32; 2],
    value: Option<&'a str>,
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

/// A flag as the record has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlagJson {
    /// What it is.
    pub kind: FlagKind,
    /// Where, as `[begin, end)` in code points.
    pub span: Vec<[u32; 2]>,
    /// In words for people.
    pub note: String,
    /// How sure, in `[0, 1]`.
    pub score: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Attribution, Relation, Scores};

    fn statement(within: Option<usize>, confidence: f32) -> Statement {
        let scores =
            Scores { cue: 0.0, source: 0.0, content: 0.0, acts: [0.0; Act::ALL.len()], negated: 0.0 };
        let attribution = Attribution {
            source: vec![],
            cue: vec![],
            content: vec![Span::new(0, 2)],
            quote: Quote::Indirect,
            within,
            confidence,
            scores,
        };
        Statement {
            attribution,
            act: Act::State,
            negated: false,
            speakers: vec![],
            addressees: vec![],
            channel: None,
            when: None,
            place: None,
        }
    }

    #[test]
    fn a_selection_keeps_identifiers_and_links_to_what_is_kept() {
        let link = |from, to| Link { from, to, relation: Relation::Disputes, evidence: vec![], score: 0.5 };
        let record = Record {
            article: Article { id: "a".into(), text: "é".into(), ..Article::default() },
            statements: vec![
                statement(None, 0.9),
                statement(Some(0), 0.1),
                statement(Some(1), 0.8),
                statement(Some(2), 0.7),
            ],
            links: vec![link(3, 0), link(1, 0)],
            times: None,
        };
        let selection = record.select(|statement| statement.attribution.confidence > 0.5);
        let json = serde_json::to_value(&selection).unwrap();
        let ids: Vec<_> =
            json["statements"].as_array().unwrap().iter().map(|s| (&s["id"], &s["within"])).collect();
        assert_eq!(serde_json::to_string(&ids).unwrap(), r##"[["a#0",null],["a#2","a#0"],["a#3","a#2"]]"##);
        assert_eq!(json["links"].as_array().unwrap().len(), 1);
        assert_eq!(json["links"][0]["from"], "a#3");
        assert_eq!(json["statements"][0]["content"], serde_json::json!([[0, 1]]));
        assert_eq!(serde_json::to_value(&record).unwrap()["statements"].as_array().unwrap().len(), 4);
    }

    #[test]
    fn flags_are_in_code_points_and_absent_where_there_are_none() {
        let json = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            serde_json::to_value(Record { article, statements: vec![], links: vec![], times: None }).unwrap()
        };
        let expected = serde_json::json!([{
            "kind": "broken-quote", "span": [[3, 4]], "note": "this quotation mark is not closed", "score": 0.95
        }]);
        assert_eq!(json("É: “No, she said.")["flags"], expected);
        assert!(json("É: “No,” she said.").get("flags").is_none());
        let misspelt = json("É: Dara Orlik left. Dara Orlick stayed.");
        assert_eq!(misspelt["flags"][0]["kind"], "misspelt-name");
        assert_eq!(misspelt["flags"][0]["span"], serde_json::json!([[25, 31]]));
    }

    #[test]
    fn times_are_added_on_request() {
        let text = "É fell on Friday; 12 people left.";
        let published = |day: Option<&str>| Article {
            text: text.into(),
            published: day.map(str::to_owned),
            ..Article::default()
        };
        let mut record =
            Record { article: published(Some("2025-03-14")), statements: vec![], links: vec![], times: None };
        assert!(serde_json::to_value(&record).unwrap().get("times").is_none());
        record.add_times();
        let times = |record: &Record| serde_json::to_value(record).unwrap()["times"].clone();
        assert_eq!(times(&record), serde_json::json!([{"span": [10, 16], "value": "2025-03-14"}]));
        record.article = published(None);
        record.add_times();
        assert_eq!(times(&record), serde_json::json!([{"span": [10, 16], "value": null}]));
    }
}
