//! The way back: from bytes of an article's text to bytes of the page that it was read from.

use std::ops::Range;

use super::flow::Stretch;

/// Where each stretch of a text stands in the page, decoded to UTF-8 and without its BOM.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<Stretch>);

impl Places {
    pub(super) fn new(stretches: Vec<Stretch>) -> Self {
        Places(stretches)
    }

    /// Where the words of `span` (bytes of the text) stand in the page: stretches of its source, in order, each within
    /// one text between tags, so that each may be wrapped in an element to highlight it.
    ///
    /// White space that the page folds, and quotation marks that it leaves to the browser, have no place.
    pub fn of(&self, span: Range<usize>) -> Vec<Range<usize>> {
        let first = self.0.partition_point(|stretch| stretch.text.1 as usize <= span.start);
        let within = self.0[first..]
            .iter()
            .take_while(|stretch| (stretch.text.0 as usize) < span.end && !span.is_empty());
        within.map(|&stretch| part(stretch, &span)).collect()
    }
}

/// The part of a stretch that the span covers, in the page; a character reference is not cut.
fn part(stretch: Stretch, span: &Range<usize>) -> Range<usize> {
    let ((begin, end), (page, page_end)) = (stretch.text, stretch.page);
    if !stretch.is_plain() {
        return page as usize..page_end as usize;
    }
    let before = span.start.saturating_sub(begin as usize);
    let after = (end as usize).saturating_sub(span.end);
    page as usize + before..page_end as usize - after
}
