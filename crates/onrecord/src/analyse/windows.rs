//! The grid of windows that a text is encoded in: equally long, no longer than need be, each speaking for its inner
//! tokens.

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
    /// The windows of a text of so many tokens: as few as the longest window allows, and then as short as their number
    /// allows, for a short text would else be computed half again.
    pub(crate) fn new(tokens: usize, decoding: &Decoding) -> Windows {
        let shared = 2 * decoding.margin;
        let count = 1 + tokens.saturating_sub(decoding.window).div_ceil(decoding.window - shared);
        let window = (tokens + (count - 1) * shared).div_ceil(count);
        Windows { tokens, window, margin: decoding.margin }
    }

    /// How many there are; none for no text.
    pub(crate) fn count(self) -> usize {
        match self.tokens {
            0 => 0,
            tokens if tokens == self.window => 1,
            tokens => 1 + (tokens - self.window).div_ceil(self.stride()),
        }
    }

    /// Tokens from one of several windows to the next; the last may stand closer, so that it is as long as all others.
    fn stride(self) -> usize {
        self.window - 2 * self.margin
    }

    /// How many tokens each window has.
    pub(crate) fn length(self) -> usize {
        self.window
    }

    /// How many windows stand, at least in part, within so many tokens on one side of a window.
    pub(crate) fn around(self, tokens: usize) -> usize {
        if self.count() > 1 { tokens.div_ceil(self.stride()) } else { 0 }
    }

    /// The first token of a window.
    pub(crate) fn begin(self, window: usize) -> usize {
        if window == 0 { 0 } else { (window * self.stride()).min(self.tokens - self.window) }
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

    fn windows(tokens: usize) -> Windows {
        let decoding = Decoding {
            window: 48,
            margin: 8,
            reach: 20,
            cue_threshold: 0.4,
            nested_threshold: 0.4,
            least_confidence: 0.0,
            content_bias: 0.0,
            source_bias: 0.0,
        };
        Windows::new(tokens, &decoding)
    }

    #[test]
    fn every_token_has_one_window_that_holds_it() {
        for tokens in (0..500).chain([1000, 1024, 100_000]) {
            let windows = windows(tokens);
            assert!(windows.length() <= 48);
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

    #[test]
    fn little_is_computed_twice() {
        let grid = |tokens| (windows(tokens).count(), windows(tokens).length());
        assert_eq!(grid(48), (1, 48));
        assert_eq!(grid(49), (2, 33));
        assert_eq!(grid(80), (2, 48));
        assert_eq!(grid(81), (3, 38));
    }
}
