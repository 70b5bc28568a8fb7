//! The statement: an attribution with its fields filled.

use serde::Serialize;

use super::Act;
use crate::Span;
use crate::attribute::Attribution;

/// Somebody is reported to have said, written, thought, wanted or shown something.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its words: source, cue, content.
    pub attribution: Attribution,
    /// What the speaker does.
    pub act: Act,
    /// The report says that it was *not* said, thought or done.
    pub negated: bool,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// To whom.
    pub addressees: Vec<Speaker>,
    /// How it was said, where the report tells.
    pub channel: Option<Channel>,
    /// When it was said.
    pub when: Option<When>,
    /// Where it was said.
    pub place: Option<Place>,
}

/// Who speaks, or is spoken to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Speaker {
    /// The fullest name in the article without title, or the registry's; for the unnamed, the description itself.
    pub name: String,
    /// What kind of speaker.
    #[serde(rename = "type")]
    pub kind: SpeakerType,
    /// An identifier from the user's registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The description in the report ("Russian President").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// A particular person whose words are relayed, unnamed.
    pub anonymous: bool,
}

/// What kind of speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerType {
    /// A person.
    Person,
    /// Unnamed people: "analysts".
    Group,
    /// A body: firm, ministry, party, outlet.
    Organisation,
    /// A country, city or seat of power that speaks: "Moscow".
    Place,
    /// A poll, report or post with no other author.
    Document,
    /// Could not be resolved.
    Unknown,
}

/// How it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// The kind of channel.
    pub kind: ChannelKind,
    /// The platform, station or outlet, where the report names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The kind of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// An interview, a broadcast one too.
    Interview,
    /// A press conference or briefing.
    PressConference,
    /// A rally, debate, address, sermon.
    Speech,
    /// Television, radio, podcast.
    Broadcast,
    /// A post on a platform.
    Social,
    /// A press release, written statement, letter, e-mail.
    Statement,
    /// A report, poll, filing, book, advertisement.
    Document,
    /// Testimony, hearing, plea.
    Court,
    /// A meeting.
    Meeting,
    /// A telephone call.
    Phone,
    /// A text message.
    Message,
    /// Told to an outlet, or the outlet's own report.
    Press,
}

/// The time of the saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The words that tell it.
    pub span: Span,
    /// As EDTF, read against the day of publication; absent where the words give no honest value.
    pub value: Option<String>,
}

/// The place of the saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The words that tell it.
    pub span: Span,
    /// Its name.
    pub name: String,
}
