//! Any bytes are an article or a clear error, as plain text and as a line of JSONL.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, json_line, text};

fuzz_target!(|bytes: &[u8]| {
    let _ = text(bytes, &Origin::default());
    let _ = json_line(bytes, 1, &Origin::default());
});
