//! Makes an article's words harmless to a terminal: no control character of a text reaches it.

/// The words with every control character shown as its picture (`␛`), tabs as spaces, and without the marks that turn
/// the direction of writing, which would reach beyond their words, and those that nobody sees, by which two names look
/// the same; what joins letters and emoji stays. Line ends stay: those of Windows and of old Macs become `\n`.
pub(crate) fn inert(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => shown.push('\n'),
            '\t' => shown.push(' '),
            '\u{2028}' | '\u{2029}' => shown.push('\n'),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => {}
            c if c.is_control() => shown.push(picture(c)),
            c => shown.push(c),
        }
    }
    shown
}

/// The picture of a control character; those of the second block (U+0080 to U+009F) have none of their own.
fn picture(control: char) -> char {
    match control {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + control as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn nothing_drives_the_terminal() {
        assert_eq!(inert("\x1b[31mred\x07\0\x7f\u{9b}2J"), "␛[31mred␇␀␡\u{fffd}2J");
        assert_eq!(inert("a\tb\r\nc\rd\u{2028}e"), "a b\nc\nd\ne");
        assert_eq!(inert("x\u{202e}evil\u{202c}"), "xevil");
        assert_eq!(inert("An\u{200b}n\u{2060} L\u{feff}ee"), "Ann Lee");
        assert_eq!(inert("👩‍👧 محمد “é”"), "👩‍👧 محمد “é”");
    }

    #[test]
    fn no_control_character_is_left() {
        let all: String = (0..0x300).filter_map(char::from_u32).collect();
        assert!(inert(&all).chars().all(|c| c == '\n' || !c.is_control()));
    }
}
