//! Days and moments as pages and feeds write them, to RFC 3339.

use crate::date::is_published;

/// The day or moment that `words` name, as an RFC 3339 date or date-time; `None` where they name none for sure.
///
/// Reads ISO 8601 in its usual forms (`2025-03-14T09:30:00+0100`, `20250314`), RFC 2822
/// (`Fri, 14 Mar 2025 09:30:00 GMT`) and dates in English words (`March 14, 2025`). Days written in figures alone
/// with the year last are not read: nobody knows which is the month.
pub(crate) fn moment(words: &str) -> Option<String> {
    let words = words.trim();
    let good = |moment: &String| is_published(moment) && moment.as_str() >= OLDEST;
    iso(words).filter(good).or_else(|| spelt(words).filter(good))
}

/// Programs write the first day of their calendar where they know none; no newspaper is older than this.
const OLDEST: &str = "1600";

/// Whether the second of two dates or moments, as [`moment`] gives them, is of the day after the first.
pub(crate) fn is_next_day(first: &str, second: &str) -> bool {
    let number = |day: &str| day_number(day.get(..4)?, day.get(5..7)?, day.get(8..10)?);
    number(first).zip(number(second)).is_some_and(|(first, second)| second == first + 1)
}

/// Days since the first of March of the year 0, in the Gregorian calendar.
fn day_number(year: &str, month: &str, day: &str) -> Option<i64> {
    let (year, month, day): (i64, i64, i64) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    // years begin in March, so that the leap day is the last
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
}

/// ISO 8601, with the separators or without.
fn iso(words: &str) -> Option<String> {
    let compact = words.get(..8).filter(|day| day.bytes().all(|b| b.is_ascii_digit()));
    let (date, rest) = match compact {
        Some(day) => (format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]), &words[8..]),
        None => (words.get(..10)?.replace('/', "-"), &words[10..]),
    };
    let rest = rest.trim();
    let Some(clock) = rest.strip_prefix(['T', 't']).or(Some(rest)).map(str::trim).filter(|c| !c.is_empty())
    else {
        return Some(date);
    };
    let whole = format!("{date}T{}", zoned(clock));
    Some(if is_published(&whole) { whole } else { date })
}

/// A time with its zone as RFC 3339 has it: `+01:00` for `+0100`, `+01` and ` +01:00`; `Z` for `UTC` and `GMT`.
fn zoned(clock: &str) -> String {
    let at = clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(clock.len());
    let (time, zone) = (&clock[..at], clock[at..].trim());
    let zone = match zone.as_bytes() {
        [b'+' | b'-', hours @ ..] if hours.len() == 4 && hours.iter().all(u8::is_ascii_digit) => {
            format!("{}:{}", &zone[..3], &zone[3..])
        }
        [b'+' | b'-', _, _] => format!("{zone}:00"),
        _ => match zone {
            "UTC" | "GMT" | "UT" | "Z" | "z" => "Z".to_owned(),
            "EST" | "CDT" => "-05:00".to_owned(),
            "EDT" => "-04:00".to_owned(),
            "CST" | "MDT" => "-06:00".to_owned(),
            "MST" | "PDT" => "-07:00".to_owned(),
            "PST" => "-08:00".to_owned(),
            _ => zone.to_owned(),
        },
    };
    format!("{time}{zone}")
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A day in English words, and the time where it follows as RFC 2822 has it.
fn spelt(words: &str) -> Option<String> {
    let parts: Vec<&str> =
        words.split([' ', ',', '\u{a0}']).filter(|part| !part.is_empty()).take(12).collect();
    let at = parts.iter().position(|part| month(part).is_some())?;
    let number = |at: Option<usize>| {
        parts.get(at?)?.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok()
    };
    let (before, after) = (number(at.checked_sub(1)), number(Some(at + 1)));
    let year = |n: u32| (1800..=2200).contains(&n);
    let (day, year, end) = match (before, after) {
        (Some(day), Some(found)) if year(found) => (day, found, at + 2),
        (_, Some(day)) if number(Some(at + 2)).is_some_and(year) => (day, number(Some(at + 2))?, at + 3),
        _ => return None,
    };
    let date = format!("{year:04}-{:02}-{day:02}", month(parts[at])?);
    let clock = parts.get(end).filter(|clock| clock.contains(':') && clock.len() >= 5);
    let whole = clock
        .map(|clock| format!("{date}T{}", zoned(&format!("{clock}{}", parts.get(end + 1).unwrap_or(&"")))));
    Some(whole.filter(|whole| is_published(whole)).unwrap_or(date))
}

/// The number of a month by its English name or what it is cut to.
fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|short| word.starts_with(short))?;
    full[at].starts_with(&word).then_some(at + 1).or((word == "sept").then_some(9))
}

/// The day that the path of a URL tells: `/2025/03/14/`, `/2025-03-14-`, `/20250314`, `/2025/mar/14/`.
pub(crate) fn day_of_url(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_']).skip(1).collect();
    parts.windows(3).find_map(|window| {
        let [year, middle, day] = window else { return None };
        let digits = |part: &str, least, most| {
            (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(year, 4, 4) || !digits(day, 1, 2) {
            return None;
        }
        let number = match digits(middle, 1, 2) {
            true => middle.parse().ok()?,
            false => month(middle)?,
        };
        let day = format!("{year}-{number:02}-{day:0>2}");
        (is_published(&day) && ("1990".."2100").contains(year)).then_some(day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (words, expected) in [
            ("2025-03-14", "2025-03-14"),
            ("2025-03-14T09:30:00Z", "2025-03-14T09:30:00Z"),
            ("2025-03-14T09:30:00+0100", "2025-03-14T09:30:00+01:00"),
            ("2025-03-14 09:30:00 UTC", "2025-03-14T09:30:00Z"),
            ("2025-03-14T09:30:00.000-05", "2025-03-14T09:30:00.000-05:00"),
            ("2025/03/14 nonsense", "2025-03-14"),
            ("2025-03-14T09:30-1é4", "2025-03-14"),
            ("20250314", "2025-03-14"),
            ("20250314T093000", "2025-03-14"),
            ("Fri, 14 Mar 2025 09:30:00 GMT", "2025-03-14T09:30:00Z"),
            ("14 March 2025 09:30 EST", "2025-03-14T09:30-05:00"),
            ("March 14, 2025", "2025-03-14"),
            ("Published Sept. 3rd, 2025 at noon", "2025-09-03"),
        ] {
            assert_eq!(moment(words).as_deref(), Some(expected), "{words}");
        }
        for words in [
            "",
            "yesterday",
            "14.03.2025",
            "03/14/2025",
            "2025-02-30",
            "Mayor 14 2025",
            "é2025-03-14",
            "March 2025",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(moment(words), None, "{words}");
        }
    }

    #[test]
    fn days_that_follow() {
        for (first, second) in [
            ("2025-03-14", "2025-03-15T00:30:00Z"),
            ("2025-02-28", "2025-03-01"),
            ("2024-02-29T23:00:00Z", "2024-03-01"),
            ("2024-12-31", "2025-01-01"),
            ("2025-04-30", "2025-05-01"),
        ] {
            assert!(is_next_day(first, second) && !is_next_day(second, first), "{first} {second}");
        }
        assert!(!is_next_day("2025-03-14", "2025-03-14") && !is_next_day("2025-02-28", "2025-03-02"));
        assert!(!is_next_day("2024-02-28", "2024-03-01"));
    }

    #[test]
    fn days_in_urls() {
        for (url, expected) in [
            ("https://e.org/2025/03/14/siege", Some("2025-03-14")),
            ("https://e.org/news/2025-3-4-siege", Some("2025-03-04")),
            ("https://e.org/world/2025/mar/14/siege", Some("2025-03-14")),
            ("https://e.org/item/1234-56-78", None),
            ("https://e.org/siege?d=2025/03/14", None),
            ("https://e.org/0001/03/14", None),
        ] {
            assert_eq!(day_of_url(url).as_deref(), expected, "{url}");
        }
    }
}
