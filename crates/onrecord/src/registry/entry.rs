//! One entry of a registry, read from a line of JSON: the project's own form, or a `FollowTheMoney` entity as
//! `OpenSanctions` ships them.

use serde::{Deserialize, Serialize};

use crate::resolve::SpeakerType;

/// The gender of a person, as the user tells it; never guessed from a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
    /// Neither.
    Other,
}

/// Somebody or some body that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name that a record gives them.
    pub name: String,
    /// Other names of theirs.
    pub aliases: Vec<String>,
    /// What they are; never [`SpeakerType::Unknown`].
    pub kind: SpeakerType,
    /// An identifier.
    pub id: Option<String>,
    /// The gender of a person.
    pub gender: Option<Gender>,
    /// The first day on which the entry holds: `2019-07-24`, `2019-07` or `2019`.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
}

/// Why a line is no entry.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// It is no JSON, or a field has another type than it should.
    #[error("no registry entry in JSON: {}", without_line(.0))]
    Json(#[from] serde_json::Error),
    /// It is neither form.
    #[error("neither \"type\" (of an entry) nor \"schema\" (of a FollowTheMoney entity) is there")]
    Form,
    /// Nobody is named.
    #[error("the name is missing or empty")]
    Name,
    /// The kind is none of the record's.
    #[error("type {0:?} is none of person, organisation, place, group, document")]
    Kind(String),
    /// A day is not written as one.
    #[error("{0:?} is no day: 2019-07-24, 2019-07 or 2019 is")]
    Day(String),
    /// The last day stands before the first.
    #[error("the entry ends ({to}) before it begins ({from})")]
    Backwards {
        /// The first day.
        from: String,
        /// The last day.
        to: String,
    },
}

/// A line is one line: `serde_json`'s number of it would mislead.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .rfind(" at line ")
        .map_or(message.clone(), |end| format!("{} (column {})", &message[..end], error.column()))
}

/// Both forms, as they stand.
#[derive(Deserialize)]
struct Line {
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    id: Option<String>,
    gender: Option<Gender>,
    from: Option<String>,
    to: Option<String>,
    schema: Option<String>,
    caption: Option<String>,
    #[serde(default)]
    properties: Properties,
}

/// What is used of a `FollowTheMoney` entity. Weak aliases do not identify anybody and are left out.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    previous_name: Vec<String>,
    abbreviation: Vec<String>,
    wikidata_id: Vec<String>,
    gender: Vec<String>,
}

impl Entry {
    /// The entry that a line holds; none where it is a `FollowTheMoney` entity that names nobody who could speak (an
    /// address, a sanction, a ship).
    ///
    /// # Errors
    ///
    /// The line is neither form, or a field of it is wrong.
    pub fn from_json(line: &str) -> Result<Option<Entry>, EntryError> {
        let line: Line = serde_json::from_str(line.trim_end())?;
        match (line.schema.is_some(), line.kind.is_some()) {
            (true, _) => line.entity(),
            (false, true) => line.entry().map(Some),
            (false, false) => Err(EntryError::Form),
        }
    }

    /// Whether the entry holds on a day. Without a day, one that is bounded does not.
    pub(super) fn is_in_force(&self, day: Option<&str>) -> bool {
        let Some(day) = day.and_then(|day| day.get(..10)) else {
            return self.from.is_none() && self.to.is_none();
        };
        // "2019" is the whole year: from its first day, to its last
        self.from.as_deref().is_none_or(|from| day >= from)
            && self.to.as_deref().is_none_or(|to| day.get(..to.len()).is_some_and(|day| day <= to))
    }

    /// Whether two entries are of one: lists name some twice.
    pub(super) fn is_same(&self, other: &Entry) -> bool {
        self == other || self.id.is_some() && self.id == other.id
    }
}

impl Line {
    fn entry(self) -> Result<Entry, EntryError> {
        let word = self.kind.unwrap_or_default();
        let kind = match word.as_str() {
            "person" => SpeakerType::Person,
            "organisation" => SpeakerType::Organisation,
            "place" => SpeakerType::Place,
            "group" => SpeakerType::Group,
            "document" => SpeakerType::Document,
            _ => return Err(EntryError::Kind(word)),
        };
        let entry = Entry {
            name: named(self.name)?,
            aliases: self.aliases,
            kind,
            id: self.id,
            gender: self.gender,
            from: self.from,
            to: self.to,
        };
        for day in entry.from.iter().chain(&entry.to) {
            if !is_day(day) {
                return Err(EntryError::Day(day.clone()));
            }
        }
        match (&entry.from, &entry.to) {
            (Some(from), Some(to)) if to.as_str() < &from[..from.len().min(to.len())] => {
                Err(EntryError::Backwards { from: from.clone(), to: to.clone() })
            }
            _ => Ok(entry),
        }
    }

    fn entity(self) -> Result<Option<Entry>, EntryError> {
        let kind = match self.schema.as_deref() {
            Some("Person") => SpeakerType::Person,
            Some("Organization" | "Company" | "PublicBody" | "LegalEntity") => SpeakerType::Organisation,
            _ => return Ok(None),
        };
        let Properties { name, alias, previous_name, abbreviation, wikidata_id, gender } = self.properties;
        let mut aliases = name;
        let name = named(self.caption.or_else(|| aliases.first().cloned()))?;
        aliases.extend(alias.into_iter().chain(previous_name).chain(abbreviation));
        aliases.retain(|alias| *alias != name);
        let id = wikidata_id.into_iter().next().or(self.id);
        Ok(Some(Entry { name, aliases, kind, id, gender: one_gender(&gender), from: None, to: None }))
    }
}

/// The gender, where a list has one and the same for somebody; lists that are merged know some people as both.
fn one_gender(words: &[String]) -> Option<Gender> {
    let gender = |word: &String| match word.as_str() {
        "female" => Some(Gender::Female),
        "male" => Some(Gender::Male),
        "other" => Some(Gender::Other),
        _ => None,
    };
    let first = gender(words.first()?)?;
    words.iter().all(|word| gender(word) == Some(first)).then_some(first)
}

fn named(name: Option<String>) -> Result<String, EntryError> {
    name.filter(|name| !name.trim().is_empty()).ok_or(EntryError::Name)
}

/// Whether the words are a year, a month or a day, as `2019-07-24`.
fn is_day(words: &str) -> bool {
    let form = "0000-00-00";
    let digits =
        words.chars().zip(form.chars()).all(|(c, f)| if f == '0' { c.is_ascii_digit() } else { c == f });
    let within = |range: std::ops::Range<usize>, most: u32| {
        words.get(range).is_none_or(|part| part.parse().is_ok_and(|n: u32| (1..=most).contains(&n)))
    };
    matches!(words.len(), 4 | 7 | 10) && digits && within(5..7, 12) && within(8..10, 31)
}
