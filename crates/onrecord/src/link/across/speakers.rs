//! Whether two statements may have one speaker, by the names that each article has.

use crate::registry::Name;
use crate::resolve::{Speaker, SpeakerType};

/// How the speakers of two statements agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// One of them speaks in both.
    Same,
    /// One article does not name who speaks, or names another kind of speaker: a firm and its head.
    Open,
    /// They are others.
    Other,
}

/// A speaker, with the name taken apart.
#[derive(Debug)]
pub(super) struct Known<'a> {
    speaker: &'a Speaker,
    name: Name,
}

impl<'a> Known<'a> {
    pub(super) fn new(speaker: &'a Speaker) -> Self {
        Known { speaker, name: Name::new(&speaker.name, speaker.kind) }
    }

    /// What all names of this speaker have in common, mostly: the last word in any spelling. Nothing for one who is not
    /// named.
    pub(super) fn keys(&self) -> Vec<String> {
        if self.speaker.kind == SpeakerType::Unknown { Vec::new() } else { self.name.last_keys() }
    }

    /// Whether it cannot be just anybody: people in general ("the rebels") are known.
    pub(super) fn is_known(&self) -> bool {
        !self.speaker.anonymous && self.speaker.kind != SpeakerType::Unknown
    }

    /// Whether it is somebody in particular who speaks, of whom a few words tell: no poll, no law.
    pub(super) fn is_somebody(&self) -> bool {
        self.is_named() && self.speaker.kind != SpeakerType::Document
    }

    /// Whether it is somebody in particular, and known.
    fn is_named(&self) -> bool {
        !self.speaker.anonymous && !matches!(self.speaker.kind, SpeakerType::Unknown | SpeakerType::Group)
    }

    fn agrees(&self, other: &Known<'_>) -> Agreement {
        if let (Some(a), Some(b)) = (&self.speaker.id, &other.speaker.id) {
            return if a == b { Agreement::Same } else { Agreement::Other };
        }
        let people = |known: &Known<'_>| known.speaker.kind == SpeakerType::Person;
        if self.name.may_be(&other.name) {
            return Agreement::Same;
        }
        let open = !self.is_named() || !other.is_named() || people(self) != people(other);
        if open { Agreement::Open } else { Agreement::Other }
    }
}

/// How two lists of speakers agree.
pub(super) fn agree(a: &[Known<'_>], b: &[Known<'_>]) -> Agreement {
    let all = || a.iter().flat_map(|one| b.iter().map(|other| one.agrees(other)));
    if all().any(|agreement| agreement == Agreement::Same) {
        Agreement::Same
    } else if a.is_empty() || b.is_empty() || all().any(|agreement| agreement == Agreement::Open) {
        Agreement::Open
    } else {
        Agreement::Other
    }
}
