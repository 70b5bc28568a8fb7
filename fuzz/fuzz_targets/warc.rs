//! Any bytes, as an archive of the web and as any other stream, give articles and clear errors, never more than bytes.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use onrecord_read::{Origin, Settings, each};

// the first byte chooses whether a record begins there: one reading a run
fuzz_target!(|bytes: &[u8]| {
    let Some((&form, bytes)) = bytes.split_first() else { return };
    let begin: &[u8] = if form % 2 == 0 { b"WARC/1.0\r\nWARC-Type: response\r\n" } else { b"" };
    let stream = [begin, bytes].concat();
    let mut count = 0;
    each(&*stream, &Origin::default(), &Settings::default(), &mut |_| {
        count += 1;
        ControlFlow::Continue(())
    });
    assert!(count <= stream.len() + 1);
});
