//! Any bytes are the lines of JSONL, the rows of a table or Markdown: articles with their places, or clear errors.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, Settings, each};

const FORMS: [(&str, &str); 4] = [("a.jsonl", ""), ("a.csv", "id,text\n"), ("a.md", ""), ("a", "")];

// the first byte chooses the form: one reading a run
fuzz_target!(|bytes: &[u8]| {
    let Some((&form, bytes)) = bytes.split_first() else { return };
    let (name, begin) = FORMS[usize::from(form) % FORMS.len()];
    let stream = [begin.as_bytes(), bytes].concat();
    each(&*stream, &Origin::new(name), &Settings::default(), &mut |_| ControlFlow::Continue(()));
});
