//! The forms of EDTF that the record uses: days, months, years, decades, seasons and quarters, times, intervals.

use onrecord::resolve::times::Day;

/// Whether a record may hold this as a time.
pub(crate) fn is_valid(value: &str) -> bool {
    match value.split_once('/') {
        Some((from, to)) => is_date(from) && is_date(to) && from <= to,
        None => match value.split_once('T') {
            Some((day, time)) => day.len() == 10 && is_date(day) && is_time(time),
            None => is_date(value),
        },
    }
}

/// `2025`, `202X`, `2025-03`, `2025-21`, `2025-33`, `2025-03-14`.
fn is_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let decade = parts[0].strip_suffix('X').filter(|_| parts.len() == 1);
    let is_year = parts[0].len() == 4 && number(&decade.unwrap_or(parts[0]));
    let lengths = parts[1..].iter().all(|part| part.len() == 2 && number(part));
    let numbers: Vec<u32> = parts[1..].iter().filter_map(|part| part.parse().ok()).collect();
    is_year
        && lengths
        && match numbers[..] {
            [] => true,
            [month] => matches!(month, 1..=12 | 21..=24 | 33..=36),
            [_, _] => Day::parse(value).is_some(),
            _ => false,
        }
}

fn is_time(value: &str) -> bool {
    let is_two = |part: &str, below: u32| part.len() == 2 && part.parse().is_ok_and(|part: u32| part < below);
    value.split_once(':').is_some_and(|(hour, minute)| is_two(hour, 24) && is_two(minute, 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_record() {
        for value in [
            "2025",
            "202X",
            "2025-03",
            "2025-24",
            "2025-33",
            "2025-03-14",
            "2024-02-29",
            "2025-03-10/2025-03-16",
            "2025-03-14T09:30",
        ] {
            assert!(is_valid(value), "{value}");
        }
        for value in [
            "",
            "Friday",
            "25",
            "202X-03",
            "2025-13",
            "2025-3",
            "2025-02-29",
            "2025-03-14/2025-03-10",
            "2025-03T09:30",
            "2025-03-14T24:00",
            "2025-03-14-01",
            "2025-+3",
            "/",
            "é025",
        ] {
            assert!(!is_valid(value), "{value}");
        }
    }
}
