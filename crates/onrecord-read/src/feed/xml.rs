//! XML as it is found: elements by their tags, whether or not the document is whole.
//!
//! A parser that keeps the standard refuses a feed for one stray `&`, and a cut one as a whole; here whatever has an end
//! is read. Entities that a document declares are never expanded, so none grows.

use std::borrow::Cow;

use crate::html::entities;

/// An element: its name without the prefix, and what stands in its tags as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    pub(crate) name: &'a str,
    attributes: &'a str,
    pub(crate) inner: &'a str,
}

impl<'a> Element<'a> {
    /// What an attribute says.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            let equals = rest.find('=')?;
            let name = local(rest[..equals].split_ascii_whitespace().next_back().unwrap_or_default());
            let value = rest[equals + 1..].trim_start();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let value = quote.map_or(value, |_| &value[1..]);
            let end = value
                .find(|c: char| quote.map_or(c.is_whitespace(), |quote| c == quote))
                .unwrap_or(value.len());
            if name == wanted {
                return Some(decoded(&value[..end]));
            }
            rest = value.get(end + 1..).unwrap_or_default();
        }
    }

    /// The elements in it.
    pub(crate) fn children(&self) -> Elements<'a> {
        elements(self.inner)
    }

    /// The first element of this name in it.
    pub(crate) fn child(&self, name: &str) -> Option<Element<'a>> {
        self.children().find(|child| child.name == name)
    }

    /// Its words, without markup: `None` where there are none.
    pub(crate) fn words(&self) -> Option<String> {
        let text = text(self.inner);
        // Titles are often HTML in disguise.
        let text = if text.contains('&') { decoded(&text).into_owned() } else { text.into_owned() };
        let words = without_tags(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

fn decoded(words: &str) -> Cow<'_, str> {
    if words.contains('&') { entities::decode(words).into() } else { words.into() }
}

/// What stands in an element: sections of CDATA as they stand, the rest with its references replaced; markup stays.
pub(crate) fn text(inner: &str) -> Cow<'_, str> {
    const OPEN: &str = "<![CDATA[";
    let Some(mut at) = inner.find(OPEN) else { return decoded(inner) };
    let (mut out, mut rest) = (String::new(), inner);
    loop {
        out.push_str(&decoded(&rest[..at]));
        let section = &rest[at + OPEN.len()..];
        let end = section.find("]]>").unwrap_or(section.len());
        out.push_str(&section[..end]);
        rest = section.get(end + 3..).unwrap_or_default();
        match rest.find(OPEN) {
            Some(next) => at = next,
            None => {
                out.push_str(&decoded(rest));
                return out.into();
            }
        }
    }
}

fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if !is_tag {
            out.push('<');
            rest = &rest[1..];
        } else if let Some(end) = rest.find('>') {
            rest = &rest[end + 1..];
        } else {
            break;
        }
    }
    (out + rest).into()
}

/// The elements of a stretch of XML, one after the other, without those within them.
pub(crate) fn elements(xml: &str) -> Elements<'_> {
    Elements { xml, at: 0, endless: Vec::new() }
}

/// See [`elements`].
pub(crate) struct Elements<'a> {
    xml: &'a str,
    at: usize,
    /// Names whose end tags stand nowhere further on: they are not searched for again.
    endless: Vec<&'a str>,
}

/// After so many names without an end nothing is believed.
const MOST_ENDLESS: usize = 16;

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let tag = next_tag(self.xml, self.at, |_| true)?;
        let (name, begin) = (tag.name, tag.end);
        let element = |inner| Element { name: local(name), attributes: tag.attributes, inner };
        self.at = begin;
        if tag.is_closed {
            return Some(element(""));
        }
        if !self.endless.contains(&name) && self.endless.len() < MOST_ENDLESS {
            if let Some((end, after)) = end_of(self.xml, begin, name) {
                self.at = after;
                return Some(element(&self.xml[begin..end]));
            }
            self.endless.push(name);
        }
        // Its end tag is missing: it holds the text up to the next tag, or a section of CDATA.
        let rest = &self.xml[begin..];
        let section = rest.starts_with("<![").then(|| passed_over(rest)).flatten();
        let end = section.or_else(|| rest.find('<')).map_or(self.xml.len(), |end| begin + end);
        self.at = end;
        Some(element(&self.xml[begin..end]))
    }
}

/// A start tag.
pub(crate) struct StartTag<'a> {
    pub(crate) name: &'a str,
    attributes: &'a str,
    /// Where it begins, and the first byte after it.
    pub(crate) begin: usize,
    pub(crate) end: usize,
    is_closed: bool,
}

impl<'a> StartTag<'a> {
    /// Its name without the prefix.
    pub(crate) fn local_name(&self) -> &'a str {
        local(self.name)
    }
}

/// The next start tag from `at` on whose name is wanted; CDATA, comments and declarations are passed over.
pub(crate) fn next_tag<'a>(
    xml: &'a str,
    mut at: usize,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<StartTag<'a>> {
    loop {
        let begin = find_from(xml, at, "<")?;
        let rest = &xml[begin..];
        if let Some(length) = passed_over(rest) {
            at = begin + length;
            continue;
        }
        let length = rest[1..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'));
        let name = &rest[1..=length.unwrap_or(rest.len() - 1)];
        at = begin + 1 + name.len();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') || !is_wanted(local(name)) {
            continue;
        }
        let end = tag_end(xml, at);
        let inside = &xml[at..end];
        let is_closed = inside.ends_with('/');
        let after = end + usize::from(xml.as_bytes().get(end) == Some(&b'>'));
        return Some(StartTag {
            name,
            attributes: inside.trim_end_matches('/'),
            begin,
            end: after,
            is_closed,
        });
    }
}

/// Where the `>` of a tag stands, outside its quoted values; a value without its end does not count as one.
fn tag_end(xml: &str, at: usize) -> usize {
    /// Longer tags are cut.
    const LONGEST: usize = 4096;
    let bytes = &xml.as_bytes()[at..xml.len().min(at + LONGEST)];
    let mut quote = None;
    let within = bytes.iter().position(|&byte| {
        match quote {
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        quote.is_none() && matches!(byte, b'>' | b'<')
    });
    let first = || bytes.iter().position(|&byte| byte == b'>');
    let end = at + within.or_else(first).unwrap_or(bytes.len());
    (end..=xml.len()).find(|&end| xml.is_char_boundary(end)).unwrap_or(xml.len())
}

/// The length of what is no element: CDATA, a comment, a declaration with its entities, an instruction.
fn passed_over(rest: &str) -> Option<usize> {
    let until = |end: &str| Some(rest.find(end).map_or(rest.len(), |at| at + end.len()));
    match rest.as_bytes() {
        [b'<', b'!', b'[', ..] => until("]]>"),
        [b'<', b'!', b'-', b'-', ..] => until("-->"),
        [b'<', b'!', ..] => {
            // A declaration of entities holds others in brackets.
            let end = rest.find('>').unwrap_or(rest.len());
            if rest[..end].contains('[') { until("]>") } else { until(">") }
        }
        [b'<', b'?', ..] => until("?>"),
        _ => None,
    }
}

/// Where the end tag of `name` begins and ends, from `at` on.
fn end_of(xml: &str, at: usize, name: &str) -> Option<(usize, usize)> {
    let mut from = at;
    loop {
        let begin = find_from(xml, from, "<")?;
        let rest = &xml[begin..];
        if rest.starts_with("<![") || rest.starts_with("<!--") {
            from = begin + passed_over(rest).unwrap_or(1);
            continue;
        }
        let after = rest.strip_prefix("</").and_then(|rest| rest.strip_prefix(name));
        if after.is_some_and(|after| after.starts_with(|c: char| c == '>' || c.is_whitespace())) {
            return Some((begin, find_from(xml, begin, ">")? + 1));
        }
        from = begin + 1;
    }
}

fn find_from(xml: &str, at: usize, wanted: &str) -> Option<usize> {
    Some(at + xml.get(at..)?.find(wanted)?)
}
