//! Any text gives a record whose spans lie in it, on character boundaries, in order and apart.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord::{Article, Model, Registry, Scratch, Span, read};

static TINY: LazyLock<Model> = LazyLock::new(|| {
    let bytes = include_bytes!("../../testdata/model/tiny.safetensors");
    Model::from_bytes(bytes).expect("the tiny model is whole")
});

fuzz_target!(|text: String| {
    let article = Article { published: Some("2025-03-14".to_owned()), text, ..Article::default() };
    let record = read(article, &Registry::default(), &mut Scratch::new(&TINY));
    for statement in &record.statements {
        let attribution = &statement.attribution;
        let mut spans: Vec<Span> = [&attribution.source, &attribution.cue, &attribution.content].into_iter().flatten().copied().collect();
        spans.sort();
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].begin), "roles overlap");
        assert!(spans.iter().all(|span| !span.of(&record.article.text).is_empty()));
    }
    let flags = onrecord::check(&record.article.text);
    assert!(flags.iter().flat_map(|flag| &flag.span).all(|span| !span.of(&record.article.text).is_empty()));
    serde_json::to_string(&record).expect("a record is JSON");
});
