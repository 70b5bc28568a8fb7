//! Tags and texts to a tree, forgiving as browsers are, in time linear in the page and never deeper than a bound.
//!
//! The nodes lie in the order of the page, each with the end of its subtree: walking a tree is walking an array.
//! Against the HTML standard it leaves out what a reader of text need not know: formatting elements are not reopened
//! after a block has closed them, and what stands between the rows of a table stays there. Where a browser's tree may
//! differ so from this one, it is in doubt.

use super::tag::Tag;
use super::tokens::{self, Attributes, Token, Tokens};

/// Deeper elements become siblings.
const DEEPEST: usize = 256;

/// The most nodes a page may have; news pages have some thousands.
pub(super) const MOST_NODES: usize = 1 << 22;

/// The index of a node.
pub(super) type NodeId = usize;

/// An element or a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) tag: Tag,
    /// The element it stands in; the root is its own.
    parent: u32,
    /// The first node after its subtree.
    end: u32,
    /// The bytes of a text; of an element, where its start tag begins (twice).
    begin: u32,
    until: u32,
}

/// A page as a tree. Node 0 is the page itself.
pub(super) struct Tree<'a> {
    pub(super) html: &'a str,
    pub(super) nodes: Vec<Node>,
    /// Stretches of nodes, first and last, within which a browser may nest the elements in another way.
    doubts: Vec<(u32, u32)>,
}

impl<'a> Tree<'a> {
    /// Reads a page of less than 4 GiB; `None` where it has more than [`MOST_NODES`].
    pub(super) fn new(html: &'a str) -> Option<Self> {
        let mut builder = Builder::new(html);
        for token in Tokens::new(html) {
            builder.add(token);
            if builder.nodes.len() > MOST_NODES {
                return None;
            }
        }
        builder.close_to(0);
        let end = builder.nodes.len() as u32;
        builder.nodes[0].end = end;
        Some(Tree { html, nodes: builder.nodes, doubts: builder.doubts })
    }

    /// Whether a browser nests what stands from one node on up to another as this tree does.
    pub(super) fn is_sure(&self, from: NodeId, to: NodeId) -> bool {
        // they lie in order, and apart
        let first = self.doubts.partition_point(|&(_, end)| (end as usize) < from);
        self.doubts.get(first).is_none_or(|&(begin, _)| begin as usize > to)
    }

    pub(super) fn parent(&self, id: NodeId) -> NodeId {
        self.nodes[id].parent as usize
    }

    /// The first node after the subtree of `id`.
    pub(super) fn end(&self, id: NodeId) -> NodeId {
        self.nodes[id].end as usize
    }

    /// The bytes of a text node.
    pub(super) fn bytes(&self, id: NodeId) -> (usize, usize) {
        (self.nodes[id].begin as usize, self.nodes[id].until as usize)
    }

    /// The text of a text node as it stands, character references not replaced.
    pub(super) fn raw(&self, id: NodeId) -> &'a str {
        let (begin, end) = self.bytes(id);
        &self.html[begin..end]
    }

    /// The name of an element, as the page has it.
    pub(super) fn name(&self, id: NodeId) -> &'a str {
        tokens::name(self.html, self.nodes[id].begin as usize + 1)
    }

    /// Whether an element has this name.
    pub(super) fn is_named(&self, id: NodeId, name: &str) -> bool {
        id != 0 && self.nodes[id].tag != Tag::Text && self.name(id).eq_ignore_ascii_case(name)
    }

    /// The attributes of an element.
    pub(super) fn attributes(&self, id: NodeId) -> Attributes<'a> {
        Attributes::of(self.html, self.nodes[id].begin as usize)
    }

    /// An attribute as it stands; of two of one name the first counts.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&'a str> {
        self.attributes(id).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All elements of this kind, in order.
    pub(super) fn all(&self, tag: Tag) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.nodes.len()).filter(move |&id| self.nodes[id].tag == tag)
    }

    /// The children of an element.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.end(child);
            Some(child)
        })
    }
}

struct Builder<'a> {
    html: &'a str,
    nodes: Vec<Node>,
    /// The open elements, the root first.
    open: Vec<Open<'a>>,
    /// How many of them are paragraphs: most blocks begin where none is open.
    paragraphs: usize,
    /// How many hold what browsers read by other rules.
    mute: usize,
    /// Formatting elements that were closed without their end tags: browsers open them again.
    unclosed: Vec<&'a str>,
    /// Whether the page is of the time when tables stood in paragraphs.
    is_old: bool,
    doubts: Vec<(u32, u32)>,
}

struct Open<'a> {
    id: NodeId,
    tag: Tag,
    name: &'a str,
    /// Its end tag came while a block inside it was still open: it ends with that.
    ended: bool,
    /// A table that has had a `tbody` or the like.
    has_rows: bool,
}

impl<'a> Builder<'a> {
    fn new(html: &'a str) -> Self {
        let page = Node { tag: Tag::Page, parent: 0, end: 0, begin: 0, until: 0 };
        Builder {
            html,
            nodes: vec![page],
            open: vec![Open { id: 0, tag: Tag::Page, name: "", ended: false, has_rows: false }],
            paragraphs: 0,
            mute: 0,
            unclosed: Vec::new(),
            is_old: is_old(html),
            doubts: Vec::new(),
        }
    }

    /// From this node on, up to the one that comes next, a browser may nest in another way.
    fn doubt(&mut self, from: NodeId) {
        let (mut from, to) = (from as u32, self.nodes.len() as u32);
        while let Some((begin, _)) = self.doubts.pop_if(|&mut (_, end)| end >= from) {
            from = from.min(begin);
        }
        self.doubts.push((from, to));
    }

    fn add(&mut self, token: Token<'a>) {
        match token {
            Token::Text { begin, end } => {
                // in the head, and between the parts of a table, nothing is said
                if matches!(self.inside(), Tag::Head | Tag::Table | Tag::Rows | Tag::Tr)
                    && !is_blank(self.html, begin, end)
                {
                    self.leave_head();
                    self.doubt_table();
                }
                self.push(Tag::Text, begin, end);
            }
            Token::Open { name, at, closed } => self.start(name, at, closed),
            Token::Close { name } => self.finish(name),
        }
    }

    fn push(&mut self, tag: Tag, begin: usize, until: usize) {
        let parent = self.open.last().map_or(0, |open| open.id) as u32;
        let end = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { tag, parent, end, begin: begin as u32, until: until as u32 });
    }

    fn start(&mut self, name: &'a str, at: usize, closed: bool) {
        let tag = Tag::of(name);
        // The page's frame holds nothing here: there is one page, and its head ends where its body begins.
        if matches!(tag, Tag::Html | Tag::Body) {
            self.leave_head();
            self.push(tag, at, at);
            return;
        }
        self.imply_ends(tag);
        self.look(tag, name);
        let id = self.nodes.len();
        self.push(tag, at, at);
        // A browser leaves `<div/>` open.
        let is_foreign = tag == Tag::Svg || (self.mute > 0 && self.innermost(Tag::Svg).is_some());
        let is_closed = tag.is_void() || (closed && is_foreign);
        if !is_closed && self.open.len() < DEEPEST {
            self.open.push(Open { id, tag, name, ended: false, has_rows: false });
            self.paragraphs += usize::from(tag == Tag::P);
            self.mute += usize::from(is_mute(tag));
        } else if !is_closed {
            self.doubt(id);
        }
    }

    fn inside(&self) -> Tag {
        self.open.last().map_or(Tag::Page, |open| open.tag)
    }

    /// The innermost open element of this kind.
    fn innermost(&self, tag: Tag) -> Option<NodeId> {
        self.open.iter().rev().find(|open| open.tag == tag).map(|open| open.id)
    }

    /// Browsers put before a table what stands between its parts.
    fn doubt_table(&mut self) {
        if let Some(table) = self.innermost(Tag::Table) {
            self.doubt(table);
        }
    }

    /// Doubts where browsers mend what begins here.
    fn look(&mut self, tag: Tag, name: &str) {
        let (here, inside) = (self.nodes.len(), self.inside());
        let table = |builder: &Self| builder.innermost(Tag::Table).or(Some(here));
        let from = match (tag, inside) {
            (Tag::Tr, Tag::Table) if self.open.last().is_some_and(|open| open.has_rows) => table(self),
            (Tag::Td, Tag::Tr) | (Tag::Tr, Tag::Table | Tag::Rows) | (Tag::Rows, Tag::Table) => None,
            (Tag::Td | Tag::Tr | Tag::Rows, _) => table(self),
            (_, Tag::Table | Tag::Rows | Tag::Tr) if !is_of_table(tag, name) => table(self),
            (Tag::Form, _) => self.innermost(Tag::Form).map(|_| here),
            (Tag::A, _) => self.innermost(Tag::A),
            (Tag::Option | Tag::Svg | Tag::Script, _) => None,
            _ if self.mute > 0 => self.doubtful_within(tag),
            _ => None,
        };
        let is_reopened = tag.is_block() && !self.unclosed.is_empty();
        if let Some(from) = from.or((is_reopened || is_left_out(name)).then_some(here)) {
            self.doubt(from);
        }
        if tag == Tag::Rows
            && let Some(open) = self.open.last_mut()
        {
            open.has_rows = true;
        }
        if tag == Tag::A {
            self.unclosed.retain(|name| !name.eq_ignore_ascii_case("a"));
        }
    }

    /// The open element that browsers end where this one begins, or in which they leave it out.
    fn doubtful_within(&self, tag: Tag) -> Option<NodeId> {
        let breaks_out = tag.is_block() || matches!(tag, Tag::Inline | Tag::Br | Tag::Void | Tag::Meta);
        self.innermost(Tag::Select)
            .or_else(|| self.innermost(Tag::Svg).filter(|_| breaks_out))
            .or_else(|| self.innermost(Tag::Control).filter(|_| tag == Tag::Control))
    }

    fn leave_head(&mut self) {
        if self.open.get(1).is_some_and(|open| open.tag == Tag::Head) {
            self.close_to(1);
        }
    }

    /// Closes what the start of an element ends though its own end tag is missing.
    fn imply_ends(&mut self, tag: Tag) {
        if !is_of_head(tag) {
            self.leave_head();
        }
        if tag.is_block() && self.paragraphs > 0 && !(self.is_old && tag == Tag::Table) {
            self.end_within(|open| open == Tag::P, |open| open.bounds_paragraphs());
        }
        match tag {
            Tag::Li => {
                let ended = |open| open == Tag::Li;
                let bounds = |open: Tag| open == Tag::List || open.is_cell();
                self.doubt_items(ended, bounds);
                self.end_within(ended, bounds);
            }
            Tag::Dt | Tag::Dd => {
                self.end_within(
                    |open| matches!(open, Tag::Dt | Tag::Dd),
                    |open| open == Tag::Dl || open.is_cell(),
                );
            }
            Tag::A => self.end_within(|open| open == Tag::A, |open| open.is_block()),
            Tag::Td => self.end_within(Tag::is_cell, |open| open == Tag::Table),
            Tag::Tr => self.end_within(|open| open == Tag::Tr, |open| open == Tag::Table),
            Tag::Rows => self.end_within(|open| open == Tag::Rows, |open| open == Tag::Table),
            Tag::Option => self.end_within(|open| open == Tag::Option, |open| open == Tag::Select),
            Tag::Heading if self.open.last().is_some_and(|open| open.tag == Tag::Heading) => {
                self.close_to(self.open.len() - 1);
            }
            _ => {}
        }
    }

    /// Closes the innermost open element that is `ended`, unless one that `bounds` it lies further in.
    fn end_within(&mut self, ended: impl Fn(Tag) -> bool, bounds: impl Fn(Tag) -> bool) {
        let stop = self.open.iter().rposition(|open| ended(open.tag) || bounds(open.tag));
        if let Some(at) = stop.filter(|&at| ended(self.open[at].tag)) {
            self.close_to(at);
        }
    }

    /// Doubts where an item begins inside what stands in another: browsers do not end that.
    fn doubt_items(&mut self, ended: impl Fn(Tag) -> bool, bounds: impl Fn(Tag) -> bool) {
        let inner = self.open.iter().rposition(|open| ended(open.tag) || bounds(open.tag)).unwrap_or(0);
        let holds =
            |open: &Open<'_>| open.tag.is_block() && !matches!(open.tag, Tag::P | Tag::Address | Tag::Div);
        if ended(self.open[inner].tag) && self.open[inner + 1..].iter().any(holds) {
            self.doubt(self.open[inner].id);
        }
    }

    fn finish(&mut self, name: &str) {
        let tag = Tag::of(name);
        if tag == Tag::P && self.paragraphs == 0 {
            // browsers make one
            self.doubt(self.nodes.len());
            return;
        }
        let is_it = |open: &Open<'_>| open.tag == tag && open.name.eq_ignore_ascii_case(name);
        // nothing in a template ends what stands around it
        let bounds = |open: &Open<'_>| open.tag == Tag::Script || tag != Tag::Table && open.tag == Tag::Table;
        let found = self.open.iter().rposition(|open| is_it(open) || bounds(open));
        let Some(at) = found.filter(|&at| is_it(&self.open[at])) else { return self.doubt_stray(tag, name) };
        let holds_block = self.open[at + 1..].iter().any(|open| open.tag.is_block());
        let holds_other = self.open[at + 1..].iter().any(|open| is_mute(open.tag));
        if holds_other || holds_block && (!tag.is_block() || tag == Tag::Form) {
            self.doubt(self.open[at].id);
        }
        if holds_block && !tag.is_block() && !matches!(tag, Tag::Other | Tag::Script) {
            self.open[at].ended = true;
        } else {
            self.close_to(at);
        }
    }

    /// Doubts where browsers find an end tag that was passed over here.
    fn doubt_stray(&mut self, tag: Tag, name: &str) {
        if let Some(at) = self.unclosed.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.unclosed.remove(at);
        }
        match tag {
            Tag::P => self.doubt(self.nodes.len()),
            Tag::Heading if self.innermost(Tag::Heading).is_some() => {
                self.doubt(self.innermost(Tag::Heading).unwrap_or(0));
            }
            _ => {}
        }
    }

    /// Closes the open element at `at` and all in it, and those around that have ended already.
    fn close_to(&mut self, at: usize) {
        let end = self.nodes.len() as u32;
        while self.open.len() > at.max(1) || self.open.last().is_some_and(|open| open.ended) {
            let Some(closed) = self.open.pop() else { return };
            self.nodes[closed.id].end = end;
            self.paragraphs -= usize::from(closed.tag == Tag::P);
            self.mute -= usize::from(is_mute(closed.tag));
            let is_unclosed = self.open.len() > at && !closed.ended && is_formatting(closed.name);
            if is_unclosed && self.unclosed.len() < MOST_UNCLOSED {
                self.unclosed.push(closed.name);
            }
        }
    }
}

/// More are not counted: then all that follows is in doubt.
const MOST_UNCLOSED: usize = 32;

/// Whether browsers open an element of this name again where it was not closed.
fn is_formatting(name: &str) -> bool {
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
        .iter()
        .any(|formatting| name.eq_ignore_ascii_case(formatting))
}

/// Whether browsers leave out an element of this name, or read what follows by other rules.
fn is_left_out(name: &str) -> bool {
    ["frameset", "frame", "plaintext", "nobr", "caption"].iter().any(|rare| name.eq_ignore_ascii_case(rare))
}

/// What may stand in a table beside its rows.
fn is_of_table(tag: Tag, name: &str) -> bool {
    tag == Tag::Script || ["caption", "colgroup", "col"].iter().any(|part| name.eq_ignore_ascii_case(part))
}

fn is_of_head(tag: Tag) -> bool {
    matches!(tag, Tag::Head | Tag::Script | Tag::Title | Tag::Meta | Tag::Link | Tag::Base)
}

fn is_mute(tag: Tag) -> bool {
    matches!(tag, Tag::Select | Tag::Svg | Tag::Control)
}

fn is_blank(html: &str, begin: usize, end: usize) -> bool {
    html[begin..end].trim_ascii().is_empty()
}

/// Whether a page has no doctype, or one of those by which browsers know that it is older than CSS.
fn is_old(html: &str) -> bool {
    let head = html.as_bytes()[..html.len().min(1024)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let Some(at) = head.find("<!doctype") else { return true };
    let doctype = head[at..].split('>').next().unwrap_or_default();
    let has = |words: &str| doctype.contains(words);
    has("//dtd html 3")
        || has("//dtd html 4.0 ")
        || (has("//dtd html 4.01 ") && (has("transitional") || has("frameset")) && !has("http:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree, with brackets.
    fn shape(html: &str) -> String {
        fn write(tree: &Tree<'_>, id: NodeId, out: &mut String) {
            for child in tree.children(id) {
                assert_eq!(tree.parent(child), id);
                if tree.nodes[child].tag == Tag::Text {
                    out.push_str(tree.raw(child));
                    continue;
                }
                out.push_str(&format!("{:?}(", tree.nodes[child].tag).to_lowercase());
                write(tree, child, out);
                out.push(')');
            }
        }
        let mut out = String::new();
        write(&Tree::new(html).unwrap(), 0, &mut out);
        out
    }

    #[test]
    fn missing_end_tags() {
        for (html, expected) in [
            ("<p>a<p>b<div>c</div>", "p(a)p(b)div(c)"),
            ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "list(li(alist(li(b)))li(c))d"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(a)td(b))tr(td(c)))d"),
            ("<head><title>t</title><p>a", "head(title(t))p(a)"),
            ("<html><head><body class=x>a<body>b", "html()head()body()abody()b"),
            ("<p>a<table><tr><td><p>b</table>c", "p(atable(tr(td(p(b))))c)"),
            ("<!doctype html><p>a<table><tr><td><p>b</table>c", "p(a)table(tr(td(p(b))))c"),
            ("<table><tbody><tr><td>a<tbody><tr><td>b</table>", "table(rows(tr(td(a)))rows(tr(td(b))))"),
            ("<p>a<template><p>b</div></template>c", "p(ascript(p(b))c)"),
            ("<a>b<a>c</a>d", "a(b)a(c)d"),
        ] {
            assert_eq!(shape(html), expected, "{html}");
        }
    }

    #[test]
    fn stray_and_crossed_end_tags() {
        for (html, expected) in [
            ("a</div>b</p>c</b>", "abc"),
            ("<b>a<i>b</b>c</i>d", "inline(ainline(b))cd"),
            ("<b><div>a</b>b</div>c", "inline(div(ab))c"),
            ("<div><table><tr><td>a</div>b</table>c</div>d", "div(table(tr(td(ab)))c)d"),
            ("a<br>b<img>c<x-y/>d", "abr()bvoid()cother(d)"),
            ("<svg><path/>a<g><path/></g></svg>b", "svg(other()aother(other()))b"),
        ] {
            assert_eq!(shape(html), expected, "{html}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        for element in ["div", "table", "b", "p", "ul><li", "x-y", "svg", "a"] {
            let html = format!("<{element}>").repeat(100_000)
                + "deep"
                + &format!("</{element}>").repeat(100_000)
                + "end";
            let tree = Tree::new(&html).unwrap();
            let depth = |mut id| {
                let mut depth = 0;
                while id != 0 {
                    (id, depth) = (tree.parent(id), depth + 1);
                }
                depth
            };
            assert!((1..tree.nodes.len()).step_by(997).map(depth).max() <= Some(DEEPEST), "{element}");
        }
    }
}
