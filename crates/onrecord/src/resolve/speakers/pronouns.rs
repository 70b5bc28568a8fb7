//! Pronouns: "he", "they", "who", "I" to those they stand for, by number, sex, nearness and who spoke last.

use super::Resolver;
use super::lexicon::{LEXICON, Noun, Sex};
use super::mentions::noun_phrase;
use super::phrase::Description;
use crate::resolve::{Rule, SpeakerType};

/// How much more than a name whoever spoke last stands out.
const TOLD: f32 = 2.0;

/// How many names before a pronoun are looked at.
const LOOK_BACK: usize = 40;

/// What a relative pronoun may stand for.
enum Antecedent {
    Named(usize),
    Noun(Noun),
}

impl Resolver<'_, '_> {
    /// Those whom the pronoun at a token stands for; the pronoun itself, unknown, where nothing tells.
    pub(super) fn pronoun(&mut self, number: usize, at: usize, depth: usize) -> (Vec<usize>, Rule) {
        let found = match self.page.low(at) {
            "he" | "him" | "himself" | "his" => self.person(at, Sex::Male),
            "she" | "her" | "herself" => self.person(at, Sex::Female),
            "it" | "itself" | "its" => self.document(at).or_else(|| self.thing(at)),
            "they" | "them" | "themselves" | "their" => self.many(at),
            "i" | "me" | "my" | "we" | "us" | "our" => {
                self.quoted(number, at, depth).map(|who| (who, Rule::SpeaksAround))
            }
            "who" | "which" | "that" | "whom" | "whose" => self.relative(at).map(|who| (who, Rule::Follows)),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let word = self.page.word(at).to_owned();
            (vec![self.add(word, SpeakerType::Unknown, false, at)], Rule::Unresolved)
        })
    }

    fn kind(&self, member: usize) -> Option<SpeakerType> {
        self.cast.members[member].kind
    }

    /// The person meant by "he" or "she".
    fn person(&mut self, at: usize, sex: Sex) -> Option<(Vec<usize>, Rule)> {
        let fits = |resolver: &Self, member: usize| {
            let member = &resolver.cast.members[member];
            member.kind == Some(SpeakerType::Person) && member.sex.is_none_or(|own| own == sex)
        };
        if let Some(member) = self.bare_name(at) {
            self.cast.members[member].kind = Some(SpeakerType::Person);
            self.cast.members[member].sure = true;
        }
        let after = || self.next_person(at, sex).map(|member| (member, Rule::NamedAfter));
        let (found, rule) = self.nearest(at, fits).or_else(after)?;
        self.cast.members[found].sex.get_or_insert(sex);
        Some((vec![found], rule))
    }

    /// Whoever spoke last, if a single word named them and nothing told whether it was a person.
    fn bare_name(&self, at: usize) -> Option<usize> {
        let (_, who) = self.spoke_before(at)?;
        let &[member] = who else { return None };
        let known = &self.cast.members[member];
        (!known.sure && known.count > 0 && known.kind == Some(SpeakerType::Organisation)).then_some(member)
    }

    /// The person who is named soon after a pronoun that nobody stands before.
    fn next_person(&self, at: usize, sex: Sex) -> Option<usize> {
        let begin = self.cast.mentions.partition_point(|mention| mention.name.start < at);
        self.cast.of[begin..].iter().take(LOOK_BACK).copied().find(|&member| {
            let member = &self.cast.members[member];
            member.kind == Some(SpeakerType::Person)
                && member.count > 1
                && member.sex.is_none_or(|own| own == sex)
        })
    }

    /// Whoever put out the document that spoke last, for "it" right after it.
    fn document(&mut self, at: usize) -> Option<(Vec<usize>, Rule)> {
        let (told, who) = self.spoke_before(at)?;
        let again = self.issued_at == Some(told) && who == self.issued.as_slice();
        let who = who.to_vec();
        again.then(|| {
            self.issued_at = Some(at);
            (who, Rule::Issuer)
        })
    }

    /// The body, place or document meant by "it".
    fn thing(&self, at: usize) -> Option<(Vec<usize>, Rule)> {
        let fits = |resolver: &Self, member: usize| {
            let kind = resolver.kind(member);
            let place = kind == Some(SpeakerType::Place) && resolver.cast.members[member].speaks;
            let known = resolver.cast.members[member].speaks || resolver.cast.members[member].sure;
            place
                || known && kind == Some(SpeakerType::Organisation)
                || kind == Some(SpeakerType::Document)
                || resolver.cast.members[member].count == 0 && kind == Some(SpeakerType::Organisation)
        };
        self.nearest(at, fits).map(|(found, rule)| (vec![found], rule))
    }

    /// Those meant by "they": who spoke last if they were many, else the nearest that may be many.
    fn many(&self, at: usize) -> Option<(Vec<usize>, Rule)> {
        let last = self.spoke_before(at).map(|(_, who)| who).filter(|who| who.len() > 1);
        if let Some(who) = last {
            return Some((who.to_vec(), Rule::SpokeLast));
        }
        let plural = |resolver: &Self, member: usize| resolver.kind(member) == Some(SpeakerType::Group);
        let body = |resolver: &Self, member: usize| {
            let known = resolver.cast.members[member].speaks || resolver.cast.members[member].sure;
            known && resolver.kind(member) == Some(SpeakerType::Organisation)
        };
        let people = self
            .told
            .range(..at)
            .rev()
            .take(4)
            .flat_map(|(_, who)| who)
            .find(|&&member| plural(self, member));
        let people = people.map(|&member| (member, Rule::SpokeLast));
        people.or_else(|| self.nearest(at, body)).map(|(found, rule)| (vec![found], rule))
    }

    /// Of those who fit, the likeliest: weighed by nearness, place in the sentence, and who spoke last.
    pub(super) fn nearest(&self, at: usize, fits: impl Fn(&Self, usize) -> bool) -> Option<(usize, Rule)> {
        let sentence = self.page.sentence(at);
        let mut best: Option<(f32, usize, Rule)> = None;
        let mut consider = |score: f32, member: usize, rule: Rule| {
            if best.is_none_or(|(top, ..)| score > top) {
                best = Some((score, member, rule));
            }
        };
        for (age, (&told, who)) in self.told.range(..at).rev().take(3).enumerate() {
            let apart = sentence.saturating_sub(self.page.sentence(told)) as f32;
            for &member in who.iter().filter(|&&member| fits(self, member)) {
                consider(TOLD - 0.25 * apart - 0.5 * age as f32, member, Rule::SpokeLast);
            }
        }
        let end = self.cast.mentions.partition_point(|mention| mention.name.end <= at);
        for number in
            (end.saturating_sub(LOOK_BACK)..end).rev().filter(|&number| fits(self, self.cast.of[number]))
        {
            consider(self.salience(number, at), self.cast.of[number], Rule::StandsOut);
        }
        best.map(|(_, member, rule)| (member, rule))
    }

    /// How much a mention stands out to a pronoun after it.
    fn salience(&self, number: usize, at: usize) -> f32 {
        let mention = &self.cast.mentions[number];
        let sentence = self.page.sentence(mention.name.start);
        let apart = self.page.sentence(at).saturating_sub(sentence) as f32;
        let earlier = number.checked_sub(1).map(|before| &self.cast.mentions[before]);
        let subject = earlier.is_none_or(|before| self.page.sentence(before.name.start) != sentence);
        let before = mention.run.start.checked_sub(1).and_then(|before| self.page.grammar(before));
        let quoted = self.page.quoted(mention.name.start) && !self.page.quoted(at);
        let owner = matches!(self.page.word(mention.name.end), "'s" | "’s");
        let mut score = 1.0 - 0.5 * apart;
        score += if subject { 0.6 } else { 0.0 };
        score -= if before == Some("preposition") { 0.4 } else { 0.0 };
        score -= if quoted { 0.8 } else { 0.0 };
        score -= if owner { 0.2 } else { 0.0 };
        score -= if self.cast.members[self.cast.of[number]].sure { 0.0 } else { 0.4 };
        score += if self.cast.members[self.cast.of[number]].speaks { 0.5 } else { 0.0 };
        score + 0.03 * self.cast.members[self.cast.of[number]].count.min(10) as f32
    }

    /// Whoever speaks where "I" or "we" stands: the speaker of the statement around it.
    fn quoted(&mut self, number: usize, at: usize, depth: usize) -> Option<Vec<usize>> {
        let outer =
            self.frames[number].attribution.within.filter(|&outer| outer != number && depth < super::DEPTH);
        let outer = outer.filter(|&outer| outer < self.frames.len());
        if let Some(outer) = outer {
            return Some(self.resolve(outer, depth + 1)).filter(|who| !who.is_empty());
        }
        let one = matches!(self.page.low(at), "i" | "me" | "my");
        let (_, who) = self.spoke_before(at).filter(|_| one && self.page.quoted(at))?;
        Some(who.to_vec())
    }

    /// Whoever stands before "who", "which" or "that".
    fn relative(&mut self, at: usize) -> Option<Vec<usize>> {
        let person = matches!(self.page.low(at), "who" | "whom" | "whose");
        let sentence = self.page.sentence(at);
        let begin = at.saturating_sub(25);
        for before in (begin..at).rev().take_while(|&before| self.page.sentence(before) == sentence) {
            match self.antecedent(before, person) {
                Some(Antecedent::Named(member)) => return Some(vec![member]),
                Some(Antecedent::Noun(noun)) => return Some(self.described_before(before, noun)),
                None => {}
            }
        }
        None
    }

    /// What a token before a relative pronoun offers it.
    fn antecedent(&self, before: usize, person: bool) -> Option<Antecedent> {
        if let Some(number) = self.cast.mention_at(before) {
            let member = self.cast.of[number];
            let kind = self.kind(member).filter(|kind| *kind != SpeakerType::Unknown)?;
            return ((kind == SpeakerType::Person) == person).then_some(Antecedent::Named(member));
        }
        let noun = LEXICON.noun(self.page.low(before)).filter(|_| !self.page.is_capital(before))?;
        let human = matches!(noun.kind, SpeakerType::Person | SpeakerType::Group);
        (human == person).then_some(Antecedent::Noun(noun))
    }

    /// Whoever the noun phrase that ends with `head` stands for.
    fn described_before(&mut self, head: usize, noun: Noun) -> Vec<usize> {
        let range = noun_phrase(self.page, head);
        // "Ann Doe, a lawyer, who said" is about Ann Doe
        let owner = range.start.checked_sub(2).filter(|_| self.page.word(range.start - 1) == ",");
        let owner = owner.and_then(|before| self.cast.mention_at(before)).map(|number| self.cast.of[number]);
        match owner.filter(|&member| self.kind(member) == Some(noun.kind)) {
            Some(member) => vec![member],
            None => self.description(&Description { whole: range.clone(), head: range, noun: Some(noun) }).0,
        }
    }
}
