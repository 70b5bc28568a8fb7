//! Time expressions and their calendar values: "late Thursday", "Nov. 8, 1989", "a year earlier".
//!
//! Words become lexemes (`words`, `pieces`), lexemes an expression with a reading (`grammar`), and the reading a value
//! (`place`) against the day of publication, the tense of the sentence (`tense`) and the times told before.

mod calendar;
mod frame;
mod grammar;
mod holidays;
mod occasion;
mod pieces;
mod place;
mod reading;
mod tense;
mod value;
mod words;

pub use calendar::Day;
pub use frame::Frames;
pub use occasion::{Telling, whens};
pub use reading::Direction;
pub use value::Granularity;

use std::cmp::Ordering;

use crate::analyse::Outline;
use crate::{Article, Span};
use pieces::Pieces;
use place::Told;
use reading::{Found, Reading, Which};
use value::Value;
use words::Lexeme;

/// A time expression of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Its words.
    pub span: Span,
    /// As EDTF; absent for durations and vague words, and where publication is unknown but needed.
    pub value: Option<String>,
    /// How wide the value is; absent without one.
    pub granularity: Option<Granularity>,
    /// Whether the value hangs on the day of publication or on another time: "Friday", "a year earlier".
    pub is_relative: bool,
    /// The direction that the words give, from the day of publication.
    pub direction: Option<Direction>,
    /// Whether the value begins after the day of publication.
    pub is_future: bool,
}

impl TimeExpression {
    /// Whether it names a stretch of the calendar, known or not: no duration, no vague word.
    pub fn is_dated(&self) -> bool {
        self.value.is_some() || self.is_relative
    }

    /// Whether it may be the day of an occasion: a day, a few days, or a weekday that could not be placed.
    fn is_day(&self) -> bool {
        match self.granularity {
            Some(granularity) => granularity <= Granularity::Days,
            None => self.is_relative,
        }
    }
}

/// The day of publication, if the article tells one that is a day.
pub fn published(article: &Article) -> Option<Day> {
    article.published.as_deref().and_then(Day::parse)
}

/// The time expressions of `text`, in order, none overlapping. Without a day of publication only full dates have a
/// value. Cannot fail: what is no date has no value.
pub fn times(text: &str, outline: &Outline, published: Option<Day>) -> Vec<TimeExpression> {
    let pieces = Pieces::new(text, outline);
    let mut told = published.map(|published| Told { published, last: None, quarter: None });
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.kinds.len() {
        if pieces.kinds[at] == Lexeme::Other {
            at += 1;
            continue;
        }
        match grammar::expression(&pieces, at) {
            Some(found) => {
                let value = value(&pieces, at, found, told.as_mut());
                out.push(expression(&pieces, at, found, value, published));
                at = found.end;
            }
            None => at += 1,
        }
    }
    out
}

/// The value of what was found at `at`; remembered for later expressions.
fn value(pieces: &Pieces<'_>, at: usize, found: Found, told: Option<&mut Told>) -> Option<Value> {
    let Some(told) = told else { return without_publication(found) };
    let tense = if needs_tense(found.reading) { tense::tense(pieces, at, found.end) } else { None };
    let value = told.place(found.reading, tense)?;
    told.remember(value);
    Some(with_clock(value, found))
}

fn without_publication(found: Found) -> Option<Value> {
    let value = match found.reading {
        Reading::At(value) => value,
        Reading::Yearly(yearly, Which::In(year)) => place::in_year(yearly, year)?,
        _ => return None,
    };
    Some(with_clock(value, found))
}

fn with_clock(value: Value, found: Found) -> Value {
    match (value, found.clock) {
        (Value::Day(day), Some((hour, minute))) => Value::Time(day, hour, minute),
        _ => value,
    }
}

fn needs_tense(reading: Reading) -> bool {
    matches!(
        reading,
        Reading::Weekday(_, Which::Near | Which::This)
            | Reading::Weekend(Which::Near | Which::This)
            | Reading::Yearly(_, Which::Near)
    )
}

/// Whether the article before an expression is its own: "the third quarter", not "the third-quarter loss".
fn has_article(pieces: &Pieces<'_>, at: usize, found: Found) -> bool {
    let is_attribute = pieces.joined(at + 1) && found.end == at + 2;
    pieces.back(at, 1) == Lexeme::The
        && match pieces.kinds[at] {
            Lexeme::Ordinal(_) | Lexeme::Unit(_) => !is_attribute,
            Lexeme::Weekday(_) | Lexeme::Month(_) | Lexeme::MonthShort(_) | Lexeme::Digits(..) => false,
            Lexeme::Feast | Lexeme::Date(_) | Lexeme::Vague | Lexeme::Number(_) | Lexeme::Clock(..) => false,
            _ => true,
        }
}

fn expression(
    pieces: &Pieces<'_>,
    at: usize,
    found: Found,
    value: Option<Value>,
    published: Option<Day>,
) -> TimeExpression {
    let is_future = value.zip(published).and_then(|(value, published)| value.compared_to(published));
    let first = at - usize::from(has_article(pieces, at, found));
    let span = Span { begin: pieces.spans[first].begin, end: pieces.spans[found.end - 1].end };
    let value = value.and_then(|value| Some((value.edtf()?, value.granularity())));
    TimeExpression {
        span,
        granularity: value.as_ref().map(|(_, granularity)| *granularity),
        value: value.map(|(edtf, _)| edtf),
        is_relative: found.reading.is_relative(),
        direction: found.reading.direction(),
        is_future: is_future == Some(Ordering::Greater),
    }
}

#[cfg(test)]
mod tests;
