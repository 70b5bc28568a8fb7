//! The whole road from text to attributions, with a model that has learnt nothing and so finds statements everywhere.

use super::*;
use crate::analyse::outline;
use crate::model::{Kernel, random_model};

fn read(text: &str, scratch: &mut Scratch<'_>) -> Vec<Attribution> {
    attribute(text, &outline(text), scratch)
}

/// Checks what holds for the attributions of any text.
#[track_caller]
fn check_sound(text: &str, all: &[Attribution]) {
    let mut last = 0;
    for (number, one) in all.iter().enumerate() {
        let roles = [&one.source, &one.cue, &one.content];
        let spans: Vec<Span> = roles.into_iter().flatten().copied().collect();
        for span in &spans {
            assert!(span.begin < span.end && text.get(span.range()).is_some(), "{span:?} in {text:.80?}");
        }
        for (i, a) in spans.iter().enumerate() {
            assert!(spans[i + 1..].iter().all(|b| !a.overlaps(*b)), "{one:?} overlaps itself");
        }
        for role in roles {
            assert!(role.is_sorted());
        }
        let begin = one.cue[0].begin.min(one.content[0].begin);
        assert!(begin >= last, "not in order");
        last = begin;
        assert!((0.0..=1.0).contains(&one.confidence));
        assert!((one.scores.acts.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        if let Some(outer) = one.within {
            assert!(outer != number);
            assert!(all[outer].content.iter().any(|content| content.overlaps(one.cue[0])));
        }
    }
}

/// Some prose of so many words.
fn prose(words: usize) -> String {
    let mut text = String::new();
    for number in 0..words {
        text += match number * 7919 % 23 {
            0 => "“No",
            3 => "deal,”",
            5 | 6 => "said",
            9 => "according to",
            11 => "Mr. Doe.\n",
            13 => "He",
            17 => "that",
            _ => "words",
        };
        text.push(' ');
    }
    text
}

#[test]
fn odd_texts_give_sound_attributions() {
    let model = random_model();
    let mut scratch = Scratch::new(&model);
    let blocks: String =
        (0..=0x10ffff).step_by(97).filter_map(char::from_u32).flat_map(|c| [c, ' ']).collect();
    let texts = [
        String::new(),
        " \n ".to_owned(),
        "said".to_owned(),
        "”".to_owned(),
        "\n\n\nsaid\n\n\n".repeat(100),
        "he said that ".repeat(10_000),
        "\"".repeat(100_000),
        "x".repeat(1 << 20),
        "قالت ليلى «نعم» 👩‍🚀 \u{202e}he said\u{202c} “no” 🙂".repeat(40),
        blocks,
        prose(5_000),
    ];
    for text in &texts {
        check_sound(text, &read(text, &mut scratch));
    }
    assert!(read(&texts[10], &mut scratch).len() > 500, "the model finds too little to test with");
}

#[test]
fn all_kernels_give_the_same_attributions() {
    let text = prose(700);
    let expected = read(&text, &mut Scratch::new(&random_model()));
    for kernel in Kernel::available() {
        let model = random_model().with_kernel(kernel);
        assert!(read(&text, &mut Scratch::new(&model)) == expected, "{kernel:?} differs");
    }
}

#[test]
fn what_was_read_before_changes_nothing() {
    let model = random_model();
    let texts: Vec<String> = [900, 10, 3_000, 55, 300].map(prose).into();
    let mut scratch = Scratch::new(&model);
    let together: Vec<_> = texts.iter().map(|text| read(text, &mut scratch)).collect();
    for (text, expected) in texts.iter().zip(&together).rev() {
        assert!(read(text, &mut Scratch::new(&model)) == *expected);
    }
}

#[test]
fn a_statement_does_not_depend_on_what_is_far_behind() {
    let model = random_model();
    let mut scratch = Scratch::new(&model);
    let same = prose(9_000);
    let mut tails = ["said ", "words "].map(|word| read(&(same.clone() + &word.repeat(9_000)), &mut scratch));
    for all in &mut tails {
        all.retain(|one| one.cue[0].end < 30_000);
    }
    assert!(tails[0].len() > 500);
    assert!(tails[0] == tails[1]);
}

#[test]
fn stretches_join_without_a_seam() {
    let model = random_model();
    let text = prose(9_000);
    let outline = outline(&text);
    let windows = Windows::new(outline.tokens.len(), &model.decoding);
    assert!(stretches(windows).count() > 3);
    let mut scratch = Scratch::new(&model);
    let mut read = |own| stretch::read(&text, &outline, &model, windows, own, &mut scratch.work);
    let whole = read(0..windows.count());
    let parts: Vec<Found> = stretches(windows).flat_map(read).collect();
    let brief = |found: &[Found]| {
        let mut brief: Vec<_> =
            found.iter().map(|one| (one.cue.clone(), one.nested, one.content.clone())).collect();
        brief.sort_by_key(|one| (one.0.start, one.1));
        brief
    };
    assert_eq!(brief(&whole), brief(&parts));
}
