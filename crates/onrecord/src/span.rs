//! Spans: stretches of an article's text, in bytes, and their conversion to code points at the edge.

use std::ops::Range;

/// A stretch `[begin, end)` of an article's text, in **bytes**, always on character boundaries.
///
/// The text is at most 4 GiB (readers refuse more), so 32 bits are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub begin: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `[begin, end)`; `begin <= end`.
    pub fn new(begin: usize, end: usize) -> Self {
        debug_assert!(begin <= end && u32::try_from(end).is_ok());
        Span { begin: begin as u32, end: end as u32 }
    }

    /// As a range to index text with.
    pub fn range(self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }

    /// Its words.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// Whether `other` lies in this span.
    pub fn contains(self, other: Span) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }
}

/// Turns byte offsets into Unicode code points: the unit of every offset that leaves the library.
///
/// One pass over the text, then each look-up scans at most a block of 256 bytes.
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before each block of [`BLOCK`] bytes; empty for ASCII, where the two units agree.
    before: Vec<u32>,
}

const BLOCK: usize = 256;

impl<'a> CodePoints<'a> {
    /// The converter for `text`.
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return CodePoints { text, before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += starts(block);
        }
        before.push(count);
        CodePoints { text, before }
    }

    /// The code points before byte `offset`, which must be at most the text's length.
    pub fn at(&self, offset: u32) -> u32 {
        if self.before.is_empty() {
            return offset;
        }
        let block = offset as usize / BLOCK;
        self.before[block] + starts(&self.text.as_bytes()[block * BLOCK..offset as usize])
    }

    /// A span as `[begin, end)` in code points.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [self.at(span.begin), self.at(span.end)]
    }
}

/// How many characters begin in these bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_characters() {
        let text = "“Né” 🙂 — ".repeat(100) + "plain";
        for text in [text.as_str(), "ascii only", "", "é"] {
            let points = CodePoints::new(text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(offset as u32), count as u32);
            }
            assert_eq!(points.at(text.len() as u32), text.chars().count() as u32);
        }
    }
}
