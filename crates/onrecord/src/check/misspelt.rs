//! Names that are spelt in two ways: full names that differ in one word by one edit or one sound, and a surname alone
//! that differs so from that of a person whom the article names in full.

use std::collections::{BTreeMap, HashSet};

use super::alike::{one_edit, one_sound, one_stem, pairs};
use super::names::{Place, Spelling, spellings};
use super::{Flag, FlagKind};
use crate::Span;
use crate::registry::OF_BODIES;
use crate::resolve::LEXICON;

/// So many of a hundred such flags are right: `record/flags.md`.
const SCORE: f32 = 0.95;

/// Shorter surnames alone are too often alike.
const SHORTEST: usize = 5;

/// Titles that anybody may have.
const ANYBODYS: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "sir", "professor", "prof"];

/// The names that are spelt in two ways.
pub(super) fn misspelt(text: &str) -> Vec<Flag> {
    let spellings = spellings(text);
    let alike = pairs(spellings.iter().map(|spelling| spelling.plain.as_str()));
    let names = Names { text, spellings: &spellings };
    let found: Vec<Pair> = alike.into_iter().filter_map(|(one, other)| names.pair(one, other)).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let both = found.iter().flat_map(|pair| [pair.rare, pair.common]);
    let words = words_among(text, both.map(|number| spellings[number].plain.as_str()).collect());
    let is_word = |number: usize| words.contains(spellings[number].plain.as_str());
    // the commonest of three
    let mut flags: BTreeMap<usize, Pair> = BTreeMap::new();
    for pair in found.into_iter().filter(|pair| !is_word(pair.rare) && !is_word(pair.common)) {
        let places = |pair: &Pair| spellings[pair.common].places.len();
        match flags.get(&pair.rare) {
            Some(known) if places(known) >= places(&pair) => {}
            _ => drop(flags.insert(pair.rare, pair)),
        }
    }
    flags.into_values().map(|pair| names.flag(pair)).collect()
}

/// Those of these words that the text has in lower case: they are no names.
fn words_among<'a>(text: &'a str, words: HashSet<&str>) -> HashSet<&'a str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| words.contains(word)).collect()
}

/// Two spellings of one name, by their numbers.
struct Pair {
    rare: usize,
    common: usize,
    /// Which word of the name it is.
    word: Word,
}

enum Word {
    /// Both have the same word before them.
    Last,
    /// Both have the same word after them.
    First,
    /// One stands alone.
    Surname,
}

struct Names<'t> {
    text: &'t str,
    spellings: &'t [Spelling<'t>],
}

impl Names<'_> {
    /// Two spellings that are alike, if they are of one name.
    fn pair(&self, one: usize, other: usize) -> Option<Pair> {
        let word = self.word(&self.spellings[one], &self.spellings[other])?;
        let is_rarer = self.spellings[one].places.len() < self.spellings[other].places.len();
        let (rare, common) = if is_rarer { (one, other) } else { (other, one) };
        Some(Pair { rare, common, word })
    }

    fn word(&self, one: &Spelling<'_>, other: &Spelling<'_>) -> Option<Word> {
        let (a, b) = (one.plain.as_str(), other.plain.as_str());
        let sounds = one_sound(a, b);
        if !sounds && !one_edit(a, b) || !can_be_names(one, other) {
            return None;
        }
        let is_stem = one_stem(a, b) && !sounds;
        if let Some(before) = shared(one, other, |place| place.before) {
            let is_plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
            let is_person = LEXICON.is_given(self.spellings[before].word);
            return (!is_plural && (is_person || !is_stem)).then_some(Word::Last);
        }
        if is_stem {
            return None;
        }
        if let Some(after) = shared(one, other, |place| place.after) {
            let are_two = !sounds && LEXICON.is_given(one.word) && LEXICON.is_given(other.word);
            return (!are_two && !OF_BODIES.contains(&self.spellings[after].plain.as_str()))
                .then_some(Word::First);
        }
        (self.is_short_for(one, other) || self.is_short_for(other, one)).then_some(Word::Surname)
    }

    /// Whether a surname that stands alone is that of a full name, spelt otherwise.
    fn is_short_for(&self, alone: &Spelling<'_>, full: &Spelling<'_>) -> bool {
        let is_alone = |place: &Place| {
            place.before.is_none() && place.after.is_none() && !place.initial && !self.is_listed(place.span)
        };
        let is_last = |place: &Place| place.before.is_some() && place.after.is_none();
        let is_known = LEXICON.places.has(alone.word)
            || LEXICON.is_given(alone.word)
            || LEXICON.is_known_body(alone.word)
            || LEXICON.ends_body(&alone.plain);
        alone.plain.len().min(full.plain.len()) >= SHORTEST
            && !is_known
            && full.places.iter().any(is_last)
            && alone.places.iter().all(is_alone)
            && self.has_titles_of(alone, full)
    }

    /// Whether each title of a name is one of the other's: the president is not her chief of staff.
    fn has_titles_of(&self, alone: &Spelling<'_>, full: &Spelling<'_>) -> bool {
        let titles = |name: &Spelling<'_>| -> HashSet<String> {
            let spans = name.places.iter().filter_map(|place| place.title);
            spans.map(|span| span.of(self.text).to_lowercase()).collect()
        };
        let known = titles(full);
        titles(alone).iter().all(|title| known.contains(title) || ANYBODYS.contains(&title.as_str()))
    }

    /// Whether another name follows, as in lists of players, a title ("Prime Minister"), or what follows no name.
    fn is_listed(&self, span: Span) -> bool {
        let after = &self.text[span.end as usize..];
        let next = after.strip_prefix(", ").or_else(|| after.strip_prefix(' ')).unwrap_or_default();
        next.starts_with(char::is_uppercase) || after.starts_with(['?', '!'])
    }

    fn flag(&self, pair: Pair) -> Flag {
        let (rare, common) = (&self.spellings[pair.rare], &self.spellings[pair.common]);
        let is_of_both = |side: fn(&Place) -> Option<usize>, place: &Place| {
            side(place).is_some_and(|word| common.places.iter().any(|place| side(place) == Some(word)))
        };
        let is_meant = |place: &&Place| match pair.word {
            Word::First => is_of_both(|place| place.after, place),
            Word::Last => place.before.is_none() || is_of_both(|place| place.before, place),
            Word::Surname => true,
        };
        Flag {
            kind: FlagKind::MisspeltName,
            span: rare.places.iter().filter(is_meant).map(|place| place.span).collect(),
            note: format!("spelt “{}” elsewhere", common.word),
            score: SCORE,
        }
    }
}

/// Whether both have vowels, unlike the abbreviations of tables, and are joined of as many words.
fn can_be_names(one: &Spelling<'_>, other: &Spelling<'_>) -> bool {
    let is_vowel = |c: char| !c.is_ascii() || "aeiouy".contains(c);
    let parts = |spelling: &Spelling<'_>| spelling.word.matches('-').count();
    one.plain.contains(is_vowel) && other.plain.contains(is_vowel) && parts(one) == parts(other)
}

/// A word that stands on one side of both.
fn shared(one: &Spelling<'_>, other: &Spelling<'_>, side: fn(&Place) -> Option<usize>) -> Option<usize> {
    let words: HashSet<usize> = one.places.iter().filter_map(side).collect();
    other.places.iter().filter_map(side).find(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::plain;

    /// The flagged words, then how they are spelt elsewhere.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let told = |flag: &Flag| {
            let words: Vec<&str> = flag.span.iter().map(|span| span.of(text)).collect();
            format!("{}: {}", words.join(" "), flag.note)
        };
        let expected: Vec<String> =
            expected.iter().map(|told| told.replace(": ", ": spelt “") + "” elsewhere").collect();
        assert_eq!(misspelt(text).iter().map(told).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn full_names() {
        check(
            "Dara Velinski left. Dara Velinsky stayed, Velinsky said. Dara Velinski came back, Dara Velinski said.",
            &["Velinsky Velinsky: Velinski"],
        );
        check("Dara K. Holbren left. “No,” Dara Hobren said.", &["Hobren: Holbren"]);
        check("Petar van der Molk and Petar van der Mollk", &["Mollk: Molk"]);
        check("Omar al-Sadiri, later Omar al-Saddiri", &["Saddiri: Sadiri"]);
        check("Sandra Clark sang. Sandra Clarke did.", &["Clarke: Clark"]);
        check("Stefan Orlik met Stephan Orlik's wife.", &["Stephan: Stefan"]);
        check("Norlund Harbour Board said it. The Norlnud Harbour Board fell.", &["Norlnud: Norlund"]);
        // the commonest of three, and none that somebody else has
        check(
            "Ann Dorval, Ann Dorval, Ann Dorvall, Ann Dorvel. Tom Dorvel left, Ann Dorval said.",
            &["Dorvall: Dorval", "Dorvel: Dorval"],
        );
    }

    #[test]
    fn surnames_alone() {
        check("Sandra Belmont said so. It rained. Belmnot left.", &["Belmnot: Belmont"]);
        check("Sandra Belmnot said so. Belmont left, and Belmont’s dog.", &["Belmnot: Belmont"]);
        check("Mr Belmott said so. Minister Sandra Belmont agreed.", &["Belmont: Belmott"]);
        check("Minister Belmot said so. Minister Sandra Belmont left. Belmont ate.", &["Belmot: Belmont"]);
    }

    #[test]
    fn what_is_no_other_spelling() {
        for text in [
            // those of a place, many, a woman
            "South Norlund fell. South Norlunder troops, South Norlunders, South Norlundy.",
            "North Velmari fell. North Velmars won.",
            "The Sandra Belmonts of this world. Sandra Belmont left.",
            "Ivan Petrosov left. Petrosova stayed.",
            // others of one family, of like names
            "Joan Belmont met John Belmont.",
            "Mark Belmont met Clark Belmont.",
            "Sandra Belmont met Bellmont, Orlik, Dorval.",
            "Sandra Belmont met T. Bellmont.",
            "Sandra Belmont is chief of staff. President Bellmont is not.",
            "Sandra Orlik met Tom Orlick. Orlick laughed, as Ann Orlik did, and Ben Orlick.",
            // how it is set
            "Sandra Peña left. Sandra Pena stayed. Sandra PENA slept.",
            "Ann-Marie Orlik left. Annmarie Orlik stayed. Ann-Marie O'Rlik slept.",
            // no names
            "World War II and World War III",
            "Sandra Belmont sang. Really? “Bellmont!”",
            "Sandra Primo said so. Prime Minister Belmont left.",
            "Billy Reilly said so. Really, it is really so.",
            "Start Stks 5 Start Stcks 6 End Stks",
            "Old Mill Co and New Mall Co",
            "First half. Second Half. Firsts Half.",
            "Boris Tarn met Boris Tern.\n\nTarn\n\nthe tern and the tarn",
            "SANDRA BELMONT\nSANDRA BELMNOT",
            "He met Sandra. Belmont left. He met Sandra. Belmnot left.",
            "Tom Lee met Tom Lea. Ed Poe met Poo.",
            // a known place
            "Sandra Germani left Germany.",
            "",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn spans_are_words() {
        let parts = [
            "Dara",
            "Dará",
            " ",
            " ",
            " ",
            ". ",
            "\n\n",
            "Velinski",
            "Velinsky",
            "Vélinsk",
            "’s",
            "'",
            "-",
            "van",
            "K",
            "“",
            "Łódźka",
            "Łódźxka",
            "é",
            "al-",
            "Mr",
            ", ",
            "5",
        ];
        let mut state = 1_u64;
        let mut flags = 0;
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..40 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(parts[(state >> 33) as usize % parts.len()]);
            }
            for flag in misspelt(&text) {
                flags += 1;
                let spelt: HashSet<String> = flag.span.iter().map(|span| plain(span.of(&text))).collect();
                assert_eq!(spelt.len(), 1, "{text}");
                for span in flag.span {
                    let (before, after) = (&text[..span.begin as usize], &text[span.end as usize..]);
                    assert!(!before.ends_with(char::is_alphanumeric), "{text}");
                    assert!(!after.starts_with(char::is_alphanumeric), "{text}");
                }
            }
        }
        assert!(flags > 30, "{flags}");
    }

    /// A name of eight letters for each number, no two alike.
    fn named(number: u32) -> String {
        let syllables = (0..4).map(|at| {
            ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "zu", "hy"]
                [(number as usize >> (4 * at)) % 16]
        });
        format!("D{} ", syllables.chain(["th"]).collect::<String>())
    }

    #[test]
    fn long_texts() {
        // in a moment, not in hours
        let alike: String =
            ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("Dara V{a}{b}or "))).collect();
        assert!(misspelt(&alike.repeat(200)).len() < 676);
        let tens: String = (0..300_000_u32).map(named).collect();
        check(&tens, &[]);
        check(&"Dara ".repeat(300_000), &[]);
        check(&"D".repeat(1_000_000), &[]);
        let belmonts = "Dara Belmont left Belmnot. ".repeat(40_000);
        assert_eq!(misspelt(&belmonts).len(), 1);
    }
}
