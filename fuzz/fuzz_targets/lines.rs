//! Any bytes are the lines of JSONL, the rows of a table or Markdown: articles with their places, or clear errors.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, Settings, each};

fuzz_target!(|bytes: &[u8]| {
    for (name, begin) in [("a.jsonl", ""), ("a.csv", "id,text\n"), ("a.md", ""), ("a", "")] {
        let stream = [begin.as_bytes(), bytes].concat();
        each(&*stream, &Origin::new(name), &Settings::default(), &mut |_| ControlFlow::Continue(()));
    }
});
