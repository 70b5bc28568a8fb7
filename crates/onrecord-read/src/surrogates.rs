//! Mends `\ud800` without its other half in JSON, which serde_json refuses though many programs write it.

use std::borrow::Cow;

/// Turns each unpaired surrogate escape inside a JSON string into `\ufffd`; says how many there were.
///
/// Every other byte stays, so columns in later messages are right. What is no JSON is left alone.
pub(crate) fn mend(json: &str) -> (Cow<'_, str>, usize) {
    let lone = lone_surrogates(json.as_bytes());
    if lone.is_empty() {
        return (Cow::Borrowed(json), 0);
    }
    let mut mended = String::with_capacity(json.len());
    let mut done = 0;
    for &at in &lone {
        mended.push_str(&json[done..at]);
        mended.push_str("\\ufffd");
        done = at + ESCAPE;
    }
    mended.push_str(&json[done..]);
    (Cow::Owned(mended), lone.len())
}

/// The length of `\uXXXX`.
const ESCAPE: usize = 6;

/// Where the backslashes of unpaired surrogate escapes stand. In JSON a backslash occurs inside strings only.
fn lone_surrogates(json: &[u8]) -> Vec<usize> {
    let mut lone = Vec::new();
    let mut at = 0;
    while let Some(next) = json[at..].iter().position(|&b| b == b'\\') {
        at += next;
        at += match (unit(json, at), unit(json, at + ESCAPE)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 2 * ESCAPE,
            (Some(0xD800..=0xDFFF), _) => {
                lone.push(at);
                ESCAPE
            }
            // `\\` and the like: the second character begins no escape. Nor may this run past the end.
            _ => 2.min(json.len() - at),
        };
    }
    lone
}

/// The code unit of the escape `\uXXXX` that begins at `at`.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let escape = json.get(at..at + ESCAPE)?;
    let digits = escape.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[track_caller]
    fn check(json: &str, mended: &str, count: usize) {
        assert_eq!(mend(json), (mended.into(), count));
    }

    #[test]
    fn pairs_stay_and_halves_go() {
        check(r#""\ud83d\ude42""#, r#""\ud83d\ude42""#, 0);
        check(r#""a\ud800b""#, r#""a\ufffdb""#, 1);
        check(r#""\uDE42\uD83D""#, r#""\ufffd\ufffd""#, 2);
        check(r#""\ud83d\ud83d\ude42""#, r#""\ufffd\ud83d\ude42""#, 1);
        check(r#""\ud83d\n""#, r#""\ufffd\n""#, 1);
    }

    #[test]
    fn an_escaped_backslash_begins_no_escape() {
        check(r#""\\ud800""#, r#""\\ud800""#, 0);
        check(r#""\\\ud800""#, r#""\\\ufffd""#, 1);
    }

    #[test]
    fn what_is_no_json_stays() {
        for odd in ["", "\\", "\\u", "\\ud8", "\\udé00", "x\\", "\\ué"] {
            check(odd, odd, 0);
        }
    }
}
