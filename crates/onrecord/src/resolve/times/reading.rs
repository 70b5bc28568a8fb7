//! What the words of a time expression mean before a day of publication is known.

use super::value::Value;
use super::words::Unit;

/// The meaning of an expression, to be placed on the calendar by `place`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// A calendar value in full: "Feb. 12, 2016", "the 1990s".
    At(Value),
    /// The unit so many units from the one of publication: "last week" is the week, -1.
    Shift(Unit, i64),
    /// The unit so many units from the time told last: "a year earlier", "the same day".
    Anchored(Unit, i64),
    /// "a year ago" and "a year earlier": in a report on a quarter's results, that quarter of the year before.
    YearAgo,
    /// The quarter that the results are of, so many years on: "the latest period", "the year-ago quarter".
    Results(i8),
    /// The same quarter of a given year: "the 1988 period".
    ResultsOf(i32),
    /// 0 Monday to 6 Sunday.
    Weekday(u8, Which),
    Weekend(Which),
    /// A part of every year.
    Yearly(Yearly, Which),
    /// An hour and minute alone.
    Clock(u8, u8),
    /// A duration, a habit or a vague word: no value.
    Vague,
}

/// A part of the calendar that comes every year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Yearly {
    /// 1 to 12.
    Month(u8),
    /// Month and day.
    Day(u8, u8),
    /// Month, first and last day.
    Days(u8, u8, u8),
    /// 1 to 4.
    Quarter(u8),
    /// 0 spring to 3 winter.
    Season(u8),
    /// A holiday, by its place in the table of `holidays`.
    Feast(u8),
}

/// Which of the things of one name is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Which {
    /// No word says: the sentence's tense and nearness do.
    Near,
    /// The latest before publication, the running one, the first after.
    Last,
    This,
    Next,
    /// The one of a year.
    In(i32),
    /// The one of the year of publication, so many years on.
    YearsOn(i8),
    /// For weekdays: of the week of publication, so many weeks on.
    WeeksOn(i8),
    /// The last before the time told last, and the first after it.
    Previous,
    Following,
}

/// Whether the words look back or ahead from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// "last week", "two days ago".
    Past,
    /// "tomorrow", "next year".
    Future,
}

/// An expression as the grammar found it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// One past its last piece.
    pub(super) end: usize,
    pub(super) reading: Reading,
    /// Hour and minute told with the day.
    pub(super) clock: Option<(u8, u8)>,
}

impl Found {
    pub(super) fn new(end: usize, reading: Reading) -> Option<Found> {
        Some(Found { end, reading, clock: None })
    }
}

impl Reading {
    /// The same with `which` in place of [`Which::Near`].
    pub(super) fn which(self, which: Which) -> Reading {
        match self {
            Reading::Weekday(day, Which::Near) => Reading::Weekday(day, which),
            Reading::Weekend(Which::Near) => Reading::Weekend(which),
            Reading::Yearly(yearly, Which::Near) => Reading::Yearly(yearly, which),
            reading => reading,
        }
    }

    /// Whether there is a value that hangs on the day of publication or on another time of the text.
    pub(super) fn is_relative(self) -> bool {
        !matches!(self, Reading::At(_) | Reading::Yearly(_, Which::In(_)) | Reading::Vague)
    }

    /// The direction that the words themselves give.
    pub(super) fn direction(self) -> Option<Direction> {
        use Direction::{Future, Past};
        match self {
            Reading::Shift(_, by) if by < 0 => Some(Past),
            Reading::Shift(_, by) if by > 0 => Some(Future),
            Reading::YearAgo => Some(Past),
            Reading::Weekday(_, which) | Reading::Weekend(which) | Reading::Yearly(_, which) => match which {
                Which::Last => Some(Past),
                Which::Next => Some(Future),
                Which::YearsOn(by) | Which::WeeksOn(by) if by < 0 => Some(Past),
                Which::YearsOn(by) | Which::WeeksOn(by) if by > 0 => Some(Future),
                _ => None,
            },
            _ => None,
        }
    }
}
