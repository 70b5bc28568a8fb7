//! Breaks runs of words into lines as wide as the terminal, in columns rather than characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::paint::{Look, Paint, Run};

/// One line of a page: its runs and its width in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    runs: Vec<Run>,
    /// In columns.
    pub(crate) width: usize,
}

impl Line {
    /// Appends the line, without a line end.
    pub(crate) fn write(&self, paint: Paint, out: &mut String) {
        self.runs.iter().for_each(|run| run.write(paint, out));
    }

    fn push(&mut self, look: Look, c: &str) {
        match self.runs.last_mut() {
            Some(run) if run.look == look => run.text.push_str(c),
            _ => self.runs.push(Run::new(look, c)),
        }
    }

    fn append(&mut self, word: Line) {
        self.width += word.width;
        word.runs.into_iter().for_each(|run| self.push(run.look, &run.text));
    }
}

/// The runs as lines of at most `width` columns, broken between words, or inside a word that is wider than a line.
///
/// White space of any length, line ends too, counts as one space. Empty runs give no line.
pub(crate) fn wrap(runs: &[Run], width: usize) -> Vec<Line> {
    let width = width.max(1);
    let mut lines: Vec<Line> = Vec::new();
    for word in words(runs) {
        match lines.last_mut() {
            Some(line) if line.width + 1 + word.width <= width => {
                let inside = line.runs.last().map(|run| run.look) == word.runs.first().map(|run| run.look);
                let look = if inside { word.runs[0].look } else { Look::Rest };
                line.push(look, " ");
                line.width += 1;
                line.append(word);
            }
            _ if word.width <= width => lines.push(word),
            _ => lines.extend(pieces(&word, width)),
        }
    }
    lines
}

/// Stretches between white space; one word may have several looks.
fn words(runs: &[Run]) -> Vec<Line> {
    let mut words = vec![Line::default()];
    for run in runs {
        for (number, part) in run.text.split(is_space).enumerate() {
            if number > 0 {
                words.push(Line::default());
            }
            if let (false, Some(word)) = (part.is_empty(), words.last_mut()) {
                word.push(run.look, part);
                word.width += part.width();
            }
        }
    }
    words.retain(|word| !word.runs.is_empty());
    words
}

/// White space at which a line may break.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}')
}

/// A word wider than a line, cut where a new character begins.
fn pieces(word: &Line, width: usize) -> Vec<Line> {
    let mut pieces = vec![Line::default()];
    let mut joined = false;
    for run in &word.runs {
        for c in run.text.chars() {
            let columns = c.width().unwrap_or(0);
            let full = pieces.last().is_none_or(|piece| piece.width + columns > width && piece.width > 0);
            if full && columns > 0 && !joined {
                pieces.push(Line::default());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(run.look, c.encode_utf8(&mut [0; 4]));
                piece.width += columns;
            }
            // What follows a zero-width joiner belongs to the same picture.
            joined = c == '\u{200D}';
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        let lines: Vec<String> = wrap(&[Run::new(Look::Rest, text)], width)
            .iter()
            .map(|line| {
                let mut out = String::new();
                line.write(Paint::Plain, &mut out);
                out
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn breaks_between_words() {
        check("the  road\nis closed", 8, &["the road", "is", "closed"]);
        check("", 8, &[]);
        check("10\u{a0}km off", 5, &["10\u{a0}km", "off"]);
    }

    #[test]
    fn wide_and_narrow_characters() {
        check("道路は閉鎖", 4, &["道路", "は閉", "鎖"]);
        check("👩‍👧👩‍👧 ab", 4, &["👩‍👧👩‍👧", "ab"]);
        check("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]);
        check("محمد said", 4, &["محمد", "said"]);
    }

    #[test]
    fn long_words_are_cut() {
        check("abcdefg h", 3, &["abc", "def", "g h"]);
    }

    #[test]
    fn looks_stay_with_their_words() {
        let runs = [Run::new(Look::Source, "Ann Lee"), Run::new(Look::Cue, " said")];
        let mut out = String::new();
        wrap(&runs, 80)[0].write(Paint::Colour, &mut out);
        assert_eq!(out, "\x1b[1m\x1b[36mAnn Lee\x1b[0m \x1b[33msaid\x1b[0m");
    }
}
