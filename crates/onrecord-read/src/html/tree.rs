//! Tags and texts to a tree, forgiving as browsers are, in time linear in the page and never deeper than a bound.
//!
//! The nodes lie in the order of the page, each with the end of its subtree: walking a tree is walking an array.
//! Against the HTML standard it leaves out what a reader of text need not know: formatting elements are not reopened
//! after a block has closed them, and what stands between the rows of a table stays there.

use super::tag::Tag;
use super::tokens::{Attributes, Token, Tokens};

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
}

impl<'a> Tree<'a> {
    /// Reads a page of less than 4 GiB; `None` where it has more than [`MOST_NODES`].
    pub(super) fn new(html: &'a str) -> Option<Self> {
        let mut builder = Builder::new();
        for token in Tokens::new(html) {
            builder.add(token);
            if builder.nodes.len() > MOST_NODES {
                return None;
            }
        }
        builder.close_to(0);
        let end = builder.nodes.len() as u32;
        builder.nodes[0].end = end;
        Some(Tree { html, nodes: builder.nodes })
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
    nodes: Vec<Node>,
    /// The open elements, the root first.
    open: Vec<Open<'a>>,
    /// How many of them are paragraphs: most blocks begin where none is open.
    paragraphs: usize,
}

struct Open<'a> {
    id: NodeId,
    tag: Tag,
    name: &'a str,
    /// Its end tag came while a block inside it was still open: it ends with that.
    ended: bool,
}

impl<'a> Builder<'a> {
    fn new() -> Self {
        let page = Node { tag: Tag::Page, parent: 0, end: 0, begin: 0, until: 0 };
        Builder {
            nodes: vec![page],
            open: vec![Open { id: 0, tag: Tag::Page, name: "", ended: false }],
            paragraphs: 0,
        }
    }

    fn add(&mut self, token: Token<'a>) {
        match token {
            Token::Text { begin, end } => self.push(Tag::Text, begin, end),
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
        let id = self.nodes.len();
        self.push(tag, at, at);
        // Of HTML's own elements a browser leaves `<div/>` open.
        let is_closed = tag.is_void() || (closed && matches!(tag, Tag::Other | Tag::Svg));
        if !is_closed && self.open.len() < DEEPEST {
            self.open.push(Open { id, tag, name, ended: false });
            self.paragraphs += usize::from(tag == Tag::P);
        }
    }

    fn leave_head(&mut self) {
        if self.open.get(1).is_some_and(|open| open.tag == Tag::Head) {
            self.close_to(1);
        }
    }

    /// Closes what the start of an element ends though its own end tag is missing.
    fn imply_ends(&mut self, tag: Tag) {
        if tag.is_block() {
            self.leave_head();
        }
        if tag.is_block() && self.paragraphs > 0 {
            self.end_within(|open| open == Tag::P, |open| open.bounds_paragraphs());
        }
        match tag {
            Tag::Li => self.end_within(|open| open == Tag::Li, |open| open == Tag::List || open.is_cell()),
            Tag::Dt | Tag::Dd => {
                self.end_within(
                    |open| matches!(open, Tag::Dt | Tag::Dd),
                    |open| open == Tag::Dl || open.is_cell(),
                );
            }
            Tag::A => self.end_within(|open| open == Tag::A, |open| open.is_block()),
            Tag::Td => self.end_within(Tag::is_cell, |open| open == Tag::Table),
            Tag::Tr => self.end_within(|open| open == Tag::Tr, |open| open == Tag::Table),
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

    fn finish(&mut self, name: &str) {
        let tag = Tag::of(name);
        if tag == Tag::P && self.paragraphs == 0 {
            return;
        }
        let is_it = |open: &Open<'_>| open.tag == tag && open.name.eq_ignore_ascii_case(name);
        let bounds = |open: &Open<'_>| tag != Tag::Table && open.tag == Tag::Table;
        let found = self.open.iter().rposition(|open| is_it(open) || bounds(open));
        let Some(at) = found.filter(|&at| is_it(&self.open[at])) else { return };
        let holds_block = self.open[at + 1..].iter().any(|open| open.tag.is_block());
        if holds_block && !tag.is_block() && tag != Tag::Other {
            self.open[at].ended = true;
        } else {
            self.close_to(at);
        }
    }

    /// Closes the open element at `at` and all in it, and those around that have ended already.
    fn close_to(&mut self, at: usize) {
        let end = self.nodes.len() as u32;
        while self.open.len() > at.max(1) || self.open.last().is_some_and(|open| open.ended) {
            let Some(closed) = self.open.pop() else { return };
            self.nodes[closed.id].end = end;
            self.paragraphs -= usize::from(closed.tag == Tag::P);
        }
    }
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
            ("<p>a<table><tr><td><p>b</table>c", "p(a)table(tr(td(p(b))))c"),
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
            ("a<br>b<img>c<x-y/>d", "abr()bvoid()cother()d"),
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
