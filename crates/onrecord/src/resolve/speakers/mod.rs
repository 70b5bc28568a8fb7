//! Who speaks: the source's words to speakers, resolved over the whole article.
//!
//! `lexicon` knows words, `page` is the article's tokens, `mentions` finds names, `cast` tells which names are one,
//! `phrase` cuts a source into parts, `makers` finds whose the documents are, `pronouns` and `descriptions` resolve what
//! is no name.

mod cast;
mod descriptions;
mod lexicon;
mod makers;
mod mentions;
mod page;
mod phrase;
mod pronouns;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::acts::words::words;
use super::{Frame, Rule, Speaker, SpeakerReason, SpeakerType};
use crate::registry::InForce;
use cast::{Cast, Member};
pub(crate) use lexicon::LEXICON;
use makers::Makers;
use page::Page;
use phrase::Part;

/// The speakers of each statement of an article, in the order of `frames`.
pub(super) fn speakers(frames: &[Frame<'_>], registry: InForce<'_>) -> Vec<Vec<Speaker>> {
    resolved(frames, registry, |resolver, answer| resolver.speaker(answer))
}

/// How they were found, in the same order.
pub(super) fn reasons(frames: &[Frame<'_>], registry: InForce<'_>) -> Vec<Vec<SpeakerReason>> {
    resolved(frames, registry, |resolver, answer| resolver.reason(answer))
}

/// What `of` makes of each answer to who speaks in each statement.
fn resolved<T>(
    frames: &[Frame<'_>],
    registry: InForce<'_>,
    of: impl Fn(&Resolver<'_, '_>, &Answer) -> T,
) -> Vec<Vec<T>> {
    let Some(first) = frames.first() else { return Vec::new() };
    let page = Page::new(first.text, first.outline);
    let mut resolver = Resolver::new(&page, frames, registry);
    let mut order: Vec<usize> = (0..frames.len()).collect();
    order.sort_by_key(|&number| (resolver.at(number), number));
    for number in order {
        resolver.resolve(number, 0);
    }
    let resolver = &resolver;
    let all = |who: &Option<Vec<Answer>>| who.iter().flatten().map(|answer| of(resolver, answer)).collect();
    resolver.answers.iter().map(all).collect()
}

/// "A clerk *accused of* theft", "she *was charged with* it": the words before the cue name whom others accuse, not who
/// speaks.
fn is_accused(frame: &Frame<'_>) -> bool {
    const ACCUSED: &[&str] = &["accused", "charged", "blamed"];
    const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "stands", "stood"];
    let cue = words(frame, &frame.attribution.cue);
    let Some(verb) = cue.iter().position(|word| ACCUSED.contains(&word.lower.as_str())) else { return false };
    let passive = cue[..verb].iter().any(|word| BE.contains(&word.lower.as_str()));
    let led =
        cue.get(verb + 1).is_some_and(|word| matches!(word.lower.as_str(), "of" | "with" | "for" | "over"));
    let before = frame.attribution.source.last().is_some_and(|span| span.end <= cue[verb].span.begin);
    before && (passive || verb == 0 && led)
}

/// Whether a capitalised word of a role may name a body: it is no title, place, given name or word of grammar.
pub(crate) fn names_a_body(word: &str) -> bool {
    let low = word.to_lowercase();
    let known = LEXICON.is_title(&low) || LEXICON.grammar.has(&low) || LEXICON.noun(&low).is_some();
    !(known || LEXICON.is_given(word) || LEXICON.places.has(word))
}

/// One who speaks in a statement.
#[derive(Clone, Debug)]
struct Answer {
    /// A member of the cast.
    member: usize,
    /// The tokens that stand for them.
    part: Range<usize>,
    /// The rule by which they do.
    rule: Rule,
}

/// What is known while the statements are gone through in the order of the text.
struct Resolver<'p, 'a> {
    page: &'p Page<'a>,
    frames: &'p [Frame<'a>],
    registry: InForce<'p>,
    cast: Cast,
    /// Who speaks in each statement that has been resolved.
    answers: Vec<Option<Vec<Answer>>>,
    /// Who spoke, by the token where the statement tells so; nested statements are left out.
    told: BTreeMap<usize, Vec<usize>>,
    /// Who put out the document that spoke last.
    issued: Vec<usize>,
    /// The token where it did.
    issued_at: Option<usize>,
    /// The noun for it: "study".
    issued_noun: String,
    /// Who makes the documents that the article tells of.
    makers: Makers,
    /// Descriptions met so far, by head noun.
    described: HashMap<String, Vec<usize>>,
}

/// Statements within statements are followed so deep; a deeper chain is no reading of a text.
const DEPTH: usize = 8;

impl<'p, 'a> Resolver<'p, 'a> {
    fn new(page: &'p Page<'a>, frames: &'p [Frame<'a>], registry: InForce<'p>) -> Self {
        let mut cast = Cast::new(page, registry);
        for frame in frames {
            let first = frame.attribution.source.first().map(|&span| frame.tokens(span).start);
            if let Some(number) = first.and_then(|first| cast.mention_at(first)) {
                cast.members[cast.of[number]].speaks = true;
            }
        }
        let makers = Makers::new(page, &cast);
        Resolver {
            page,
            frames,
            registry,
            cast,
            makers,
            answers: vec![None; frames.len()],
            told: BTreeMap::new(),
            issued: Vec::new(),
            issued_at: None,
            issued_noun: String::new(),
            described: HashMap::new(),
        }
    }

    /// The token where a statement tells who speaks.
    fn at(&self, number: usize) -> usize {
        let frame = &self.frames[number];
        let spans = &frame.attribution;
        let first = spans.source.first().or(spans.cue.first()).or(spans.content.first());
        first.map_or(0, |&span| frame.tokens(span).start)
    }

    fn resolve(&mut self, number: usize, depth: usize) -> Vec<usize> {
        if let Some(answer) = &self.answers[number] {
            return answer.iter().map(|answer| answer.member).collect();
        }
        let (mut who, mut answers) = (Vec::new(), Vec::new());
        let named =
            if is_accused(&self.frames[number]) { &[] } else { &*self.frames[number].attribution.source };
        let spans = named.to_vec();
        for span in spans {
            let tokens = self.frames[number].tokens(span);
            let document = self.names_document(tokens.clone());
            for part in phrase::parts(self.page, &self.cast, tokens) {
                let words = self.words(&part);
                let (members, rule) = self.part(number, part, depth);
                for member in members {
                    if !who.contains(&member) {
                        who.push(member);
                        answers.push(Answer { member, part: words.clone(), rule });
                    }
                }
            }
            if document.is_some() && who.iter().all(|&member| self.cast.members[member].count > 0) {
                self.issued.clone_from(&who);
                self.issued_at = Some(self.at(number));
                self.issued_noun = document.unwrap_or_default();
            }
        }
        if self.frames[number].attribution.within.is_none() && !who.is_empty() {
            self.told.insert(self.at(number), who.clone());
        }
        self.answers[number] = Some(answers);
        who
    }

    /// The noun of the document that a source begins with: "a study by".
    fn names_document(&self, tokens: Range<usize>) -> Option<String> {
        let noun = |at: usize| LEXICON.noun(self.page.low(at)).map(|noun| (at, noun));
        // a paper is a newspaper, but where the article tells who wrote it
        let written = |at: usize| self.page.low(at) == "paper" && self.makers.of("paper").is_some();
        let first = tokens.take(6).find_map(noun);
        let document = first.filter(|&(at, noun)| noun.kind == SpeakerType::Document || written(at));
        document.map(|(at, _)| self.page.low(at).to_owned())
    }

    /// The tokens of a part.
    fn words(&self, part: &Part) -> Range<usize> {
        match part {
            Part::Name(mention, _) => self.cast.mentions[*mention].run.clone(),
            Part::Pronoun(at) => *at..at + 1,
            Part::Description(description) => description.whole.clone(),
        }
    }

    fn part(&mut self, number: usize, part: Part, depth: usize) -> (Vec<usize>, Rule) {
        match part {
            Part::Name(mention, role) => {
                let member = self.cast.of[mention];
                self.own(mention);
                if let Some(role) = role {
                    let words = self.page.slice(role);
                    self.cast.members[member].described_as(&words);
                }
                (vec![member], Rule::Name)
            }
            Part::Pronoun(at) => self.pronoun(number, at, depth),
            Part::Description(description) => self.description(&description),
        }
    }

    /// Keeps a country's name with its ministry's: "China's Foreign Ministry".
    fn own(&mut self, mention: usize) {
        let name = self.cast.mentions[mention].name.clone();
        let Some(owner) = name.start.checked_sub(2).and_then(|before| self.cast.mention_at(before)) else {
            return;
        };
        let place = self.cast.members[self.cast.of[owner]].kind == Some(SpeakerType::Place);
        let owned = matches!(self.page.word(name.start - 1), "'s" | "’s");
        let noun = LEXICON.noun(self.page.low(name.end - 1));
        // a party, a club, an agency is its own, not the country's
        let own = matches!(self.page.low(name.end - 1), "party" | "club" | "team" | "university");
        let body = noun.is_some_and(|noun| noun.tag == "body") && !own;
        let member = &mut self.cast.members[self.cast.of[mention]];
        if place && owned && body && member.name == self.page.slice(name.clone()) {
            member.name = self.page.slice(self.cast.mentions[owner].name.start..name.end);
        }
    }

    /// Who spoke last before a token.
    fn spoke_before(&self, at: usize) -> Option<(usize, &[usize])> {
        self.told.range(..at).next_back().map(|(at, who)| (*at, who.as_slice()))
    }

    /// Adds somebody whom the article does not name.
    fn add(&mut self, name: String, kind: SpeakerType, anonymous: bool, first: usize) -> usize {
        let member = Member { name, kind: Some(kind), anonymous, first, ..Member::default() };
        self.cast.members.push(member);
        self.cast.members.len() - 1
    }

    fn speaker(&self, answer: &Answer) -> Speaker {
        let member = &self.cast.members[answer.member];
        let entry = member.known.and_then(|known| self.registry.entry(known));
        Speaker {
            name: entry.map_or(&member.name, |entry| &entry.name).clone(),
            kind: member.kind.unwrap_or(SpeakerType::Unknown),
            id: entry.and_then(|entry| entry.id.clone()),
            role: member.role.clone(),
            anonymous: member.anonymous,
        }
    }

    fn reason(&self, answer: &Answer) -> SpeakerReason {
        let Answer { member, part, rule } = answer;
        let named = |number: &usize| self.cast.of[*number] == *member;
        let mentions = 0..self.cast.mentions.len();
        let length = |number: &usize| self.cast.mentions[*number].name.len();
        let found = match rule {
            Rule::Name => mentions.filter(named).rev().max_by_key(length),
            Rule::NamedAfter => {
                mentions.filter(named).find(|&at| self.cast.mentions[at].run.start > part.start)
            }
            _ => mentions.filter(named).rfind(|&at| self.cast.mentions[at].run.end <= part.start),
        };
        let described = || {
            let first = self.cast.members[*member].first;
            Some(first)
                .filter(|&first| first < part.start && *rule == Rule::Again)
                .map(|first| first..first + 1)
        };
        let tokens = found.map(|at| self.cast.mentions[at].name.clone()).or_else(described);
        SpeakerReason {
            words: self.page.span(part.clone()),
            rule: *rule,
            named: tokens.map(|tokens| self.page.span(tokens)),
            known: self.cast.members[*member].known,
        }
    }
}

/// A role without its determiners ("both the") and without forms of address, which tell nothing of an office; none if
/// nothing is left.
fn role(words: &str) -> Option<String> {
    const DETERMINERS: [&str; 4] = ["both", "the", "a", "an"];
    const ADDRESS: [&str; 8] = ["Mr.", "Mrs.", "Ms.", "Miss", "Mr", "Mrs", "Ms", "Dr."];
    let is_determiner = |word: &&str| DETERMINERS.iter().any(|own| word.eq_ignore_ascii_case(own));
    // the time of an entry in a live report: "17:55 Ferry operator"
    let is_time = |word: &&str| {
        word.contains([':', '.']) && word.chars().all(|c| c.is_ascii_digit() || ":.".contains(c))
    };
    let mut role = words.trim_start();
    while let Some(first) = role.split_whitespace().next().filter(|word| is_determiner(word) || is_time(word))
    {
        role = role[first.len()..].trim_start();
    }
    while let Some(rest) = ADDRESS.iter().find_map(|address| role.strip_suffix(address)) {
        role = rest.trim_end_matches([' ', ',']);
    }
    (!role.is_empty()).then(|| role.to_owned())
}
