//! The form of a day of publication: an RFC 3339 date or date-time.

/// Whether `words` are an RFC 3339 date (`2025-03-14`) or date-time (`2025-03-14T09:30:00Z`).
///
/// The day must exist. The time zone may be missing, as many feeds leave it out.
pub fn is_published(words: &str) -> bool {
    let Some((date, rest)) = words.split_at_checked(10) else { return false };
    is_date(date) && (rest.is_empty() || is_time(rest))
}

fn is_date(date: &str) -> bool {
    let mut parts = date.split('-').map(number);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) => {
            date.as_bytes()[4] == b'-'
                && date.as_bytes()[7] == b'-'
                && (1..=12).contains(&month)
                && (1..=days(year, month)).contains(&day)
        }
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `T09:30`, `T09:30:00`, `T09:30:00.25`, each with or without `Z` or `+01:00`.
fn is_time(rest: &str) -> bool {
    let Some(time) = rest.strip_prefix(['T', 't', ' ']) else { return false };
    let clock = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => clock,
        None => match time.rfind(['+', '-']) {
            Some(sign) if is_clock(&time[sign + 1..]) => &time[..sign],
            Some(_) => return false,
            None => time,
        },
    };
    is_clock(clock)
}

fn is_clock(clock: &str) -> bool {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<_> = whole.split(':').collect();
    let limits = [23, 59, 60];
    matches!(parts.len(), 2 | 3)
        && number(fraction).is_some()
        && parts
            .iter()
            .zip(limits)
            .all(|(part, limit)| part.len() == 2 && number(part).is_some_and(|n| n <= limit))
}

/// Digits alone: `str::parse` would take a sign.
fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::is_published;

    #[test]
    fn dates_and_times() {
        for good in [
            "2025-03-14",
            "2024-02-29",
            "2025-03-14T09:30:00Z",
            "2025-03-14T09:30:00.125+01:00",
            "2025-03-14 09:30",
            "2016-09-12T00:00:00",
        ] {
            assert!(is_published(good), "{good}");
        }
        for bad in [
            "",
            "2025",
            "yesterday!",
            "2025-02-29",
            "2025-13-01",
            "14-03-2025",
            "2025-3-140",
            "+025-03-14",
            "2025-03-14T25:00",
            "2025-03-14x",
            "2025-03-14T",
            "2025-03-14T09:30+1",
            "20é5-03-14",
        ] {
            assert!(!is_published(bad), "{bad}");
        }
    }
}
