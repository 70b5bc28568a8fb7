//! Double quotation marks that don't pair: one that is never closed, one that was never opened.

use super::{Flag, FlagKind};
use crate::Span;

/// So many of a hundred such flags are right: `record/flags.md`.
const SCORE: f32 = 0.95;

/// A mark and what it does.
struct Mark {
    span: Span,
    opens: bool,
    /// Whether its paragraph begins with it.
    begins: bool,
}

/// The marks that don't pair. A quotation that goes on in the next paragraph is opened there anew, as news style has it, or
/// ends there; and so it may be where paragraphs were joined.
pub(super) fn broken(text: &str) -> Vec<Flag> {
    let paragraphs: Vec<Option<Vec<Mark>>> =
        paragraphs(text).into_iter().map(|part| marks(text, part)).collect();
    let mut flags = Vec::new();
    let mut open: Vec<Span> = Vec::new();
    for (place, paragraph) in paragraphs.iter().enumerate() {
        for mark in paragraph.iter().flatten() {
            if !mark.opens {
                flags.extend(open.pop().is_none().then(|| flag(mark.span, "closes nothing")));
                continue;
            }
            // else it stands within what was open
            if ends_sentence(text, mark.span) {
                open.pop();
            }
            open.push(mark.span);
        }
        let carried = match paragraphs.get(place + 1).map(|next| next.as_ref().map(|marks| marks.first())) {
            Some(Some(Some(mark))) if !mark.opens => open.pop(),
            Some(Some(Some(mark))) if mark.begins => open.pop().and(None),
            // what the marks there do cannot be told
            Some(None) => open.drain(..).next().and(None),
            _ => None,
        };
        flags.extend(open.drain(..).map(|first| flag(first, "is not closed")));
        open.extend(carried);
    }
    flags
}

fn flag(span: Span, what: &str) -> Flag {
    Flag {
        kind: FlagKind::BrokenQuote,
        span: vec![span],
        note: format!("this quotation mark {what}"),
        score: SCORE,
    }
}

/// Blank lines part paragraphs, in a text without any each line; none where lines are wrapped and nothing parts them.
fn paragraphs(text: &str) -> Vec<Span> {
    let text_with = |end: &str| -> Vec<Span> {
        let begins = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let span = |part: &str| Span::new(begins(part), begins(part) + part.len());
        text.split(end).map(str::trim).filter(|part| !part.is_empty()).map(span).collect()
    };
    if text.contains("\n\n") {
        return text_with("\n\n");
    }
    let lines = text_with("\n");
    let ended = lines.iter().filter(|line| line.of(text).ends_with(['.', '!', '?', '”', '"', ':'])).count();
    if 2 * ended >= lines.len() { lines } else { Vec::new() }
}

/// The marks of a paragraph; none where it cannot be told what one of them does, as for inches.
fn marks(text: &str, paragraph: Span) -> Option<Vec<Mark>> {
    let words = paragraph.of(text);
    let mut marks = Vec::new();
    for (at, c) in words.char_indices() {
        let length = match c {
            '“' | '”' | '"' => c.len_utf8(),
            '\'' | '`' if words[at + 1..].starts_with(c) => 2,
            _ => continue,
        };
        let (before, after) = (&words[..at], &words[at + length..]);
        let opens = match c {
            '“' | '`' => true,
            '”' => false,
            _ => direction(before, after)?,
        };
        let begin = paragraph.begin as usize + at;
        marks.push(Mark { span: Span::new(begin, begin + length), opens, begins: at == 0 });
    }
    Some(marks)
}

/// Whether a straight mark between these words opens, where the space around it tells.
fn direction(before: &str, after: &str) -> Option<bool> {
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let is_open = left.is_none_or(|c| c.is_whitespace() || "([—–-".contains(c));
    let is_end = right.is_none_or(|c| c.is_whitespace() || ")],.;:?!—–-".contains(c));
    let is_measure = left.is_some_and(|c| c.is_ascii_digit());
    (is_open != is_end && !is_measure).then_some(is_open)
}

/// Whether a sentence, or a part of one, ends before a mark: what was open may go on there.
fn ends_sentence(text: &str, mark: Span) -> bool {
    text[..mark.begin as usize].trim_end().ends_with(['.', '!', '?', '…', ',', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words behind each flagged mark, `>` before those that close nothing.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |flag: &Flag| {
            let closes = if flag.note.contains("closes") { ">" } else { "" };
            closes.to_owned() + text[flag.span[0].end as usize..].split(' ').next().unwrap_or_default()
        };
        assert_eq!(broken(text).iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn marks_that_are_lost() {
        check("“The dam is safe, the company said.\n\nNobody answered.", &["The"]);
        check("The dam is safe,\" the company said.\n\n\"No,\" she said.", &[">"]);
        check("He called it \"a lie and \"a shame\" on Friday.", &["a"]);
        check("\"The dam is safe. It holds.\nShe did not agree.", &["The"]);
        check("``We saw it, he said.", &["We"]);
    }

    #[test]
    fn marks_that_pair() {
        for text in [
            "“The dam is safe,” the company said. “It holds.”",
            "\"No,\" she said, \"no\" - and \"never\".",
            "“It goes on.\n\n“And on,” he said.",
            "He said: “It goes on. “And on,” he said.",
            "“One\nwrapped line and\n\nanother.”",
            "a 6\" pipe and a \"pipe\" here",
            "\"It could be a \"white knight\" now,\" he said. \"Or not.\"",
            "``Yes,'' he said, and it's '90s talk.",
            "wrapped “lines without\nany end that\ngo on” and\non without a stop",
            "",
        ] {
            check(text, &[]);
        }
    }
}
