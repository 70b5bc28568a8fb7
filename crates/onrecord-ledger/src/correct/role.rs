//! The words of a role as a person gives them, typed or selected, and where they stand in the text.

use std::convert::Infallible;
use std::str::FromStr;

use onrecord::{CodePoints, Span};
use serde::{Deserialize, Serialize};

use super::refused;
use crate::{LedgerError, spans};

/// Which words a role is. As text: the words, with ` … ` where others break them; `@120-134,140-151`, code points of the
/// article's text; nothing, where there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewRole {
    /// These words.
    Words {
        /// With ` … ` where others break them; none, where the role has none.
        words: String,
        /// They stand nearest to this code point of the article's text; unless told, to where the role was.
        near: Option<u32>,
    },
    /// `[begin, end)` in code points of the article's text, in order.
    Spans(Vec<[u32; 2]>),
}

impl FromStr for NewRole {
    type Err = Infallible;

    fn from_str(typed: &str) -> Result<NewRole, Infallible> {
        let span = |pair: &str| {
            let (begin, end) = pair.split_once('-')?;
            Some([begin.parse().ok()?, end.parse().ok()?])
        };
        let points = typed.trim().strip_prefix('@').and_then(|pairs| pairs.split(',').map(span).collect());
        Ok(points.map_or_else(|| NewRole::Words { words: typed.to_owned(), near: None }, NewRole::Spans))
    }
}

/// A role as a correction has it.
#[derive(Serialize, Deserialize)]
pub(super) struct Role {
    /// `[begin, end)` in code points of the article's text.
    pub(super) spans: Vec<[u32; 2]>,
    words: String,
}

impl Role {
    pub(super) fn of(role: &[Span], text: &str) -> Role {
        let points = CodePoints::new(text);
        Role { spans: role.iter().map(|&span| points.span(span)).collect(), words: spans::words(role, text) }
    }
}

/// Where a role stands in the text: its words nearest to the byte `near`.
pub(super) fn find(text: &str, role: &NewRole, name: &str, near: usize) -> Result<Vec<Span>, LedgerError> {
    match role {
        NewRole::Spans(points) => spans::from_points(points, text)
            .filter(|spans| spans.iter().all(|span| !span.range().is_empty()))
            .filter(|spans| spans.is_sorted_by(|one, next| one.end <= next.begin))
            .ok_or_else(|| refused(format!("the {name} does not lie in the text"))),
        NewRole::Words { words, near: told } => {
            let told = told.and_then(|point| text.char_indices().nth(point as usize));
            let found = Folded::new(text).nearest(words, told.map_or(near, |(at, _)| at));
            found.ok_or_else(|| {
                refused(format!("the words of the {name} do not stand in the article: “{words}”"))
            })
        }
    }
}

/// Refuses roles that cannot be those of one statement.
pub(super) fn check(source: &[Span], cue: &[Span], content: &[Span]) -> Result<(), LedgerError> {
    if content.is_empty() {
        return Err(refused("a statement without a content is none: reject it instead"));
    }
    let roles = [("source", source), ("cue", cue), ("content", content)];
    for (number, (name, role)) in roles.iter().enumerate() {
        for (other_name, other) in &roles[..number] {
            if role.iter().any(|span| other.iter().any(|other| span.overlaps(*other))) {
                return Err(refused(format!("the {name} and the {other_name} share words")));
            }
        }
    }
    Ok(())
}

/// A text as people retype it: without blanks and marks of direction, with plain quotation marks and dashes.
struct Folded {
    text: String,
    /// For each byte of it, the character of the original that it comes from.
    from: Vec<Span>,
}

impl Folded {
    fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), from: Vec::new() };
        for (at, c) in text.char_indices() {
            if let Some(plain) = plain(c) {
                folded.text.push(plain);
                folded.from.resize(folded.text.len(), Span::new(at, at + c.len_utf8()));
            }
        }
        folded
    }

    /// Where some words stand: as a whole, else part for part.
    fn nearest(&self, words: &str, near: usize) -> Option<Vec<Span>> {
        let whole = Folded::new(words);
        if whole.text.is_empty() {
            return Some(Vec::new());
        }
        let near = self.from.partition_point(|span| span.range().start < near);
        if let Some(at) = self.all(&whole.text).min_by_key(|at| at.abs_diff(near)) {
            return Some(vec![self.span(at, &whole.text)]);
        }
        let parts: Vec<String> = words.split('…').map(|part| Folded::new(part).text).collect();
        // the way from where the first part stands to the last: of the shortest ones the nearest
        let first = parts.first().filter(|first| parts.len() > 1 && !first.is_empty())?;
        let ways = self.all(first).filter_map(|at| self.way(at, &parts));
        ways.min_by_key(|way| {
            (
                way.last().map(|last| last.range().end - way[0].range().start),
                way[0].range().start.abs_diff(near),
            )
        })
    }

    /// The parts of a role, one after the other, the first one at `at`.
    fn way(&self, at: usize, parts: &[String]) -> Option<Vec<Span>> {
        let mut from = at;
        let place = |part: &String| {
            let at = from + self.text[from..].find(part.as_str())?;
            from = at + part.len();
            Some(self.span(at, part))
        };
        parts.iter().filter(|part| !part.is_empty()).map(place).collect()
    }

    fn all<'a>(&'a self, words: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.text.match_indices(words).map(|(at, _)| at)
    }

    fn span(&self, at: usize, words: &str) -> Span {
        let (first, last) = (self.from[at], self.from[at + words.len() - 1]);
        Span { begin: first.begin, end: last.end }
    }
}

fn plain(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => None,
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}' => None,
        '“' | '”' | '„' | '‟' | '«' | '»' => Some('"'),
        '‘' | '’' | '‚' | '‛' => Some('\''),
        '‐'..='―' | '−' => Some('-'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_found(text: &str, words: &str, near: usize, expected: &[&str]) {
        let found = Folded::new(text)
            .nearest(words, near)
            .map(|spans| spans.iter().map(|span| span.of(text)).collect());
        assert_eq!(found, Some(expected.to_vec()), "{words}");
    }

    #[test]
    fn words_are_found_as_people_retype_them() {
        let text = "“It’s over,”\r\n said  Ann, 🙂 “and — yes — over.” It’s over.";
        check_found(text, "\"It's over,\"", 0, &["“It’s over,”"]);
        check_found(text, "It's over", 0, &["It’s over"]);
        check_found(text, "over.", 0, &["over."]);
        check_found(text, "said Ann, 🙂", 0, &["said  Ann, 🙂"]);
        check_found(text, "“It’s over,” … “and - yes - over.”", 0, &["“It’s over,”", "“and — yes — over.”"]);
        check_found(text, " ", 0, &[]);
        assert_eq!(Folded::new(text).nearest("It was over", 0), None);
        assert_eq!(Folded::new(text).nearest("yes … It’s over,”", 0), None);
    }

    #[test]
    fn the_nearest_words_are_meant() {
        let text = "she said no. he said no. they said no.";
        let at = |near| Folded::new(text).nearest("said no", near).unwrap()[0].range().start;
        assert_eq!([at(0), at(14), at(38)], [4, 16, 30]);
    }

    #[test]
    fn text_or_places() {
        let role = |typed: &str| typed.parse::<NewRole>().unwrap();
        assert_eq!(role("@3-8,10-12"), NewRole::Spans(vec![[3, 8], [10, 12]]));
        for words in ["@home", "@3-", "@3-8,x", "3-8", ""] {
            assert_eq!(role(words), NewRole::Words { words: words.to_owned(), near: None });
        }
        let text = "é said no";
        let find = |typed: &str| find(text, &role(typed), "cue", 0).ok();
        assert_eq!(find("@2-6").unwrap()[0].of(text), "said");
        let near = NewRole::Words { words: "d".into(), near: Some(7) };
        assert_eq!(super::find(text, &near, "cue", 0).unwrap()[0].begin, 6);
        for wrong in ["@2-99", "@6-2", "@2-2", "@7-9,2-6"] {
            assert_eq!(find(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn roles_that_cannot_be() {
        let span = |begin, end| vec![Span::new(begin, end)];
        let why = |source: &[Span], cue: &[Span], content: &[Span]| {
            check(source, cue, content).err().map(|why| why.to_string())
        };
        assert_eq!(why(&span(0, 3), &span(4, 8), &span(9, 12)), None);
        assert_eq!(why(&[], &[], &span(9, 12)), None);
        assert_eq!(
            why(&span(0, 3), &span(2, 8), &span(9, 12)).unwrap(),
            "the cue and the source share words"
        );
        assert_eq!(
            why(&span(0, 3), &span(4, 8), &span(7, 12)).unwrap(),
            "the content and the cue share words"
        );
        assert!(why(&span(0, 3), &span(4, 8), &[]).unwrap().contains("without a content"));
    }
}
