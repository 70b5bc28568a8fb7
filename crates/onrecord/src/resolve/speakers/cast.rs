//! The cast of an article: everybody it names, each with their fullest name, and which name stands for whom.

use std::collections::{HashMap, HashSet};

use super::lexicon::{LEXICON, Sex};
use super::mentions::{Mention, mentions};
use super::page::Page;
use crate::registry::{InForce, Known};
use crate::resolve::SpeakerType;

/// Somebody or something that may speak.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    /// The fullest name, or the description of the unnamed.
    pub(super) name: String,
    /// The words of that name, in lower case.
    pub(super) words: Vec<String>,
    pub(super) kind: Option<SpeakerType>,
    pub(super) sex: Option<Sex>,
    /// The first description beside the name.
    pub(super) role: Option<String>,
    /// The words of all descriptions beside the name, in lower case.
    pub(super) role_words: Vec<String>,
    pub(super) anonymous: bool,
    /// How often the name stands in the text.
    pub(super) count: usize,
    /// Whether it is named as a source somewhere.
    pub(super) speaks: bool,
    /// Whether something beside the number of words shows the kind.
    pub(super) sure: bool,
    /// The token where it is first met.
    pub(super) first: usize,
    /// What the registry says to the name.
    pub(super) known: Option<Known>,
}

impl Member {
    /// Takes words beside the name for the role, if they tell one and none is known.
    pub(super) fn described_as(&mut self, words: &str) {
        self.role = self.role.take().or_else(|| super::role(words));
    }
}

/// Everybody in the article.
pub(super) struct Cast {
    pub(super) members: Vec<Member>,
    /// The names in the text, in order.
    pub(super) mentions: Vec<Mention>,
    /// The member that each name stands for.
    pub(super) of: Vec<usize>,
    /// Words that stand alone as names.
    alone: HashSet<String>,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    by_initials: HashMap<String, usize>,
    /// Members by each word of their roles and, for bodies, their names.
    pub(super) by_word: HashMap<String, Vec<usize>>,
}

/// How many bearers of one word are looked at: articles hold few, and a hostile one must not cost more.
pub(super) const NEAR: usize = 12;

impl Cast {
    pub(super) fn new(page: &Page<'_>, registry: InForce<'_>) -> Cast {
        let mentions = mentions(page);
        let mut cast = Cast {
            members: Vec::new(),
            of: vec![usize::MAX; mentions.len()],
            mentions: Vec::new(),
            alone: alone(page, &mentions),
            by_last: HashMap::new(),
            by_first: HashMap::new(),
            by_initials: HashMap::new(),
            by_word: HashMap::new(),
        };
        // full names first, so that a short one finds its full one wherever it stands
        for long in [true, false] {
            for (number, mention) in mentions.iter().enumerate() {
                if (mention.name.len() > 1 && !is_other_name(page, mention)) == long {
                    cast.of[number] = cast.place(page, mention);
                }
            }
        }
        cast.keep(page, mentions);
        cast.hear_pronouns(page);
        cast.members.iter_mut().for_each(|member| meet(member, registry));
        cast.settle();
        cast
    }

    /// Keeps the mentions but for titles that stand alone and turned out to be nobody's surname.
    fn keep(&mut self, page: &Page<'_>, mentions: Vec<Mention>) {
        let of = std::mem::take(&mut self.of);
        let title =
            |mention: &Mention| mention.run.len() == 1 && LEXICON.is_title(page.low(mention.run.start));
        let kept = mentions
            .into_iter()
            .zip(of)
            .filter(|(mention, member)| !title(mention) || self.members[*member].words.len() > 1);
        (self.mentions, self.of) = kept.unzip();
    }

    /// The member that a name stands for: one that is known, or a new one.
    fn place(&mut self, page: &Page<'_>, mention: &Mention) -> usize {
        let particle = |at: &usize| page.grammar(*at) == Some("particle") && *at + 1 < mention.name.end;
        let words = mention.name.clone().skip_while(particle).map(|at| page.low(at).to_owned());
        let words: Vec<String> = words.collect();
        let found = self.find(page, mention, &words);
        let number = found.unwrap_or_else(|| self.add(page, mention, &words));
        self.note(page, number, mention, &words);
        if page.word(mention.name.end) == "(" && page.is_acronym(mention.name.end + 1) {
            self.by_initials.entry(page.low(mention.name.end + 1).to_owned()).or_insert(number);
        }
        number
    }

    fn find(&self, page: &Page<'_>, mention: &Mention, words: &[String]) -> Option<usize> {
        let fits = |&&number: &&usize| self.fits(&self.members[number], mention, words);
        let near = |map: &HashMap<String, Vec<usize>>, word: &str| {
            let bearers = map.get(word)?.iter().rev().take(NEAR).filter(fits);
            // of two bearers, the one that stood before is meant, then the one that the article names more
            bearers
                .max_by_key(|&&number| {
                    let member = &self.members[number];
                    // whoever is called by a given name, or has a "Jr.", is not meant by the bare surname
                    let called = member.words.first().is_some_and(|first| self.alone.contains(first));
                    let apart = words.len() == 1 && (called || suffix(&member.words).is_some());
                    (!apart, member.first < mention.name.start, member.count)
                })
                .copied()
        };
        let last = last_word(words);
        if let Some(tag) = LEXICON.places.tag(&page.slice(mention.name.clone())) {
            let full = tag.strip_prefix("same ").map(str::to_lowercase);
            return full.and_then(|full| self.same(&full)).or_else(|| self.same(&words.join(" ")));
        }
        if words.len() > 1 {
            return near(&self.by_last, last);
        }
        let letters: String = last.chars().filter(|c| *c != '.').collect();
        let initials =
            || self.by_initials.get(&letters).copied().filter(|_| page.is_acronym(mention.name.start));
        let short = || near(&self.by_last, last).or_else(|| near(&self.by_first, last));
        initials().or_else(short)
    }

    /// The member with these lower-case words as its name.
    fn same(&self, name: &str) -> Option<usize> {
        let bearers = self.by_last.get(name.rsplit(' ').next()?)?;
        bearers.iter().copied().find(|&number| self.members[number].words.iter().eq(name.split(' ')))
    }

    /// Whether a name can stand for a member that shares its last word, or its first.
    fn fits(&self, member: &Member, mention: &Mention, words: &[String]) -> bool {
        let kinds = match (member.kind, mention.kind) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let sexes = match (member.sex, mention.sex) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        if !kinds || !sexes || suffix(&member.words) != suffix(words) && words.len() > 1 {
            return false;
        }
        let body = member.kind == Some(SpeakerType::Organisation);
        match words {
            [_] if LEXICON.is_known_body(&member.name) => member.words.len() == 1 || body,
            [_] => true,
            _ if body => member.words.ends_with(words) || words.ends_with(&member.words),
            _ if member.words.len() == 1 => true,
            [first, ..] => same_given(&member.words[0], first),
            [] => false,
        }
    }

    fn add(&mut self, page: &Page<'_>, mention: &Mention, words: &[String]) -> usize {
        let number = self.members.len();
        let member = Member { first: mention.name.start, ..Member::default() };
        self.members.push(member);
        let last = last_word(words).to_owned();
        self.by_last.entry(last).or_default().push(number);
        if words.len() > 1 {
            self.by_first.entry(words[0].clone()).or_default().push(number);
            let initials = mention.name.clone().filter(|&at| page.is_capital(at));
            let initials: String = initials.filter_map(|at| page.low(at).chars().next()).collect();
            self.by_initials.entry(initials).or_insert(number);
        }
        number
    }

    /// Adds to a member what a mention of it tells.
    fn note(&mut self, page: &Page<'_>, number: usize, mention: &Mention, words: &[String]) {
        let member = &mut self.members[number];
        member.count += 1;
        member.first = member.first.min(mention.name.start);
        member.kind = member.kind.or(mention.kind);
        member.sex = member.sex.or(mention.sex);
        let other = !member.words.is_empty() && is_other_name(page, mention);
        if words.len() > member.words.len() && !other {
            member.words = words.to_vec();
            member.name = page.slice(mention.name.clone());
        }
        let Some(role) = mention.role.clone() else { return };
        member.described_as(&page.slice(role.clone()));
        for at in role.take(16) {
            let word = LEXICON.office(page.low(at)).to_owned();
            if member.role_words.len() < 64 && !member.role_words.contains(&word) {
                self.by_word.entry(word.clone()).or_default().push(number);
                member.role_words.push(word);
            }
        }
    }

    /// Learns the sex of a person from a pronoun that follows the name in its sentence, before any other name.
    fn hear_pronouns(&mut self, page: &Page<'_>) {
        let mut heard = vec![(0u32, 0u32); self.members.len()];
        for (number, mention) in self.mentions.iter().enumerate() {
            let end = self.mentions.get(number + 1).map_or(page.len(), |next| next.run.start);
            let end = end.min(mention.name.end + 25);
            let sentence = page.sentence(mention.name.start);
            let before = mention.run.start.checked_sub(1).and_then(|before| page.grammar(before));
            let earlier =
                number.checked_sub(1).map(|earlier| page.sentence(self.mentions[earlier].name.start));
            let open = self.members[self.of[number]].kind.is_none();
            if open && earlier == Some(sentence) {
                continue;
            }
            if matches!(before, Some("determiner" | "preposition")) {
                continue;
            }
            for at in (mention.name.end..end).take_while(|&at| page.sentence(at) == sentence) {
                let (male, female) = &mut heard[self.of[number]];
                match page.low(at) {
                    "he" | "his" | "himself" => *male += 1,
                    "she" | "her" | "herself" => *female += 1,
                    _ => continue,
                }
                break;
            }
        }
        for (member, (male, female)) in self.members.iter_mut().zip(heard) {
            member.sure = member.kind.is_some();
            let person = member.kind.is_none_or(|kind| kind == SpeakerType::Person);
            if !person || male == female {
                continue;
            }
            member.kind = member.kind.or(Some(SpeakerType::Person));
            member.sex = member.sex.or(Some(if male > female { Sex::Male } else { Sex::Female }));
        }
    }

    /// Gives those whose kind nothing has shown the usual one: names of two words and more are people's.
    fn settle(&mut self) {
        for (number, member) in self.members.iter_mut().enumerate() {
            let usual = if member.words.len() > 1 { SpeakerType::Person } else { SpeakerType::Organisation };
            let kind = *member.kind.get_or_insert(usual);
            if kind == SpeakerType::Organisation {
                for word in &member.words {
                    self.by_word.entry(LEXICON.office(word).to_owned()).or_default().push(number);
                }
            }
        }
    }

    /// The number of the mention whose run begins at a token or covers it.
    pub(super) fn mention_at(&self, token: usize) -> Option<usize> {
        let number = self.mentions.partition_point(|mention| mention.run.end <= token);
        self.mentions.get(number).filter(|mention| mention.run.start <= token).map(|_| number)
    }
}

/// Looks a named one up in the registry, which knows the kind as well.
fn meet(member: &mut Member, registry: InForce<'_>) {
    if member.kind == Some(SpeakerType::Unknown) {
        return;
    }
    member.known = registry.find(&member.name, member.kind);
    if let Some(entry) = member.known.and_then(|known| registry.entry(known)) {
        member.kind = Some(entry.kind);
        member.sure = true;
    }
}

/// Whether a name is another one for a place: "the Russian Federation".
fn is_other_name(page: &Page<'_>, mention: &Mention) -> bool {
    LEXICON.places.tag(&page.slice(mention.name.clone())).is_some_and(|tag| tag.starts_with("same "))
}

/// The words that stand alone as names.
fn alone(page: &Page<'_>, mentions: &[Mention]) -> HashSet<String> {
    let single = mentions.iter().filter(|mention| mention.run.len() == 1);
    single.map(|mention| page.low(mention.name.start).to_owned()).collect()
}

/// The last word of a name but for "Jr." and the like.
fn last_word(words: &[String]) -> &str {
    let last = words.iter().rev().find(|word| !LEXICON.is_suffix(word)).or(words.last());
    last.map_or("", String::as_str)
}

/// The "Jr." of a name.
fn suffix(words: &[String]) -> Option<&str> {
    words.last().map(|word| word.trim_end_matches('.')).filter(|word| LEXICON.is_suffix(word))
}

/// Whether two given names can be one: the same, or one an initial of the other.
fn same_given(a: &str, b: &str) -> bool {
    let initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    a == b || (initial(a) || initial(b)) && a.chars().next() == b.chars().next()
}
