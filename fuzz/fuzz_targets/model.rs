//! Any bytes are a model or a clear error, never a crash or a greedy allocation.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::{Article, Model, Registry, Scratch, read};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(model) = Model::from_bytes(bytes) {
        let text = "“No,” she said. He denied it.".to_owned();
        read(Article { text, ..Article::default() }, &Registry::default(), &mut Scratch::new(&model));
    }
});
