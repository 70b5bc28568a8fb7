//! Words for the rules: lower case, with the base forms that each may belong to.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Span;
use crate::analyse::tokens::is_break;
use crate::resolve::Frame;

/// One token as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, straight apostrophe.
    pub lower: String,
    /// The base forms it may belong to, itself first.
    pub bases: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

impl Word {
    /// The word at `span` of `text`.
    pub(crate) fn new(text: &str, span: Span) -> Word {
        let words = span.of(text);
        let lower = if is_break(words) { "¶".to_owned() } else { words.to_lowercase().replace('’', "'") };
        Word { bases: bases(&lower), lower, span }
    }

    /// The same without the forms that only spelling suggests.
    pub(crate) fn bare(&self) -> Word {
        let irregular = Some(self.irregular_base()).filter(|base| *base != self.lower).map(str::to_owned);
        let bases = std::iter::once(self.lower.clone()).chain(irregular).collect();
        Word { lower: self.lower.clone(), bases, span: self.span }
    }

    /// Its base form, unless spelling alone suggests it: "sell" of "sold".
    pub(crate) fn irregular_base(&self) -> &str {
        match self.lower.as_str() {
            "fails" | "failed" | "failing" => "fail",
            lower => IRREGULAR.get(lower).copied().unwrap_or(lower),
        }
    }

    /// Whether it is `base` or a form of it.
    pub(crate) fn is(&self, base: &str) -> bool {
        self.bases.iter().any(|b| b == base)
    }

    /// Whether it is one of `list` or a form of one.
    pub(crate) fn among(&self, list: &[&str]) -> bool {
        list.iter().any(|base| self.is(base))
    }

    /// Whether it has a letter or digit.
    pub(crate) fn is_word(&self) -> bool {
        self.lower.chars().any(char::is_alphanumeric)
    }
}

/// The words of some spans.
pub(crate) fn words(frame: &Frame<'_>, spans: &[Span]) -> Vec<Word> {
    spans.iter().flat_map(|&span| stretch(frame, frame.tokens(span))).collect()
}

/// The words of the tokens numbered `range`.
pub(crate) fn stretch(frame: &Frame<'_>, range: std::ops::Range<usize>) -> Vec<Word> {
    let end = range.end.min(frame.outline.tokens.len());
    let tokens = frame.outline.tokens.get(range.start..end).unwrap_or_default();
    tokens.iter().map(|&token| Word::new(frame.text, token)).collect()
}

/// Forms that no rule of spelling gives.
static IRREGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("../../../data/irregular.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// The base forms that `word` may belong to: itself, then the verb or noun it may be a form of, then a verb it may be
/// the noun of. Some are no words at all; they match nothing.
fn bases(word: &str) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    out.extend(IRREGULAR.get(word).map(|base| (*base).to_owned()));
    if !word.is_ascii() || word.len() < 4 {
        return out;
    }
    for (ending, replacements) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 2) {
            out.extend(replacements.iter().map(|end| format!("{stem}{end}")));
            out.extend(undoubled(stem).filter(|_| matches!(*ending, "ed" | "ing")));
        }
    }
    out
}

/// Endings of inflection, then of nouns made of verbs, with what may have stood there before.
const ENDINGS: &[(&str, &[&str])] = &[
    ("ies", &["y"]),
    ("es", &["", "e"]),
    ("s", &[""]),
    ("ied", &["y"]),
    ("ed", &["", "e"]),
    ("ing", &["", "e"]),
    ("ings", &["", "e"]),
    ("ements", &["e"]),
    ("ment", &[""]),
    ("ments", &[""]),
    ("ation", &["", "e", "ate"]),
    ("ations", &["", "e", "ate"]),
    ("al", &["", "e"]),
    ("als", &["", "e"]),
    ("ance", &["", "e"]),
    ("ly", &[""]),
];

/// `plann` to `plan`.
fn undoubled(stem: &str) -> Option<String> {
    let bytes = stem.as_bytes();
    let [.., a, b] = bytes else { return None };
    (a == b).then(|| stem[..stem.len() - 1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, base: &str) {
        assert!(Word::new(word, Span::new(0, word.len())).is(base), "{word} is no form of {base}");
    }

    #[test]
    fn forms_of_verbs() {
        for (word, base) in [
            ("Said", "say"),
            ("denies", "deny"),
            ("denied", "deny"),
            ("planning", "plan"),
            ("planned", "plan"),
            ("urging", "urge"),
            ("urged", "urge"),
            ("withdrew", "withdraw"),
            ("passes", "pass"),
            ("condemnation", "condemn"),
            ("announcement", "announce"),
            ("refusal", "refuse"),
        ] {
            check(word, base);
        }
    }

    #[test]
    fn odd_words_are_words() {
        for word in ["", "é", "’", "ing", "ied", "\n\n", "😀ing", "ééing"] {
            assert!(!Word::new(word, Span::new(0, word.len())).bases.is_empty());
        }
    }
}
