//! Places a reading on the calendar: against the day of publication, the tense, and the times told before.

use std::cmp::Ordering;

use super::calendar::Day;
use super::holidays;
use super::reading::{Direction, Reading, Which, Yearly};
use super::tense::Tense;
use super::value::Value;
use super::words::Unit;

/// Within so many days a tense outweighs nearness: "was in December", said in November, is not next month.
const TENSE_REACH: i32 = 300;

/// For a day of a month, less: "a dividend of record Dec. 15" has no verb of its own.
const TENSE_REACH_OF_DAYS: i32 = 200;

/// What is known when an expression is placed.
pub(super) struct Told {
    pub(super) published: Day,
    /// The value told last.
    pub(super) last: Option<Value>,
    /// The quarter that the text's results are of: the last named one.
    pub(super) quarter: Option<(i32, u8)>,
}

impl Told {
    /// Where `reading` lies, if its words have an honest value; `tense` is that of its sentence.
    pub(super) fn place(&self, reading: Reading, tense: Option<Tense>) -> Option<Value> {
        match reading {
            Reading::At(value) => Some(value),
            Reading::Shift(unit, by) => unit_at(unit, self.published, by),
            Reading::Anchored(unit, by) => self.anchored(unit, by),
            Reading::YearAgo => Some(match self.quarter {
                Some((year, quarter)) => Value::Quarter(year - 1, quarter),
                None => Value::Year(self.published.date().0 - 1),
            }),
            Reading::Results(years) => {
                let (year, quarter) = self.quarter?;
                Some(Value::Quarter(year + i32::from(years), quarter))
            }
            Reading::ResultsOf(year) => Some(match self.quarter {
                Some((_, quarter)) => Value::Quarter(year, quarter),
                None => Value::Year(year),
            }),
            Reading::Weekday(day, which) => self.weekday(day, which, tense).map(Value::Day),
            Reading::Weekend(which) => self.weekend(which, tense),
            Reading::Yearly(yearly, which) => self.yearly(yearly, which, tense),
            Reading::Clock(hour, minute) => Some(Value::Time(self.published, hour, minute)),
            Reading::Vague => None,
        }
    }

    /// Remembers a value for those that hang on it.
    pub(super) fn remember(&mut self, value: Value) {
        self.last = Some(value);
        if let Value::Quarter(year, quarter) = value
            && self.is_reported(year, quarter)
        {
            self.quarter = Some((year, quarter));
        }
    }

    /// Whether results of this quarter may be what the text reports. The one of the year before is what they are compared
    /// with, and one that still runs is an outlook, unless no other was told.
    fn is_reported(&self, year: i32, quarter: u8) -> bool {
        let Some(known) = self.quarter else { return true };
        let has_ended = Value::Quarter(year, quarter).compared_to(self.published) == Some(Ordering::Less);
        has_ended && known != (year + 1, quarter)
    }

    fn anchored(&self, unit: Unit, by: i64) -> Option<Value> {
        let last = self.last?;
        let is_day = matches!(last, Value::Day(_) | Value::Time(..));
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight if !is_day => None,
            Unit::Quarter if !matches!(last, Value::Quarter(..)) => None,
            _ => unit_at(unit, last.days()?.0, by),
        }
    }

    fn weekday(&self, day: u8, which: Which, tense: Option<Tense>) -> Option<Day> {
        let (is_past, is_future) = sides(tense);
        let on_or_before = |from: Day| from.plus(-i64::from((7 + from.weekday() - day) % 7));
        let on_or_after = |from: Day| from.plus(i64::from((7 + day - from.weekday()) % 7));
        let anchor = || match self.last? {
            Value::Day(day) | Value::Time(day, ..) => Some(day),
            _ => None,
        };
        match which {
            Which::Last => on_or_before(self.published.plus(-1)?),
            Which::Next => on_or_after(self.published.plus(1)?),
            Which::WeeksOn(weeks) => self.published.monday()?.plus(i64::from(weeks) * 7 + i64::from(day)),
            Which::Previous => on_or_before(anchor()?.plus(-1)?),
            Which::Following => on_or_after(anchor()?.plus(1)?),
            Which::This if !is_past => on_or_after(self.published),
            _ if is_future => on_or_after(self.published),
            _ => on_or_before(self.published),
        }
    }

    fn weekend(&self, which: Which, tense: Option<Tense>) -> Option<Value> {
        let saturday = self.published.monday()?.plus(5)?;
        let (is_past, is_future) = sides(tense);
        let has_begun = self.published >= saturday;
        let weeks = match which {
            Which::Last => -1,
            Which::Next => 1,
            Which::This if !is_past => 0,
            _ if is_future || has_begun => 0,
            _ => -1,
        };
        let saturday = saturday.plus(weeks * 7)?;
        Some(Value::Days(saturday, saturday.plus(1)?))
    }

    fn yearly(&self, yearly: Yearly, which: Which, tense: Option<Tense>) -> Option<Value> {
        let year = self.published.date().0;
        match which {
            Which::In(year) => in_year(yearly, year),
            Which::YearsOn(years) => in_year(yearly, year + i32::from(years)),
            Which::This => in_year(yearly, year),
            Which::Last => self.latest(yearly, |order| order == Ordering::Less),
            Which::Next => self.first(yearly, |order| order == Ordering::Greater),
            _ => self.near(yearly, tense),
        }
    }

    /// The nearest one, unless the tense points to one the other way that is not much farther.
    fn near(&self, yearly: Yearly, tense: Option<Tense>) -> Option<Value> {
        let year = self.published.date().0;
        let distance = |value: &Value| value.distance(self.published).unwrap_or(i32::MAX);
        let nearest = (year - 1..=year + 1).filter_map(|year| in_year(yearly, year)).min_by_key(distance)?;
        let reach = match yearly {
            _ if tense.is_some_and(|tense| tense.is_certain) => i32::MAX,
            Yearly::Day(..) | Yearly::Days(..) => TENSE_REACH_OF_DAYS,
            _ => TENSE_REACH,
        };
        let by_tense = match tense.map(|tense| tense.direction) {
            Some(Direction::Past) => self.latest(yearly, |order| order != Ordering::Greater),
            // results to come are of the quarter that has just ended
            Some(Direction::Future) if matches!(yearly, Yearly::Quarter(_)) => None,
            Some(Direction::Future) => self.first(yearly, |order| order != Ordering::Less),
            None => None,
        };
        by_tense.filter(|value| distance(value) <= reach).or(Some(nearest))
    }

    fn latest(&self, yearly: Yearly, fits: impl Fn(Ordering) -> bool) -> Option<Value> {
        let year = self.published.date().0;
        let placed =
            |year| in_year(yearly, year).filter(|v| v.compared_to(self.published).is_some_and(&fits));
        (year - 1..=year + 1).rev().find_map(placed)
    }

    fn first(&self, yearly: Yearly, fits: impl Fn(Ordering) -> bool) -> Option<Value> {
        let year = self.published.date().0;
        let placed =
            |year| in_year(yearly, year).filter(|v| v.compared_to(self.published).is_some_and(&fits));
        (year - 1..=year + 1).find_map(placed)
    }
}

/// Whether a tense looks back, and whether it looks ahead.
fn sides(tense: Option<Tense>) -> (bool, bool) {
    let direction = tense.map(|tense| tense.direction);
    (direction == Some(Direction::Past), direction == Some(Direction::Future))
}

/// Where a part of every year lies in `year`; a day that the month lacks lies nowhere.
pub(super) fn in_year(yearly: Yearly, year: i32) -> Option<Value> {
    Some(match yearly {
        Yearly::Month(month) => Value::Month(year, month),
        Yearly::Day(month, day) => Value::Day(Day::new(year, month, day)?),
        Yearly::Days(month, first, last) => {
            Value::Days(Day::new(year, month, first)?, Day::new(year, month, last)?)
        }
        Yearly::Quarter(quarter) => Value::Quarter(year, quarter),
        Yearly::Season(season) => Value::Season(year, season),
        Yearly::Feast(number) => Value::Day(holidays::day(number, year)?),
    })
}

/// The unit so many units from the one that holds `day`.
fn unit_at(unit: Unit, day: Day, by: i64) -> Option<Value> {
    let (year, month, _) = day.date();
    let year_on = |years: i64| i32::try_from(i64::from(year).checked_add(years)?).ok();
    Some(match unit {
        Unit::Second | Unit::Minute => Value::Day(day),
        Unit::Hour => Value::Day(day.plus(by / 24)?),
        Unit::Day => Value::Day(day.plus(by)?),
        Unit::Week | Unit::Fortnight => {
            let weeks = by.checked_mul(if unit == Unit::Week { 7 } else { 14 })?;
            let monday = day.monday()?.plus(weeks)?;
            Value::Days(monday, monday.plus(6)?)
        }
        Unit::Weekend => {
            let saturday = day.monday()?.plus(by.checked_mul(7)?)?.plus(5)?;
            Value::Days(saturday, saturday.plus(1)?)
        }
        Unit::Month => {
            let months = by.checked_add(i64::from(month) - 1)?;
            Value::Month(year_on(months.div_euclid(12))?, (months.rem_euclid(12) + 1) as u8)
        }
        Unit::Quarter => {
            let quarters = by.checked_add((i64::from(month) - 1) / 3)?;
            Value::Quarter(year_on(quarters.div_euclid(4))?, (quarters.rem_euclid(4) + 1) as u8)
        }
        Unit::Year => Value::Year(year_on(by)?),
        Unit::Decade if (-1..=1).contains(&by) => Value::Decade(year_on(by * 10)?.div_euclid(10) * 10),
        Unit::Decade => Value::Year(year_on(by.checked_mul(10)?)?),
        Unit::Century => return None,
    })
}
