//! Questions with their answers.

use crate::Quote;
use crate::resolve::acts::lexicon;
use crate::resolve::acts::words::words;
use crate::resolve::{Act, Frame, Speaker};

/// The questions with the answers right after them, by their places: two named speakers, the answer in its own words.
pub(in crate::resolve) fn exchanges(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<(usize, usize)> {
    let outer: Vec<usize> = (0..frames.len()).filter(|&at| frames[at].attribution.within.is_none()).collect();
    let named = |at: usize| speakers[at].first().is_some_and(|s| s.name.contains(char::is_uppercase));
    let exchange = |&(ask, answer): &(usize, usize)| {
        let both = named(ask) && named(answer) && speakers[ask] != speakers[answer];
        both && asks(&frames[ask]) && answers(&frames[answer])
    };
    outer.windows(2).map(|pair| (pair[0], pair[1])).filter(exchange).collect()
}

fn asks(frame: &Frame<'_>) -> bool {
    let cue = words(frame, &frame.attribution.cue);
    let question =
        frame.attribution.content.last().is_some_and(|&span| {
            frame.words(span).trim_end_matches(['”', '"', '\'', '’', ',']).ends_with('?')
        });
    lexicon::read(&cue).is_some_and(|acts| acts.first() == Some(&Act::Ask) || acts.is_empty() && question)
}

fn answers(frame: &Frame<'_>) -> bool {
    frame.attribution.quote != Quote::Indirect
        && lexicon::read(&words(frame, &frame.attribution.cue)).is_some_and(<[Act]>::is_empty)
}
