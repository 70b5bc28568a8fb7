//! Markdown to articles: its marks dissolved, the words as a reader sees them.

use onrecord::Article;

use crate::columns::{Columns, Row};
use crate::decode::decode;
use crate::error::{Fault, Note, ReadError, Warned};
use crate::html::entities;
use crate::origin::Origin;

/// Whether a text without a name that tells is Markdown: it begins with front matter or a heading, or has links.
pub(crate) fn begins(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}');
    let first = head.trim_start().lines().next().unwrap_or_default();
    front_matter(head).is_some() || heading(first).is_some() || head.matches("](http").count() >= 2
}

/// The article of a Markdown text: title, authors, day and the like from its front matter, else the first heading as
/// its title. The headline is no part of the text.
///
/// # Errors
///
/// As [`text`](crate::text()).
pub(crate) fn markdown(bytes: &[u8], origin: &Origin) -> Result<Warned<Article>, ReadError> {
    let (read, notes) = match decode(bytes) {
        Ok((text, mut notes)) => (article(&text, origin, &mut notes), notes),
        Err(fault) => (Err(fault), Vec::new()),
    };
    origin.warned(origin.place(), read, notes)
}

fn article(text: &str, origin: &Origin, notes: &mut Vec<Note>) -> Result<Article, Fault> {
    let (pairs, body) = front_matter(text).unwrap_or((Vec::new(), text));
    let (mut title, mut blocks) = (None, Vec::new());
    for block in blocks_of(body) {
        match block {
            Block::Heading(words) if title.is_none() && blocks.is_empty() => title = Some(words),
            Block::Heading(words) | Block::Prose(words) => blocks.push(words),
        }
    }
    let matter = Matter { pairs, text: blocks.join("\n\n") };
    let mut article = Columns::default().article(&matter, origin, notes)?;
    article.title = article.title.or(title);
    Ok(article)
}

/// Front matter and what follows it: `key: value` lines between `---` (YAML) or `key = "value"` between `+++` (TOML).
fn front_matter(text: &str) -> Option<(Vec<(&str, String)>, &str)> {
    let (fence, sign) = if text.starts_with("---") { ("---", ':') } else { ("+++", '=') };
    let rest = text.strip_prefix(fence)?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let (mut pairs, mut at) = (Vec::<(&str, String)>::new(), 0);
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        match (line.split_once(sign), line.trim_start().strip_prefix("- ")) {
            _ if line == fence => return (!pairs.is_empty()).then_some((pairs, &rest[at..])),
            // An entry of a list, under its key.
            (_, Some(entry)) => {
                let (_, value) = pairs.last_mut()?;
                value.push_str(if value.is_empty() { "" } else { "; " });
                value.push_str(unquoted(entry));
            }
            (Some((key, value)), _) => pairs.push((key.trim(), list(value))),
            (None, _) if line.is_empty() => {}
            (None, _) => return None,
        }
    }
    None
}

/// A value, or the entries of one in brackets, joined by semicolons.
fn list(value: &str) -> String {
    let value = value.trim();
    match value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        Some(entries) => entries.split(',').map(unquoted).collect::<Vec<_>>().join("; "),
        None => unquoted(value).to_owned(),
    }
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    ['"', '\''].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q)).unwrap_or(value)
}

/// Front matter as a row.
struct Matter<'t> {
    pairs: Vec<(&'t str, String)>,
    text: String,
}

impl Row for Matter<'_> {
    fn text(&self, _: &str) -> Option<String> {
        Some(self.text.clone())
    }

    fn words(&self, column: &str) -> Option<String> {
        let found = self.pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(column));
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    }

    fn list(&self, column: &str) -> Vec<String> {
        let words = self.words(column).unwrap_or_default();
        words.split("; ").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }
}

/// A stretch of the text, without its marks.
enum Block {
    Heading(String),
    Prose(String),
}

/// The blocks of a text, parted by blank lines and by marks at the beginnings of lines.
fn blocks_of(body: &str) -> Vec<Block> {
    let (mut blocks, mut lines, mut fence) = (Vec::new(), Vec::<&str>::new(), None::<&str>);
    let flush = |lines: &mut Vec<&str>, blocks: &mut Vec<Block>| {
        let words = inline(&lines.join("\n"));
        if !words.is_empty() {
            blocks.push(Block::Prose(words));
        }
        lines.clear();
    };
    for line in body.lines() {
        let line = without_quotation(line);
        let trimmed = line.trim();
        let opens = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        if fence.is_some() || opens.is_some() {
            flush(&mut lines, &mut blocks);
            // What stands in a fence is code.
            fence = if fence.is_none() { opens } else { fence.filter(|&mark| Some(mark) != opens) };
            continue;
        }
        let is_underline = !lines.is_empty() && trimmed.len() >= 3 && is_made_of(trimmed, "=-");
        if is_underline {
            blocks.push(Block::Heading(inline(&lines.join(" "))));
            lines.clear();
        } else if let Some(words) = heading(trimmed) {
            flush(&mut lines, &mut blocks);
            blocks.push(Block::Heading(inline(words)));
        } else if trimmed.is_empty() || is_rule(trimmed) || is_definition(trimmed) {
            flush(&mut lines, &mut blocks);
        } else if let Some(item) = list_item(trimmed) {
            flush(&mut lines, &mut blocks);
            lines.push(item);
        } else {
            // Two spaces or a backslash at the end keep a line end; it is kept anyway.
            lines.push(trimmed.trim_end_matches('\\'));
        }
    }
    flush(&mut lines, &mut blocks);
    blocks
}

/// The line without the marks of a block quotation.
fn without_quotation(line: &str) -> &str {
    let mut line = line;
    while let Some(rest) = line.trim_start().strip_prefix('>') {
        line = rest;
    }
    line
}

/// The words of a heading with its marks before it.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    ((1..=6).contains(&level) && words.starts_with(' '))
        .then(|| words.trim().trim_end_matches('#').trim_end())
}

fn is_made_of(line: &str, marks: &str) -> bool {
    marks.chars().any(|mark| line.chars().all(|c| c == mark))
}

fn is_rule(line: &str) -> bool {
    let marks: String = line.split_whitespace().collect();
    marks.len() >= 3 && is_made_of(&marks, "*-_")
}

/// `[1]: https://e.org`: where a link leads.
fn is_definition(line: &str) -> bool {
    line.starts_with('[') && line.split_once("]: ").is_some_and(|(_, rest)| rest.contains("://"))
}

fn list_item(line: &str) -> Option<&str> {
    let bullet = ["* ", "- ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
    let number = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.len() - rest.len();
        let item = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
        item.filter(|_| (1..=3).contains(&digits))
    };
    bullet.or_else(number).map(str::trim_start)
}

/// The words of a paragraph: links are their words, images nothing, emphasis gone; what is escaped stays.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '*', '_', '`', '[', '!', '<', '&', '~']) {
        out.push_str(&rest[..at]);
        let before = out.chars().next_back();
        let mark = &rest[at..];
        let (words, length) = marked(mark, before).unwrap_or_else(|| (mark[..1].to_owned(), 1));
        out.push_str(&words);
        rest = &mark[length..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// What a mark at the beginning of `text` stands for, and how many bytes it takes; `None` where it is no mark.
fn marked(text: &str, before: Option<char>) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    match first {
        '\\' => {
            let next = text[1..].chars().next().filter(char::is_ascii_punctuation)?;
            Some((next.to_string(), 2))
        }
        '*' | '_' | '~' => {
            let run = text.len() - text.trim_start_matches(first).len();
            let after = text[run..].chars().next();
            let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            // Alone between spaces it is a sign, an underscore within a word a part of it, one tilde means “about”.
            let is_sign = is_blank(before) && is_blank(after)
                || first == '_' && is_word(before) && is_word(after)
                || first == '~' && run == 1;
            if is_sign { Some((text[..run].to_owned(), run)) } else { Some((String::new(), run)) }
        }
        '`' => Some((String::new(), text.len() - text.trim_start_matches('`').len())),
        '!' if text.starts_with("![") => link(&text[1..]).map(|(_, length)| (String::new(), length + 1)),
        '[' => link(text).map(|(words, length)| (inline(words), length)),
        '<' => {
            let end = text.bytes().take(400).position(|byte| byte == b'>')?;
            let inside = &text[1..end];
            let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
            let is_break = inside.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br");
            is_tag.then(|| (if is_break { "\n" } else { "" }.to_owned(), end + 1))
        }
        '&' => entities::reference(text),
        _ => None,
    }
}

/// The words of a link and its length: `[words](address)` or `[words][name]`.
fn link(text: &str) -> Option<(&str, usize)> {
    /// Longer ones are no links.
    const LONGEST: usize = 2000;
    let inside = pair(text, '[', ']', LONGEST)?;
    let words = &text[1..inside];
    let after = &text[inside + 1..];
    let (open, close) = if after.starts_with('(') { ('(', ')') } else { ('[', ']') };
    let end = pair(after, open, close, LONGEST)?;
    Some((words, inside + 1 + end + 1))
}

/// Where the bracket closes that `text` opens with.
fn pair(text: &str, open: char, close: char, longest: usize) -> Option<usize> {
    // far quicker than counting: a page may be all brackets
    let near = &text.as_bytes()[..text.len().min(4 * longest)];
    if !text.starts_with(open) || !near.contains(&(close as u8)) {
        return None;
    }
    let mut depth = 0;
    for (at, c) in text.char_indices().take(longest) {
        depth += i32::from(c == open) - i32::from(c == close);
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::testing::found;
    use onrecord::Article;

    fn read(text: &str) -> Article {
        found("a.md", text.as_bytes()).remove(0).unwrap().article.output
    }

    #[test]
    fn marks_are_dissolved_without_gluing_words() {
        let article = read(
            "# Ferry *lost* in fog\n\nThe **ferry** _Halcyon_[^1] lost her way in [thick fog](https://e.org/fog \"x\"),\n\
            said [Ann Lee][1], a pi**lot**.\n\n> “We heard the horn,”\n> she said.\n\n## No comment\n\n* one\n* two_or_three\n\n\
            1. first\n\n```\ncode\n```\n\n![A ship](a.jpg)5 \\* 3 * 2 &mdash; AT&T<br>end ~5\n\n[1]: https://e.org\n",
        );
        assert_eq!(article.title.as_deref(), Some("Ferry lost in fog"));
        let expected = "The ferry Halcyon[^1] lost her way in thick fog,\nsaid Ann Lee, a pilot.\n\n\
            “We heard the horn,”\nshe said.\n\nNo comment\n\none\n\ntwo_or_three\n\nfirst\n\n5 * 3 * 2 — AT&T\nend ~5";
        assert_eq!(article.text, expected);
    }

    #[test]
    fn front_matter() {
        let article = read(
            "---\ntitle: \"Ferry: lost\"\ndate: 2025-03-14T09:30:00Z\nauthor: [Ann Lee, 'Bo Dahl']\ntags:\n  - fog\n---\n\n# Ferry\n\nText.\n",
        );
        assert_eq!(article.title.as_deref(), Some("Ferry: lost"));
        assert_eq!(
            (article.authors, article.published.as_deref()),
            (vec!["Ann Lee".to_owned(), "Bo Dahl".to_owned()], Some("2025-03-14T09:30:00Z"))
        );
        assert_eq!(article.text, "Text.");
        let article = read("+++\ntitle = \"Fog\"\n+++\nText\n====\n\nMore.");
        assert_eq!((article.title.as_deref(), article.text.as_str()), (Some("Fog"), "More."));
    }

    #[test]
    fn only_markdown_is_read_so() {
        let text = |text: &str| found("a", text.as_bytes()).remove(0).unwrap().article.output.text;
        assert_eq!(text("# Fog\n\nA *ferry*."), "A ferry.");
        assert_eq!(text("[a](https://e.org) and [b](https://e.org) *x*"), "a and b x");
        for plain in
            ["A *ferry*, [he] said.", "---\nno matter here\n", "#fog is what they wrote", "5 * 3 [x](y)"]
        {
            assert_eq!(text(plain), plain);
        }
        for hostile in ["[", "![", "<", "&", "*", "_", "`", "> ", "[a](", "\\", "- ", "# "] {
            let _ = found("a.md", hostile.repeat(20_000).as_bytes());
        }
    }
}
