//! Blocks to running text: character references replaced, white space folded, each run of words with its place in the page.

use onrecord::Span;

use super::blocks::{Block, Blocks, Piece};
use super::entities;
use super::tree::{NodeId, Tree};

/// Words of the text that stand in one text of the page as they do here, but for the kind of white space between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The words, in bytes of the text.
    pub(super) text: Span,
    /// The text of the page.
    pub(super) node: u32,
    /// Where they begin in it: so many code points, references replaced, stand before them.
    pub(super) at: u32,
    /// The code points of the text before them.
    points: u32,
}

impl Run {
    /// Whether `next` only continues it, a white space in between or not.
    fn goes_on_in(self, next: Run) -> bool {
        self.node == next.node && next.points - self.points == next.at - self.at
    }
}

/// A block as it was written: which of the page's, its bytes in the text, and how many runs stood before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) block: usize,
    pub(super) span: Span,
    pub(super) runs: usize,
}

/// What stands between two blocks.
pub(super) const PARTED: &str = "\n\n";

/// A text that grows by blocks.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    /// The blocks that it was made of.
    pub(super) written: Vec<Written>,
    /// What white space before the next word will be.
    space: Option<&'static str>,
    /// The code points of the text.
    points: u32,
    /// The text of the page that is being added.
    node: u32,
    /// How many code points of it are done, references replaced.
    at: u32,
}

impl Flow {
    /// Ends a paragraph: what follows comes after a blank line.
    pub(super) fn part(&mut self) {
        self.space = (!self.text.is_empty()).then_some(PARTED);
    }

    /// Adds the words of a block.
    pub(super) fn block(&mut self, tree: &Tree<'_>, blocks: &Blocks, block: &Block) {
        for piece in blocks.pieces(block) {
            match *piece {
                Piece::Text(id) => self.node(tree, id as usize),
                Piece::Break => self.space = Some(self.space.filter(|&space| space != " ").unwrap_or("\n")),
                Piece::Gap => self.space = self.space.or(Some(" ")),
                Piece::OpenQuote => self.open_quote(),
                Piece::CloseQuote => self.close_quote(),
            }
        }
    }

    /// Adds a quotation mark that the page leaves to the browser.
    pub(super) fn open_quote(&mut self) {
        self.write_space();
        self.write("“");
    }

    /// Adds its counterpart.
    pub(super) fn close_quote(&mut self) {
        self.write("”");
    }

    /// Adds the words of a text node.
    pub(super) fn node(&mut self, tree: &Tree<'_>, id: NodeId) {
        (self.node, self.at) = (id as u32, 0);
        let mut rest = tree.raw(id);
        while let Some(first) = rest.chars().next() {
            let length = match plain(rest) {
                0 => self.one(first, rest),
                length => {
                    self.push(&rest[..length]);
                    length
                }
            };
            rest = &rest[length..];
        }
    }

    /// Adds the character, reference or line end that `words` begin with, and gives how many bytes it takes.
    fn one(&mut self, first: char, words: &str) -> usize {
        match first {
            '&' => {
                let (meant, length) = entities::reference(words).unwrap_or_else(|| ("&".to_owned(), 1));
                meant.chars().for_each(|character| self.character(character));
                length
            }
            // browsers leave it out, and one of these two
            '\0' => 1,
            '\r' if words.as_bytes().get(1) == Some(&b'\n') => 1,
            _ => {
                self.character(first);
                first.len_utf8()
            }
        }
    }

    fn character(&mut self, character: char) {
        if is_invisible(character) {
            self.at += 1;
        } else if character.is_whitespace() {
            self.at += 1;
            self.space = self.space.or((!self.text.is_empty()).then_some(" "));
        } else {
            self.push(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// Adds words of the page.
    fn push(&mut self, words: &str) {
        self.write_space();
        let (begin, points, at) = (self.text.len(), self.points, self.at);
        self.write(words);
        self.at += self.points - points;
        let next = Run { text: Span::new(begin, self.text.len()), node: self.node, at, points };
        match self.runs.last_mut() {
            Some(last) if last.goes_on_in(next) => last.text.end = next.text.end,
            _ => self.runs.push(next),
        }
    }

    fn write_space(&mut self) {
        if let Some(space) = self.space.take() {
            self.write(space);
        }
    }

    fn write(&mut self, words: &str) {
        self.text.push_str(words);
        self.points += words.chars().count() as u32;
    }
}

/// How many bytes at the start need no thought.
fn plain(words: &str) -> usize {
    words
        .bytes()
        .position(|b| {
            b == b'&' || b.is_ascii_whitespace() || matches!(b, 0xC2 | 0xE2 | 0xE3 | 0xEF | 0..0x20)
        })
        .unwrap_or(words.len())
}

/// Marks for the setting of lines, which would part words.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\0'..='\u{8}' | '\u{e}'..='\u{1f}')
}
