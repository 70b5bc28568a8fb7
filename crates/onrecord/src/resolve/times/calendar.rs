//! Days of the proleptic Gregorian calendar, counted, so that weeks and offsets are sums.
//!
//! Every sum is checked: a day outside the years 1 to 9999, which EDTF writes in four digits, does not exist here.

/// The first and last day that [`Day`] holds, counted from 1970-01-01.
const FIRST: i64 = -719_162;
const LAST: i64 = 2_932_896;

/// A day between 0001-01-01 and 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Days since 1970-01-01.
    number: i32,
}

impl Day {
    /// The day of `year` (1 to 9999), `month` (1 to 12), `day` (1 to the month's length); none if there is no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=month_length(year, month)).contains(&day);
        exists.then(|| Day { number: days_before(year, month) + i32::from(day) - 1 })
    }

    /// Reads an RFC 3339 date, or the date of a date-time as it is written there, whatever its zone. None for anything
    /// else and for days that don't exist.
    pub fn parse(text: &str) -> Option<Day> {
        let (date, rest) = text.trim().split_at_checked(10)?;
        let after = rest.as_bytes().first();
        if !matches!(after, None | Some(b'T' | b't' | b' ')) {
            return None;
        }
        let mut parts = date.split('-');
        let mut part = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let (year, month, day): (u16, u16, u16) = (part(4)?, part(2)?, part(2)?);
        Day::new(year.into(), month as u8, day as u8)
    }

    /// Year, month (1 to 12), day of the month.
    pub fn date(self) -> (i32, u8, u8) {
        // after Howard Hinnant, "chrono-compatible low-level date algorithms": years from March, eras of 400 years
        let days = self.number + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = era * 400 + year_of_era + i32::from(month <= 2);
        (year, month as u8, day as u8)
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        (self.number + 3).rem_euclid(7) as u8
    }

    /// The day so many days later.
    pub fn plus(self, days: i64) -> Option<Day> {
        let number = i64::from(self.number).checked_add(days)?;
        (FIRST..=LAST).contains(&number).then_some(Day { number: number as i32 })
    }

    /// How many days `other` is before this day.
    pub fn since(self, other: Day) -> i32 {
        self.number - other.number
    }

    /// The Monday on or before this day.
    pub fn monday(self) -> Option<Day> {
        self.plus(-i64::from(self.weekday()))
    }

    /// The `nth` (from 1; 0 for the last) `weekday` (0 Monday) of a month.
    pub fn nth_weekday(year: i32, month: u8, weekday: u8, nth: u8) -> Option<Day> {
        let first = Day::new(year, month, 1)?;
        let offset = (7 + weekday - first.weekday()) % 7;
        let day = match nth {
            0 => {
                let day = 29 + offset;
                if day > month_length(year, month) { day - 7 } else { day }
            }
            nth => 1 + offset + 7 * (nth - 1),
        };
        Day::new(year, month, day)
    }

    /// Easter Sunday of the western churches.
    pub fn easter(year: i32) -> Option<Day> {
        // the anonymous Gregorian computus ("Meeus/Jones/Butcher")
        let (a, b, c) = (year % 19, year / 100, year % 100);
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let n = h + l - 7 * m + 114;
        Day::new(year, u8::try_from(n / 31).ok()?, u8::try_from(n % 31 + 1).ok()?)
    }
}

/// How many days `month` (1 to 12) has.
pub(super) fn month_length(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from 1970-01-01 to the first of the month.
fn days_before(year: i32, month: u8) -> i32 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * i32::from(month) + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_counted_once() {
        let mut day = Day::new(1, 1, 1).unwrap();
        assert_eq!(i64::from(day.number), FIRST);
        let mut count = 1;
        while let Some(next) = day.plus(1) {
            let (year, month, date) = next.date();
            assert_eq!(Day::new(year, month, date), Some(next));
            assert_eq!(next.weekday(), (day.weekday() + 1) % 7);
            (day, count) = (next, count + 1);
        }
        assert_eq!((day.date(), count), ((9999, 12, 31), LAST - FIRST + 1));
    }

    #[test]
    fn weekdays_and_feasts() {
        assert_eq!(Day::new(2025, 3, 14).unwrap().weekday(), 4);
        assert_eq!(Day::new(1970, 1, 1).unwrap().weekday(), 3);
        assert_eq!(Day::nth_weekday(2024, 11, 3, 4), Day::new(2024, 11, 28));
        assert_eq!(Day::nth_weekday(2024, 5, 0, 0), Day::new(2024, 5, 27));
        assert_eq!(Day::easter(2025), Day::new(2025, 4, 20));
        assert_eq!(Day::easter(2024), Day::new(2024, 3, 31));
        assert_eq!(Day::easter(0), None);
    }

    #[test]
    fn parsed_days() {
        let day = Day::new(2025, 3, 14);
        for text in ["2025-03-14", " 2025-03-14T23:59:00+05:00", "2025-03-14 09:00"] {
            assert_eq!(Day::parse(text), day);
        }
        for text in
            ["", "2025", "0000-99-99", "2025-02-29", "2025-3-14", "2025-03-14x", "20250314", "+025-03-14"]
        {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("éééééééééé"), None);
    }

    #[test]
    fn sums_that_leave_the_calendar_have_no_answer() {
        let day = Day::parse("2025-03-14").unwrap();
        assert_eq!(day.plus(i64::MAX), None);
        assert_eq!(day.plus(i64::MIN), None);
        assert_eq!(Day::parse("0001-01-01").unwrap().monday(), Day::new(1, 1, 1));
        assert_eq!(Day::parse("9999-12-31").unwrap().plus(1), None);
    }
}
