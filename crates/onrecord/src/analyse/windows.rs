//! The grid of windows that a text is encoded in: equally long, laid from the text's beginning, each speaking for its
//! inner tokens.

use std::ops::Range;

use crate::model::Decoding;

/// The windows of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    tokens: usize,
    window: usize,
    margin: usize,
}

impl Windows {
    /// The windows of a text of so many tokens.
    pub(crate) fn new(tokens: usize, decoding: &Decoding) -> Windows {
        Windows { tokens, window: decoding.window, margin: decoding.margin }
    }

    /// How many there are; none for no text.
    pub(crate) fn count(self) -> usize {
        match self.tokens {
            0 => 0,
            tokens => 1 + tokens.saturating_sub(self.window).div_ceil(self.stride()),
        }
    }

    /// Tokens from one window to the next; the last may stand closer, so that it is as long as all others.
    pub(crate) fn stride(self) -> usize {
        self.window - 2 * self.margin
    }

    /// How many tokens each window has.
    pub(crate) fn length(self) -> usize {
        self.window.min(self.tokens)
    }

    /// The first token of a window.
    pub(crate) fn begin(self, window: usize) -> usize {
        (window * self.stride()).min(self.tokens - self.length())
    }

    /// The tokens that these windows speak for: those at a margin belong to the neighbour, which sees more around them.
    pub(crate) fn owned(self, windows: Range<usize>) -> Range<usize> {
        let first = |window| if window == 0 { 0 } else { self.begin(window) + self.margin };
        let end = if windows.end == self.count() { self.tokens } else { first(windows.end) };
        first(windows.start)..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_has_one_window_that_holds_it() {
        for tokens in (0..200).chain([1000, 1024]) {
            let windows = Windows { tokens, window: 48, margin: 8 };
            let mut next = 0;
            for window in 0..windows.count() {
                let owned = windows.owned(window..window + 1);
                assert!(owned.start == next && owned.start < owned.end);
                assert!(windows.begin(window) <= owned.start);
                assert!(owned.end <= windows.begin(window) + windows.length());
                next = owned.end;
            }
            assert_eq!(next, tokens);
            assert_eq!(windows.owned(0..windows.count()), 0..tokens);
        }
    }
}
