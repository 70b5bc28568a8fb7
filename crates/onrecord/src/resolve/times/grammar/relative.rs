//! Expressions led by "last", "this", "next", "the previous" and their kin.

use super::super::holidays;
use super::super::pieces::Pieces;
use super::super::reading::{Found, Reading, Which};
use super::super::words::{Lexeme as L, Part, Unit};
use super::counts::duration;
use super::dates;
use super::hours;

/// "last year", "of this year", and where it ends: years from the one of publication.
pub(super) fn which_year(pieces: &Pieces<'_>, at: usize) -> Option<(usize, i8)> {
    match pieces.kinds.get(at..)? {
        [L::Last, L::Unit(Unit::Year), ..] => Some((at + 2, -1)),
        [L::This, L::Unit(Unit::Year), ..] => Some((at + 2, 0)),
        [L::Next, L::Unit(Unit::Year), ..] => Some((at + 2, 1)),
        _ => None,
    }
}

/// "of last week", "this week" after a weekday: weeks from the one of publication.
pub(super) fn which_week(pieces: &Pieces<'_>, at: usize) -> Option<(usize, i8)> {
    let of = at + usize::from(pieces.kinds.get(at) == Some(&L::Of));
    match pieces.kinds.get(of..)? {
        [L::Last, L::Unit(Unit::Week), ..] => Some((of + 2, -1)),
        [L::This, L::Unit(Unit::Week), ..] => Some((of + 2, 0)),
        [L::Next, L::Unit(Unit::Week), ..] => Some((of + 2, 1)),
        _ => None,
    }
}

/// "last week", "this summer", "next Tuesday", "this past Friday", "last year's third quarter".
pub(super) fn relative(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let lead = pieces.kinds[at];
    if let Some(end) = duration(pieces, at + 1) {
        return Found::new(end, Reading::Vague);
    }
    let (core, which) = match (lead, pieces.kinds.get(at + 1)?) {
        (L::This, L::Past) => (at + 2, Which::Last),
        (L::This, L::Coming) => (at + 2, Which::Next),
        (L::Last | L::Past, _) => (at + 1, Which::Last),
        (L::Next | L::Coming, _) => (at + 1, Which::Next),
        (L::This | L::Current, _) => (at + 1, Which::This),
        _ => return latest(pieces, at),
    };
    if let Some((end, years)) = which_year(pieces, at)
        && pieces.kinds.get(end) == Some(&L::Possessive)
        && let Some(found) = of_the_year(pieces, end + 1)
    {
        return Some(Found { reading: found.reading.which(Which::YearsOn(years)), ..found });
    }
    match *pieces.kinds.get(core)? {
        L::Unit(unit) => shifted(pieces, core, unit, which),
        L::Fiscal if which == Which::This => fiscal(pieces, core),
        L::PartOfDay(part) if lead != L::Past => part_of_day(core, part, which),
        _ => named(pieces, core, which),
    }
}

/// "the latest quarter", "the latest period".
fn latest(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match pieces.kinds.get(at + 1)? {
        L::Unit(Unit::Quarter) | L::Period => Found::new(at + 2, Reading::Results(0)),
        _ => None,
    }
}

/// "third quarter", "quarter", "summer" after "last year's".
fn of_the_year(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match pieces.kinds.get(at)? {
        L::Ordinal(_) => dates::quarter(pieces, at),
        L::Season(season) => Found::new(at + 1, Reading::Yearly(super::Yearly::Season(*season), Which::Near)),
        L::Unit(Unit::Quarter) | L::Period => {
            Found::new(at + 1, Reading::Results(-1)).filter(|_| pieces.back(at, 3) == L::Last)
        }
        _ => None,
    }
}

fn fiscal(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    match pieces.kinds.get(at + 1)? {
        L::Unit(unit @ (Unit::Year | Unit::Quarter)) => Found::new(at + 2, Reading::Shift(*unit, 0)),
        _ => None,
    }
}

/// "last week"; with an article, "the last week", it is a duration, and "the next day" hangs on what was told.
fn shifted(pieces: &Pieces<'_>, at: usize, unit: Unit, which: Which) -> Option<Found> {
    let by = match which {
        Which::Last => -1,
        Which::Next => 1,
        _ => 0,
    };
    let lead = pieces.back(at, 1);
    let has_article = pieces.back(at, 2) == L::The;
    let reading = match (unit, lead) {
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Century | Unit::Fortnight, _) => return None,
        (Unit::Weekend, _) => Reading::Weekend(which),
        (Unit::Day, L::Next) if has_article => Reading::Anchored(unit, 1),
        (Unit::Day, L::Current | L::This | L::Past | L::Last | L::Coming) => return None,
        (_, L::Past) if pieces.back(at, 2) != L::This => Reading::Vague,
        (_, L::Last | L::Next | L::Coming) if has_article => Reading::Vague,
        _ => Reading::Shift(unit, by),
    };
    Found::new(at + 1, reading)
}

/// "this morning", "last night".
fn part_of_day(at: usize, part: Part, which: Which) -> Option<Found> {
    match (which, part) {
        (Which::This, _) => Found::new(at + 1, Reading::Shift(Unit::Day, 0)),
        (Which::Last, Part::Night) => Found::new(at + 1, Reading::Shift(Unit::Day, -1)),
        (Which::Last, Part::Light) => Found::new(at + 1, Reading::Shift(Unit::Day, -1)),
        _ => None,
    }
}

/// A weekday, month, season, holiday or quarter after its lead.
fn named(pieces: &Pieces<'_>, at: usize, which: Which) -> Option<Found> {
    let found = match pieces.kinds[at] {
        L::Weekday(_) => hours::weekday(pieces, at),
        L::Month(_) | L::MonthShort(_) => dates::month_first(pieces, at),
        L::Season(_) | L::Fall => dates::season(pieces, at),
        L::Feast => holidays::feast(pieces, at),
        L::Ordinal(_) => dates::quarter(pieces, at),
        _ => None,
    }?;
    Some(Found { reading: found.reading.which(which), ..found })
}

/// "the previous day", "the following week", "that year", "the same day", "the corresponding period".
pub(super) fn anchored(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let lead = pieces.kinds[at];
    let next = *pieces.kinds.get(at + 1)?;
    let compared = matches!(lead, L::Like | L::Same) && matches!(next, L::Period | L::Unit(Unit::Quarter));
    if compared {
        return compared_period(pieces, at);
    }
    if lead != L::That && pieces.back(at, 1) != L::The || lead == L::Like {
        return None;
    }
    // "said that two weeks" is no lead of the weeks
    if lead != L::That
        && let Some(end) = duration(pieces, at + 1)
    {
        return Found::new(end, Reading::Vague);
    }
    let (by, which) = match lead {
        L::Previous => (-1, Which::Previous),
        L::Following => (1, Which::Following),
        _ => (0, Which::Near),
    };
    match next {
        L::Unit(Unit::Second | Unit::Minute | Unit::Hour | Unit::Century) => None,
        L::Unit(_) if is_followed_by_count(pieces, at + 2) => None,
        L::Unit(unit) => Found::new(at + 2, Reading::Anchored(unit, by)),
        L::PartOfDay(_) => Found::new(at + 2, Reading::Anchored(Unit::Day, by)),
        L::Weekday(day) if by != 0 => Found::new(at + 2, Reading::Weekday(day, which)),
        _ => None,
    }
}

/// Whether the unit before `at` belongs to another expression: "that year-end results".
fn is_followed_by_count(pieces: &Pieces<'_>, at: usize) -> bool {
    matches!(pieces.kinds.get(at), Some(L::End | L::Ago | L::Earlier | L::Later))
}

/// "the corresponding period last year", "the same quarter a year earlier", "the same period of 1988".
fn compared_period(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let of = at + 2 + usize::from(matches!(pieces.kinds.get(at + 2), Some(L::Of | L::In)));
    let end = match pieces.kinds.get(of..)? {
        [L::Last, L::Unit(Unit::Year), ..] => of + 2,
        [L::A, L::Unit(Unit::Year), L::Ago | L::Earlier, ..] => of + 3,
        _ => at + 2,
    };
    Found::new(end, Reading::Results(-1))
}
