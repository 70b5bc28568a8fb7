//! What is known about words before the article is read: titles, nouns for people and bodies, places, outlets, given
//! names. The facts are in `data/`; each file says where they come from.

use std::sync::LazyLock;

use crate::resolve::SpeakerType;
use crate::table::Table;

/// A person's sex, as far as words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sex {
    Male,
    Female,
}

impl Sex {
    fn of(tag: &str) -> Option<Sex> {
        match tag {
            "male" => Some(Sex::Male),
            "female" => Some(Sex::Female),
            _ => None,
        }
    }
}

/// What a common noun says of whom it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) kind: SpeakerType,
    /// The line of the data file that has it.
    pub(super) tag: &'static str,
    pub(super) plural: bool,
    pub(super) sex: Option<Sex>,
}

pub(crate) struct Lexicon {
    /// Words that are no name, by what they do in a sentence.
    pub(crate) grammar: Table,
    titles: Table,
    people: Table,
    bodies: Table,
    documents: Table,
    /// Places, as written.
    pub(crate) places: Table,
    /// Outlets and platforms, as written; words for such in lower case.
    outlets: Table,
    /// Bodies whose names do not show it, as written.
    named: Table,
    given: Table,
    synonyms: Table,
}

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    grammar: Table::parse(include_str!("../../../data/grammar.txt")),
    titles: Table::parse(include_str!("../../../data/titles.txt")),
    people: Table::parse(include_str!("../../../data/people.txt")),
    bodies: Table::parse(include_str!("../../../data/bodies.txt")),
    documents: Table::parse(include_str!("../../../data/documents.txt")),
    places: Table::parse(include_str!("../../../data/places.txt")),
    outlets: Table::parse(include_str!("../../../data/outlets.txt")),
    named: Table::parse(include_str!("../../../data/bodies_named.txt")),
    given: Table::parse(include_str!("../../../data/given.txt")),
    synonyms: Table::parse(include_str!("../../../data/synonyms.txt")),
});

impl Lexicon {
    /// Whether a name, as written, is that of a known body: an outlet, a platform, a parliament, a firm.
    pub(crate) fn is_known_body(&self, name: &str) -> bool {
        self.named.has(name) || self.outlets.tag(name).is_some_and(|tag| !tag.ends_with("word"))
    }

    /// Whether a lower-case word is a title before names.
    pub(crate) fn is_title(&self, low: &str) -> bool {
        self.titles.tag(low).is_some_and(|tag| tag != "suffix")
    }

    /// Whether a lower-case word stands after names: "Jr.".
    pub(crate) fn is_suffix(&self, low: &str) -> bool {
        self.titles.tag(low) == Some("suffix")
    }

    /// The sex that a title tells.
    pub(super) fn title_sex(&self, low: &str) -> Option<Sex> {
        self.titles.tag(low).and_then(Sex::of)
    }

    /// Whether a word is somebody's given name.
    pub(crate) fn is_given(&self, word: &str) -> bool {
        self.given.has(word)
    }

    /// The usual sex of a given name.
    pub(super) fn given_sex(&self, word: &str) -> Option<Sex> {
        self.given.tag(word).and_then(Sex::of)
    }

    /// Whether a name with this word, not as its first, is that of a body.
    pub(super) fn is_body(&self, low: &str) -> bool {
        self.bodies.tag(low).is_some_and(|tag| tag != "firm")
    }

    /// Whether a name that ends with this word is that of a body.
    pub(crate) fn ends_body(&self, low: &str) -> bool {
        self.bodies.has(low)
    }

    /// The word that stands for all nouns of one office: "lawyer" for "attorney".
    pub(super) fn office<'w>(&self, low: &'w str) -> &'w str {
        self.synonyms.tag(low).unwrap_or(low)
    }

    /// The singular of a plural noun, or the word itself.
    pub(super) fn singular(&self, low: &str) -> String {
        let known = singulars(low).find(|word| self.exact(word).is_some());
        known.unwrap_or_else(|| low.to_owned())
    }

    /// Whether a word may end a document's name: "Act", "Amendment".
    pub(super) fn is_document(&self, low: &str) -> bool {
        self.documents.has(low)
    }

    /// What a lower-case common noun stands for, in the singular or plural.
    pub(super) fn noun(&self, low: &str) -> Option<Noun> {
        self.exact(low).or_else(|| {
            singulars(low).find_map(|word| self.exact(&word)).map(|noun| Noun {
                plural: true,
                kind: match noun.kind {
                    SpeakerType::Person | SpeakerType::Organisation => SpeakerType::Group,
                    kind => kind,
                },
                ..noun
            })
        })
    }

    fn exact(&self, low: &str) -> Option<Noun> {
        let noun = |kind, tag| Noun { kind, tag, plural: false, sex: Sex::of(tag) };
        if let Some(tag) = self.people.tag(low) {
            let many = tag == "plural";
            let kind = if many { SpeakerType::Group } else { SpeakerType::Person };
            return Some(Noun { plural: many, ..noun(kind, tag) });
        }
        if matches!(low, "country" | "nation" | "city" | "town" | "state" | "province") {
            return Some(noun(SpeakerType::Place, "place"));
        }
        let body = self.bodies.tag(low).filter(|tag| *tag != "firm");
        body.map(|tag| noun(SpeakerType::Organisation, tag))
            .or_else(|| self.documents.tag(low).map(|tag| noun(SpeakerType::Document, tag)))
    }
}

/// What a plural may be the plural of.
fn singulars(low: &str) -> impl Iterator<Item = String> {
    let ending =
        |plural: &str, singular: &str| low.strip_suffix(plural).map(|stem| format!("{stem}{singular}"));
    [ending("ies", "y"), ending("men", "man"), ending("children", "child"), ending("es", ""), ending("s", "")]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns() {
        let kind = |word| LEXICON.noun(word).map(|noun| (noun.kind, noun.plural));
        assert_eq!(kind("spokeswoman"), Some((SpeakerType::Person, false)));
        assert_eq!(kind("policemen"), Some((SpeakerType::Group, true)));
        assert_eq!(kind("ministries"), Some((SpeakerType::Group, true)));
        assert_eq!(kind("poll"), Some((SpeakerType::Document, false)));
        assert_eq!(kind("table"), None);
    }

    #[test]
    fn every_file_is_read() {
        assert_eq!(LEXICON.grammar.tag("the"), Some("determiner"));
        assert_eq!(LEXICON.places.tag("U.S."), Some("same United States"));
        assert_eq!(LEXICON.places.tag("Kremlin"), Some("seat"));
        assert_eq!(LEXICON.outlets.tag("Reuters"), Some("press"));
        assert!(LEXICON.is_known_body("Reuters") && LEXICON.is_known_body("Knesset"));
        assert!(!LEXICON.is_known_body("tribune"));
        assert_eq!(LEXICON.given_sex("Angela"), Some(Sex::Female));
        assert!(LEXICON.is_given("Kim") && LEXICON.given_sex("Kim").is_none());
        assert!(LEXICON.is_title("sen.") && LEXICON.is_suffix("jr.") && !LEXICON.is_title("jr."));
        assert!(LEXICON.ends_body("inc") && !LEXICON.is_body("inc"));
    }

    /// The word lists and the tags that each may have.
    const LISTS: [(&str, &[&str]); 12] = [
        (include_str!("../../../data/arabic_names.txt"), &[]),
        (include_str!("../../../data/bodies.txt"), &["body", "generic", "news", "firm"]),
        (include_str!("../../../data/bodies_named.txt"), &["body", "possessive", "firm"]),
        (include_str!("../../../data/chinese_names.txt"), &[]),
        (include_str!("../../../data/documents.txt"), &["issued", "document"]),
        (include_str!("../../../data/given.txt"), &["male", "female", "either"]),
        (
            include_str!("../../../data/grammar.txt"),
            &["determiner", "pronoun", "preposition", "conjunction", "auxiliary", "calendar", "particle"],
        ),
        (
            include_str!("../../../data/outlets.txt"),
            &["press", "platform", "press word", "broadcast word", "programme word", "platform word"],
        ),
        (
            include_str!("../../../data/people.txt"),
            &["office", "male", "female", "source", "person", "plural"],
        ),
        (
            include_str!("../../../data/places.txt"),
            &["country", "capital", "seat", "city", "region", "demonym"],
        ),
        (include_str!("../../../data/synonyms.txt"), &[]),
        (include_str!("../../../data/titles.txt"), &["male", "female", "rank", "suffix"]),
    ];

    #[test]
    fn lists_say_where_they_come_from_and_no_word_stands_twice() {
        for (list, tags) in LISTS {
            let head: String = list.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(head.contains("Compiled by hand from common knowledge"), "{head}");
            let mut seen = std::collections::HashSet::new();
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                let (tag, words) = line.split_once(": ").unwrap();
                let known = tags.is_empty() || tags.contains(&tag) || tag.starts_with("same ");
                assert!(known, "{tag} is no tag of {head}");
                for word in words.split(", ") {
                    assert!(word == word.trim() && !word.is_empty() && seen.insert(word), "{word}: {head}");
                }
            }
        }
    }

    #[test]
    fn facts() {
        for (place, tag) in [
            ("Kyrgyzstan", "country"),
            ("Myanmar", "country"),
            ("Bishkek", "capital"),
            ("Number 10", "seat"),
            ("Norwegian", "demonym"),
            ("Russian Federation", "same Russia"),
        ] {
            assert_eq!(LEXICON.places.tag(place), Some(tag), "{place}");
        }
        for body in ["World Health Organization", "Al Jazeera", "Truth Social", "Moody's", "Bundestag"] {
            assert!(LEXICON.is_known_body(body), "{body}");
        }
        for (name, sex) in [("Volodymyr", Sex::Male), ("Yulia", Sex::Female), ("Mohammed", Sex::Male)] {
            assert_eq!(LEXICON.given_sex(name), Some(sex), "{name}");
        }
        for title in ["chancellor", "gen.", "ayatollah", "baroness", "ambassador"] {
            assert!(LEXICON.is_title(title), "{title}");
        }
    }
}
