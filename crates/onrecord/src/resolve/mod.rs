//! Attributions to statements: who is speaking, doing what, to whom, how, when and where.

mod act;
pub(crate) mod acts;
mod addressees;
mod channel;
mod frame;
mod places;
mod reasons;
mod speakers;
mod statement;
pub mod times;

pub use act::Act;
pub use frame::Frame;
pub use reasons::{ActReason, ChannelReason, Reasons, Rule, SpeakerReason};
pub(crate) use speakers::{LEXICON, names_a_body};
pub use statement::{Channel, ChannelKind, Place, Speaker, SpeakerType, Statement, When};

use crate::analyse::Outline;
use crate::attribute::Attribution;
use crate::{Article, Registry};

/// Fills the fields of each attribution of `article`; the order stays. What the report does not tell stays empty.
pub fn resolve(
    article: &Article,
    outline: &Outline,
    attributions: Vec<Attribution>,
    registry: &Registry,
) -> Vec<Statement> {
    let text = article.text.as_str();
    let frames: Vec<Frame<'_>> =
        attributions.iter().map(|attribution| Frame { text, outline, attribution }).collect();
    let acts: Vec<(Act, bool)> = frames.iter().map(act::act).collect();
    let registry = registry.on(article.published.as_deref());
    let speakers = speakers::speakers(&frames, registry);
    let channels = channel::channels(&frames, &speakers);
    let addressees = addressees::addressees(&frames, &speakers, &acts, &channels, registry);
    let mut whens = whens(article, &frames, &speakers, &acts);
    one_time(&addressees::exchanges(&frames, &speakers), &mut whens);
    let places: Vec<Option<Place>> = frames.iter().map(places::place).collect();
    let fields = acts
        .into_iter()
        .zip(speakers)
        .zip(channels.into_iter().zip(addressees).zip(whens.into_iter().zip(places)));
    let filled = attributions.into_iter().zip(fields);
    let statement = |(attribution, (((act, negated), speakers), ((channel, addressees), (when, place))))| {
        Statement { attribution, act, negated, speakers, addressees, channel, when, place }
    };
    filled.map(statement).collect()
}

/// A question and its answer have one time.
fn one_time(exchanges: &[(usize, usize)], whens: &mut [Option<When>]) {
    for &(ask, answer) in exchanges {
        let known = whens[ask].clone().or_else(|| whens[answer].clone());
        for at in [ask, answer] {
            if whens[at].is_none() {
                whens[at].clone_from(&known);
            }
        }
    }
}

/// Why each of `statements` of `article` is read as it is, with the registry that they were read with.
pub fn reasons(
    article: &Article,
    outline: &Outline,
    statements: &[Statement],
    registry: &Registry,
) -> Vec<Reasons> {
    let text = article.text.as_str();
    let frames: Vec<Frame<'_>> = statements
        .iter()
        .map(|statement| Frame { text, outline, attribution: &statement.attribution })
        .collect();
    let acts = frames.iter().map(|frame| act::with_reason(frame).1);
    let speakers = speakers::reasons(&frames, registry.on(article.published.as_deref()));
    let who: Vec<Vec<Speaker>> = statements.iter().map(|statement| statement.speakers.clone()).collect();
    let each = acts.zip(speakers).zip(channel::reasons(&frames, &who));
    each.map(|((act, speakers), channel)| Reasons { act, speakers, channel }).collect()
}

/// When each statement was said.
fn whens(
    article: &Article,
    frames: &[Frame<'_>],
    speakers: &[Vec<Speaker>],
    acts: &[(Act, bool)],
) -> Vec<Option<When>> {
    let Some(outline) = frames.first().map(|frame| frame.outline) else { return Vec::new() };
    let times = times::times(&article.text, outline, times::published(article));
    let tellings: Vec<_> = frames
        .iter()
        .zip(speakers)
        .zip(acts)
        .map(|((frame, speakers), &(act, _))| times::Telling {
            attribution: frame.attribution,
            speakers,
            act,
        })
        .collect();
    times::whens(&article.text, outline, &times, &tellings)
}
