//! Blocks to running text: character references replaced, white space folded, each stretch with its place in the page.

use super::blocks::{Block, Blocks, Piece};
use super::entities;
use super::tree::Tree;

/// A stretch of the text that stands in the page as it is, or for a character reference what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its first byte in the text, and the byte after its last.
    pub(super) text: (u32, u32),
    /// The same in the page.
    pub(super) page: (u32, u32),
}

impl Stretch {
    /// Whether byte by byte it is the same in both.
    pub(super) fn is_plain(self) -> bool {
        self.text.1 - self.text.0 == self.page.1 - self.page.0
    }

    /// Whether `next` only continues it, white space in between or not.
    fn goes_on_in(self, next: Stretch) -> bool {
        self.is_plain() && next.is_plain() && next.text.0 - self.text.0 == next.page.0 - self.page.0
    }
}

/// A text that grows by blocks.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) stretches: Vec<Stretch>,
    /// What white space before the next word will be.
    space: Option<&'static str>,
    /// Where the text of the page begins that is being added: a stretch ends with its text.
    begin: u32,
}

impl Flow {
    /// Ends a paragraph: what follows comes after a blank line.
    pub(super) fn part(&mut self) {
        self.space = (!self.text.is_empty()).then_some("\n\n");
    }

    /// Adds the words of a block.
    pub(super) fn block(&mut self, tree: &Tree<'_>, blocks: &Blocks, block: &Block) {
        for piece in &blocks.pieces[block.pieces.clone()] {
            match *piece {
                Piece::Text(id) => self.words(tree.raw(id), tree.bytes(id).0),
                Piece::Break => self.space = Some(self.space.filter(|&space| space != " ").unwrap_or("\n")),
                Piece::Gap => self.space = self.space.or(Some(" ")),
                Piece::OpenQuote => self.open_quote(),
                Piece::CloseQuote => self.close_quote(),
            }
        }
    }

    /// Adds a quotation mark that the page leaves to the browser.
    pub(super) fn open_quote(&mut self) {
        self.text.push_str(self.space.take().unwrap_or_default());
        self.text.push('“');
    }

    /// Adds its counterpart.
    pub(super) fn close_quote(&mut self) {
        self.text.push('”');
    }

    /// Adds words that begin at byte `at` of the page.
    pub(super) fn words(&mut self, words: &str, mut at: usize) {
        self.begin = at as u32;
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let (meant, length) = match first {
                '&' => entities::reference(rest).unwrap_or_else(|| ("&".to_owned(), 1)),
                _ => {
                    let length = plain(rest);
                    if length > 0 {
                        self.push(&rest[..length], at, length);
                        (rest, at) = (&rest[length..], at + length);
                        continue;
                    }
                    (first.to_string(), first.len_utf8())
                }
            };
            for character in meant.chars() {
                self.character(character, at, length);
            }
            (rest, at) = (&rest[length..], at + length);
        }
    }

    /// Adds what `length` bytes of the page stand for.
    fn character(&mut self, character: char, at: usize, length: usize) {
        if is_invisible(character) {
            return;
        }
        if character.is_whitespace() {
            self.space = self.space.or((!self.text.is_empty()).then_some(" "));
        } else {
            self.push(character.encode_utf8(&mut [0; 4]), at, length);
        }
    }

    fn push(&mut self, words: &str, at: usize, length: usize) {
        self.text.push_str(self.space.take().unwrap_or_default());
        let begin = self.text.len();
        let next = Stretch {
            text: (begin as u32, (begin + words.len()) as u32),
            page: (at as u32, (at + length) as u32),
        };
        match self.stretches.last_mut() {
            Some(last) if last.page.0 >= self.begin && last.goes_on_in(next) => {
                (last.text.1, last.page.1) = (next.text.1, next.page.1)
            }
            _ => self.stretches.push(next),
        }
        self.text.push_str(words);
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
