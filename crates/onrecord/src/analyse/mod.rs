//! Text to analysis: tokens, quotation marks, sentences and paragraphs, and what the encoder makes of each token.

pub(crate) mod encoder;
pub mod layout;
pub mod tokens;
pub(crate) mod windows;
pub mod words;

use crate::Span;
use layout::{Layout, QuoteState};

/// What is known of a text without a model: its tokens and their layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Words, marks and breaks, in order.
    pub tokens: Vec<Span>,
    /// The layout of each token.
    pub layout: Layout,
}

/// Outlines a text. Cannot fail: odd text gives a poorer outline.
pub fn outline(text: &str) -> Outline {
    let tokens = tokens::tokens(text);
    let layout = layout::layout(text, &tokens);
    Outline { tokens, layout }
}

impl Outline {
    /// Where the text's quotations stand, with their marks, in order.
    pub fn quotations(&self) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        let mut open = false;
        for (token, state) in self.tokens.iter().zip(&self.layout.quotes) {
            let goes_on = open && matches!(state, QuoteState::In | QuoteState::Closing);
            match out.last_mut() {
                Some(last) if goes_on => last.end = token.end,
                _ if *state == QuoteState::Opening => out.push(*token),
                _ => {}
            }
            open = match state {
                QuoteState::Opening => true,
                QuoteState::In => open,
                QuoteState::Out | QuoteState::Closing => false,
            };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_with_their_marks() {
        let text = "“One,” he said. “Two\n“Three” four";
        let found: Vec<_> = outline(text).quotations().iter().map(|q| q.of(text)).collect();
        assert_eq!(found, ["“One,”", "“Two", "“Three”"]);
    }
}
