//! The words of a text as its copies share them: without case, marks and house style.
//!
//! Copies of one sentence differ in what editors may change without touching what was said: curly or straight marks,
//! capitals, "per cent" or "%", "organise" or "organize", "do not" or "don't", hyphens, an added "[sic]". Two words are
//! the same here if only such things tell them apart.

use std::ops::Range;

use super::hash::hash;
use super::style::common;
use crate::Span;
use crate::analyse::Outline;
use crate::analyse::layout::QuoteState;
use crate::link::profile::is_empty_word;

/// A word as copies share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The hash of its common form.
    pub hash: u64,
    /// Where it stands. Two words may share a span: "cannot".
    pub span: Span,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether it tells something of the matter: no article, pronoun or the like.
    pub tells: bool,
    /// Whether it turns what is said: a number, a "not".
    pub turns: bool,
    /// Whether it has a digit.
    pub figure: bool,
    /// What stands between it and the word before.
    pub before: Joint,
}

/// What stands between two words that follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Joint {
    /// The end of a sentence.
    pub sentence: bool,
    /// Words left out or put in by the editor: an ellipsis, brackets.
    pub gap: bool,
    /// The end of a quotation, or the cue that breaks it.
    pub breach: bool,
}

/// All words of a text.
pub(super) fn all(text: &str, outline: &Outline) -> Vec<Word> {
    stretch(text, outline, 0..outline.tokens.len())
}

/// The words of the tokens numbered `tokens`.
pub(super) fn stretch(text: &str, outline: &Outline, tokens: Range<usize>) -> Vec<Word> {
    let mut words = Words::new(text, outline);
    words.stretch(tokens);
    words.out
}

/// The words of some spans of a text.
pub(super) fn of(text: &str, outline: &Outline, spans: &[Span]) -> Vec<Word> {
    let mut words = Words::new(text, outline);
    for span in spans {
        let begin = outline.tokens.partition_point(|token| token.begin < span.begin);
        let end = outline.tokens.partition_point(|token| token.end <= span.end);
        words.before.breach = true;
        words.stretch(begin..end.max(begin));
    }
    words.out
}

struct Words<'a> {
    text: &'a str,
    outline: &'a Outline,
    out: Vec<Word>,
    /// What was met since the last word.
    before: Joint,
    /// The number of the last word's sentence.
    sentence: Option<u32>,
}

/// Brackets that hold more tokens are no editor's.
const LONGEST_BRACKET: usize = 20;

impl<'a> Words<'a> {
    fn new(text: &'a str, outline: &'a Outline) -> Self {
        Words { text, outline, out: Vec::new(), before: Joint::default(), sentence: None }
    }

    fn stretch(&mut self, tokens: Range<usize>) {
        let mut at = tokens.start;
        while at < tokens.end {
            at = self.token(at, tokens.end);
        }
    }

    fn words_of(&self, token: usize) -> &'a str {
        self.outline.tokens[token].of(self.text)
    }

    /// Reads the token at `at`, or the brackets that open there; gives the place of the next.
    fn token(&mut self, at: usize, end: usize) -> usize {
        let token = self.words_of(at);
        match token {
            "[" | "(" => return self.bracket(at, end),
            "…" => self.before.gap = true,
            // ". . ."
            "." if at > 0 && self.words_of(at - 1) == "." => self.before.gap = true,
            _ if token.starts_with("..") => self.before.gap = true,
            _ if token == "%" || token.contains(char::is_alphanumeric) => self.parts(at),
            _ => self.before.breach |= self.is_mark(at),
        }
        at + 1
    }

    /// Whether quotation marks stand at `at`.
    fn is_mark(&self, at: usize) -> bool {
        matches!(self.outline.layout.quotes[at], QuoteState::Opening | QuoteState::Closing)
    }

    /// Passes what stands in brackets, which nobody said; but "[T]he" is a word.
    fn bracket(&mut self, at: usize, end: usize) -> usize {
        let close = if self.words_of(at) == "[" { "]" } else { ")" };
        let limit = end.min(at + LONGEST_BRACKET);
        let Some(closing) = (at + 1..limit).find(|&next| self.words_of(next) == close) else {
            return at + 1;
        };
        let tokens = &self.outline.tokens;
        let letter = self.words_of(at + 1);
        let is_letter = closing == at + 2 && letter.chars().count() == 1;
        let joined = closing + 1 < end && tokens[closing + 1].begin == tokens[closing].end;
        if is_letter && joined && self.words_of(closing + 1).starts_with(char::is_alphabetic) {
            let span = Span { begin: tokens[at].begin, end: tokens[closing + 1].end };
            self.push(&format!("{letter}{}", self.words_of(closing + 1)), span, closing + 1);
            return closing + 2;
        }
        self.before.gap |= letter != "sic";
        closing + 1
    }

    /// The parts of a token that hyphens join.
    fn parts(&mut self, at: usize) {
        let (span, token) = (self.outline.tokens[at], self.words_of(at));
        let mut begin = 0;
        for (mark, c) in token.char_indices().filter(|(_, c)| matches!(c, '-' | '‐' | '‑')) {
            self.push(&token[begin..mark], part(span, begin, mark), at);
            begin = mark + c.len_utf8();
        }
        self.push(&token[begin..], part(span, begin, token.len()), at);
    }

    /// Adds the word or words that `form` of token `at` is.
    fn push(&mut self, form: &str, span: Span, at: usize) {
        let (quoted, sentence) =
            (self.outline.layout.quotes[at] == QuoteState::In, self.outline.layout.sentences[at]);
        let common = common(form);
        for word in common.split(' ').filter(|word| !word.is_empty()) {
            self.before.sentence = self.sentence != Some(sentence);
            self.sentence = Some(sentence);
            let hash = hash(0, word.as_bytes());
            if word == "cent" && self.out.last().is_some_and(|last| last.hash == self::hash(0, b"per")) {
                self.percent(span);
                continue;
            }
            let before = std::mem::take(&mut self.before);
            self.out.push(Word {
                hash,
                span,
                quoted,
                tells: tells(word),
                turns: turns(word),
                figure: is_figure(word),
                before,
            });
        }
    }

    /// "Per cent", of which "per" was read, is "percent".
    fn percent(&mut self, cent: Span) {
        if let Some(last) = self.out.last_mut() {
            last.hash = hash(0, b"percent");
            last.span.end = cent.end;
            last.tells = true;
        }
    }
}

fn part(token: Span, begin: usize, end: usize) -> Span {
    Span { begin: token.begin + begin as u32, end: token.begin + end as u32 }
}

fn tells(word: &str) -> bool {
    word.len() > 2 && !is_empty_word(word) || word.starts_with(|c: char| c.is_ascii_digit())
}

fn turns(word: &str) -> bool {
    const TURNING: [&str; 6] = ["not", "no", "never", "none", "nobody", "nothing"];
    TURNING.contains(&word) || is_figure(word)
}

fn is_figure(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}
