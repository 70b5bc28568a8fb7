//! Holidays with a fixed or computable day.

use super::calendar::Day;
use super::pieces::Pieces;
use super::reading::{Found, Reading, Which, Yearly};
use super::words::Lexeme as L;

/// How a holiday falls.
enum Rule {
    /// Month and day.
    Fixed(u8, u8),
    /// Month, weekday (0 Monday), which one (0 the last).
    Nth(u8, u8, u8),
    /// Days after Easter Sunday of the western churches.
    Easter(i8),
}

use Rule::{Easter, Fixed, Nth};

/// Names, as pieces have them, lower case; longer names first where one begins another.
///
/// United States federal holidays as 5 U.S.C. 6103 sets them, and the western church's year.
static HOLIDAYS: &[(&[&str], Rule)] = &[
    (&["christmas", "eve"], Fixed(12, 24)),
    (&["christmas", "day"], Fixed(12, 25)),
    (&["christmas"], Fixed(12, 25)),
    (&["boxing", "day"], Fixed(12, 26)),
    (&["new", "year", "'s", "eve"], Fixed(12, 31)),
    (&["new", "year", "'s", "day"], Fixed(1, 1)),
    (&["valentine", "'s", "day"], Fixed(2, 14)),
    (&["halloween"], Fixed(10, 31)),
    (&["independence", "day"], Fixed(7, 4)),
    (&["veterans", "day"], Fixed(11, 11)),
    (&["martin", "luther", "king", "day"], Nth(1, 0, 3)),
    (&["presidents", "day"], Nth(2, 0, 3)),
    (&["memorial", "day"], Nth(5, 0, 0)),
    (&["labor", "day"], Nth(9, 0, 1)),
    (&["columbus", "day"], Nth(10, 0, 2)),
    (&["thanksgiving", "day"], Nth(11, 3, 4)),
    (&["thanksgiving"], Nth(11, 3, 4)),
    (&["ash", "wednesday"], Easter(-46)),
    (&["good", "friday"], Easter(-2)),
    (&["easter", "sunday"], Easter(0)),
    (&["easter", "monday"], Easter(1)),
    (&["easter"], Easter(0)),
];

/// The holiday that begins at `at`, with its year if one follows. A name that goes on ("Easter Island") is none.
pub(super) fn feast(pieces: &Pieces<'_>, at: usize) -> Option<Found> {
    let is_here =
        |name: &[&str]| name.iter().enumerate().all(|(place, word)| is_word(pieces.words(at + place), word));
    let number = HOLIDAYS.iter().position(|(name, _)| is_here(name))?;
    let end = at + HOLIDAYS[number].0.len();
    let yearly = Yearly::Feast(number as u8);
    if let Some(L::Digits(year @ 1900..=2100, 4)) = pieces.kinds.get(end) {
        return Found::new(end + 1, Reading::Yearly(yearly, Which::In(*year as i32)));
    }
    if is_name(pieces, at, end) { None } else { Found::new(end, Reading::Yearly(yearly, Which::Near)) }
}

fn is_word(word: &str, expected: &str) -> bool {
    word.eq_ignore_ascii_case(expected) || expected == "'s" && word == "’s"
}

/// Whether the words go on as a name, or are a plain noun's first half: "Christmas tree".
fn is_name(pieces: &Pieces<'_>, at: usize, end: usize) -> bool {
    let goes_on = pieces.is_capital(end) && !matches!(pieces.kinds[end], L::Weekday(_));
    let led = matches!(
        pieces.back(at, 1),
        L::On
            | L::By
            | L::At
            | L::In
            | L::For
            | L::Of
            | L::Before
            | L::After
            | L::Preposition
            | L::Last
            | L::Next
            | L::This
    );
    let is_long = end > at + 1;
    goes_on || !led && !is_long
}

/// The day of the holiday with this number in `year`.
pub(super) fn day(number: u8, year: i32) -> Option<Day> {
    match HOLIDAYS.get(usize::from(number))?.1 {
        Fixed(month, day) => Day::new(year, month, day),
        Nth(month, weekday, nth) => Day::nth_weekday(year, month, weekday, nth),
        Easter(days) => Day::easter(year)?.plus(days.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_holiday_has_a_day_in_every_year() {
        for (number, (name, _)) in HOLIDAYS.iter().enumerate() {
            for year in 1583..=9999 {
                assert!(day(number as u8, year).is_some(), "{name:?} {year}");
            }
        }
    }
}
