//! The way back: for each block of the text the element of the page that it stands in, and where in that element's text.
//!
//! Paths are those of the tree that a browser makes of the page, where `tree` is sure to make the same one.

use std::collections::HashMap;

use onrecord::{Block, BlockKind, Stretch};

use super::blocks::{self, Kind};
use super::body::Body;
use super::entities;
use super::flow::{Flow, Run};
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// A text of more blocks is nobody's article, and is given none.
const MOST_BLOCKS: usize = 1 << 16;

/// The same of one whose paths have more bytes in all.
const LONGEST_PATHS: usize = 8 << 20;

/// The blocks of a text, with their places in the page.
pub(super) fn places(tree: &Tree<'_>, body: &Body, flow: &Flow) -> Vec<Block> {
    let written = &flow.written;
    if written.len() > MOST_BLOCKS {
        return Vec::new();
    }
    let nodes = written.iter().map(|written| body.blocks.all[written.block].node());
    let mut paths = Paths::new(tree, body);
    let contents = Contents::new(tree, nodes.min().unwrap_or(0), paths.body);
    let (mut found, mut length) = (Vec::new(), 0);
    for (nth, here) in written.iter().enumerate() {
        let block = &body.blocks.all[here.block];
        let end = written.get(nth + 1).map_or(flow.runs.len(), |next| next.runs);
        let runs = &flow.runs[here.runs..end];
        let path = paths.of(block.node(), runs.last().map_or(block.node(), |run| run.node as usize));
        length += path.as_ref().map_or(0, String::len);
        if length > LONGEST_PATHS {
            return Vec::new();
        }
        let sure = if path.is_some() { runs } else { &[] };
        let stretches = contents.stretches(sure, block.node(), &flow.text);
        found.push(Block { kind: kind(block), span: here.span, path, stretches });
    }
    found
}

fn kind(block: &blocks::Block) -> BlockKind {
    match block.kind {
        Kind::Heading => BlockKind::Heading,
        _ if block.quotation().is_some() => BlockKind::Quotation,
        Kind::Item => BlockKind::Item,
        _ => BlockKind::Paragraph,
    }
}

/// How many code points of text stand before each node, as `textContent` counts them.
struct Contents<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The first node that is counted.
    first: NodeId,
    /// Of this node and each after it. The line end that opens a `pre` counts as nothing, so that the numbers may wrap.
    before: Vec<u32>,
    /// The first node of the body.
    body: NodeId,
}

impl<'t, 'a> Contents<'t, 'a> {
    fn new(tree: &'t Tree<'a>, first: NodeId, body: NodeId) -> Self {
        let first = if first == 0 { body } else { first };
        let mut before = Vec::with_capacity(tree.nodes.len() - first);
        let (mut count, mut template) = (0u32, 0);
        for id in first..tree.nodes.len() {
            // what stands in a template is no content of the page
            if id >= template && tree.nodes[id].tag == Tag::Script && tree.is_named(id, "template") {
                template = tree.end(id);
            }
            let is_text = id >= template && tree.nodes[id].tag == Tag::Text;
            if is_text && opens_pre(tree, id) {
                count = count.wrapping_sub(1);
            }
            before.push(count);
            if is_text {
                count = count.wrapping_add(length(tree, id));
            }
        }
        Contents { tree, first, before, body }
    }

    /// The runs of a block as stretches of its element; those that only go on are one.
    fn stretches(&self, runs: &[Run], element: NodeId, text: &str) -> Vec<Stretch> {
        let before = |id: NodeId| self.before.get(id.saturating_sub(self.first)).copied().unwrap_or(0);
        let element = if element == 0 { self.body } else { element };
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut last: Option<(Run, u32)> = None;
        for &run in runs {
            let at = before(run.node as usize).wrapping_sub(before(element)).wrapping_add(run.at);
            let goes_on = last.is_some_and(|(last, end)| self.goes_on(last, run, text, (end, at)));
            match stretches.last_mut().filter(|_| goes_on) {
                Some(stretch) => stretch.span.end = run.text.end,
                None => stretches.push(Stretch { span: run.text, at }),
            }
            last = Some((run, at.wrapping_add(points(run.text.of(text)))));
        }
        stretches
    }

    /// Whether a run of another node follows the last one as in the page: at once, or after one white space in both.
    fn goes_on(&self, last: Run, run: Run, text: &str, (end, at): (u32, u32)) -> bool {
        let (between, page) = (&text[last.text.end as usize..run.text.begin as usize], at.wrapping_sub(end));
        let raw = |run: Run| self.tree.raw(run.node as usize);
        let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        match page {
            0 => between.is_empty(),
            1 if between == " " => match run.at {
                0 => is_space(raw(last).as_bytes().last()),
                _ => is_space(raw(run).as_bytes().first()),
            },
            _ => false,
        }
    }
}

fn points(words: &str) -> u32 {
    words.chars().count() as u32
}

/// Whether a text opens an element whose first line end a browser leaves out.
fn opens_pre(tree: &Tree<'_>, id: NodeId) -> bool {
    let parent = tree.parent(id);
    let leaves_out = tree.nodes[parent].tag == Tag::Pre || tree.is_named(parent, "textarea");
    parent + 1 == id && leaves_out && tree.raw(id).starts_with(['\n', '\r'])
}

/// The code points of a text node, its references replaced as a browser does.
fn length(tree: &Tree<'_>, id: NodeId) -> u32 {
    let mut rest = tree.raw(id);
    let is_raw = tree.nodes[tree.parent(id)].tag == Tag::Script;
    let mut count = 0;
    while let Some(at) = rest.find(['&', '\r', '\0']) {
        count += points(&rest[..at]);
        rest = &rest[at..];
        let (meant, taken) = match rest.as_bytes() {
            [b'&', ..] if !is_raw => {
                entities::reference(rest).map_or((1, 1), |(meant, taken)| (points(&meant), taken))
            }
            [b'\r', b'\n', ..] => (1, 2),
            [0, ..] if !is_raw => (0, 1),
            _ => (1, 1),
        };
        count += meant;
        rest = &rest[taken..];
    }
    count + points(rest)
}

/// The paths to elements, asked for in the order of the page.
struct Paths<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The first node of the body.
    body: NodeId,
    /// The first element of each identifier, which in old pages may be in any case.
    named: HashMap<String, NodeId>,
    /// The elements that the last path led through, from the outermost one, and which of their children were counted.
    open: Vec<Children>,
}

struct Children {
    of: NodeId,
    next: NodeId,
    /// How many there were of each name.
    counts: HashMap<String, u32>,
}

impl<'t, 'a> Paths<'t, 'a> {
    fn new(tree: &'t Tree<'a>, body: &Body) -> Self {
        let mut named = HashMap::new();
        for &id in &body.named {
            if let Some(name) = tree.attribute(id as usize, "id") {
                named.entry(name.to_ascii_lowercase()).or_insert(id as usize);
            }
        }
        Paths { tree, body: body_of(tree), named, open: Vec::new() }
    }

    /// From the nearest element that an identifier leads to, else from the body; none where a browser may nest what
    /// stands there, up to the last node, in another way.
    fn of(&mut self, node: NodeId, last: NodeId) -> Option<String> {
        let mut way: Vec<NodeId> = vec![node];
        while let Some(&id) = way.last()
            && id != 0
            && self.identifier(id).is_none()
        {
            way.push(self.tree.parent(id));
        }
        let begin = way.pop().unwrap_or(0);
        if !self.tree.is_sure(begin.max(self.body), last) {
            return None;
        }
        let mut path = self.identifier(begin).map_or_else(|| "body".to_owned(), |name| format!("#{name}"));
        way.push(begin);
        way.reverse();
        for (depth, pair) in way.windows(2).enumerate() {
            let (parent, child) = (pair[0], pair[1]);
            let name = self.tree.name(child).to_ascii_lowercase();
            let tag = |id: NodeId| self.tree.nodes[id].tag;
            if tag(parent) == Tag::Table && tag(child) == Tag::Tr {
                path.push_str(" > tbody");
            }
            let nth = self.nth(depth, parent, child, &name);
            path.push_str(&format!(" > {}:nth-of-type({nth})", escaped(&name)));
        }
        Some(path)
    }

    /// The identifier of an element, if it is a plain word and no element before it has it.
    fn identifier(&self, id: NodeId) -> Option<&'a str> {
        // the page itself has no tag
        let name = (id != 0).then(|| self.tree.attribute(id, "id")).flatten()?;
        let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.len() <= 64
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        (is_plain && self.named.get(&name.to_ascii_lowercase()) == Some(&id)).then_some(name)
    }

    /// Which of the children with its name a child is, from 1. Each child is looked at once.
    fn nth(&mut self, depth: usize, parent: NodeId, child: NodeId, name: &str) -> u32 {
        if self.open.get(depth).is_none_or(|open| open.of != parent) {
            self.open.truncate(depth);
            let next = if parent == 0 { self.body } else { parent + 1 };
            self.open.push(Children { of: parent, next, counts: HashMap::new() });
        }
        let open = &mut self.open[depth];
        while open.next <= child {
            let tag = self.tree.nodes[open.next].tag;
            if !matches!(tag, Tag::Text | Tag::Html | Tag::Head | Tag::Body) {
                *open.counts.entry(self.tree.name(open.next).to_ascii_lowercase()).or_default() += 1;
            }
            open.next = self.tree.end(open.next);
        }
        open.counts.get(name).copied().unwrap_or(1)
    }
}

/// The first node that a browser puts into the body.
fn body_of(tree: &Tree<'_>) -> NodeId {
    let is_of_head = |id: NodeId| match tree.nodes[id].tag {
        Tag::Html | Tag::Head | Tag::Script | Tag::Title | Tag::Meta | Tag::Link | Tag::Base => true,
        Tag::Text => tree.raw(id).trim_ascii().is_empty(),
        _ => false,
    };
    let first = tree.children(0).find(|&id| !is_of_head(id));
    first.map_or(tree.nodes.len(), |id| if tree.nodes[id].tag == Tag::Body { id + 1 } else { id })
}

/// A name of an element as a selector has it.
fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            'a'..='z' | '0'..='9' | '-' | '_' | '\u{80}'.. => escaped.push(character),
            '\0' => escaped.push('\u{fffd}'),
            '\u{1}'..'\u{20}' | '\u{7f}' => escaped.push_str(&format!("\\{:x} ", character as u32)),
            _ => escaped.extend(['\\', character]),
        }
    }
    escaped
}
