//! Weekdays and clock times, and how they join with dates: "late Thursday night", "5 p.m. EST on Nov. 9".

use super::super::pieces::{Pieces, hour_of};
use super::super::reading::{Found, Reading, Which};
use super::super::words::{Lexeme as L, Unit};
use super::{dates, relative};

/// Words before and after a weekday that make a name of it.
const NAMES_BEFORE: &[&str] =
    &["black", "bloody", "cyber", "super", "ruby", "giving", "fat", "casual", "palm"];
const NAMES_AFTER: &[&str] = &[
    "times",
    "telegraph",
    "mirror",
    "mail",
    "express",
    "post",
    "herald",
    "mercury",
    "tribune",
    "observer",
    "sun",
    "live",
    "lights",
    "league",
    "school",
    "star",
    "independent",
    "people",
    "age",
];

/// Zones that may stand after a clock time.
const ZONES: &[&str] =
    &["EST", "EDT", "ET", "CST", "CDT", "PST", "PDT", "GMT", "UTC", "BST", "CET", "Eastern", "local"];

/// A weekday, with the date that it belongs to, part of the day and clock.
pub(super) fn weekday(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let comma = at + 1 + usize::from(pieces.kinds.get(at + 1) == Some(&L::Comma));
    if let Some(found) = date(pieces, comma) {
        return Some(found);
    }
    let L::Weekday(day) = pieces.kinds[at] else { return None };
    if is_name(pieces, at) {
        return None;
    }
    if let Some((end, weeks)) = relative::which_week(pieces, at + 1) {
        return Found::new(end, Reading::Weekday(day, Which::WeeksOn(weeks)));
    }
    let part = usize::from(matches!(pieces.kinds.get(at + 1), Some(L::PartOfDay(_))));
    with_clock(pieces, Found::new(at + 1 + part, Reading::Weekday(day, Which::Near))?)
}

/// A date with its day at `at`.
fn date(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let has_day = matches!(
        pieces.kinds.get(at..)?,
        [L::Month(_) | L::MonthShort(_), L::Digits(..) | L::Ordinal(_), ..]
            | [L::Digits(..) | L::Ordinal(_), L::Month(_) | L::MonthShort(_), ..]
            | [L::Ordinal(_), L::Of, L::Month(_), ..]
    );
    if !has_day {
        return None;
    }
    dates::month_first(pieces, at).or_else(|| dates::day_first(pieces, at))
}

fn is_name(pieces: &Pieces<'_>, at: usize) -> bool {
    let is_one_of = |word: &str, names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    let before = at > 0 && pieces.is_capital(at - 1) && is_one_of(pieces.words(at - 1), NAMES_BEFORE);
    let after = at + 1 + usize::from(matches!(pieces.kinds.get(at + 1), Some(L::PartOfDay(_))));
    before || pieces.is_capital(after) && is_one_of(pieces.words(after), NAMES_AFTER)
}

/// Adds the clock time that follows a day: "at 5 p.m.", or right after it.
pub(super) fn with_clock(pieces: &Pieces<'_>, found: Found) -> Option<Found> {
    let led = usize::from(matches!(pieces.kinds.get(found.end), Some(L::At | L::Comma)));
    match clock(pieces, found.end + led) {
        Some((end, clock)) => Some(Found { end, clock: Some(clock), ..found }),
        None => Some(found),
    }
}

/// "10 p.m.", "9:30", "noon" at `at`: one past the end, hour and minute.
fn clock(pieces: &Pieces<'_>, at: usize) -> Option<(usize, (u8, u8))> {
    let (end, time) = match pieces.kinds.get(at..)? {
        [L::Digits(hour, 1 | 2), half @ (L::Am | L::Pm), ..] => {
            (at + 2, (hour_of(*hour, 0, *half == L::Pm)?, 0))
        }
        [L::Clock(hour, minute), half @ (L::Am | L::Pm), ..] => {
            (at + 2, (hour_of((*hour).into(), (*minute).into(), *half == L::Pm)?, *minute))
        }
        [L::Clock(hour, minute) | L::Hour(hour, minute), ..] => (at + 1, (*hour, *minute)),
        [L::NamedHour(hour), ..] => (at + 1, (*hour, 0)),
        _ => return None,
    };
    let zone = usize::from(ZONES.contains(&pieces.words(end)));
    let time_word = usize::from(zone > 0 && matches!(pieces.words(end + 1), "time" | "Time"));
    Some((end + zone + time_word, time))
}

/// A clock time, with the day that follows it. Alone, "9:30" must follow "at" and the like: it may be a score.
pub(super) fn clock_first(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let (end, (hour, minute)) = clock(pieces, at)?;
    let day = end + usize::from(matches!(pieces.kinds.get(end), Some(L::On | L::Comma)));
    if let Some(found) = day_after(pieces, day) {
        return Some(Found { clock: Some((hour, minute)), ..found });
    }
    let is_time = match pieces.kinds[at] {
        L::Clock(..) if end == at + 1 => {
            matches!(pieces.back(at, 1), L::At | L::By | L::Preposition | L::Before | L::After)
        }
        _ => true,
    };
    if is_time { Found::new(end, Reading::Clock(hour, minute)) } else { None }
}

/// The day that a clock time belongs to.
fn day_after(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match pieces.kinds.get(at)? {
        L::Weekday(_) | L::WeekdayShort(_) => weekday(pieces, at),
        L::Shift(days) => Found::new(at + 1, Reading::Shift(Unit::Day, (*days).into())),
        _ => date(pieces, at),
    }
}
