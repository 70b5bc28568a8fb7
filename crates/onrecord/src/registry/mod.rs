//! The user's own people and bodies: who is known beyond the article, under which names, and when.
//!
//! A [`Registry`] is a value: whoever reads a file makes [`Entry`]s of its lines and a registry of them.
//! It is asked with the fullest name that an article has for somebody, and answers with the one entry that fits,
//! with the reason; of two that fit equally well it takes none.

mod entry;
mod names;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use entry::{Entry, EntryError, Gender};
pub(crate) use names::OF_BODIES;
pub use names::{Likeness, Name};
pub(crate) use spelling::plain;

use crate::resolve::SpeakerType;

/// People and bodies that are known.
#[derive(Debug, Default)]
pub struct Registry {
    entries: Vec<Entry>,
    /// The names of each entry, its own first.
    names: Vec<Vec<Name>>,
    /// Entries by the keys of their names, in order.
    by_key: HashMap<String, Vec<usize>>,
}

/// What the registry answers to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The entry with this number.
    One {
        /// The number of the entry.
        entry: usize,
        /// Which of its names fits: 0 its own, then its aliases.
        name: usize,
        /// How.
        likeness: Likeness,
    },
    /// Several entries fit equally well: none is taken.
    Several,
}

impl Registry {
    /// A registry of these entries.
    pub fn new(entries: Vec<Entry>) -> Registry {
        let name = |entry: &Entry| {
            let all = std::iter::once(&entry.name).chain(&entry.aliases);
            all.map(|name| Name::new(name, entry.kind)).collect::<Vec<_>>()
        };
        let names: Vec<Vec<Name>> = entries.iter().map(name).collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, names) in names.iter().enumerate() {
            for key in names.iter().flat_map(Name::keys) {
                let numbers = by_key.entry(key).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        Registry { entries, names, by_key }
    }

    /// The entries, in the order they were given.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether it tells anybody's gender.
    pub fn has_genders(&self) -> bool {
        self.entries.iter().any(|entry| entry.gender.is_some())
    }

    /// The gender of a person who is known by this identifier, if any, and found under these names: that of the entry
    /// with the identifier, else of the entries that fit a name best, where all of them tell the same.
    pub fn gender<'n>(&self, id: Option<&str>, names: impl IntoIterator<Item = &'n str>) -> Option<Gender> {
        let mut fitting: Vec<usize> = names.into_iter().flat_map(|name| self.best(name)).collect();
        let is_meant = |number: &usize| id.is_some() && self.entries[*number].id.as_deref() == id;
        if fitting.iter().any(is_meant) {
            fitting.retain(is_meant);
        }
        let mut genders = fitting.into_iter().map(|number| self.entries[number].gender);
        let first = genders.next()??;
        genders.all(|gender| gender == Some(first)).then_some(first)
    }

    /// The people whose names are most like this one, whenever their entries hold.
    fn best(&self, name: &str) -> Vec<usize> {
        let asked = Name::new(name, SpeakerType::Person);
        let people =
            self.numbers(&asked).into_iter().filter(|&n| self.entries[n].kind == SpeakerType::Person);
        let likeness = |number: usize| {
            let likeness = self.names[number].iter().filter_map(|name| asked.likeness(name)).min()?;
            Some((likeness, number))
        };
        let found: Vec<_> = people.filter_map(likeness).collect();
        let best = found.iter().map(|(likeness, _)| *likeness).min();
        found.into_iter().filter(|found| Some(found.0) == best).map(|(_, number)| number).collect()
    }

    /// The entries with a name that may be this one, in order.
    fn numbers(&self, name: &Name) -> Vec<usize> {
        let mut numbers: Vec<usize> =
            name.keys().iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The registry as it holds for an article published on `day`.
    pub(crate) fn on<'r>(&'r self, day: Option<&'r str>) -> InForce<'r> {
        InForce { registry: self, day }
    }
}

/// A registry on the day of an article's publication.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InForce<'r> {
    registry: &'r Registry,
    day: Option<&'r str>,
}

impl<'r> InForce<'r> {
    /// The entry that was found.
    pub(crate) fn entry(self, known: Known) -> Option<&'r Entry> {
        match known {
            Known::One { entry, .. } => self.registry.entries.get(entry),
            Known::Several => None,
        }
    }

    /// The entry for the name of somebody of this kind, if the kind is known. People are people; other kinds are not
    /// told apart, as the user knows better what a body is.
    pub(crate) fn find(self, name: &str, kind: Option<SpeakerType>) -> Option<Known> {
        if self.registry.entries.is_empty() {
            return None;
        }
        let either = || {
            self.find_as(name, SpeakerType::Person).or_else(|| self.find_as(name, SpeakerType::Organisation))
        };
        kind.map_or_else(either, |kind| self.find_as(name, kind))
    }

    /// The entry that has just this description as a name: "prime minister of Norland".
    pub(crate) fn find_description(self, words: &str) -> Option<Known> {
        let article = |article: &&str| {
            words.get(..article.len()).is_some_and(|head| head.eq_ignore_ascii_case(article))
        };
        let skip = ["the ", "a ", "an "].into_iter().find(|a| article(a)).map_or(0, str::len);
        self.find(&words[skip..], None).filter(|known| match known {
            Known::One { likeness, .. } => *likeness <= Likeness::Look,
            Known::Several => true,
        })
    }

    fn find_as(self, name: &str, kind: SpeakerType) -> Option<Known> {
        let Registry { entries, names, .. } = self.registry;
        let asked = Name::new(name, kind);
        let fits = |&number: &usize| {
            let alike = (entries[number].kind == SpeakerType::Person) == (kind == SpeakerType::Person);
            alike && entries[number].is_in_force(self.day)
        };
        let best = |number: usize| {
            let names = names[number].iter().enumerate();
            names.filter_map(|(at, name)| Some((asked.likeness(name)?, number, at))).min()
        };
        let mut found: Vec<_> =
            self.registry.numbers(&asked).into_iter().filter(fits).filter_map(best).collect();
        found.sort_unstable();
        let &(likeness, entry, name) = found.first()?;
        let rival = |&(other, number, _): &(Likeness, usize, usize)| {
            other == likeness && !entries[number].is_same(&entries[entry])
        };
        Some(if found.iter().any(rival) { Known::Several } else { Known::One { entry, name, likeness } })
    }
}
