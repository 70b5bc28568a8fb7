//! The words of a text's names, each spelling once, with its neighbours wherever it stands.

use std::collections::HashMap;

use crate::Span;
use crate::registry::plain;
use crate::resolve::LEXICON;

/// A word of names as it is spelt; one spelling whatever its case, accents, hyphens.
pub(super) struct Spelling<'a> {
    /// As it is written first.
    pub(super) word: &'a str,
    /// In lower case, without accents, apostrophes, hyphens.
    pub(super) plain: String,
    /// In order.
    pub(super) places: Vec<Place>,
}

/// Where a word stands in a name.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) span: Span,
    /// The spellings beside it in the name, by their numbers, but for initials and particles.
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
    /// The title that the name has.
    pub(super) title: Option<Span>,
    /// Whether it has an initial before it.
    pub(super) initial: bool,
}

/// What a capitalised word does.
#[derive(Clone, Copy)]
enum Sort {
    /// It is this spelling, in a name.
    Name(usize),
    Initial,
    /// "Van": what stands around it are neighbours.
    Particle,
    Title,
    /// It ends a name.
    Other,
}

/// A text is read until it has so many different words with capitals: no article has more.
const WORDS: usize = 10_000;

/// Words of more bytes are no names.
const LONGEST: usize = 40;

/// The spellings of a text, in the order in which they are met.
pub(super) fn spellings(text: &str) -> Vec<Spelling<'_>> {
    let mut names = Names::default();
    let mut name = Name::default();
    let mut rest = 0;
    while let Some((span, end)) = word(text, rest).filter(|_| names.sorts.len() < WORDS) {
        let sort = names.sort(span.of(text));
        if !goes_on(&text[rest..span.begin as usize], name.may_stop) {
            name = Name::default();
        }
        name.may_stop = matches!(sort, Sort::Initial | Sort::Title);
        match sort {
            Sort::Name(number) => {
                names.place(number, span, &mut name);
                // nor does it after a possessive
                name.last = name.last.filter(|_| end == span.end as usize);
            }
            Sort::Initial => name.initial = true,
            Sort::Particle => {}
            Sort::Title => name = Name { title: Some(span), may_stop: true, ..Name::default() },
            Sort::Other => name = Name::default(),
        }
        rest = end;
    }
    names.spellings
}

/// The name that is read, as far as it has been.
#[derive(Default)]
struct Name {
    title: Option<Span>,
    initial: bool,
    /// The spelling that came last, and which of its places that is.
    last: Option<(usize, usize)>,
    /// Whether a stop here ends no sentence.
    may_stop: bool,
}

#[derive(Default)]
struct Names<'a> {
    sorts: HashMap<&'a str, Sort>,
    numbers: HashMap<String, usize>,
    spellings: Vec<Spelling<'a>>,
}

impl<'a> Names<'a> {
    fn sort(&mut self, word: &'a str) -> Sort {
        if let Some(sort) = self.sorts.get(word) {
            return *sort;
        }
        let sort = unnamed(word).unwrap_or_else(|| Sort::Name(self.number(word)));
        self.sorts.insert(word, sort);
        sort
    }

    fn number(&mut self, word: &'a str) -> usize {
        let plain = plain(word);
        *self.numbers.entry(plain).or_insert_with_key(|plain| {
            self.spellings.push(Spelling { word, plain: plain.clone(), places: Vec::new() });
            self.spellings.len() - 1
        })
    }

    fn place(&mut self, number: usize, span: Span, name: &mut Name) {
        if let Some((before, place)) = name.last {
            self.spellings[before].places[place].after = Some(number);
        }
        let places = &mut self.spellings[number].places;
        let before = name.last.map(|(before, _)| before);
        places.push(Place { span, before, after: None, title: name.title, initial: name.initial });
        name.last = Some((number, places.len() - 1));
        name.initial = false;
    }
}

/// What a capitalised word does that is no part of a name.
fn unnamed(word: &str) -> Option<Sort> {
    let mut letters = word.chars();
    if letters.next().is_some() && letters.next().is_none() {
        return Some(Sort::Initial);
    }
    let is_name = word.len() <= LONGEST
        && word.contains(char::is_lowercase)
        && !word.contains(|c: char| c.is_numeric());
    let low = word.to_lowercase();
    match LEXICON.grammar.tag(&low) {
        _ if !is_name => Some(Sort::Other),
        Some("particle") => Some(Sort::Particle),
        Some(_) => Some(Sort::Other),
        None if LEXICON.is_title(&low) => Some(Sort::Title),
        None => LEXICON.is_suffix(&low).then_some(Sort::Other),
    }
}

/// The next word that begins with a capital, without the ending of a possessive, and where it ends with that.
fn word(text: &str, from: usize) -> Option<(Span, usize)> {
    let begin = capital(text, from)?;
    let mut end = text.len();
    let mut letters = text[begin..].char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = matches!(c, '\'' | '’' | '-') && letters.peek().is_some_and(|(_, c)| c.is_alphabetic());
        if !c.is_alphanumeric() && !joins {
            end = begin + at;
            break;
        }
    }
    let whole = &text[begin..end];
    let bare = whole.strip_suffix("'s").or_else(|| whole.strip_suffix("’s")).unwrap_or(whole);
    Some((Span::new(begin, begin + bare.len()), end))
}

/// Where the next word with a capital begins.
fn capital(text: &str, from: usize) -> Option<usize> {
    let is_first = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| match bytes[at] {
        b'A'..=b'Z' => is_first(at),
        0xc3.. => text[at..].starts_with(char::is_uppercase) && is_first(at),
        _ => false,
    })
}

/// Whether a name goes on over what stands between two of its words: white space on a line or to the next, the stop
/// of an initial, particles.
fn goes_on(between: &str, may_stop: bool) -> bool {
    let space = if may_stop { between.strip_prefix('.').unwrap_or(between) } else { between };
    // this is most often so, or no name
    if space == " " || space.len() > LONGEST || !space.starts_with(char::is_whitespace) {
        return space == " ";
    }
    let is_particle = |word: &str| LEXICON.grammar.tag(word) == Some("particle");
    let parts = |word: &str| is_particle(word.trim_end_matches('-')) || matches!(word, "d'" | "d’");
    space.matches('\n').count() < 2 && space.split_whitespace().all(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each place as "title before [word] after".
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let spellings = spellings(text);
        let of = |number: Option<usize>| number.map_or("", |number| spellings[number].word);
        let shown = |place: &Place| {
            let title = place.title.map_or("", |title| title.of(text));
            let parts =
                [title, of(place.before), &format!("[{}]", place.span.of(text)), of(place.after)].join(" ");
            (place.span, parts.trim().replace("  ", " "))
        };
        let mut places: Vec<_> =
            spellings.iter().flat_map(|spelling| spelling.places.iter().map(shown)).collect();
        places.sort();
        assert_eq!(places.into_iter().map(|(_, shown)| shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_and_their_parts() {
        check("The President of Velmark met Dara Orlik.", &["[Velmark]", "[Dara] Orlik", "Dara [Orlik]"]);
        check("President Dara K. van der Orlik Jr.", &["President [Dara] Orlik", "President Dara [Orlik]"]);
        check("Ostria's Orlik met Gen. Orlik", &["[Ostria]", "[Orlik]", "Gen [Orlik]"]);
        check(
            "Dara al-Orlik’s pro-Velmark men, O'Dal",
            &["[Dara] Orlik", "Dara [Orlik]", "[Velmark]", "[O'Dal]"],
        );
        check("Ann-Dara\nOrlik\n\nDal. Orlik", &["[Ann-Dara] Orlik", "Ann-Dara [Orlik]", "[Dal]", "[Orlik]"]);
        check("UN, iPhone B2b OSTRIA Zürich Éa", &["[Zürich] Éa", "Zürich [Éa]"]);
    }

    #[test]
    fn no_more_words_than_an_article_has() {
        let syllable = |at: usize| ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"][at % 10];
        let name = |at: usize| {
            format!("D{}{}", [1, 10, 100, 1000].map(|by| syllable(at / by)).concat(), at / 10_000)
        };
        let text =
            |words: usize| (0..words).map(|at| name(at).replace(['0', '1'], "x") + ", ").collect::<String>();
        assert_eq!(spellings(&(text(9_999) + "Orlik")).last().unwrap().word, "Orlik");
        assert_ne!(spellings(&(text(10_000) + "Orlik")).last().unwrap().word, "Orlik");
    }

    #[test]
    fn accents_and_capitals_are_one_spelling() {
        let spellings = spellings("Peña, then Pena and PeNa.");
        assert_eq!(spellings.len(), 1);
        assert_eq!(spellings[0].places.len(), 3);
    }
}
