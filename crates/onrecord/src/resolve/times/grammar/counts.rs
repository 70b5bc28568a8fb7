//! Counted units: "two weeks ago", "three days later", "a year earlier"; without a direction they are durations.

use super::super::pieces::Pieces;
use super::super::reading::{Found, Reading};
use super::super::words::{Lexeme as L, Unit};
use super::dates::is_plural;

/// A count.
#[derive(Clone, Copy, PartialEq)]
enum Count {
    /// "a": a duration needs more.
    One,
    Exact(i64),
    /// "several", "a few".
    Vague,
}

/// "two weeks ago", "18 months": from the count on.
pub(super) fn counted(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    if let [L::Ordinal(_), L::Unit(Unit::Century), ..] = pieces.kinds[at..] {
        return Found::new(at + 2, Reading::Vague);
    }
    let (unit_at, count) = count(pieces, at)?;
    let L::Unit(unit) = *pieces.kinds.get(unit_at)? else { return None };
    let mut end = unit_at + 1;
    if pieces.kinds.get(end) == Some(&L::Old) {
        return None;
    }
    if pieces.kinds.get(end) == Some(&L::Or) && pieces.words(end + 1) == "so" {
        end += 2;
    }
    let (length, sign, from_publication) = match &pieces.kinds[end.min(pieces.kinds.len())..] {
        [L::Ago, ..] => (1, -1, true),
        [L::Earlier, ..] => (1, -1, false),
        [L::Later, ..] => (1, 1, false),
        [L::Preposition, L::Vague, ..] if pieces.words(end) == "from" => (2, 1, true),
        _ if count == Count::One => return None,
        _ => return Found::new(end + of_year(pieces, end), Reading::Vague),
    };
    let reading = match count {
        Count::Vague => Reading::Vague,
        _ if unit == Unit::Year && count.number() == 1 && sign < 0 => Reading::YearAgo,
        _ if from_publication => Reading::Shift(unit, count.number() * sign),
        _ => Reading::Anchored(unit, count.number() * sign),
    };
    Found::new(end + length, reading)
}

/// The length of "of 1989" after "the first nine months".
fn of_year(pieces: &Pieces<'_>, at: usize) -> usize {
    match pieces.kinds.get(at..) {
        Some([L::Of, L::Digits(1000..=2999, 4), ..]) => 2,
        _ => 0,
    }
}

impl Count {
    fn number(self) -> i64 {
        match self {
            Count::Exact(number) => number,
            Count::One | Count::Vague => 1,
        }
    }
}

/// The count at `at`, and where what is counted stands.
fn count(pieces: &Pieces<'_>, at: usize) -> Option<(usize, Count)> {
    Some(match &pieces.kinds[at..] {
        [L::A, L::Some, ..] => (at + 2, Count::Vague),
        [L::A, L::Times(factor), ..] => (at + 2, Count::Exact((*factor).into())),
        [L::A, ..] => (at + 1, Count::One),
        [L::Some, ..] => (at + 1, Count::Vague),
        [L::Digits(number, _), ..] => (at + 1, Count::Exact((*number).into())),
        [L::Ordinal(_), L::Number(number), ..] => (at + 2, Count::Exact((*number).into())),
        [L::Number(number), L::Times(factor), ..] => {
            (at + 2, Count::Exact(i64::from(*number) * i64::from(*factor)))
        }
        [L::Number(tens @ 20..), L::Number(ones @ 1..=9), ..] => (at + 2, Count::Exact((tens + ones).into())),
        [L::Number(number), ..] => (at + 1, Count::Exact((*number).into())),
        _ => return None,
    })
}

/// Whether a count and units stand at `at`: "the last two weeks", "the past several months". One past their end.
pub(super) fn duration(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    match pieces.kinds.get(at)? {
        L::Unit(_) if is_plural(pieces, at) => Some(at + 1),
        _ => {
            let (unit, count) = count(pieces, at)?;
            (count != Count::One && matches!(pieces.kinds.get(unit), Some(L::Unit(_)))).then_some(unit + 1)
        }
    }
}
