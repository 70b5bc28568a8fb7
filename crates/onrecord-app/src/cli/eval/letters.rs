//! The letters of a text: what the scorer counts. Spans become sets of letter numbers.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::ranges::Ranges;

/// Where the letters and digits of a text stand, and which of them stand in quotation marks.
pub(super) struct Letters {
    /// For each code point, and the end: the letters before it.
    before: Vec<u32>,
    /// For each letter: its code point.
    at: Vec<u32>,
    /// For each letter: the number of its word, a word being letters without a gap.
    word: Vec<u32>,
    /// For each letter, and the end: the quoted letters before it.
    quoted: Vec<u32>,
}

impl Letters {
    /// Finds the letters of `text`.
    pub(super) fn new(text: &str) -> Letters {
        let mut letters = Letters { before: Vec::new(), at: Vec::new(), word: Vec::new(), quoted: vec![0] };
        let (mut in_word, mut words, mut quoted, mut in_quotation) = (false, 0, 0, false);
        for (point, c) in (0..).zip(text.chars()) {
            letters.before.push(letters.at.len() as u32);
            let letter = is_letter(c);
            if letter {
                words += u32::from(!in_word);
                quoted += u32::from(in_quotation);
                letters.at.push(point);
                letters.word.push(words);
                letters.quoted.push(quoted);
            }
            in_word = letter;
            in_quotation = if in_quotation { !matches!(c, '”' | '"') } else { matches!(c, '“' | '"') };
        }
        letters.before.push(letters.at.len() as u32);
        letters
    }

    /// The letters in spans `[begin, end)` of code points, cut to the text.
    pub(super) fn of(&self, spans: &[[i64; 2]]) -> Ranges {
        let last = self.before.len() - 1;
        let letter = |point: i64| self.before[usize::try_from(point).unwrap_or(0).min(last)];
        Ranges::new(spans.iter().map(|&[begin, end]| [letter(begin), letter(end)]))
    }

    /// The words that these letters touch.
    pub(super) fn words(&self, letters: &Ranges) -> Ranges {
        let word = |letter: u32| self.word[letter as usize];
        Ranges::new(letters.iter().map(|[begin, end]| [word(begin), word(end - 1) + 1]))
    }

    /// Which share of these letters stands in quotation marks.
    pub(super) fn quoted(&self, letters: &Ranges) -> f64 {
        let quoted = |letter: u32| self.quoted[letter as usize];
        let inside: u32 = letters.iter().map(|[begin, end]| quoted(end) - quoted(begin)).sum();
        f64::from(inside) / f64::from(letters.len().max(1))
    }

    /// Stretches of letters as `[begin, end)` of code points.
    pub(super) fn points(&self, letters: &Ranges) -> Vec<[u32; 2]> {
        letters.iter().map(|[begin, end]| [self.at[begin as usize], self.at[end as usize - 1] + 1]).collect()
    }
}

/// Letters and digits as Python's `str.isalnum` sees them: categories L and N.
///
/// Rust's `char::is_alphanumeric` has some marks and symbols besides, such as Indic vowel signs and circled letters.
fn is_letter(c: char) -> bool {
    let plain =
        || matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number);
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() && plain() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_words_and_quotations() {
        let text = "He’s “in” é3 \"x y";
        let letters = Letters::new(text);
        let all = letters.of(&[[-5, 100]]);
        assert_eq!(all.len(), 9);
        assert_eq!(letters.words(&all).len(), 6);
        assert_eq!(letters.points(&letters.of(&[[2, 7]])), [[3, 7]]);
        assert_eq!(letters.quoted(&letters.of(&[[5, 9]])), 1.0);
        assert_eq!(letters.quoted(&letters.of(&[[0, 9]])), 0.4);
        assert_eq!(letters.quoted(&letters.of(&[[13, 17]])), 1.0);
        assert_eq!(letters.of(&[[5, 2]]), Ranges::default());
        assert_eq!(Letters::new("").of(&[[0, 1]]), Ranges::default());
    }

    #[test]
    fn letters_are_those_of_python() {
        for letter in ['a', '7', 'é', '½', 'Ⅷ', '道', 'ª', '٣', '①'] {
            assert!(is_letter(letter), "{letter}");
        }
        for other in ['_', '\u{301}', '\u{345}', '\u{93F}', 'Ⓐ', '🅰', '’', '🙂'] {
            assert!(!is_letter(other), "{other}");
        }
    }
}
