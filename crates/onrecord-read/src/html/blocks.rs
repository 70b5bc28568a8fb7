//! A tree to blocks: the paragraphs, headings, list items and captions of a page, in order, with their words' places.

use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A `p`.
    Paragraph,
    Heading,
    Item,
    Caption,
    Cell,
    Pre,
    /// Words that stand in no element made for them, as in a bare `div`.
    Loose,
}

/// A paragraph or the like. A page may have millions: numbers of 32 bits are enough for one of 64 MiB.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    node: u32,
    first: u32,
    /// Its pieces, as a range in [`Blocks::pieces`].
    pieces: (u32, u32),
    letters: u32,
    linked: u32,
    /// 0, the page itself, where it stands in no quotation.
    quotation: u32,
}

impl Block {
    /// The innermost block element that its words stand in.
    pub(super) fn node(&self) -> NodeId {
        self.node as usize
    }

    /// The node of its first words.
    pub(super) fn first(&self) -> NodeId {
        self.first as usize
    }

    /// How many characters that are no white space.
    pub(super) fn letters(&self) -> usize {
        self.letters as usize
    }

    /// How many of them stand in links.
    pub(super) fn linked(&self) -> usize {
        self.linked as usize
    }

    /// The block quotation that it stands in, innermost.
    pub(super) fn quotation(&self) -> Option<NodeId> {
        (self.quotation != 0).then_some(self.quotation as usize)
    }
}

/// A part of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A text node.
    Text(u32),
    /// A line break.
    Break,
    /// Something without words that keeps its neighbours apart.
    Gap,
    /// Where a `q` begins and ends.
    OpenQuote,
    CloseQuote,
}

/// The blocks of a page, in order.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) all: Vec<Block>,
    pieces: Vec<Piece>,
}

impl Blocks {
    /// The pieces of a block, in order.
    pub(super) fn pieces(&self, block: &Block) -> &[Piece] {
        &self.pieces[block.pieces.0 as usize..block.pieces.1 as usize]
    }
}

/// The blocks of `tree`, but for the elements that `skips`.
pub(super) fn blocks(tree: &Tree<'_>, skips: impl Fn(NodeId) -> bool) -> Blocks {
    let mut walk = Walk {
        tree,
        out: Blocks::default(),
        open: vec![0],
        links: 0,
        items: 0,
        figures: 0,
        quotations: Vec::new(),
        pending: None,
        letters: 0,
        linked: 0,
    };
    let mut id = 1;
    while id < tree.nodes.len() {
        walk.leave(id);
        let tag = tree.nodes[id].tag;
        if tag.is_mute() || skips(id) {
            walk.skip(tag);
            id = tree.end(id);
        } else {
            walk.enter(id, tag);
            id += 1;
        }
    }
    walk.leave(tree.nodes.len());
    walk.flush();
    walk.out
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    out: Blocks,
    /// The open elements.
    open: Vec<NodeId>,
    /// How many of them are links, items of lists, figures or their captions.
    links: usize,
    items: usize,
    figures: usize,
    /// Those that are block quotations.
    quotations: Vec<NodeId>,
    /// The first words of the block that is being read, and its first piece.
    pending: Option<(NodeId, usize)>,
    letters: usize,
    linked: usize,
}

impl Walk<'_, '_> {
    fn tag(&self, id: NodeId) -> Tag {
        self.tree.nodes[id].tag
    }

    /// Leaves the elements that end before node `next`.
    fn leave(&mut self, next: NodeId) {
        while let Some(&id) = self.open.last()
            && id != 0
            && self.tree.end(id) <= next
        {
            match self.tag(id) {
                tag if tag.is_block() => self.flush(),
                Tag::A => self.links -= 1,
                Tag::Q => self.add(Piece::CloseQuote),
                _ => {}
            }
            match self.tag(id) {
                Tag::Li => self.items -= 1,
                Tag::Figure | Tag::Figcaption => self.figures -= 1,
                Tag::Blockquote => drop(self.quotations.pop()),
                _ => {}
            }
            self.open.pop();
        }
    }

    fn enter(&mut self, id: NodeId, tag: Tag) {
        match tag {
            Tag::Text => return self.text(id),
            Tag::Br => return self.br(),
            Tag::Void => return,
            Tag::A => self.links += 1,
            Tag::Q => {
                self.begin(id);
                self.add(Piece::OpenQuote);
            }
            tag if tag.is_block() => self.flush(),
            _ => {}
        }
        match tag {
            Tag::Li => self.items += 1,
            Tag::Figure | Tag::Figcaption => self.figures += 1,
            Tag::Blockquote => self.quotations.push(id),
            _ => {}
        }
        self.open.push(id);
    }

    fn skip(&mut self, tag: Tag) {
        match tag {
            Tag::Script => {}
            tag if tag.is_block() => self.flush(),
            _ => self.add(Piece::Gap),
        }
    }

    /// Two line breaks in a row part paragraphs.
    fn br(&mut self) {
        let blank = |piece: &&Piece| matches!(piece, Piece::Text(id) if self.tree.raw(*id as usize).trim_ascii().is_empty());
        let begin = self.pending.map_or(self.out.pieces.len(), |(_, begin)| begin);
        let last = self.out.pieces[begin..].iter().rev().find(|piece| !blank(piece));
        if last == Some(&Piece::Break) { self.flush() } else { self.add(Piece::Break) }
    }

    fn text(&mut self, id: NodeId) {
        let letters = letters(self.tree.raw(id));
        if letters > 0 {
            self.begin(id);
        }
        self.letters += letters;
        self.linked += if self.links > 0 { letters } else { 0 };
        self.add(Piece::Text(id as u32));
    }

    fn begin(&mut self, id: NodeId) {
        self.pending.get_or_insert((id, self.out.pieces.len()));
    }

    /// Before its first words a block has no pieces.
    fn add(&mut self, piece: Piece) {
        if self.pending.is_some() {
            self.out.pieces.push(piece);
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let Some((first, begin)) = self.pending.take() else { return };
        let (letters, linked) = (std::mem::take(&mut self.letters), std::mem::take(&mut self.linked));
        let pieces = (begin as u32, self.out.pieces.len() as u32);
        let node =
            self.open.iter().rev().copied().find(|&id| id == 0 || self.tag(id).is_block()).unwrap_or(0);
        self.out.all.push(Block {
            kind: self.kind(),
            node: node as u32,
            first: first as u32,
            pieces,
            letters: letters as u32,
            linked: linked as u32,
            quotation: self.quotations.last().map_or(0, |&id| id as u32),
        });
    }

    /// By the innermost element that says what its words are.
    fn kind(&self) -> Kind {
        let named = self.open.iter().rev().find_map(|&id| match self.tag(id) {
            Tag::P => Some(Kind::Paragraph),
            Tag::Heading => Some(Kind::Heading),
            Tag::Li | Tag::Dd | Tag::Dt => Some(Kind::Item),
            Tag::Figcaption | Tag::Figure => Some(Kind::Caption),
            Tag::Td => Some(Kind::Cell),
            Tag::Pre => Some(Kind::Pre),
            tag => tag.is_block().then_some(Kind::Loose),
        });
        match named {
            Some(Kind::Paragraph | Kind::Loose) if self.figures > 0 => Kind::Caption,
            Some(Kind::Paragraph | Kind::Loose) if self.items > 0 => Kind::Item,
            named => named.unwrap_or(Kind::Loose),
        }
    }
}

/// Characters that are no white space, character references counted as they are written.
fn letters(words: &str) -> usize {
    words.bytes().filter(|b| !b.is_ascii_whitespace() && (b & 0xC0) != 0x80).count()
}
