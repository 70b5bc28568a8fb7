//! The article as the rules for speakers see it: its tokens, their lower-case forms, which of them may be a name.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::LEXICON;
use crate::Span;
use crate::analyse::Outline;
use crate::analyse::layout::QuoteState;
use crate::analyse::tokens::is_break;
use crate::resolve::SpeakerType;

pub(super) struct Page<'a> {
    text: &'a str,
    outline: &'a Outline,
    lower: Vec<Cow<'a, str>>,
    /// Words that stand in lower case somewhere: at the head of a sentence, their capital tells nothing.
    common: HashSet<&'a str>,
    /// By paragraph: most of its words are capitalised, so that capitals tell no name.
    headline: Vec<bool>,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str, outline: &'a Outline) -> Self {
        let words = || outline.tokens.iter().map(|token| token.of(text));
        let lower = words().map(lower).collect();
        let common = words().filter(|word| word.starts_with(char::is_lowercase)).collect();
        let headline = headlines(text, outline);
        Page { text, outline, lower, common, headline }
    }

    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The words of a token; none past the end.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.outline.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// The words of a token in lower case.
    pub(super) fn low(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", |word| word)
    }

    /// The number of a token's sentence.
    pub(super) fn sentence(&self, at: usize) -> u32 {
        self.outline.layout.sentences.get(at).copied().unwrap_or(u32::MAX)
    }

    /// Whether a token stands inside a quotation.
    pub(super) fn quoted(&self, at: usize) -> bool {
        self.outline.layout.quotes.get(at) == Some(&QuoteState::In)
    }

    /// Whether a token is a double quotation mark.
    pub(super) fn is_mark(&self, at: usize) -> bool {
        let state = self.outline.layout.quotes.get(at);
        matches!(state, Some(QuoteState::Opening | QuoteState::Closing))
    }

    /// Whether a token is all capitals, as an acronym is.
    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let letters = self.word(at).chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase)
    }

    /// What a token does in a sentence, if it is a word of grammar.
    pub(super) fn grammar(&self, at: usize) -> Option<&'static str> {
        // "US" and "WHO" are no pronouns
        if self.is_acronym(at) { None } else { LEXICON.grammar.tag(self.low(at)) }
    }

    /// Whether a token is a capitalised word, or one in a script without capitals: in a report in English, a name.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let word = self.word(at);
        word.starts_with(char::is_uppercase) || word.starts_with(has_no_case) || has_article(word)
    }

    /// Whether a token may be part of a name.
    pub(super) fn in_name(&self, at: usize) -> bool {
        let dated = || LEXICON.ends_body(self.low(at + 1)) && self.is_capital(at + 1);
        let negated = matches!(self.low(at + 1), "n't" | "n’t");
        self.is_capital(at)
            && !is_code(self.word(at))
            && match self.grammar(at) {
                None | Some("particle") => !negated,
                // "The Sunday Telegraph"
                Some("calendar") => dated(),
                _ => false,
            }
    }

    /// Whether a token stands in lower case elsewhere.
    pub(super) fn is_common(&self, at: usize) -> bool {
        self.common.contains(self.low(at))
    }

    /// Whether a name may begin here.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        if matches!(self.low(at), "no" | "no." | "number") && matches!(self.low(at + 1), "10" | "ten") {
            return self.is_capital(at);
        }
        if !self.in_name(at) {
            return false;
        }
        let first = at == 0
            || self.sentence(at - 1) != self.sentence(at)
            || self.is_mark(at - 1)
            || self.word(at - 1) == ":";
        let plain = self.common.contains(self.low(at))
            || LEXICON.noun(self.low(at)).is_some_and(|noun| noun.kind != SpeakerType::Person);
        let beside = !self.is_capital(at + 1) && LEXICON.noun(self.low(at + 1)).is_some();
        // “Good,” he said
        let called = self.quoted(at) && self.word(at + 1) == ",";
        // "Small groups" and "Analysts said" open a sentence, no name
        !(first && (plain || beside || called) && !self.in_name(at + 1))
    }

    /// Whether a token stands in a headline, whose capitals tell no names.
    pub(super) fn in_headline(&self, at: usize) -> bool {
        let paragraph = self.outline.layout.paragraphs.get(at).copied().unwrap_or(u32::MAX);
        self.headline.get(paragraph as usize).copied().unwrap_or(false)
    }

    /// Where some tokens stand; an empty span past the end.
    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let words = self.outline.tokens.get(tokens).unwrap_or_default();
        let (begin, end) =
            (words.first().map_or(0, |first| first.begin), words.last().map_or(0, |last| last.end));
        Span { begin, end }
    }

    /// The words of some tokens as the text has them, on one line.
    pub(super) fn slice(&self, tokens: Range<usize>) -> String {
        let Some(words) = self.outline.tokens.get(tokens) else { return String::new() };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
        self.text[first.begin as usize..last.end as usize].split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.contains(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

/// Whether a word is a code rather than a name: an address on the net, letters mixed with figures.
fn is_code(word: &str) -> bool {
    let figures = word.chars().filter(char::is_ascii_digit).count();
    word.contains("://") || word.len() > 6 && figures > 0 && !word.contains('-')
}

/// Whether a letter has neither upper nor lower case, as those of Arabic, Hebrew and Chinese.
fn has_no_case(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_uppercase() && !letter.is_lowercase()
}

/// Whether a word begins with an Arabic or French article and goes on with a capital: "al-Sadr", "d'Estaing".
fn has_article(word: &str) -> bool {
    let rest =
        ["al-", "el-", "ul-", "ar-", "as-", "d'", "d’", "l'", "l’"].iter().find_map(|p| word.strip_prefix(p));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// For each paragraph, whether it is written as a headline: five words at least, most of them capitalised.
fn headlines(text: &str, outline: &Outline) -> Vec<bool> {
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for (token, &paragraph) in outline.tokens.iter().zip(&outline.layout.paragraphs) {
        counts.resize(counts.len().max(paragraph as usize + 1), (0, 0));
        let word = token.of(text);
        let counted = word.starts_with(char::is_alphabetic) && !is_break(word);
        let (capitals, words) = &mut counts[paragraph as usize];
        *words += u32::from(counted);
        *capitals += u32::from(counted && word.starts_with(char::is_uppercase));
    }
    let several = counts.len() > 1;
    let headline = |(number, (capitals, words))| {
        // a short first line is the title, however it is written
        several && (number == 0 && (4..=14).contains(&words) || words >= 5 && capitals * 10 >= words * 6)
    };
    counts.into_iter().enumerate().map(headline).collect()
}
