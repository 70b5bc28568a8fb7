//! The grammar of time expressions: which pieces, from one on, make one, and what they mean.
//!
//! Each rule is a function from a place to what it found there, written as patterns over lexemes. The division into
//! expression, reading and value, and most of what is read, is that of HeidelTime (Strötgen and Gertz, SemEval 2010)
//! and TIMEX3 (Pustejovsky et al., 2003).

mod counts;
mod dates;
mod hours;
mod relative;

use super::pieces::Pieces;
use super::reading::{Found, Reading, Which, Yearly};
use super::words::{Lexeme as L, Unit};
use super::{holidays, value::Value};

/// The expression that begins at the piece `at`, if one does.
pub(super) fn expression(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match pieces.kinds[at] {
        L::Other | L::Break | L::Comma | L::And | L::Of | L::In | L::On | L::At | L::To | L::For | L::By => {
            None
        }
        L::Edge | L::Earlier | L::Later | L::End => modified(pieces, at),
        L::Weekday(_) | L::WeekdayShort(_) => hours::weekday(pieces, at),
        L::Month(_) | L::MonthShort(_) => dates::month_first(pieces, at),
        L::Digits(..) | L::Number(_) | L::Ordinal(_) | L::DayRange(..) | L::A | L::Some => {
            number_first(pieces, at)
        }
        L::Date(day) => hours::with_clock(pieces, Found::new(at + 1, Reading::At(Value::Day(day)))?),
        L::Hour(..) | L::Clock(..) | L::NamedHour(_) => hours::clock_first(pieces, at),
        L::Shift(days) => shift(pieces, at, days),
        L::Decade(year) => Found::new(at + 1, Reading::At(Value::Decade(year))),
        L::Apostrophe => short_decade(pieces, at + 1),
        L::The => the(pieces, at),
        L::Unit(unit) => unit_first(pieces, at, unit),
        L::Season(_) | L::Fall => dates::season(pieces, at),
        L::Fiscal => fiscal(pieces, at),
        L::Last | L::Next | L::This | L::Past | L::Coming | L::Current | L::Latest => {
            relative::relative(pieces, at)
        }
        L::Previous | L::Following | L::Same | L::That | L::Like => relative::anchored(pieces, at),
        L::Every => every(pieces, at),
        L::Feast => holidays::feast(pieces, at),
        L::Vague | L::Weekdays => Found::new(at + 1, Reading::Vague),
        _ => None,
    }
}

/// "late Thursday", "mid-October", "earlier this week", "the end of the month": the whole is dated, the part is not.
fn modified(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let rest = &pieces.kinds[at + 1..];
    let core = match rest {
        [L::Of | L::In, L::The, L::Unit(unit), ..] if is_dated(*unit) && pieces.kinds[at] != L::Edge => {
            return Found::new(at + 4, Reading::Shift(*unit, 0));
        }
        [L::Of | L::In | L::On, L::The, ..] => at + 3,
        [L::Of | L::In | L::On, ..] => at + 2,
        _ if pieces.kinds[at] == L::End => return None,
        _ => at + 1,
    };
    if core >= pieces.kinds.len() || pieces.kinds[core] == L::That {
        return None;
    }
    let found = short_decade(pieces, core).or_else(|| expression(pieces, core))?;
    (found.reading != Reading::Vague).then_some(found)
}

/// Whether "the end of the …" of this unit points to the running one.
fn is_dated(unit: Unit) -> bool {
    matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade)
}

fn number_first(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    dates::day_first(pieces, at)
        .or_else(|| hours::clock_first(pieces, at))
        .or_else(|| dates::quarter(pieces, at))
        .or_else(|| dates::spoken_year(pieces, at))
        .or_else(|| counts::counted(pieces, at))
        .or_else(|| dates::bare_year(pieces, at))
}

/// "yesterday", "tomorrow morning".
fn shift(pieces: &Pieces<'_>, at: usize, days: i8) -> Option<Found> {
    let end = at + 1 + usize::from(matches!(pieces.kinds.get(at + 1), Some(L::PartOfDay(_))));
    if pieces.words(at) == "Today" && pieces.back(at, 1) == L::Other && pieces.words(at - 1) == "USA" {
        return None;
    }
    hours::with_clock(pieces, Found::new(end, Reading::Shift(Unit::Day, days.into()))?)
}

/// "'80s", "the nineties", at the number: years of this or the last century.
fn short_decade(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let Some(L::ShortDecade(years)) = pieces.kinds.get(at) else { return None };
    let century = if *years < 20 { 2000 } else { 1900 };
    Found::new(at + 1, Reading::At(Value::Decade(century + i32::from(*years))))
}

/// What needs its article to be a time.
fn the(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match &pieces.kinds[at + 1..] {
        [L::ShortDecade(_), ..] => short_decade(pieces, at + 1),
        [L::Unit(Unit::Weekend), ..] => Found::new(at + 2, Reading::Weekend(Which::Near)),
        [L::Unit(Unit::Quarter), next, ..] if *next != L::Of => Found::new(at + 2, Reading::Results(0)),
        [L::Unit(Unit::Day), L::Before, L::Shift(-1), ..] => {
            Found::new(at + 4, Reading::Shift(Unit::Day, -2))
        }
        [L::Unit(Unit::Day), L::After, L::Shift(1), ..] => Found::new(at + 4, Reading::Shift(Unit::Day, 2)),
        [L::Unit(Unit::Day), L::Before, ..] if ends_clause(pieces, at + 3) => {
            Found::new(at + 3, Reading::Anchored(Unit::Day, -1))
        }
        [L::Unit(Unit::Day), L::After, ..] if ends_clause(pieces, at + 3) => {
            Found::new(at + 3, Reading::Anchored(Unit::Day, 1))
        }
        [L::Unit(Unit::Year), L::Number(_), ..] => dates::year_in_words(pieces, at + 2),
        [L::Digits(year @ 1900..=2100, 4), L::Unit(Unit::Quarter) | L::Period, ..] => {
            Found::new(at + 3, Reading::ResultsOf(*year as i32))
        }
        [L::Fiscal, L::Unit(Unit::Year), next, ..] if *next != L::Ended => {
            Found::new(at + 3, Reading::Shift(Unit::Year, 0))
        }
        [L::Other, L::Unit(Unit::Year), next, ..] if *next != L::Ended && pieces.words(at + 1) == "full" => {
            Found::new(at + 3, Reading::Shift(Unit::Year, 0))
        }
        _ => None,
    }
}

/// Whether no word follows before the next mark.
fn ends_clause(pieces: &Pieces<'_>, at: usize) -> bool {
    !pieces.words(at).starts_with(char::is_alphanumeric)
}

/// "year-end", "year-earlier".
fn unit_first(pieces: &Pieces<'_>, at: usize, unit: Unit) -> Option<Found> {
    match (unit, &pieces.kinds[at + 1..]) {
        (Unit::Year, [L::End, ..]) if pieces.joined(at + 1) => {
            Found::new(at + 2, Reading::Yearly(Yearly::Day(12, 31), Which::Near))
        }
        (Unit::Year, [L::Ago | L::Earlier, L::Unit(Unit::Quarter) | L::Period, ..]) => {
            Found::new(at + 3, Reading::Results(-1))
        }
        (Unit::Year, [L::Ago | L::Earlier, ..]) => Found::new(at + 2, Reading::YearAgo),
        _ => None,
    }
}

/// "fiscal 1988", "fiscal year 1988"; a fiscal quarter is one of its year.
fn fiscal(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let year = at + 1 + usize::from(pieces.kinds.get(at + 1) == Some(&L::Unit(Unit::Year)));
    match pieces.kinds.get(year) {
        Some(L::Digits(value @ 1900..=2100, 4)) => {
            Found::new(year + 1, Reading::At(Value::Year(*value as i32)))
        }
        _ => dates::quarter(pieces, at + 1),
    }
}

/// "every Friday", "each year": habits.
fn every(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let is_time = matches!(
        pieces.kinds.get(at + 1),
        Some(L::Weekday(_) | L::Unit(_) | L::Month(_) | L::Season(_) | L::PartOfDay(_))
    );
    if is_time { Found::new(at + 2, Reading::Vague) } else { None }
}
