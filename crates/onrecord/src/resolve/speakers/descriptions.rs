//! Descriptions: "the president", "the company", "a spokesman" to the one they describe, or to themselves.

use super::Resolver;
use super::cast::NEAR;
use super::lexicon::{LEXICON, Noun, Sex};
use super::phrase::Description;
use crate::resolve::{Rule, SpeakerType};

/// The sentences of an article that may describe before they name.
const OPENING: u32 = 3;

/// The tokens within which the name then follows.
const SOON: usize = 150;

/// So often an article names whom it is about, at least.
const MAIN: usize = 3;

/// How many names back the two of "both presidents" may stand.
const PAIR: usize = 30;

impl Resolver<'_, '_> {
    /// Those whom a description stands for.
    pub(super) fn description(&mut self, description: &Description) -> (Vec<usize>, Rule) {
        let definite = self.page.low(description.whole.start) == "the";
        // the study told of last is meant before another one
        let other = self.issued_noun != self.page.low(description.head.end - 1);
        if let Some(makers) = self.makers(description).filter(|_| definite && other) {
            return (makers, Rule::Issuer);
        }
        let document = description.noun.is_some_and(|noun| noun.tag == "issued" && !noun.plural);
        if document && definite && !self.issued.is_empty() {
            return (self.issued.clone(), Rule::Issuer);
        }
        if let Some(two) = self.pair(description) {
            return (two, Rule::Together);
        }
        // of a man and a woman described so before, no named one is meant
        if let Some(met) =
            self.again(description).filter(|_| description.noun.is_some_and(|n| n.sex.is_some()))
        {
            return (vec![met], Rule::Again);
        }
        let paper = self.page.low(description.head.end - 1) == "paper";
        if let Some(makers) = self.makers(description).filter(|_| paper) {
            return (makers, Rule::Issuer);
        }
        let known = match description.noun {
            Some(noun) if self.is_definite(description) => self.holder(description, noun),
            Some(noun) => self.named_soon(description, noun).map(|member| (member, Rule::Role)),
            None => None,
        };
        if let Some((firm, _)) = known.filter(|_| description.noun.is_some_and(|noun| noun.tag == "generic"))
        {
            self.cast.members[firm].kind = Some(SpeakerType::Organisation);
        }
        if known.is_none()
            && let Some(makers) = self.makers(description)
        {
            return (makers, Rule::Issuer);
        }
        let again = || self.again(description).map(|member| (member, Rule::Again));
        let (found, rule) =
            known.or_else(again).unwrap_or_else(|| (self.describe(description), Rule::Unnamed));
        (vec![found], rule)
    }

    /// Those whom the article names as the makers of its one document that a description can mean: "a new study".
    fn makers(&self, description: &Description) -> Option<Vec<usize>> {
        let head = self.page.low(description.head.end - 1);
        let document = |noun: &Noun| noun.kind == SpeakerType::Document || head == "paper";
        description.noun.filter(|noun| document(noun) && !noun.plural)?;
        let others =
            matches!(self.page.low(description.whole.start), "another" | "other" | "one" | "previous");
        // a document that other names stand in is another one
        let named = description.whole.clone().any(|at| self.cast.mention_at(at).is_some());
        let makers = self.makers.of(head).filter(|_| !others && !named);
        makers.map(<[usize]>::to_vec)
    }

    /// Whether a description points back: "the ministry", "his lawyer", "police"; not "a minister".
    fn is_definite(&self, description: &Description) -> bool {
        let first = self.page.low(description.whole.start);
        let open = self.page.grammar(description.whole.start) == Some("determiner")
            && !matches!(
                first,
                "the" | "this" | "that" | "these" | "those" | "its" | "his" | "her" | "their" | "both"
            );
        !open
    }

    /// The two whom "both presidents" or "the two leaders" means: the last two named whose role it is.
    fn pair(&self, description: &Description) -> Option<Vec<usize>> {
        let noun = description.noun.filter(|noun| noun.plural && noun.kind == SpeakerType::Group)?;
        let at = description.whole.start;
        if let Some(several) = self.several(description, noun) {
            return Some(several);
        }
        let two = self.page.low(at) == "both" || self.page.low(at) == "the" && self.page.low(at + 1) == "two";
        let head = LEXICON.singular(self.page.low(description.head.end - 1));
        let end = self.cast.mentions.partition_point(|mention| mention.name.end <= at);
        let office = |word: &str| LEXICON.noun(word).is_some_and(|noun| noun.tag == "office");
        let mut found: Vec<usize> = Vec::new();
        for &member in self.cast.of[end.saturating_sub(PAIR)..end].iter().rev() {
            let role = self.cast.members[member].role_words.contains(&head)
                || head == "leader" && self.cast.members[member].role_words.iter().any(|word| office(word));
            let person = self.cast.members[member].kind == Some(SpeakerType::Person);
            if role && person && !found.contains(&member) && found.len() < 2 {
                found.insert(0, member);
            }
        }
        if two && found.len() < 2 {
            return self.two_before(at);
        }
        (two && found.len() == 2).then_some(found)
    }

    /// The two people whom the last sentence with people names, if it names two.
    fn two_before(&self, at: usize) -> Option<Vec<usize>> {
        let end = self.cast.mentions.partition_point(|mention| mention.name.end <= at);
        let person =
            |&number: &usize| self.cast.members[self.cast.of[number]].kind == Some(SpeakerType::Person);
        let sentence = |number: usize| self.page.sentence(self.cast.mentions[number].name.start);
        let near: Vec<usize> = (end.saturating_sub(PAIR)..end).filter(person).collect();
        let last = sentence(*near.last()?);
        let mut two: Vec<usize> = Vec::new();
        for number in near.into_iter().filter(|&number| sentence(number) == last) {
            if !two.contains(&self.cast.of[number]) {
                two.push(self.cast.of[number]);
            }
        }
        let close = self.page.sentence(at).saturating_sub(last) <= 2;
        (close && two.len() == 2).then_some(two)
    }

    /// Those who spoke together last, for "the women", "the couple".
    fn several(&self, description: &Description, noun: Noun) -> Option<Vec<usize>> {
        let head = self.page.low(description.head.end - 1);
        let wrote = matches!(head, "authors" | "researchers") && description.head.len() == 2;
        if wrote && self.issued.len() > 1 && self.page.low(description.head.start) == "the" {
            return Some(self.issued.clone());
        }
        let together = noun.sex.is_some() || matches!(head, "couple" | "duo" | "trio");
        let plain = together && description.head.len() == 2 && self.page.low(description.head.start) == "the";
        let fits = |&member: &usize| {
            let member = &self.cast.members[member];
            let sex = member.sex.is_none() || noun.sex.is_none() || member.sex == noun.sex;
            member.kind == Some(SpeakerType::Person) && sex
        };
        let last = self.told.range(..description.whole.start).rev().take(4).map(|(_, who)| who);
        let who = last.filter(|_| plain).find(|who| who.len() > 1)?;
        who.iter().all(fits).then(|| who.clone())
    }

    /// The named one whom a description fits.
    fn holder(&self, description: &Description, noun: Noun) -> Option<(usize, Rule)> {
        let head = self.page.low(description.head.end - 1);
        let by = |rule| move |member| (member, rule);
        let last = || self.last_person(description, noun).map(by(Rule::Description));
        match noun.kind {
            SpeakerType::Person if matches!(self.page.low(description.whole.start), "his" | "her") => self
                .in_role(description, head)
                .filter(|&member| self.is_theirs(member, description))
                .map(by(Rule::Role)),
            SpeakerType::Person => {
                let main = || self.main_person(description, noun).map(by(Rule::Description));
                self.in_role(description, head).map(by(Rule::Role)).or_else(last).or_else(main)
            }
            SpeakerType::Organisation if !noun.plural => {
                self.body(description, head, noun).map(by(Rule::Description))
            }
            SpeakerType::Document if !noun.plural && noun.tag == "issued" => {
                self.issuer(description).map(by(Rule::Issuer))
            }
            SpeakerType::Place if !noun.plural && description.head.len() <= 2 => {
                self.last_place(description.whole.start, head).map(by(Rule::Description))
            }
            _ => None,
        }
    }

    /// The person whose role has the head noun, and most of the other words; of equals, who was named last.
    fn in_role(&self, description: &Description, head: &str) -> Option<usize> {
        let at = description.whole.start;
        let modifiers: Vec<&str> = (at..description.head.end - 1)
            .map(|at| self.page.low(at))
            .filter(|low| LEXICON.grammar.tag(low).is_none())
            .collect();
        let holders = self.cast.by_word.get(LEXICON.office(head))?.iter().rev().take(NEAR);
        let people = holders.filter(|&&member| self.cast.members[member].kind == Some(SpeakerType::Person));
        let score = |&&member: &&usize| {
            let member = &self.cast.members[member];
            let shared =
                modifiers.iter().filter(|word| member.role_words.iter().any(|own| own == *word)).count();
            let lesser =
                |word: &&str| member.role_words.iter().any(|own| own == word) && !modifiers.contains(word);
            let lesser = ["shadow", "former", "deputy", "vice", "assistant"].iter().any(lesser);
            (shared, !lesser, member.first < at, member.count)
        };
        let found = people.max_by_key(score)?;
        // "Doe's lawyer" is nobody's lawyer but Doe's
        let named = (at..description.head.end - 1)
            .filter_map(|at| self.cast.mention_at(at))
            .any(|number| self.cast.members[self.cast.of[number]].kind == Some(SpeakerType::Person));
        (!named || score(&found).0 > 0).then_some(*found)
    }

    /// The last named person who spoke, for an office or a capitalised word ("the Scot") that no role tells.
    fn last_person(&self, description: &Description, noun: Noun) -> Option<usize> {
        let at = description.whole.start;
        let capital = self.page.is_capital(description.head.end - 1);
        let modified =
            (at..description.head.end).any(|at| self.page.is_capital(at) && self.page.low(at) != "the");
        let fits = capital
            || (noun.tag == "office" || noun.sex.is_some()) && description.head.len() <= 2
            || modified && noun.tag != "source";
        let (_, who) = self.spoke_before(at).filter(|_| fits && self.page.low(at) == "the")?;
        let person = |&&member: &&usize| {
            let member = &self.cast.members[member];
            let sex = noun.sex.is_none() || member.sex == noun.sex;
            member.kind == Some(SpeakerType::Person) && !member.anonymous && member.count > 0 && sex
        };
        who.iter().find(person).copied()
    }

    /// The person whom an article is about, whom it gives no role: those in office go without introduction.
    fn main_person(&self, description: &Description, noun: Noun) -> Option<usize> {
        let at = description.whole.start;
        let office = noun.tag == "office" && description.head.len() <= 3 && self.page.low(at) == "the";
        let mut people: Vec<(usize, usize)> = (0..self.cast.members.len())
            .map(|member| (self.cast.members[member].count, member))
            .filter(|&(_, member)| {
                let member = &self.cast.members[member];
                member.kind == Some(SpeakerType::Person) && member.role.is_none() && member.first < at
            })
            .collect();
        people.sort_unstable();
        let &(most, member) = people.last().filter(|_| office)?;
        let next = people.iter().rev().nth(1).map_or(0, |&(count, _)| count);
        (most >= MAIN && most >= 2 * next).then_some(member)
    }

    /// The one whom the opening of an article describes before it names them: "A second judge ruled".
    fn named_soon(&self, description: &Description, noun: Noun) -> Option<usize> {
        let at = description.whole.start;
        let head = LEXICON.office(self.page.low(description.head.end - 1));
        if noun.plural || noun.tag == "source" || self.page.sentence(at) > OPENING {
            return None;
        }
        let soon = |&&member: &&usize| {
            let member = &self.cast.members[member];
            member.kind == Some(noun.kind) && member.first > at && member.first < at + SOON
        };
        self.cast.by_word.get(head)?.iter().find(soon).copied()
    }

    /// The body whose name or description has the head noun, or the last one that spoke.
    fn body(&self, description: &Description, head: &str, noun: Noun) -> Option<usize> {
        let at = description.whole.start;
        let plain = description.head.len() <= 2;
        let head = LEXICON.office(head);
        let named = self.cast.by_word.get(head).into_iter().flatten().rev().take(NEAR);
        let modifiers = || (at..description.head.end - 1).filter(|&at| self.page.grammar(at).is_none());
        let named = named.filter(|&&member| {
            let member = &self.cast.members[member];
            let shared = || modifiers().all(|at| member.words.iter().any(|own| own == self.page.low(at)));
            member.kind == Some(SpeakerType::Organisation) && member.first < at && (plain || shared())
        });
        let named = named.max_by_key(|&&member| self.cast.members[member].count).copied();
        let open = noun.tag == "generic" || noun.tag == "news";
        let back =
            open && matches!(self.page.low(at), "the" | "this" | "its") && (plain || noun.tag == "generic");
        named
            .or_else(|| self.last_of(at, SpeakerType::Organisation).filter(|_| back))
            .or_else(|| self.last_firm(at).filter(|_| back))
    }

    /// The last one that spoke, of those that two plain words name: they may be a firm's.
    fn last_firm(&self, at: usize) -> Option<usize> {
        let firm = |member: &usize| {
            let member = &self.cast.members[*member];
            !member.sure && member.sex.is_none() && member.count > 0
        };
        self.told.range(..at).rev().take(NEAR).flat_map(|(_, who)| who).copied().find(firm)
    }

    /// Whoever put out "the statement": who spoke last, if the article names them.
    fn issuer(&self, description: &Description) -> Option<usize> {
        let at = description.whole.start;
        let work = matches!(
            self.page.low(description.head.end - 1),
            "film" | "book" | "memoir" | "documentary" | "essay"
        );
        let fits = |member: &usize| match self.cast.members[*member].kind {
            Some(SpeakerType::Person) => true,
            Some(SpeakerType::Organisation) => !work,
            _ => false,
        };
        self.told
            .range(..at)
            .rev()
            .take(2)
            .flat_map(|(_, who)| who)
            .copied()
            .filter(|&member| self.cast.members[member].count > 0)
            .find(fits)
    }

    /// Whether a role is that of somebody of whomever "his" or "her" is for: "his lawyer" is no lawyer of others.
    fn is_theirs(&self, member: usize, description: &Description) -> bool {
        let at = description.whole.start;
        let sex = if self.page.low(at) == "his" { Sex::Male } else { Sex::Female };
        let member = &self.cast.members[member];
        let fits = |resolver: &Self, owner: usize| {
            let owner = &resolver.cast.members[owner];
            owner.kind == Some(SpeakerType::Person) && owner.sex.is_none_or(|own| own == sex)
        };
        let owner = self.nearest(at, fits).map(|(owner, _)| &self.cast.members[owner]);
        let named =
            owner.and_then(|owner| owner.words.last()).is_some_and(|last| member.role_words.contains(last));
        let owned = ["his", "her"].iter().any(|own| member.role_words.iter().any(|word| word == own));
        (named || owned) && owner.is_none_or(|owner| owner.first != member.first)
    }

    /// The last place that spoke, else that the text names last, of the kind that a noun tells.
    fn last_place(&self, at: usize, head: &str) -> Option<usize> {
        let tags: &[&str] = match head {
            "state" | "province" => &["region"],
            "city" | "town" => &["city", "capital"],
            _ => &["country"],
        };
        let fits = |member: &usize| {
            let member = &self.cast.members[*member];
            let tag = LEXICON.places.tag(&member.name);
            member.kind == Some(SpeakerType::Place) && tag.is_some_and(|tag| tags.contains(&tag))
        };
        let spoke = self.told.range(..at).rev().take(NEAR).flat_map(|(_, who)| who).copied().find(fits);
        let end = self.cast.mentions.partition_point(|mention| mention.name.end <= at);
        spoke.or_else(|| self.cast.of[end.saturating_sub(NEAR)..end].iter().rev().copied().find(fits))
    }

    /// The last one of a kind who spoke, else whom the text names last.
    fn last_of(&self, at: usize, kind: SpeakerType) -> Option<usize> {
        let of_kind = |member: &usize| self.cast.members[*member].kind == Some(kind);
        let spoke = self.told.range(..at).rev().take(NEAR).flat_map(|(_, who)| who).copied().find(of_kind);
        let end = self.cast.mentions.partition_point(|mention| mention.name.end <= at);
        let named = self.cast.of[end.saturating_sub(NEAR)..end].iter().rev().copied().find(of_kind);
        spoke.or(named)
    }

    /// The same description met before: "the official" after "a senior official".
    fn again(&self, description: &Description) -> Option<usize> {
        let head = self.page.low(description.head.end - 1);
        let first = self.page.low(description.whole.start);
        let pointed = matches!(first, "the" | "this" | "that" | "these" | "those");
        let length = description.whole.len();
        let plain = length == 1 && !self.page.is_capital(description.head.end - 1)
            || length == 2 && pointed
            || length == 1
                && !LEXICON.places.has(self.page.word(description.head.end - 1).trim_end_matches('s'));
        let back = plain && first != "some" && first != "others";
        self.described.get(head)?.last().copied().filter(|_| back)
    }

    /// A new member of the cast, named by the description.
    fn describe(&mut self, description: &Description) -> usize {
        let name = self.page.slice(description.whole.clone());
        let kind = self.described_kind(description);
        let anonymous = self.is_anonymous(description, kind);
        let known = self.registry.find_description(&name);
        let number = self.add(name, kind, anonymous, description.whole.start);
        let member = &mut self.cast.members[number];
        member.sex = description.noun.and_then(|noun| noun.sex);
        member.known = known;
        if let Some(entry) = known.and_then(|known| self.registry.entry(known)) {
            member.kind = Some(entry.kind);
            member.anonymous = false;
        }
        let head = self.page.low(description.head.end - 1).to_owned();
        self.described.entry(head).or_default().push(number);
        number
    }

    fn described_kind(&self, description: &Description) -> SpeakerType {
        let first = self.page.low(description.whole.start);
        let last = self.page.word(description.head.end - 1);
        let of_people = self.page.low(description.head.end) == "of"
            && (description.head.end..description.whole.end).any(|at| {
                LEXICON.noun(self.page.low(at)).is_some_and(|noun| noun.kind == SpeakerType::Group)
            });
        match description.noun {
            Some(noun) if noun.tag == "generic" && of_people => SpeakerType::Group,
            Some(noun) => noun.kind,
            None if self.page.is_capital(description.head.end - 1) => SpeakerType::Organisation,
            None if matches!(first, "some" | "many" | "others" | "most" | "few") => SpeakerType::Group,
            None if last.ends_with('s') && !last.ends_with("ss") => SpeakerType::Group,
            None => SpeakerType::Unknown,
        }
    }

    /// Whether a description is of a particular person who goes unnamed: not a holder of public office.
    fn is_anonymous(&self, description: &Description, kind: SpeakerType) -> bool {
        let head = self.page.low(description.head.end - 1);
        let sources = matches!(head, "sources" | "source");
        let tag = description.noun.map_or("", |noun| noun.tag);
        let words = || description.whole.clone().map(|at| self.page.low(at));
        // "Doe's widow" is known, if not by name
        let owned =
            words().take(description.head.len()).any(|low| matches!(low, "'s" | "’s" | "his" | "her"));
        let counted = matches!(self.page.low(description.whole.start), "two" | "three" | "four" | "five");
        let told = tag == "source" || words().any(|low| matches!(low, "familiar" | "briefed"));
        match kind {
            SpeakerType::Person => tag == "source" || tag != "office" && !owned,
            SpeakerType::Group => sources || counted && told || words().any(|low| low == "anonymity"),
            _ => false,
        }
    }
}
