//! Any bytes are a page, a skipped one or a clear error; its blocks lie in the text, one after the other, and their
//! stretches in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, html};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(page) = html(bytes, &Origin::default()) {
        let article = page.output.article;
        let mut at = 0;
        for block in &article.blocks {
            assert!(at <= block.span.begin && block.span.begin < block.span.end);
            at = block.span.begin;
            for stretch in &block.stretches {
                assert!(at <= stretch.span.begin && !stretch.span.of(&article.text).is_empty());
                at = stretch.span.end;
            }
            assert!(at <= block.span.end);
            at = block.span.end;
        }
        assert!(at as usize <= article.text.len());
    }
});
