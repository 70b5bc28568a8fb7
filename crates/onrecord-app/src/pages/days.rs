//! Days as numbers, to be drawn.

/// A day (or the first one of a month or a year) as the days since 1 March of the year 0, after Howard Hinnant's
/// `days_from_civil`: years begin in March there, so that the leap day comes last. None where it is no such thing.
pub(super) fn ordinal(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-');
    let year: i64 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: i64 = parts.next().map_or(Ok(1), |month| month.get(..2).unwrap_or(month).parse()).ok()?;
    let day: i64 = parts.next().map_or(Ok(1), |day| day.get(..2).unwrap_or(day).parse()).ok()?;
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year)
}

/// The year, month and day of such a number.
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for day in ["2025-03-14", "2000-02-29", "1900-03-01", "0001-01-01", "9999-12-31"] {
            let (year, month, of_month) = civil(ordinal(day).unwrap());
            assert_eq!(format!("{year:04}-{month:02}-{of_month:02}"), day);
        }
        assert_eq!(ordinal("2025-03"), ordinal("2025-03-01"));
        assert_eq!(ordinal("2025"), ordinal("2025-01-01"));
        assert_eq!(ordinal("2025-03-14T10:00"), ordinal("2025-03-14"));
        assert_eq!(ordinal("2025-03-02").unwrap() - ordinal("2025-02-28").unwrap(), 2);
        for wrong in ["", "Friday", "25", "2025-13", "2025-00-01", "202X", "é"] {
            assert_eq!(ordinal(wrong), None, "{wrong}");
        }
    }
}
