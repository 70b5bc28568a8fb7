//! What a word looks like to the encoder: its vocabulary form and the rows of hashed parts it sums.
//!
//! Rare names and endings are read by their parts (Bojanowski et al., TACL 2017): character 4- and 5-grams, affixes
//! and the shape of the word, each hashed into a row of one table. Everything here depends on the word alone.

use super::tokens::{BREAK, is_break};

/// How many rows each kind of part has in the table, one kind after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Rows of affixes: the last three, the last two and the first three characters.
    pub affixes: u32,
    /// Rows of character 4- and 5-grams.
    pub grams: u32,
    /// Rows of shapes.
    pub shapes: u32,
}

impl Parts {
    /// The layout that models are trained with.
    pub const TRAINED: Parts = Parts { affixes: 4096, grams: 16384, shapes: 512 };

    /// All rows.
    pub fn rows(self) -> usize {
        (self.affixes + self.grams + self.shapes) as usize
    }

    /// Writes the rows of `word` (a token's words) into `rows`, in their fixed order.
    pub fn of(self, word: &str, rows: &mut Vec<u32>) {
        rows.clear();
        let word = if is_break(word) { BREAK } else { word };
        let lower = lower(word);
        let chars: Vec<char> = lower.chars().take(MOST_CHARS).collect();
        let (n, tail) = (chars.len(), |k: usize| &chars[chars.len().saturating_sub(k)..]);
        rows.push(hash(b's', tail(3)) % self.affixes);
        rows.push(hash(b't', tail(2)) % self.affixes);
        rows.push(hash(b'p', &chars[..n.min(3)]) % self.affixes);
        self.grams_of(&chars, rows);
        rows.push(self.affixes + self.grams + hash(b'h', &shape(word)) % self.shapes);
    }

    /// Adds the rows of the character 4- and 5-grams of `<word>`, at most [`MOST_GRAMS`].
    fn grams_of(self, chars: &[char], rows: &mut Vec<u32>) {
        let mut marked = Vec::with_capacity(chars.len() + 2);
        marked.push('<');
        marked.extend_from_slice(chars);
        marked.push('>');
        let grams = marked.windows(4).chain(marked.windows(5)).take(MOST_GRAMS);
        rows.extend(grams.map(|gram| self.affixes + hash(b'g', gram) % self.grams));
    }
}

const MOST_GRAMS: usize = 24;

/// A longer word is read by its first characters: no name is so long, and a hostile one must not cost memory.
const MOST_CHARS: usize = 64;

/// The form of a word that the vocabulary holds: lower case, every digit a `0`, curly apostrophes straight.
pub fn lower(word: &str) -> String {
    if is_break(word) {
        return BREAK.to_owned();
    }
    let plain = word.chars().take(MOST_CHARS).flat_map(char::to_lowercase);
    plain
        .map(|c| {
            if c.is_ascii_digit() {
                '0'
            } else if c == '’' {
                '\''
            } else {
                c
            }
        })
        .collect()
}

/// The shape of a word: `Xx` for a name, `00` for a number; a run of the same kind counts three at most.
fn shape(word: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for c in word.chars().take(MOST_CHARS) {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_alphabetic() => 'a',
            c if c.is_numeric() => '0',
            c => c,
        };
        if !(out.len() >= 3 && out[out.len() - 3..].iter().all(|&k| k == kind)) {
            out.push(kind);
        }
    }
    out
}

/// FNV-1a over the code points, salted by the kind of part, with a final mix so that low bits are good.
fn hash(salt: u8, chars: &[char]) -> u32 {
    let step = |h: u32, v: u32| (h ^ v).wrapping_mul(0x0100_0193);
    let h = chars.iter().fold(step(0x811c_9dc5, salt.into()), |h, &c| step(h, c.into()));
    let h = (h ^ (h >> 16)).wrapping_mul(0x7feb_352d);
    h ^ (h >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_word_are_fixed() {
        let parts = Parts::TRAINED;
        let mut rows = Vec::new();
        parts.of("said", &mut rows);
        // 3 affixes, <sai said aid>, <said said>, shape
        assert_eq!(rows.len(), 3 + 3 + 2 + 1);
        assert!(rows.iter().all(|&row| (row as usize) < parts.rows()));
        let mut again = Vec::new();
        parts.of("said", &mut again);
        assert_eq!(rows, again);
        parts.of("a", &mut again);
        assert_eq!(again.len(), 3 + 1);
    }

    #[test]
    fn forms() {
        assert_eq!(lower("N’T"), "n't");
        assert_eq!(lower("1,200"), "0,000");
        assert_eq!(lower(" \n"), "¶");
        assert_eq!(shape("McDonald-2016").iter().collect::<String>(), "XxXxxx-000");
    }

    #[test]
    fn a_hostile_word_costs_little() {
        let mut rows = Vec::new();
        Parts::TRAINED.of(&"x".repeat(1 << 20), &mut rows);
        assert_eq!(rows.len(), 3 + MOST_GRAMS + 1);
    }
}
