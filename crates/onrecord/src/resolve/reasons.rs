//! Why a statement is read as it is: small notes that the resolvers make on their way, for whoever asks.

use crate::Span;
use crate::registry::Known;

/// Why the fields of one statement are what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// What gave the act.
    pub act: ActReason,
    /// For each speaker, in order, how they were found.
    pub speakers: Vec<SpeakerReason>,
    /// What tells the channel, where there is one.
    pub channel: Option<ChannelReason>,
}

/// What tells a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelReason {
    /// The words that tell it.
    pub words: Span,
    /// The statement of the same occasion that they are of, where it is another one.
    pub carried_from: Option<usize>,
}

/// What gave an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActReason {
    /// The cue names this act.
    Cue,
    /// The cue may name several acts; this is the first of them.
    FirstOfCue,
    /// The cue, together with what it is said of: "rejected the claim", "asked to", "pleaded guilty".
    CueAndContent,
    /// The cue names no act, or several; these words of the content tell which.
    Content(Span),
    /// A document or an outlet is the source, and such report.
    Source,
    /// The cue names no act, or several; the model finds this one the likeliest.
    Model,
    /// Nothing tells more than that it was stated.
    Nothing,
}

/// How a speaker was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerReason {
    /// The words of the source that stand for the speaker.
    pub words: Span,
    /// The rule by which they do.
    pub rule: Rule,
    /// Where the article names the one they stand for: the fullest name, or for a pronoun or description the last
    /// one before it.
    pub named: Option<Span>,
    /// What the registry answers to the name.
    pub known: Option<Known>,
}

/// By which rule words stand for a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// They are the name.
    Name,
    /// A pronoun for whoever spoke last, in number and sex.
    SpokeLast,
    /// A pronoun for the name that stands out most before it.
    StandsOut,
    /// A pronoun before the name that it is for.
    NamedAfter,
    /// "I" or "we" in words that the speaker around them says.
    SpeaksAround,
    /// A relative pronoun for what it follows.
    Follows,
    /// A description by an office or occupation that the article gives a named one.
    Role,
    /// A description that fits who spoke last.
    Description,
    /// The two or more whom "both presidents" means.
    Together,
    /// A document put out by whoever spoke.
    Issuer,
    /// The same description as before.
    Again,
    /// A description that names nobody, of somebody whom the article does not name.
    Unnamed,
    /// Nothing tells whom a pronoun is for.
    Unresolved,
}
