//! The two sides: annotated articles, and predictions from a file or from reading.

use std::collections::HashMap;

use anyhow::Context;
use onrecord::{CodePoints, Record, Span};
use onrecord_read::{Fault, Input, Line, Lines, Origin, Place, ReadError, json_line, json_text};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::cli::engine::{Engine, Scratch};

/// An annotated article.
pub(super) struct Gold {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) statements: Vec<Roles>,
    /// As the file has it, to be read by a model.
    line: Line,
}

/// The three roles of a statement, as `[begin, end)` of code points.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Roles {
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) source: Vec<[i64; 2]>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) cue: Vec<[i64; 2]>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) content: Vec<[i64; 2]>,
    /// A number or an id; only whether it is there matters.
    #[serde(default)]
    within: Option<IgnoredAny>,
}

impl Roles {
    /// Whether it stands inside another statement's content.
    pub(super) fn is_nested(&self) -> bool {
        self.within.is_some()
    }
}

#[derive(Deserialize)]
struct GoldLine {
    #[serde(deserialize_with = "id")]
    id: String,
    text: String,
    attributions: Option<Vec<Roles>>,
    statements: Option<Vec<Roles>>,
}

#[derive(Deserialize)]
struct PredLine {
    #[serde(deserialize_with = "id")]
    id: String,
    statements: Vec<Roles>,
}

impl Gold {
    /// Reads a line of the gold file.
    ///
    /// # Errors
    ///
    /// The line is not of the form.
    pub(super) fn parse(line: &Line, input: &Input) -> anyhow::Result<Gold> {
        let GoldLine { id, text, attributions, statements } = parse(line, input)?;
        let statements = attributions.or(statements);
        let missing =
            || format!("{}:{}: neither \"attributions\" nor \"statements\"", input.name(), line.number);
        Ok(Gold { id, text, statements: statements.with_context(missing)?, line: line.clone() })
    }
}

/// Where predictions come from.
pub(super) enum Predictions {
    /// Read beforehand, by article.
    File(HashMap<String, Vec<Roles>>),
    /// Made now.
    Reading(Engine, Box<Scratch>),
}

impl Predictions {
    /// The predictions of a file, whole in memory.
    ///
    /// # Errors
    ///
    /// The file cannot be read or a line is not of the form.
    pub(super) fn from_file(input: &Input) -> anyhow::Result<Predictions> {
        let mut articles = HashMap::new();
        for line in Lines::open(input)? {
            let PredLine { id, statements } = parse(&line?, input)?;
            articles.insert(id, statements);
        }
        Ok(Predictions::File(articles))
    }

    /// The predictions of a model.
    pub(super) fn by_reading(engine: Engine) -> Predictions {
        Predictions::Reading(engine, Box::new(engine.scratch()))
    }

    /// Those for one article; none where the file lacks it.
    pub(super) fn of(&mut self, gold: &Gold) -> Vec<Roles> {
        match self {
            Predictions::File(articles) => articles.get(&gold.id).cloned().unwrap_or_default(),
            Predictions::Reading(engine, scratch) => {
                let article = json_line(&gold.line.bytes, gold.line.number, &Origin::default());
                article.map_or_else(
                    |_| Vec::new(),
                    |article| roles(&engine.read(article.output, scratch), engine.least_confidence()),
                )
            }
        }
    }
}

/// The roles of the statements that are sure enough to be shown.
fn roles(record: &Record, least: f32) -> Vec<Roles> {
    let points = CodePoints::new(&record.article.text);
    let spans = |spans: &[Span]| spans.iter().map(|&span| points.span(span).map(i64::from)).collect();
    let attributions = record.statements.iter().map(|statement| &statement.attribution);
    let roles = attributions.filter(|attribution| attribution.confidence >= least).map(|attribution| Roles {
        source: spans(&attribution.source),
        cue: spans(&attribution.cue),
        content: spans(&attribution.content),
        within: attribution.within.map(|_| IgnoredAny),
    });
    roles.collect()
}

fn parse<T: DeserializeOwned>(line: &Line, input: &Input) -> Result<T, ReadError> {
    let (json, _) = json_text(&line.bytes);
    serde_json::from_str(&json).map_err(|error| ReadError {
        place: Place { input: input.name(), line: Some(line.number) },
        fault: Fault::Json(error),
    })
}

/// Readers turn a number into its digits: the two sides must agree.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(id) => id,
        other => other.to_string(),
    })
}

/// `null` is an absent role.
fn or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<[i64; 2]>, D::Error> {
    let spans = Option::<Vec<[i64; 2]>>::deserialize(deserializer)?;
    Ok(spans.unwrap_or_default())
}
