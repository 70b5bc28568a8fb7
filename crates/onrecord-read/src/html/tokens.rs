//! HTML to tags and texts: slices of the page, each with its place in it.
//!
//! Follows the tokenizer of the HTML standard but for script data with escapes, and takes time linear in the page.

/// A piece of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag; it begins at byte `at`.
    Open { name: &'a str, at: usize, closed: bool },
    /// An end tag.
    Close { name: &'a str },
    /// Text from byte `begin` to byte `end`, character references not yet replaced.
    Text { begin: usize, end: usize },
}

/// The tokens of a page, in order; comments and the doctype are left out.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The element whose content is no markup: all up to its end tag is text.
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Tokens { html, at: 0, raw: None }
    }

    /// The text of a raw element, up to its end tag or the end of the page.
    fn raw_text(&mut self, name: &str) -> Option<Token<'a>> {
        let begin = self.at;
        let end = raw_end(&self.html.as_bytes()[begin..], name).map_or(self.html.len(), |end| begin + end);
        self.at = end;
        (begin < end).then_some(Token::Text { begin, end })
    }

    fn text(&mut self) -> Token<'a> {
        let begin = self.at;
        // The first byte may be a `<` that begins no markup.
        let next = self.html.as_bytes()[begin + 1..].iter().position(|&b| b == b'<');
        self.at = next.map_or(self.html.len(), |next| begin + 1 + next);
        Token::Text { begin, end: self.at }
    }

    fn open(&mut self) -> Option<Token<'a>> {
        let at = self.at;
        let (name, end, closed) = tag(self.html, at + 1)?;
        self.at = end;
        if is_raw(name) && !closed {
            self.raw = Some(name);
        }
        Some(Token::Open { name, at, closed })
    }

    fn close(&mut self) -> Option<Token<'a>> {
        let (name, end, _) = tag(self.html, self.at + 2)?;
        self.at = end;
        Some(Token::Close { name })
    }

    fn skip_comment(&mut self) {
        let rest = &self.html[self.at..];
        let length = match rest.strip_prefix("<!--") {
            Some(comment) if comment.starts_with('>') => Some(5),
            Some(comment) if comment.starts_with("->") => Some(6),
            Some(comment) => comment.find("-->").map(|end| end + 7),
            None => rest.find('>').map(|end| end + 1),
        };
        self.at = length.map_or(self.html.len(), |length| self.at + length);
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw.take()
                && let Some(text) = self.raw_text(name)
            {
                return Some(text);
            }
            let rest = &self.html.as_bytes()[self.at..];
            let token = match rest {
                [] => return None,
                [b'<', letter, ..] if letter.is_ascii_alphabetic() => self.open(),
                [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => self.close(),
                [b'<', b'!' | b'?' | b'/', _, ..] => {
                    self.skip_comment();
                    continue;
                }
                _ => Some(self.text()),
            };
            // A tag that the page breaks off in ends it.
            return token;
        }
    }
}

/// Elements whose content is text whatever it looks like.
fn is_raw(name: &str) -> bool {
    ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "xmp"]
        .iter()
        .any(|raw| name.eq_ignore_ascii_case(raw))
}

/// Where the end tag of a raw element begins.
fn raw_end(bytes: &[u8], name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|&b| b == b'<')?;
        let tag = &bytes[at + 1..];
        let after = tag.get(1 + name.len());
        if tag.first() == Some(&b'/')
            && tag.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            && after.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
        {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The name of the tag that begins at `at`, the byte after its `>`, and whether it ends in `/>`.
fn tag(html: &str, at: usize) -> Option<(&str, usize, bool)> {
    let name = name(html, at);
    let mut attributes = Attributes { html, at: at + name.len() };
    attributes.by_ref().for_each(drop);
    let end = attributes.at;
    (html.as_bytes().get(end) == Some(&b'>')).then(|| (name, end + 1, html.as_bytes()[end - 1] == b'/'))
}

/// The name of the tag whose name begins at `at`.
pub(super) fn name(html: &str, at: usize) -> &str {
    let rest = &html[at..];
    let end = rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

/// The attributes of a start tag, as they stand: names in any case, character references not replaced.
pub(super) struct Attributes<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    /// Those of the start tag that begins at byte `at` of the page.
    pub(super) fn of(html: &'a str, at: usize) -> Self {
        Attributes { html, at: at + 1 + name(html, at + 1).len() }
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let rest = &self.html.as_bytes()[self.at..];
        self.at += rest.iter().position(|&b| !is_skipped(b)).unwrap_or(rest.len());
    }

    /// The bytes from here up to the first that ends them.
    fn take(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let begin = self.at;
        self.skip(|b| !ends(b));
        &self.html[begin..self.at]
    }

    fn value(&mut self) -> &'a str {
        match self.html.as_bytes().get(self.at) {
            Some(&quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.take(|b| b == quote);
                self.at = (self.at + 1).min(self.html.len());
                value
            }
            _ => self.take(|b| b.is_ascii_whitespace() || b == b'>'),
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|b| b.is_ascii_whitespace() || b == b'/');
        if matches!(self.html.as_bytes().get(self.at), None | Some(b'>')) {
            return None;
        }
        let begin = self.at;
        // An equals sign at the start belongs to the name.
        self.at += 1;
        while !self.html.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.skip(|b| !(b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=')));
        let name = &self.html[begin..self.at];
        let end = self.at;
        self.skip(|b| b.is_ascii_whitespace());
        if self.html.as_bytes().get(self.at) != Some(&b'=') {
            self.at = end;
            return Some((name, ""));
        }
        self.at += 1;
        self.skip(|b| b.is_ascii_whitespace());
        Some((name, self.value()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags and texts, written out again.
    fn written(html: &str) -> String {
        Tokens::new(html)
            .map(|token| match token {
                Token::Open { name, at, closed } => {
                    let attributes: String =
                        Attributes::of(html, at).map(|(name, value)| format!(" {name}={value}")).collect();
                    format!("[{name}{attributes}{}]", if closed { "/" } else { "" })
                }
                Token::Close { name } => format!("[/{name}]"),
                Token::Text { begin, end } => html[begin..end].to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_and_texts() {
        for (html, expected) in [
            ("a<b>c</b >d", "a[b]c[/b]d"),
            ("<a href=x title='1 > 0'>t</a>", "[a href=x title=1 > 0]t[/a]"),
            ("<br/><img src=a/b><p class = \"x y\" hidden>", "[br/][img src=a/b][p class=x y hidden=]"),
            ("1 < 2 <3 </> x", "1 < 2 <3  x"),
            ("a<!-- <b> -->c<!doctype html>d<?x?>e<!-->f", "acdef"),
            ("<script>if (a<b) '</p>'</script>x", "[script]if (a<b) '</p>'[/script]x"),
            ("<SCRIPT>a</scriptx></SCRIPT >x", "[SCRIPT]a</scriptx>[/SCRIPT]x"),
            ("<title>A <b></title>", "[title]A <b>[/title]"),
            ("<p =é=ü é>", "[p =é=ü é=]"),
        ] {
            assert_eq!(written(html), expected);
        }
    }

    #[test]
    fn cut_pages_end() {
        for (html, expected) in [
            ("a<b", "a"),
            ("a<b c=\"d", "a"),
            ("a<!-- b", "a"),
            ("a<", "a<"),
            ("a</", "a</"),
            ("<script>b", "[script]b"),
            ("", ""),
        ] {
            assert_eq!(written(html), expected);
        }
    }
}
