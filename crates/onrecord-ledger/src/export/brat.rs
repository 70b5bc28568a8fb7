//! brat standoff. Offsets are code points, as brat counts.

use super::{escaped, links_from};
use crate::{Kept, KeptArticle, Ledger, LedgerError, id};

/// So long a name every file system takes, with its ending.
const LONGEST: usize = 200;

/// The name of an article's files, from which its id can be read again: letters, digits, `-`, `_` and `.` stand for
/// themselves, other bytes as `%2F`. Of an id that is too long for a file name stands its beginning, and a hash of it.
pub fn brat_name(article: &str) -> String {
    let mut name = escaped(article, b"-_.");
    if name.starts_with('.') {
        name.replace_range(..1, "%2E");
    }
    if name.len() > LONGEST {
        name.truncate(LONGEST - 17);
        name = format!("{name}~{}", &id::sha256(article.as_bytes())[..16]);
    }
    name
}

/// brat standoff: a text-bound annotation of each role; of each statement an event on its cue (on its content, where there
/// is no cue) with its act as an attribute and its identifier as a note; and relations, for statements that stand in
/// others and for links within the article.
///
/// # Errors
///
/// The ledger cannot be read.
pub fn brat(ledger: &Ledger, article: &KeptArticle) -> Result<String, LedgerError> {
    let mut lines = Lines::default();
    let written: Vec<(usize, &Kept)> = (1..)
        .zip(&article.statements)
        .filter(|&(number, kept)| lines.statement(number, kept, &article.text).is_some())
        .collect();
    let number = |id: &str| written.iter().find(|(_, kept)| kept.id == id).map(|&(number, _)| number);
    for &(from, kept) in &written {
        if let Some(to) = kept.within.as_deref().and_then(number) {
            lines.relation("Within", from, to);
        }
        for link in links_from(ledger, kept)? {
            if let Some(to) = number(&link.statement.id) {
                lines.relation(&capital(&link.relation), from, to);
            }
        }
    }
    Ok(lines.out)
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

/// What is written so far, and how many annotations of each kind.
#[derive(Default)]
struct Lines {
    out: String,
    texts: usize,
    attributes: usize,
    relations: usize,
}

impl Lines {
    /// A statement, if it has a cue or a content.
    fn statement(&mut self, number: usize, kept: &Kept, text: &str) -> Option<()> {
        let source = self.role("Source", &kept.source, text);
        let cue = self.role("Cue", &kept.cue, text);
        let content = self.role("Content", &kept.content, text);
        let (label, trigger) = cue.map(|cue| ("Cue", cue)).or(content.map(|content| ("Content", content)))?;
        self.out += &format!("E{number}\t{label}:T{trigger}");
        for (name, argument) in [("Source", source), ("Content", content.filter(|_| cue.is_some()))] {
            if let Some(argument) = argument {
                self.out += &format!(" {name}:T{argument}");
            }
        }
        self.out.push('\n');
        self.attribute(&format!("Act E{number} {}", kept.act.word()));
        if kept.negated {
            self.attribute(&format!("Negated E{number}"));
        }
        self.out += &format!("#{number}\tAnnotatorNotes E{number}\t{}\n", kept.id);
        Some(())
    }

    fn role(&mut self, label: &str, spans: &[[u32; 2]], text: &str) -> Option<usize> {
        let pieces = pieces(spans, text);
        if pieces.is_empty() {
            return None;
        }
        self.texts += 1;
        let offsets: Vec<String> = pieces.iter().map(|(begin, end, _)| format!("{begin} {end}")).collect();
        let words: Vec<&str> = pieces.iter().map(|(_, _, words)| words.as_str()).collect();
        self.out += &format!("T{}\t{label} {}\t{}\n", self.texts, offsets.join(";"), words.join(" "));
        Some(self.texts)
    }

    fn attribute(&mut self, what: &str) {
        self.attributes += 1;
        self.out += &format!("A{}\t{what}\n", self.attributes);
    }

    fn relation(&mut self, label: &str, from: usize, to: usize) {
        self.relations += 1;
        self.out += &format!("R{}\t{label} Arg1:E{from} Arg2:E{to}\n", self.relations);
    }
}

/// Spans as brat has them: none goes over the end of a line.
fn pieces(spans: &[[u32; 2]], text: &str) -> Vec<(usize, usize, String)> {
    let mut pieces = Vec::new();
    for &[begin, end] in spans {
        let (begin, end) = (begin as usize, end as usize);
        let mut at = begin;
        let words: String = text.chars().skip(begin).take(end - begin).collect();
        for line in words.split('\n') {
            let length = line.chars().count();
            if length > 0 {
                pieces.push((at, at + length, line.to_owned()));
            }
            at += length + 1;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (id, name) in [("siege-1", "siege-1"), ("a/b c", "a%2Fb%20c"), ("..", "%2E."), ("é", "%C3%A9")] {
            assert_eq!(brat_name(id), name);
        }
        let long = |end: &str| brat_name(&("https://example.org/".to_owned() + &"x".repeat(300) + end));
        assert!(long("").len() == LONGEST && long("a") != long("b"));
    }
}
