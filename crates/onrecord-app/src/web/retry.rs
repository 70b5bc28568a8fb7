//! `Retry-After`: when a server wants to be asked again.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// No server can send us away for longer.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// How long to wait from `now`: the header holds seconds, or a date of HTTP.
pub(super) fn retry_after(words: &str, now: SystemTime) -> Option<Duration> {
    let words = words.trim();
    let wait = match words.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => date(words)?.duration_since(now).unwrap_or_default(),
    };
    Some(wait.min(LONGEST))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the form that servers must write.
fn date(words: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [_, day, month, year, clock, "GMT"] = words.split(' ').collect::<Vec<_>>()[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)? as u64 + 1;
    let number = |digits: &str| digits.parse::<u32>().ok().map(u64::from);
    let (day, year) = (number(day)?, number(year)?);
    let [hour, minute, second] = clock.split(':').map(number).collect::<Vec<_>>()[..] else { return None };
    let days = days_since_1970(year, month, day)?;
    let seconds = days * 86_400 + hour? * 3600 + minute? * 60 + second?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Of the years 1970 to 9999. Years begin in March here, so that the leap day is the last of its year.
fn days_since_1970(year: u64, month: u64, day: u64) -> Option<u64> {
    let in_range = (1970..=9999).contains(&year) && (1..=31).contains(&day);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    in_range.then(|| days.checked_sub(719_469)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        let wait = |words| retry_after(words, now).map(|wait| wait.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0));
        assert_eq!(wait("Sun, 06 Nov 1994 08:59:37 GMT"), Some(600));
        assert_eq!(wait("Sat, 05 Nov 1994 08:49:37 GMT"), Some(0));
        assert_eq!(wait("99999999"), Some(86_400));
        assert_eq!(wait("Sun, 06 Nov 9999 08:49:37 GMT"), Some(86_400));
        for odd in [
            "",
            "soon",
            "-1",
            "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 9999999999999999:49:37 GMT",
        ] {
            assert_eq!(wait(odd), None, "{odd}");
        }
    }

    #[test]
    fn days_of_leap_years() {
        assert_eq!(days_since_1970(1970, 1, 1), Some(0));
        assert_eq!(days_since_1970(2000, 2, 29), Some(11_016));
        assert_eq!(days_since_1970(2000, 3, 1), Some(11_017));
        assert_eq!(days_since_1970(2026, 11, 25), Some(20_782));
    }
}
