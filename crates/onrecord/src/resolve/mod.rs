//! Attributions to statements: who is speaking, doing what, to whom, how, when and where.

mod act;
pub(crate) mod acts;
mod addressees;
mod channel;
mod frame;
mod reasons;
mod speakers;
mod statement;
pub mod times;

pub use act::Act;
pub use frame::Frame;
pub use reasons::{ActReason, Reasons, Rule, SpeakerReason};
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
    let speakers = speakers::speakers(&frames, registry.on(article.published.as_deref()));
    let channels = channel::channels(&frames, &speakers);
    let addressees = addressees::addressees(&frames, &speakers);
    let whens = whens(article, &frames, &speakers, &acts);
    let fields = acts.into_iter().zip(speakers).zip(channels.into_iter().zip(addressees).zip(whens));
    let filled = attributions.into_iter().zip(fields);
    let statement = |(attribution, (((act, negated), speakers), ((channel, addressees), when)))| Statement {
        attribution,
        act,
        negated,
        speakers,
        addressees,
        channel,
        when,
        place: None,
    };
    filled.map(statement).collect()
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
    let each = acts.zip(speakers).zip(channel::evidence(&frames));
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
    let published = article.published.as_deref().and_then(times::Day::parse);
    let times = times::times(&article.text, outline, published);
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
