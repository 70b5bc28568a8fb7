//! Dates: "Feb. 12, 2016", "12 February", "October", "in 1989", "spring 2015", "the third quarter of 1984".

use super::super::pieces::Pieces;
use super::super::reading::{Found, Reading, Which, Yearly};
use super::super::value::Value;
use super::super::words::{Lexeme as L, Unit};
use super::hours;
use super::relative::which_year;

/// Words before a number that make it no year.
const NUMBERED: &[&str] = &[
    "windows", "office", "version", "page", "room", "flight", "boeing", "highway", "route", "no.", "chapter",
    "channel", "area", "number", "than", "nearly", "some",
];

/// Nouns that are counted, besides those that end in "s".
const COUNTED: &[&str] =
    &["people", "men", "women", "children", "percent", "per", "feet", "km", "kg", "million", "km/h"];

/// Feasts and marches: "March for Life", "the Women's March".
const MARCHES: &[&str] = &["for", "on", "madness", "against", "of"];

/// A date that begins with its month: "Feb. 12", "February 2016", "October last year".
pub(super) fn month_first(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let day = match pieces.kinds.get(at + 1) {
        Some(L::Digits(day @ 1..=31, 1 | 2)) if !counts(pieces, at + 2) => Some((*day as u8, None)),
        Some(L::Ordinal(day)) if pieces.kinds.get(at + 2) != Some(&L::Unit(Unit::Quarter)) => {
            Some((*day, None))
        }
        Some(L::DayRange(first, last)) => Some((*first, Some(*last))),
        _ => None,
    };
    let (L::Month(month) | L::MonthShort(month)) = pieces.kinds[at] else { return None };
    let Some((first, last)) = day else { return month_alone(pieces, at, month) };
    let yearly = match last {
        None => Yearly::Day(month, first),
        Some(last) => Yearly::Days(month, first, last),
    };
    hours::with_clock(pieces, dated(pieces, at + 2, yearly)?)
}

/// Adds the year that follows `yearly`, if one does.
fn dated(pieces: &Pieces<'_>, at: usize, yearly: Yearly) -> Option<Found> {
    let comma = at + usize::from(pieces.kinds.get(at) == Some(&L::Comma));
    let of = comma + usize::from(pieces.kinds.get(comma) == Some(&L::Of));
    if let Some((end, year)) = following_year(pieces, of, comma > at) {
        return Found::new(end, Reading::Yearly(yearly, Which::In(year)));
    }
    match which_year(pieces, of) {
        Some((end, years)) => Found::new(end, Reading::Yearly(yearly, Which::YearsOn(years))),
        None => Found::new(at, Reading::Yearly(yearly, Which::Near)),
    }
}

/// A year right after a date: four digits, or words. After a comma, a count must not be taken for one.
fn following_year(pieces: &Pieces<'_>, at: usize, after_comma: bool) -> Option<(usize, i32)> {
    match pieces.kinds.get(at)? {
        L::Digits(year @ 1000..=2999, 4) if !(after_comma && year % 100 == 0 && counts(pieces, at + 1)) => {
            Some((at + 1, *year as i32))
        }
        L::Number(_) => in_words(pieces, at),
        _ => None,
    }
}

/// A month without a day, where the word is one: "May" and "March" are names and verbs too.
fn month_alone(pieces: &Pieces<'_>, at: usize, month: u8) -> Option<Found> {
    let found = dated(pieces, at + 1, Yearly::Month(month))?;
    let is_told = found.reading != Reading::Yearly(Yearly::Month(month), Which::Near);
    let is_short = matches!(pieces.kinds[at], L::MonthShort(_)) && !pieces.words(at).ends_with('.');
    if is_told || !is_short && is_month(pieces, at, month) { Some(found) } else { None }
}

/// Whether the word before and the words after let this be the month.
fn is_month(pieces: &Pieces<'_>, at: usize, month: u8) -> bool {
    let led = match pieces.back(at, 1) {
        L::In
        | L::Preposition
        | L::Edge
        | L::Earlier
        | L::Later
        | L::Last
        | L::Next
        | L::This
        | L::Before
        | L::After => true,
        L::And | L::Or => next_to_month(pieces, at),
        L::Of | L::By | L::To | L::For => month != 5 || next_to_month(pieces, at),
        _ => false,
    };
    let after = pieces.words(at + 1);
    match month {
        3 => led && !(MARCHES.contains(&after.to_lowercase().as_str()) && pieces.is_capital(at + 2)),
        5 => led,
        // "April Smith", "June Jones", "August Wilson"
        4 | 6 | 8 => led || !pieces.is_capital(at + 1) && !is_name(pieces, at),
        _ => true,
    }
}

/// Whether a month stands two words before or after: "April and May".
fn next_to_month(pieces: &Pieces<'_>, at: usize) -> bool {
    matches!(pieces.back(at, 2), L::Month(_)) || matches!(pieces.kinds.get(at + 2), Some(L::Month(_)))
}

/// Whether a given name or title goes before: "Mr. August".
fn is_name(pieces: &Pieces<'_>, at: usize) -> bool {
    pieces.back(at, 1) == L::Other && pieces.is_capital(at - 1) && !pieces.words(at - 1).ends_with(':')
}

/// A date that begins with its day: "12 February 2016", "the 12th of February", "Fourth of July".
pub(super) fn day_first(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let (first, last) = match pieces.kinds[at] {
        L::Digits(day @ 1..=31, 1 | 2) => (day as u8, None),
        L::Ordinal(day) => (day, None),
        L::DayRange(first, last) => (first, Some(last)),
        _ => return None,
    };
    let of = at + 1 + usize::from(pieces.kinds.get(at + 1) == Some(&L::Of));
    let Some(L::Month(month) | L::MonthShort(month)) = pieces.kinds.get(of) else { return None };
    let yearly = match last {
        None => Yearly::Day(*month, first),
        Some(last) => Yearly::Days(*month, first, last),
    };
    hours::with_clock(pieces, dated(pieces, of + 1, yearly)?)
}

/// "spring 2015", "the summer", "fall of 2014".
pub(super) fn season(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let (season, is_certain) = match pieces.kinds[at] {
        L::Season(season) => (season, season != 0),
        _ => (2, false),
    };
    let found = dated(pieces, at + 1, Yearly::Season(season))?;
    if found.reading != Reading::Yearly(Yearly::Season(season), Which::Near) {
        return Some(found);
    }
    let of = pieces.kinds.get(at + 1) == Some(&L::Of);
    let led = match pieces.back(at, 1) {
        L::In | L::Preposition | L::By | L::Edge | L::Last | L::Next | L::This | L::Past | L::Coming => true,
        L::The => is_certain || matches!(pieces.back(at, 2), L::In | L::By | L::Preposition),
        _ => false,
    };
    if led && !of { Some(found) } else { None }
}

/// "the third quarter", "third-quarter", "the third quarter of 1984", "the first quarter of next year".
pub(super) fn quarter(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match &pieces.kinds[at..] {
        [L::Ordinal(quarter @ 1..=4), L::Unit(Unit::Quarter), ..] if !is_plural(pieces, at + 1) => {
            let before = year_before(pieces, at)
                .map(|year| Reading::Yearly(Yearly::Quarter(*quarter), Which::In(year)));
            match before {
                Some(reading) => Found::new(at + 2, reading),
                None => dated(pieces, at + 2, Yearly::Quarter(*quarter)),
            }
        }
        _ => None,
    }
}

/// The year of "the 1988 second quarter".
fn year_before(pieces: &Pieces<'_>, at: usize) -> Option<i32> {
    match pieces.back(at, 1) {
        L::Digits(year @ 1900..=2100, 4) => Some(year as i32),
        _ => None,
    }
}

pub(super) fn is_plural(pieces: &Pieces<'_>, at: usize) -> bool {
    pieces.words(at).ends_with('s')
}

/// Four digits that are a year for the words around them: "in 1989", "the 1990 invasion", not "1900 people".
pub(super) fn bare_year(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let L::Digits(year @ 1000..=2199, 4) = pieces.kinds[at] else { return None };
    let found = Found::new(at + 1, Reading::At(Value::Year(year as i32)));
    if pieces.kinds.get(at + 1) == Some(&L::Sign)
        || pieces.joined(at + 1) && pieces.kinds.get(at + 1) == Some(&L::Other)
    {
        return None;
    }
    let counts = counts(pieces, at + 1);
    match pieces.back(at, 1) {
        L::Edge | L::End | L::Fiscal | L::Earlier | L::Later => found,
        _ if pieces.joined(at) => None,
        L::Sign | L::Digits(..) | L::Number(_) => None,
        L::In | L::Preposition | L::Before | L::After if !counts || year % 100 != 0 => found,
        L::Other if is_numbered(pieces, at) => None,
        _ if counts || !(1900..2040).contains(&year) => None,
        _ => found,
    }
}

/// Whether the piece is a thing that is counted: "people", a plural.
fn counts(pieces: &Pieces<'_>, at: usize) -> bool {
    let word = pieces.words(at);
    let is_lower = word.starts_with(|c: char| c.is_ascii_lowercase());
    let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    word == "%" || is_lower && (is_plural || COUNTED.contains(&word))
}

fn is_numbered(pieces: &Pieces<'_>, at: usize) -> bool {
    let before = pieces.words(at - 1);
    NUMBERED.iter().any(|word| before.eq_ignore_ascii_case(word)) || before == "°" || before == ":"
}

/// "nineteen ninety-six", as broadcasts have it.
pub(super) fn spoken_year(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let L::Number(13..=20) = pieces.kinds[at] else { return None };
    year_in_words(pieces, at)
}

/// A year in words.
pub(super) fn year_in_words(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let (end, year) = in_words(pieces, at)?;
    Found::new(end, Reading::At(Value::Year(year)))
}

/// "nineteen ninety-six", "two thousand", "two thousand one": one past the end, and the year.
fn in_words(pieces: &Pieces<'_>, at: usize) -> Option<(usize, i32)> {
    match &pieces.kinds[at..] {
        [L::Number(2), L::Times(1000), L::Number(ones @ 1..=40), ..] => {
            Some((at + 3, 2000 + i32::from(*ones)))
        }
        [L::Number(2), L::Times(1000), ..] => Some((at + 2, 2000)),
        [L::Number(century @ 13..=20), L::Number(tens @ 20..), L::Number(ones @ 1..=9), ..] => {
            Some((at + 3, i32::from(*century) * 100 + i32::from(tens + ones)))
        }
        [L::Number(century @ 13..=20), L::Number(tens @ 10..), ..] => {
            Some((at + 2, i32::from(*century) * 100 + i32::from(*tens)))
        }
        _ => None,
    }
}
