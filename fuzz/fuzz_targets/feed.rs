//! Any bytes are a feed, or a document of an agency, with items that are articles or clear errors.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, Settings, each};

fuzz_target!(|bytes: &[u8]| {
    for begin in ["<rss><channel><item>", "<feed><entry>", "<newsItem>", "{\"version\":\"jsonfeed.org\",\"items\":["] {
        let feed = [begin.as_bytes(), bytes].concat();
        each(&*feed, &Origin::default(), &Settings::default(), &mut |_| ControlFlow::Continue(()));
    }
});
