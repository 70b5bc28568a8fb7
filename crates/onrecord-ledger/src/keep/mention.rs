//! Somebody as a report names them: a name, or a description that means another one in each report.

use onrecord::registry::Name;
use onrecord::{Speaker, SpeakerType};

/// Somebody as a report names them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'a> {
    pub(crate) spelling: &'a str,
    pub(crate) kind: SpeakerType,
    /// The identifier of the user's registry.
    pub(crate) known: Option<&'a str>,
    /// The description in the report.
    pub(crate) role: Option<&'a str>,
    pub(crate) anonymous: bool,
}

impl<'a> From<&'a Speaker> for Mention<'a> {
    fn from(speaker: &'a Speaker) -> Self {
        Mention {
            spelling: &speaker.name,
            kind: speaker.kind,
            known: speaker.id.as_deref(),
            role: speaker.role.as_deref(),
            anonymous: speaker.anonymous,
        }
    }
}

impl Mention<'_> {
    /// Only names of one class are compared. The unnamed are nobody across articles.
    pub(super) fn class(self) -> &'static str {
        match self.kind {
            _ if self.anonymous || self.known.is_none() && self.is_description() => "unnamed",
            SpeakerType::Person => "person",
            SpeakerType::Organisation | SpeakerType::Place => "body",
            SpeakerType::Group => "group",
            SpeakerType::Document => "document",
            SpeakerType::Unknown => "unnamed",
        }
    }

    /// "The campaign", "her lawyer", "former minister", "police": each report means another one. A body that is spelt with a
    /// capital after its article has a name, and so has a person whose last word has one.
    fn is_description(self) -> bool {
        let (first, rest) = self.spelling.split_once(' ').unwrap_or((self.spelling, ""));
        let determined = DETERMINERS.contains(&first.to_lowercase().as_str());
        // a script without capitals tells nothing
        let named =
            |words: &str| words.chars().any(|c| c.is_numeric() || c.is_alphabetic() && !c.is_lowercase());
        match self.kind {
            SpeakerType::Person => {
                let last = self.spelling.rsplit(' ').next().unwrap_or_default();
                determined || !named(last)
            }
            SpeakerType::Organisation if determined => !named(rest),
            SpeakerType::Organisation => rest.is_empty() && !named(first),
            _ => false,
        }
    }

    /// Whether it is a family name alone.
    pub(super) fn bare(self) -> bool {
        self.kind == SpeakerType::Person && !self.anonymous && !is_full(self.spelling)
    }

    pub(super) fn name(self) -> Name {
        Name::new(
            self.spelling,
            if self.kind == SpeakerType::Person { self.kind } else { SpeakerType::Organisation },
        )
    }
}

/// What begins a description.
const DETERMINERS: [&str; 12] =
    ["the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "another"];

/// Whether a name is more than one word.
pub(super) fn is_full(name: &str) -> bool {
    name.split_whitespace().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_no_names() {
        let is = |spelling: &str, kind| {
            Mention { spelling, kind, known: None, role: None, anonymous: false }.is_description()
        };
        let body = SpeakerType::Organisation;
        for described in ["the campaign", "The bank", "its board", "police", "the district court"] {
            assert!(is(described, body), "{described}");
        }
        for named in [
            "the Bank of Norland",
            "ministry of roads",
            "The Times",
            "Police",
            "Norland police",
            "IMF",
            "Future45",
        ] {
            assert!(!is(named, body), "{named}");
        }
        for described in
            ["The mayor", "a former Norland Mayor", "former Norland minister", "Harbour Trust chief"]
        {
            assert!(is(described, SpeakerType::Person), "{described}");
        }
        for named in ["Theo Lorne", "Ann de Lorne", "LORNE", "Ana Lorne y Holt", "Ali al-Lorn", "王毅"] {
            assert!(!is(named, SpeakerType::Person), "{named}");
        }
        assert!(!is("the Balkans", SpeakerType::Place));
    }
}
