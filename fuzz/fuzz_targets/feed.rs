//! Any bytes are a feed, or a document of an agency, with items that are articles or clear errors.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, Settings, each};

const BEGINS: [&str; 4] =
    ["<rss><channel><item>", "<feed><entry>", "<newsItem>", "{\"version\":\"jsonfeed.org\",\"items\":["];

// the first byte chooses the form: one reading a run
fuzz_target!(|bytes: &[u8]| {
    let Some((&form, bytes)) = bytes.split_first() else { return };
    let feed = [BEGINS[usize::from(form) % BEGINS.len()].as_bytes(), bytes].concat();
    each(&*feed, &Origin::default(), &Settings::default(), &mut |_| ControlFlow::Continue(()));
});
