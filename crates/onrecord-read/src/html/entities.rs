//! Character references (`&eacute;`, `&#8220;`) to the characters they stand for.

use std::sync::OnceLock;

static TABLE: &str = include_str!("../../data/entities.tsv");

/// The longest name in the table, with its semicolon.
const LONGEST: usize = 32;

/// The longest name that needs no semicolon.
const LONGEST_OPEN: usize = 6;

/// The character reference that `words` begin with, as the HTML standard reads it in running text: what it stands for
/// (one or two characters) and how many bytes it takes. `words` begin with `&`.
pub(crate) fn reference(words: &str) -> Option<(String, usize)> {
    match words.as_bytes().get(1)? {
        b'#' => numeric(words),
        byte if byte.is_ascii_alphanumeric() => named(words),
        _ => None,
    }
}

/// Replaces all character references in `words`.
pub(crate) fn decode(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (meant, length) = reference(rest).unwrap_or_else(|| ("&".to_owned(), 1));
        out.push_str(&meant);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn numeric(words: &str) -> Option<(String, usize)> {
    let digits = &words[2..];
    let (digits, radix, head) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 3),
        None => (digits, 10, 2),
    };
    let length = digits.bytes().take_while(|&b| (b as char).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let number = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    let end = head + length + usize::from(digits[length..].starts_with(';'));
    Some((character(number).to_string(), end))
}

/// The character of this number. Those of windows-1252 between 128 and 159 are meant as that encoding has them.
fn character(number: u32) -> char {
    match u8::try_from(number) {
        Ok(byte @ 0x80..=0x9F) => {
            let bytes = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        Ok(0) => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn named(words: &str) -> Option<(String, usize)> {
    let bytes = words.as_bytes();
    let longest = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let closed = bytes.get(1 + longest) == Some(&b';');
    // Some old names need no semicolon, and then the longest that fits is meant: `&notit` is `¬it`.
    let whole = closed.then_some(longest + 1);
    whole.into_iter().chain((2..=longest.min(LONGEST_OPEN)).rev()).find_map(|length| {
        let meant = lookup(&words[1..=length])?;
        Some((meant, length + 1))
    })
}

fn lookup(name: &str) -> Option<String> {
    static SORTED: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let table = SORTED.get_or_init(|| {
        TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
    });
    let at = table.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    let points = table[at].1.split(' ').filter_map(|point| u32::from_str_radix(point, 16).ok());
    Some(points.filter_map(char::from_u32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (words, meant) in [
            ("Caf&eacute; &amp; bar", "Café & bar"),
            ("&ldquo;No&rdquo;", "“No”"),
            ("&#8220;&#x201D;&#x201d", "“””"),
            ("&#147;&#150;&#0;&#xD800;&#99999999999;", "“–\u{fffd}\u{fffd}\u{fffd}"),
            ("a &lt b &notit; R&D & AT&T &;&#;&#x;", "a < b ¬it; R&D & AT&T &;&#;&#x;"),
            ("&NotEqualTilde;&", "≂̸&"),
            ("&é", "&é"),
        ] {
            assert_eq!(decode(words), meant);
        }
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        let names: Vec<_> = TABLE.lines().filter_map(|line| line.split_once('\t')).collect();
        assert_eq!(names.len(), 2231);
        assert!(names.is_sorted());
        let open = names.iter().filter(|(name, _)| !name.ends_with(';')).map(|(name, _)| name.len());
        assert_eq!(open.max(), Some(LONGEST_OPEN));
        assert!(names.iter().all(|(name, _)| name.len() <= LONGEST && lookup(name).is_some()));
    }
}
