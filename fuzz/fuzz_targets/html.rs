//! Any bytes are a page, a skipped one or a clear error; every word of its text has its place in the page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, html};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(page) = html(bytes, &Origin::default()) {
        let page = page.output;
        // Decoding makes at most three bytes of one.
        let end = bytes.len() * 3;
        let places = page.places.of(0..page.article.text.len());
        assert!(places.iter().all(|place| place.start < place.end && place.end <= end));
    }
});
