//! Calendar values and their EDTF form (Library of Congress, Extended Date/Time Format, levels 0 to 2).

use std::cmp::Ordering;

use super::calendar::{Day, month_length};

/// How wide a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words are their own explanation")]
pub enum Granularity {
    Time,
    Day,
    /// Days from one to another: a week, a weekend, a range.
    Days,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A day with hour (0 to 23) and minute.
    Time(Day, u8, u8),
    Day(Day),
    /// First and last day.
    Days(Day, Day),
    /// Year and month (1 to 12).
    Month(i32, u8),
    /// Year and quarter (1 to 4).
    Quarter(i32, u8),
    /// Year and season: 0 spring to 3 winter, which begins in December of its year.
    Season(i32, u8),
    Year(i32),
    /// The decade's first year.
    Decade(i32),
}

impl Value {
    /// As EDTF; none for years outside 1 to 9999.
    pub(super) fn edtf(self) -> Option<String> {
        let year = match self {
            Value::Month(year, _) | Value::Quarter(year, _) | Value::Season(year, _) => year,
            Value::Year(year) | Value::Decade(year) => year,
            Value::Time(..) | Value::Day(_) | Value::Days(..) => 1,
        };
        (1..=9999).contains(&year).then(|| self.written())
    }

    fn written(self) -> String {
        match self {
            Value::Time(day, hour, minute) => format!("{}T{hour:02}:{minute:02}", written_day(day)),
            Value::Day(day) => written_day(day),
            Value::Days(first, last) => format!("{}/{}", written_day(first), written_day(last)),
            Value::Month(year, month) => format!("{year:04}-{month:02}"),
            Value::Quarter(year, quarter) => format!("{year:04}-{}", 32 + quarter),
            Value::Season(year, season) => format!("{year:04}-{}", 21 + season),
            Value::Year(year) => format!("{year:04}"),
            Value::Decade(year) => format!("{:03}X", year / 10),
        }
    }

    /// How wide it is.
    pub(super) fn granularity(self) -> Granularity {
        match self {
            Value::Time(..) => Granularity::Time,
            Value::Day(_) => Granularity::Day,
            Value::Days(..) => Granularity::Days,
            Value::Month(..) => Granularity::Month,
            Value::Quarter(..) => Granularity::Quarter,
            Value::Season(..) => Granularity::Season,
            Value::Year(_) => Granularity::Year,
            Value::Decade(_) => Granularity::Decade,
        }
    }

    /// Its first and last day.
    pub(super) fn days(self) -> Option<(Day, Day)> {
        match self {
            Value::Time(day, ..) | Value::Day(day) => Some((day, day)),
            Value::Days(first, last) => Some((first, last)),
            Value::Month(year, month) => months(year, month, 1),
            Value::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Value::Season(year, 3) => months(year, 12, 3),
            Value::Season(year, season) => months(year, season * 3 + 3, 3),
            Value::Year(year) => months(year, 1, 12),
            Value::Decade(year) => Some((Day::new(year, 1, 1)?, Day::new(year + 9, 12, 31)?)),
        }
    }

    /// Whether it lies after `day` (`Greater`), before it, or holds it.
    pub(super) fn compared_to(self, day: Day) -> Option<Ordering> {
        let (first, last) = self.days()?;
        Some(if first > day {
            Ordering::Greater
        } else if last < day {
            Ordering::Less
        } else {
            Ordering::Equal
        })
    }

    /// Days between it and `day`; 0 where it holds it.
    pub(super) fn distance(self, day: Day) -> Option<i32> {
        let (first, last) = self.days()?;
        Some(first.since(day).max(day.since(last)).max(0))
    }
}

fn written_day(day: Day) -> String {
    let (year, month, date) = day.date();
    format!("{year:04}-{month:02}-{date:02}")
}

/// First and last day of `count` months from `month` of `year` on.
fn months(year: i32, month: u8, count: u8) -> Option<(Day, Day)> {
    let first = Day::new(year, month, 1)?;
    let past = month + count - 1;
    let (last_year, last_month) = if past > 12 { (year + 1, past - 12) } else { (year, past) };
    Some((first, Day::new(last_year, last_month, month_length(last_year, last_month))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let day = Day::parse("2025-03-14").unwrap();
        let form = |value: Value| value.edtf().unwrap();
        assert_eq!(form(Value::Time(day, 9, 5)), "2025-03-14T09:05");
        assert_eq!(form(Value::Month(2025, 3)), "2025-03");
        assert_eq!(form(Value::Quarter(2025, 4)), "2025-36");
        assert_eq!(form(Value::Season(2024, 1)), "2024-22");
        assert_eq!(form(Value::Decade(1980)), "198X");
        assert_eq!(Value::Year(10_000).edtf(), None);
        assert_eq!(Value::Year(0).edtf(), None);
    }

    #[test]
    fn days_of_a_stretch() {
        let days = |value: Value| {
            let (first, last) = value.days().unwrap();
            format!("{} {}", written_day(first), written_day(last))
        };
        assert_eq!(days(Value::Season(2024, 3)), "2024-12-01 2025-02-28");
        assert_eq!(days(Value::Quarter(2024, 1)), "2024-01-01 2024-03-31");
        assert_eq!(days(Value::Decade(1980)), "1980-01-01 1989-12-31");
        assert_eq!(Value::Season(9999, 3).days(), None);
    }
}
