//! A text's tokens as lexemes: hyphenated words in their parts, numbers by their form.

use super::calendar::Day;
use super::words::{LONGEST, Lexeme, lexeme};
use crate::Span;
use crate::analyse::Outline;

/// The words and marks of a text, as parallel arrays.
pub(super) struct Pieces<'a> {
    pub(super) text: &'a str,
    pub(super) kinds: Vec<Lexeme>,
    pub(super) spans: Vec<Span>,
    /// The number of each piece's sentence.
    pub(super) sentences: Vec<u32>,
}

impl<'a> Pieces<'a> {
    /// Reads the tokens of `outline` as lexemes.
    pub(super) fn new(text: &'a str, outline: &Outline) -> Self {
        let count = outline.tokens.len() + outline.tokens.len() / 16;
        let mut pieces = Pieces {
            text,
            kinds: Vec::with_capacity(count),
            spans: Vec::with_capacity(count),
            sentences: Vec::with_capacity(count),
        };
        for (token, &sentence) in outline.tokens.iter().zip(&outline.layout.sentences) {
            pieces.add(*token, sentence);
        }
        pieces
    }

    /// Adds a token; a hyphenated word as its parts, unless the whole is a date or a range.
    fn add(&mut self, token: Span, sentence: u32) {
        let words = token.of(self.text).as_bytes();
        let whole = if words.len() > 1 && words.contains(&b'-') && words[0] != b'-' {
            hyphenated_number(words)
        } else {
            Some(read(words))
        };
        if let Some(kind) = whole {
            self.push(kind, token, sentence);
            return;
        }
        let mut begin = token.begin;
        for part in words.split(|&b| b == b'-') {
            let end = begin + part.len() as u32;
            if !part.is_empty() {
                self.push(read(part), Span { begin, end }, sentence);
            }
            begin = end + 1;
        }
    }

    fn push(&mut self, kind: Lexeme, span: Span, sentence: u32) {
        self.kinds.push(kind);
        self.spans.push(span);
        self.sentences.push(sentence);
    }

    /// The lexeme so many places before `at`.
    pub(super) fn back(&self, at: usize, places: usize) -> Lexeme {
        at.checked_sub(places).map_or(Lexeme::Break, |place| self.kinds[place])
    }

    /// The words of a piece; none past the end.
    pub(super) fn words(&self, at: usize) -> &'a str {
        self.spans.get(at).map_or("", |span| span.of(self.text))
    }

    /// Whether a hyphen ties this piece to the one before.
    pub(super) fn joined(&self, at: usize) -> bool {
        at > 0 && at < self.spans.len() && {
            let (before, here) = (self.spans[at - 1], self.spans[at]);
            before.end + 1 == here.begin && self.text.as_bytes()[before.end as usize] == b'-'
        }
    }

    /// Whether the piece begins with a capital letter.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.words(at).starts_with(char::is_uppercase)
    }
}

/// Reads a word or mark without a hyphen.
fn read(words: &[u8]) -> Lexeme {
    match words[0] {
        b'0'..=b'9' => number(words),
        b'a'..=b'z' | b'A'..=b'Z' if words.len() <= LONGEST => cased(words),
        b',' => Lexeme::Comma,
        b'$' | b'#' | b'%' => Lexeme::Sign,
        b'\'' if words.len() == 1 => Lexeme::Apostrophe,
        b'\'' if words == b"'s" => Lexeme::Possessive,
        0x80.. => foreign(words),
        b if b.is_ascii_whitespace() => Lexeme::Break,
        _ => Lexeme::Other,
    }
}

/// Marks outside ASCII.
fn foreign(words: &[u8]) -> Lexeme {
    match std::str::from_utf8(words) {
        Ok("’s") => Lexeme::Possessive,
        Ok("’" | "‘") => Lexeme::Apostrophe,
        Ok("£" | "€" | "¥") => Lexeme::Sign,
        Ok(words) if words.starts_with(char::is_whitespace) => Lexeme::Break,
        _ => Lexeme::Other,
    }
}

/// Looks a word up. Names of days and months count with a capital only: "may", "march", "sat" are verbs.
fn cased(words: &[u8]) -> Lexeme {
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..words.len()];
    lower.copy_from_slice(words);
    lower.make_ascii_lowercase();
    match lexeme(lower) {
        Lexeme::Weekday(_)
        | Lexeme::WeekdayShort(_)
        | Lexeme::Weekdays
        | Lexeme::Month(_)
        | Lexeme::MonthShort(_)
        | Lexeme::Feast
            if words[0].is_ascii_lowercase() =>
        {
            Lexeme::Other
        }
        kind => kind,
    }
}

/// Reads what begins with a digit, without a hyphen.
fn number(words: &[u8]) -> Lexeme {
    let digits = words.iter().take_while(|b| b.is_ascii_digit()).count();
    let value = decimal(&words[..digits]);
    match &words[digits..] {
        b"" => Lexeme::Digits(value, digits.min(255) as u8),
        b"st" | b"nd" | b"rd" | b"th" if digits <= 2 && (1..=31).contains(&value) => {
            Lexeme::Ordinal(value as u8)
        }
        b"s" if digits == 4 && value.is_multiple_of(10) => Lexeme::Decade(value as i32),
        b"s" if digits == 2 && value.is_multiple_of(10) => Lexeme::ShortDecade(value as u8),
        [b':', rest @ ..] if digits <= 2 => clock(value, rest),
        [b'/', rest @ ..] if digits <= 4 => slashed(value, rest),
        rest => match meridian(rest) {
            Some(pm) if digits <= 2 => {
                hour_of(value, 0, pm).map_or(Lexeme::Other, |hour| Lexeme::Hour(hour, 0))
            }
            _ => Lexeme::Other,
        },
    }
}

/// The number that these digits write; the highest there is, if it is higher.
fn decimal(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum: u32, digit| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

/// Whether "am" or "pm" stands here.
fn meridian(rest: &[u8]) -> Option<bool> {
    match rest {
        b"am" | b"AM" | b"a.m" | b"a.m." => Some(false),
        b"pm" | b"PM" | b"p.m" | b"p.m." => Some(true),
        _ => None,
    }
}

/// The hour of the day (0 to 23) for one of the twelve before or after noon.
pub(super) fn hour_of(hour: u32, minute: u32, pm: bool) -> Option<u8> {
    ((1..=12).contains(&hour) && minute < 60).then_some((hour % 12) as u8 + if pm { 12 } else { 0 })
}

/// Reads minutes, and seconds to pass over, after the colon.
fn clock(hour: u32, rest: &[u8]) -> Lexeme {
    let Some((minute, rest)) = rest.split_at_checked(2) else { return Lexeme::Other };
    if !minute.iter().all(u8::is_ascii_digit) {
        return Lexeme::Other;
    }
    let minute = decimal(minute);
    match (meridian(rest), rest) {
        (Some(pm), _) => {
            hour_of(hour, minute, pm).map_or(Lexeme::Other, |hour| Lexeme::Hour(hour, minute as u8))
        }
        (None, [] | [b':', _, _]) if hour < 24 && minute < 60 => Lexeme::Clock(hour as u8, minute as u8),
        _ => Lexeme::Other,
    }
}

/// Reads the rest of "02/12/16", "2016/02/12", or, where the first number is no month, "13/02/16". Two numbers alone
/// are a fraction, or "9/11".
fn slashed(first: u32, rest: &[u8]) -> Lexeme {
    let mut parts = rest.split(|&b| b == b'/').map(|part| {
        ((1..=4).contains(&part.len()) && part.iter().all(u8::is_ascii_digit))
            .then(|| (decimal(part), part.len()))
    });
    let (Some(Some((second, _))), Some(Some((third, length))), None) =
        (parts.next(), parts.next(), parts.next())
    else {
        return Lexeme::Other;
    };
    let date = match (first, length) {
        (1000.., _) => day(first, second, third),
        (13.., 2 | 4) => day(full_year(third, length), second, first),
        (_, 2 | 4) => day(full_year(third, length), first, second),
        _ => None,
    };
    date.map_or(Lexeme::Other, Lexeme::Date)
}

fn day(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}

/// A year of two digits is one of 1950 to 2049: news is younger than that, and plans don't reach further.
pub(super) fn full_year(year: u32, digits: usize) -> u32 {
    match (digits, year) {
        (2, 0..50) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    }
}

/// Reads "2016-02-12", "2016-02-12T09:30:00Z", "9-11"; `None` for a word that is to be read in parts.
fn hyphenated_number(words: &[u8]) -> Option<Lexeme> {
    if !words[0].is_ascii_digit() {
        return None;
    }
    let text = std::str::from_utf8(words).ok()?;
    if let Some(day) = Day::parse(text) {
        return Some(Lexeme::Date(day));
    }
    let (first, last) = text.split_once('-')?;
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u8>().ok())?;
    match (number(first), number(last)) {
        (Some(first @ 1..=30), Some(last @ 2..=31)) if first < last => Some(Lexeme::DayRange(first, last)),
        _ if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') => Some(Lexeme::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::outline;

    #[track_caller]
    fn check(text: &str, expected: &[Lexeme]) {
        assert_eq!(Pieces::new(text, &outline(text)).kinds, expected, "{text}");
    }

    #[test]
    fn numbers_by_their_form() {
        use Lexeme::*;
        let day = |y, m, d| Date(Day::new(y, m, d).unwrap());
        check(
            "12 12th 1990s 80s 9-11",
            &[Digits(12, 2), Ordinal(12), Decade(1990), ShortDecade(80), DayRange(9, 11)],
        );
        check("2016-02-12 02/12/16 13/02/2016", &[day(2016, 2, 12), day(2016, 2, 12), day(2016, 2, 13)]);
        check("9:30 9:30pm 5pm 25:10", &[Clock(9, 30), Hour(21, 30), Hour(17, 0), Other]);
        check("9/11 1,989 1950-53 2016-02-30", &[Other, Other, Other, Other]);
        check("999999999999", &[Digits(u32::MAX, 12)]);
    }

    #[test]
    fn words_in_their_parts() {
        use Lexeme::*;
        check("mid-October year-earlier", &[Edge, Month(10), Unit(super::super::words::Unit::Year), Earlier]);
        check("may Sat sat -- -x", &[Other, WeekdayShort(5), Other, Other, Other, Other]);
    }
}
