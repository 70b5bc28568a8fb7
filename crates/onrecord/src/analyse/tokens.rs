//! Cuts a text into tokens: words, numbers, marks, and one break for each run of white space with a line end.
//!
//! One pass over the characters, no dictionary but a list of abbreviations. Clitics (`'s`, `n't`) stand alone, as
//! news corpora have them; hyphenated words, numbers, addresses and `U.S.` stay whole. The tokens and the white space
//! between them, joined, are the text.

use crate::Span;

/// What the reader of tokens sees where a line ends.
pub const BREAK: &str = "¶";

/// Abbreviations that keep their full stop, without it, lower case.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "asst", "atty", "aug", "ave", "brig", "bros", "capt", "cmdr", "co", "col", "corp", "cpl",
    "dec", "dept", "det", "dr", "esq", "etc", "feb", "fri", "ft", "gen", "gov", "hon", "inc", "jan", "jr",
    "lt", "ltd", "maj", "messrs", "mr", "mrs", "ms", "mt", "nov", "oct", "ph.d", "pres", "prof", "rep",
    "reps", "rev", "sec", "sen", "sens", "sept", "sgt", "spc", "sr", "st", "supt", "vs",
];

/// What may follow an apostrophe and be a token with it.
const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// The tokens of `text`, in order. A break's span is the white space that holds the line end.
pub fn tokens(text: &str) -> Vec<Span> {
    let mut scanner = Scanner { text, at: 0 };
    let mut out = Vec::with_capacity(text.len() / 5);
    while let Some(first) = scanner.peek() {
        let begin = scanner.at;
        if first.is_whitespace() {
            if scanner.white_space() {
                out.push(Span::new(begin, scanner.at));
            }
            continue;
        }
        scanner.token(first);
        out.push(Span::new(begin, scanner.at));
    }
    out
}

/// Whether a token with these words is a break.
pub fn is_break(words: &str) -> bool {
    words.starts_with(char::is_whitespace)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes characters while `keep` holds.
    fn pass(&mut self, keep: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !keep(c)).unwrap_or(rest.len());
    }

    /// Passes a run of white space; whether a line ends in it.
    fn white_space(&mut self) -> bool {
        let begin = self.at;
        self.pass(char::is_whitespace);
        self.text[begin..self.at].contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
    }

    /// Passes one token that begins with `first`.
    fn token(&mut self, first: char) {
        match first {
            'h' | 'H' | 'w' | 'W' if self.address() => {}
            '@' | '#' if self.second().is_some_and(char::is_alphanumeric) => {
                self.at += 1;
                self.pass(|c| in_word(c) || c == '_');
            }
            '\'' | '’' if self.clitic() > 0 && self.follows_word() => self.at += self.clitic(),
            'n' | 'N' if self.negation_here() && self.follows_word() => self.at += 1 + self.apostrophe_t(1),
            '\'' | '`' if self.second() == Some(first) => self.at += 2,
            '.' | '-' => self.pass(|c| c == first),
            c if c.is_alphanumeric() => self.word(),
            c => self.at += c.len_utf8(),
        }
    }

    /// The character after the next.
    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Whether the character before is part of a word: a clitic leans on it.
    fn follows_word(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(in_word)
    }

    /// Passes a web address, if one begins here.
    fn address(&mut self) -> bool {
        let head = self.rest().as_bytes();
        let starts = |prefix: &str| {
            head.len() >= prefix.len() && head[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes())
        };
        if !(starts("http://") || starts("https://") || starts("www.")) {
            return false;
        }
        let begin = self.at;
        self.pass(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»'));
        let address = &self.text[begin..self.at];
        self.at =
            begin + address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’']).len();
        true
    }

    /// The length of the clitic that begins at the apostrophe here; 0 if none does.
    fn clitic(&self) -> usize {
        let rest = self.rest();
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        let letters = &rest[mark..];
        let end = letters.find(|c| !in_word(c)).unwrap_or(letters.len());
        if CLITICS.iter().any(|clitic| letters[..end].eq_ignore_ascii_case(clitic)) { mark + end } else { 0 }
    }

    /// The length of an apostrophe and a final `t`, `skip` bytes on; 0 if they don't stand there.
    fn apostrophe_t(&self, skip: usize) -> usize {
        let mut rest = self.text[self.at + skip..].chars();
        match (rest.next(), rest.next(), rest.next()) {
            (Some(mark @ ('\'' | '’')), Some('t' | 'T'), after) if !after.is_some_and(in_word) => {
                mark.len_utf8() + 1
            }
            _ => 0,
        }
    }

    /// Whether `n't` begins here.
    fn negation_here(&self) -> bool {
        self.apostrophe_t(1) > 0
    }

    /// Passes a word, with what joins its parts.
    fn word(&mut self) {
        let begin = self.at;
        let mut before = ' ';
        while let Some(c) = self.peek() {
            if in_word(c) {
                if matches!(c, 'n' | 'N') && self.at > begin && self.negation_here() {
                    return;
                }
                self.at += c.len_utf8();
            } else if c == '@' && self.at > begin && self.mail() {
                return;
            } else if self.joins(before, c) {
                self.at += c.len_utf8();
            } else {
                break;
            }
            before = c;
        }
        if self.peek() == Some('.') && is_abbreviation(&self.text[begin..self.at]) {
            self.at += 1;
        }
    }

    /// Whether `mark`, after `before`, goes on with the word instead of ending it.
    fn joins(&self, before: char, mark: char) -> bool {
        let Some(after) = self.second() else { return false };
        match mark {
            '-' | '‐' | '‑' | '_' => after.is_alphanumeric(),
            '\'' | '’' => after.is_alphabetic() && before.is_alphabetic() && self.clitic() == 0,
            ',' | ':' | '/' => before.is_ascii_digit() && after.is_ascii_digit(),
            '&' => before.is_uppercase() && after.is_uppercase(),
            '.' => {
                before.is_ascii_digit() && after.is_ascii_digit()
                    || before.is_lowercase() && after.is_lowercase()
                    || before.is_alphabetic() && after.is_alphabetic() && self.single_letter_next()
            }
            _ => false,
        }
    }

    /// Whether a letter and a full stop follow the full stop here, after a single letter: `U.S.`, `p.m.`.
    fn single_letter_next(&self) -> bool {
        let mut back = self.text[..self.at].chars().rev();
        let single =
            back.next().is_some_and(char::is_alphabetic) && !back.next().is_some_and(char::is_alphanumeric);
        single && !self.rest().chars().nth(2).is_some_and(char::is_alphanumeric)
    }

    /// Passes the host of a mail address, if the mark `@` here has one.
    fn mail(&mut self) -> bool {
        let host = &self.text[self.at + 1..];
        let end = host.find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).unwrap_or(host.len());
        let host = host[..end].trim_end_matches(['.', '-']);
        if host.contains('.') {
            self.at += 1 + host.len();
        }
        host.contains('.')
    }
}

/// Letters, digits and the invisible signs that belong to them.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether these words, before a full stop, take it in.
fn is_abbreviation(words: &str) -> bool {
    let initials = words.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    });
    let initials = initials && (words.contains('.') || words.starts_with(char::is_uppercase));
    initials || words.len() <= 6 && ABBREVIATIONS.contains(&words.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<_> =
            tokens(text).iter().map(|t| if is_break(t.of(text)) { BREAK } else { t.of(text) }).collect();
        assert_eq!(words.join("|"), expected);
    }

    #[test]
    fn words_and_marks() {
        check("“No,” said Ann.", "“|No|,|”|said|Ann|.");
        check("a state-run well-known one", "a|state-run|well-known|one");
        check("yes -- no ... so — on", "yes|--|no|...|so|—|on");
        check("``No,'' he said", "``|No|,|''|he|said");
    }

    #[test]
    fn clitics_stand_alone() {
        check("She didn't say it's Ann’s", "She|did|n't|say|it|'s|Ann|’s");
        check("O'Brien can't, won’t", "O'Brien|ca|n't|,|wo|n’t");
        check("the dogs' owner", "the|dogs|'|owner");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check(
            "Sen. J. R. Doe of the U.S. left at 5 p.m. Monday.",
            "Sen.|J.|R.|Doe|of|the|U.S.|left|at|5|p.m.|Monday|.",
        );
        check("It was him. He left.", "It|was|him|.|He|left|.");
        check("said.The end", "said|.|The|end");
    }

    #[test]
    fn numbers_and_addresses() {
        check("1,200.50 at 9:30 on 9/11, 3rd", "1,200.50|at|9:30|on|9/11|,|3rd");
        check(
            "see https://a.example/x?y=1). Or www.b.example.",
            "see|https://a.example/x?y=1|)|.|Or|www.b.example|.",
        );
        check("mail ann@news.example, @ann #news", "mail|ann@news.example|,|@ann|#news");
        check("AT&T Corp. and news.example", "AT&T|Corp.|and|news.example");
    }

    #[test]
    fn breaks() {
        check("One.\r\n\r\nTwo.\n", "One|.|¶|Two|.|¶");
        check("a \u{a0} b", "a|b");
    }

    #[test]
    fn other_scripts_and_signs() {
        check("🙂 ok 👩‍🚀", "🙂|ok|👩|\u{200d}|🚀");
        check("قالت ليلى «نعم»", "قالت|ليلى|«|نعم|»");
        check("na\u{69}\u{308}ve cafe\u{301}", "na\u{69}\u{308}ve|cafe\u{301}");
    }

    #[test]
    fn tokens_and_gaps_are_the_text() {
        for text in [
            "",
            " ",
            "'",
            "n't",
            "''''",
            "@",
            "a@b",
            "a@b.",
            "..",
            "http://",
            "x'",
            "U.",
            "\u{301}a",
            "n’t n't’s",
        ] {
            let mut end = 0;
            for token in tokens(text) {
                assert!(token.begin < token.end && token.begin >= end);
                assert!(text[end as usize..token.begin as usize].chars().all(char::is_whitespace));
                end = token.end;
            }
            assert!(text[end as usize..].chars().all(char::is_whitespace));
        }
    }
}
