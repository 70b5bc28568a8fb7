//! What a source says: its words cut into those who speak together, each a pronoun, a name or a description.

use std::ops::Range;

use super::cast::Cast;
use super::lexicon::{LEXICON, Noun};
use super::mentions::is_joint;
use super::page::Page;
use crate::resolve::SpeakerType;

/// One of those who speak in a source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A pronoun, where it stands.
    Pronoun(usize),
    /// The number of a mention, with the tokens that describe it.
    Name(usize, Option<Range<usize>>),
    /// A description: where its head noun ends, and where all of it does.
    Description(Description),
}

/// "a spokesman for the ministry": the words, the head noun, what the noun tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Description {
    /// All its words but relative clauses.
    pub(super) whole: Range<usize>,
    /// The words up to the head noun.
    pub(super) head: Range<usize>,
    pub(super) noun: Option<Noun>,
}

/// Cuts a source into its parts.
pub(super) fn parts(page: &Page<'_>, cast: &Cast, source: Range<usize>) -> Vec<Part> {
    let source = trim(page, source);
    // "three of them, A, B and C" is cut at its own "and" only
    if let Some(Part::Description(description)) = part(page, cast, source.clone())
        && let Some(named) = named_members(page, cast, &description, source.end)
    {
        return named;
    }
    members(page, cast, source).into_iter().flat_map(|range| by(page, cast, range)).collect()
}

/// One part; where it is a document by somebody, those.
fn by(page: &Page<'_>, cast: &Cast, range: Range<usize>) -> Vec<Part> {
    let one = part(page, cast, range.clone());
    let Some(Part::Description(description)) = &one else { return one.into_iter().collect() };
    let end = description.head.end;
    let paper = page.low(end - 1) == "paper";
    let document = paper || description.noun.is_some_and(|noun| noun.kind == SpeakerType::Document);
    if let Some(named) = named_members(page, cast, description, range.end) {
        return named;
    }
    let by =
        (end..range.end.min(end + 4)).find(|&at| matches!(page.low(at), "by" | "from")).filter(|_| document);
    let by = by.filter(|&at| (end..at).all(|at| page.word(at) != ","));
    let makers = by.map(|at| parts(page, cast, at + 1..range.end)).unwrap_or_default();
    if makers.iter().any(|maker| matches!(maker, Part::Name(..))) {
        makers
    } else {
        one.into_iter().collect()
    }
}

/// The members of a group that the source names after it: "three parties -- A, B and C".
fn named_members(page: &Page<'_>, cast: &Cast, description: &Description, end: usize) -> Option<Vec<Part>> {
    let counted = matches!(page.low(description.head.start), "two" | "three" | "four" | "five" | "both")
        && page.low(description.head.end) == "of";
    if !counted && !description.noun.is_some_and(|noun| noun.plural) {
        return None;
    }
    let at = (description.head.end..end)
        .find(|&at| matches!(page.word(at), "," | "-" | "--" | "—" | "–" | ":"))?;
    // ", who include"
    let told =
        matches!(page.low(at + 1), "which" | "who") && matches!(page.low(at + 2), "include" | "included");
    let begin = if told { at + 3 } else { at + 1 };
    let next = if page.grammar(begin) == Some("determiner") { begin + 1 } else { begin };
    cast.mention_at(next).filter(|_| begin < end)?;
    let members = parts(page, cast, begin..end);
    let one = page.low(description.head.start) == "one";
    let named = members.iter().all(|part| matches!(part, Part::Name(..)));
    (named && (members.len() > 1 || one)).then_some(members)
}

/// A range without marks at its ends.
fn trim(page: &Page<'_>, range: Range<usize>) -> Range<usize> {
    let is_word =
        |at: &usize| page.word(*at).contains(char::is_alphanumeric) && !matches!(page.word(*at), "'s" | "’s");
    let begins = |at: &usize| is_word(at) && !matches!(page.low(*at), "said" | "says" | "and" | "but" | "by");
    let begin = range.clone().find(begins).unwrap_or(range.end);
    let end = (begin..range.end).rev().find(is_word).map_or(begin, |at| at + 1);
    // "Del. Ann Doe": a stop after a short title ends no sentence
    let short = page.word(begin).len() <= 4 && page.word(begin + 1) == "." && page.is_capital(begin + 2);
    let begin = if short && begin + 2 < end { begin + 2 } else { begin };
    begin..end
}

/// The end of the mention that covers a token, if one does.
fn mention_end(cast: &Cast, at: usize) -> Option<usize> {
    cast.mention_at(at).map(|number| cast.mentions[number].run.end)
}

/// Those who speak together: "X and Y", "X, Y and Z".
fn members(page: &Page<'_>, cast: &Cast, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut begin = range.start;
    let mut at = begin;
    while at < range.end {
        if let Some(end) = mention_end(cast, at) {
            at = end;
            continue;
        }
        match page.word(at) {
            "and" | "&"
                if stands(page, cast, begin..at) && joins(page, cast, begin..at, at + 1..range.end) =>
            {
                out.push(begin..at);
                begin = at + 1;
            }
            "," if lists(page, cast, begin..at, at + 1..range.end) => {
                out.push(begin..at);
                begin = at + 1;
            }
            "," if !out.is_empty() && ends_list(page, cast, begin..at, at + 1..range.end) => {
                out.push(begin..at);
                begin = at + 2;
                at += 1;
            }
            "(" => at = (at..range.end).find(|&at| page.word(at) == ")").unwrap_or(at),
            "," => at = after_apposition(page, at, range.end),
            _ if is_joint(page, at) => match second_group(page, cast, begin..range.end, at) {
                Some(and) => {
                    out.push(begin..and);
                    begin = and + 1;
                    at = and;
                }
                None => break,
            },
            _ => {}
        }
        at += 1;
    }
    out.push(begin..range.end);
    out
}

/// The "and" after which another group speaks: "critics of the plan and local leaders".
fn second_group(page: &Page<'_>, cast: &Cast, range: Range<usize>, joint: usize) -> Option<usize> {
    let many = |noun: Option<Noun>| noun.is_some_and(|noun| noun.plural);
    let before = joint.checked_sub(1).filter(|head| range.contains(head))?;
    // "states led by the coast and farmers"
    let led = before > range.start && is_participle(page, before, range.end);
    let head = if led { before - 1 } else { before };
    let and = (joint..range.end)
        .find(|&at| page.word(at) == "and")
        .filter(|_| head >= range.start && many(LEXICON.noun(page.low(head))))?;
    let comma = (joint..and).any(|at| matches!(page.word(at), "," | "who" | "which"));
    match part(page, cast, and + 1..range.end) {
        Some(Part::Description(right)) if !comma && many(right.noun) => Some(and),
        _ => None,
    }
}

/// The comma before the "and" that ends an apposition; else the range's end.
fn after_apposition(page: &Page<'_>, comma: usize, end: usize) -> usize {
    (comma + 1..end).find(|&at| page.word(at) == "," && page.word(at + 1) == "and").unwrap_or(end)
}

/// Whether the words before an "and" can stand alone.
fn stands(page: &Page<'_>, cast: &Cast, left: Range<usize>) -> bool {
    let Some(last) = left.end.checked_sub(1).filter(|last| left.contains(last)) else { return false };
    let last = match page.word(last) {
        "," => last.saturating_sub(1),
        ")" => left.clone().find(|&at| page.word(at) == "(").unwrap_or(last).saturating_sub(1),
        _ => last,
    };
    left.clone().any(|at| page.word(at) == ",")
        || mention_end(cast, last).is_some()
        || LEXICON.noun(page.low(last)).is_some()
        || agents(page.low(last)).is_some()
        || page.grammar(last) == Some("pronoun")
}

/// A plural that the lists lack and that names people by what they do, as far as its ending tells.
fn agents(low: &str) -> Option<Noun> {
    let many = low.len() > 5 && ["ers", "ors", "ists", "ians"].iter().any(|end| low.ends_with(end));
    many.then_some(Noun { kind: SpeakerType::Group, tag: "person", plural: true, sex: None })
}

/// Whether the words after an "and" are somebody else, not more of the same: "US and South Korean officials".
fn joins(page: &Page<'_>, cast: &Cast, left: Range<usize>, right: Range<usize>) -> bool {
    let adjective = left.len() <= 3
        && cast.mention_at(left.end - 1).is_some_and(|number| {
            let kind = cast.members[cast.of[number]].kind;
            matches!(kind, Some(SpeakerType::Place | SpeakerType::Unknown | SpeakerType::Organisation))
        });
    match part(page, cast, right.clone()) {
        // "his wife and present rival Ann Doe" is one
        Some(Part::Name(_, Some(role))) => {
            let one =
                LEXICON.noun(page.low(left.end - 1)).is_some_and(|noun| noun.kind == SpeakerType::Person);
            let plain = !page.is_capital(role.start) && page.grammar(role.start).is_none();
            !(one && plain && cast.mention_at(left.end - 1).is_none())
        }
        Some(Part::Name(..)) => true,
        Some(Part::Description(description)) => {
            let determined = matches!(page.grammar(right.start), Some("determiner" | "pronoun"));
            description.noun.is_some() && (!adjective || determined)
        }
        Some(Part::Pronoun(_)) => true,
        None => false,
    }
}

/// Whether a comma stands in a list of names: a name on either side, and an "and" before the last.
fn lists(page: &Page<'_>, cast: &Cast, left: Range<usize>, right: Range<usize>) -> bool {
    let named = left
        .end
        .checked_sub(1)
        .is_some_and(|last| left.contains(&last) && mention_end(cast, last) == Some(left.end));
    let next = if page.grammar(right.start) == Some("determiner") { right.start + 1 } else { right.start };
    let Some(end) = mention_end(cast, next).filter(|_| named && next < right.end) else { return false };
    matches!(page.word(end), "," | "and") && right.clone().any(|at| page.word(at) == "and")
}

/// Whether a comma with its "and" stands before the last name of a list.
fn ends_list(page: &Page<'_>, cast: &Cast, left: Range<usize>, right: Range<usize>) -> bool {
    let named = left.end > left.start && mention_end(cast, left.end - 1) == Some(left.end);
    let next = right.start + 1 + usize::from(page.grammar(right.start + 1) == Some("determiner"));
    named && page.word(right.start) == "and" && next < right.end && cast.mention_at(next).is_some()
}

/// One who speaks.
fn part(page: &Page<'_>, cast: &Cast, range: Range<usize>) -> Option<Part> {
    let range = trim(page, range);
    if range.is_empty() {
        return None;
    }
    if is_pronoun(page, range.clone()) {
        return Some(Part::Pronoun(range.start));
    }
    let head_end = head_end(page, cast, range.clone());
    if let Some(number) = maker(page, cast, range.clone()) {
        return Some(Part::Name(number, None));
    }
    if let Some(number) = head_name(cast, range.start, head_end) {
        let number = last_person(page, cast, range.clone(), number).unwrap_or(number);
        let name = &cast.mentions[number];
        let before = (range.start < name.name.start).then_some(range.start..name.name.start);
        return Some(Part::Name(number, before));
    }
    let own = range.start + usize::from(page.low(range.start) == "its" && head_end > range.start + 1);
    let range = own..range.end;
    let head = own..head_end;
    let last = page.low(head.end - 1);
    let noun = LEXICON.noun(last).or_else(|| agents(last)).or_else(|| inner_noun(page, head.clone()));
    let description =
        Description { whole: range.start..whole_end(page, range.clone(), head_end, noun), head, noun };
    Some(beside(page, cast, &description, range.end).unwrap_or(Part::Description(description)))
}

/// The person whom a phrase that begins with another name ends with: "Agency for Rivers in Norland envoy Ann Doe".
fn last_person(page: &Page<'_>, cast: &Cast, range: Range<usize>, first: usize) -> Option<usize> {
    let number = cast.mention_at(range.end - 1).filter(|&number| number != first)?;
    let kind = |number: usize| cast.members[cast.of[number]].kind;
    let role = cast.mentions[number].run.start.checked_sub(1).filter(|&before| !page.is_capital(before))?;
    let office = LEXICON.noun(page.low(role)).is_some_and(|noun| noun.kind == SpeakerType::Person);
    let apposed = (range.start..role).any(|at| matches!(page.word(at), "," | "and") || page.low(at) == "who");
    let person = kind(number) == Some(SpeakerType::Person) && kind(first) != Some(SpeakerType::Person);
    (person && office && !apposed).then_some(number)
}

/// Whose work a source names: "Doe's “Thirteen”".
fn maker(page: &Page<'_>, cast: &Cast, range: Range<usize>) -> Option<usize> {
    let number = cast.mention_at(range.start)?;
    let end = cast.mentions[number].run.end;
    let owned = matches!(page.word(end), "'s" | "’s") && page.is_mark(end + 1) && end + 1 < range.end;
    owned.then_some(number)
}

fn is_pronoun(page: &Page<'_>, range: Range<usize>) -> bool {
    let personal = matches!(
        page.low(range.start),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "him"
            | "them"
            | "us"
            | "me"
            | "her"
            | "his"
            | "its"
            | "their"
            | "my"
            | "our"
            | "your"
            | "who"
            | "which"
            | "that"
            | "whom"
            | "whose"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
    );
    let possessive = matches!(
        page.low(range.start),
        "her" | "his" | "its" | "their" | "my" | "our" | "your" | "that" | "whose"
    );
    personal
        && !page.is_acronym(range.start)
        && (range.len() == 1 || !possessive && page.low(range.start) != "us")
}

/// Where the head of the phrase ends: before a preposition, a comma, a relative clause.
fn head_end(page: &Page<'_>, cast: &Cast, range: Range<usize>) -> usize {
    let mut at = range.start;
    while at < range.end {
        if let Some(end) = mention_end(cast, at) {
            at = end;
        } else if at > range.start && (is_joint(page, at) || is_participle(page, at, range.end)) {
            break;
        } else {
            at += 1;
        }
    }
    let end = at.clamp(range.start + 1, range.end);
    // "the ministry's" ends with the ministry
    if end > range.start + 1 && matches!(page.word(end - 1), "'s" | "’s" | "'" | "’") {
        end - 1
    } else {
        end
    }
}

/// Whether a participle begins a clause that describes the noun before it: "officials briefed on the talks".
fn is_participle(page: &Page<'_>, at: usize, end: usize) -> bool {
    let low = page.low(at);
    if low == "being" {
        return LEXICON.noun(page.low(at - 1)).is_some();
    }
    let form = (low.ends_with("ed") || low.ends_with("ing")) && low.len() > 4
        || matches!(low, "familiar" | "close" | "seen" | "held" | "led");
    form && at < end
        && LEXICON.noun(page.low(at - 1)).is_some()
        && LEXICON.noun(low).is_none()
        && !page.is_capital(at)
        && (at + 1 == end
            || is_joint(page, at + 1)
            || page.grammar(at + 1).is_some()
            || low.ends_with("ing") && page.is_capital(at + 1))
}

/// The name that a phrase ends with, or that a mark follows: "DuVernay's “13th”".
fn head_name(cast: &Cast, begin: usize, end: usize) -> Option<usize> {
    let number = cast.mention_at(end - 1)?;
    (cast.mentions[number].run.end >= end && cast.mentions[number].name.end > begin).then_some(number)
}

/// The last known noun of a phrase whose last word is none: "people most affected".
fn inner_noun(page: &Page<'_>, head: Range<usize>) -> Option<Noun> {
    head.rev().find_map(|at| LEXICON.noun(page.low(at)))
}

/// Where the words of a description end: relative clauses and what follows a comma are cut.
fn whole_end(page: &Page<'_>, range: Range<usize>, head_end: usize, noun: Option<Noun>) -> usize {
    let document = noun.is_some_and(|noun| noun.kind == SpeakerType::Document);
    let many = noun.is_some_and(|noun| noun.kind == SpeakerType::Group);
    // "those who waited" are nobody without their clause
    let those = (range.start..range.end).any(|at| page.low(at) == "those" && page.low(at + 1) == "who");
    let stop = |&at: &usize| {
        matches!(
            page.low(at),
            "who" | "which" | "," | "(" | "--" | "—" | "–" | "whose" | "asking" | "speaking" | ":" | "here"
        ) && !(those && page.low(at) == "who")
            || page.grammar(at) == Some("calendar")
            || (document || many && page.low(at).ends_with("ing")) && is_participle(page, at, range.end)
    };
    let end = (head_end..range.end).find(stop).unwrap_or(range.end);
    // "court documents filed on Saturday" leaves no "on"
    if end > head_end && page.grammar(end) == Some("calendar") { end - 1 } else { end }
}

/// The name beside a description that is the same: "his lawyer, Ann Doe"; "a report by the Foo Institute".
fn beside(page: &Page<'_>, cast: &Cast, description: &Description, end: usize) -> Option<Part> {
    let open = description.noun.is_none_or(|noun| noun.tag == "generic");
    if let Some(number) = apposed_person(page, cast, description, end).filter(|_| open) {
        return Some(Part::Name(number, Some(description.head.clone())));
    }
    let noun = description.noun?;
    if let Some(number) = trailing_name(cast, noun, end) {
        return Some(Part::Name(number, Some(description.head.clone())));
    }
    if matches!(noun.tag, "generic" | "news")
        || matches!(page.low(description.head.end - 1), "movement" | "party")
    {
        return inner_body(cast, &description.head).map(|number| Part::Name(number, None));
    }
    if noun.kind == SpeakerType::Document {
        return issuer(page, cast, description, noun).map(|number| Part::Name(number, None));
    }
    if matches!(
        page.low(description.head.end - 1),
        "panel" | "chamber" | "chambers" | "conference" | "majority"
    ) {
        let at = description.head.end;
        let whole = (at..end.min(at + 3)).find_map(|at| cast.mention_at(at)).filter(|_| page.low(at) == "of");
        return whole.map(|number| Part::Name(number, None));
    }
    let comma = (description.head.end..end).find(|&at| page.word(at) == "," || page.low(at) == "who")?;
    let next = if page.grammar(comma + 1) == Some("determiner") { comma + 2 } else { comma + 1 };
    let number = cast.mention_at(next).filter(|_| next < end && page.word(comma) == ",")?;
    let kind = cast.members[cast.of[number]].kind;
    let near = comma == description.head.end && !noun.plural && kind == Some(SpeakerType::Organisation);
    (kind == Some(noun.kind) || near).then(|| Part::Name(number, Some(description.head.clone())))
}

/// The person whom a comma sets beside a noun that may be a body's or a person's: "the publisher of the Echo, Ann Doe".
fn apposed_person(page: &Page<'_>, cast: &Cast, description: &Description, end: usize) -> Option<usize> {
    let comma = (description.head.end..end).find(|&at| page.word(at) == ",")?;
    let number = cast.mention_at(comma + 1).filter(|_| comma + 1 < end)?;
    let mention = &cast.mentions[number];
    let alone = trim(page, comma + 1..end).end == mention.run.end && mention.name.len() > 1;
    let kind = cast.members[cast.of[number]].kind;
    (alone && kind == Some(SpeakerType::Person)).then_some(number)
}

/// The person named at the end of a long description, where a place stands right before the name.
fn trailing_name(cast: &Cast, noun: Noun, end: usize) -> Option<usize> {
    let number = cast.mention_at(end - 1).filter(|_| noun.kind == SpeakerType::Person)?;
    let mention = &cast.mentions[number];
    let person = mention.kind == Some(SpeakerType::Person)
        || cast.members[cast.of[number]].kind == Some(SpeakerType::Person);
    (person && mention.name.start > mention.run.start && mention.name.len() > 1).then_some(number)
}

/// The body that a general noun follows: "the Foo news agency".
fn inner_body(cast: &Cast, head: &Range<usize>) -> Option<usize> {
    let near = head.end.saturating_sub(3)..head.end.saturating_sub(1);
    let number = near.rev().filter(|at| head.contains(at)).find_map(|at| cast.mention_at(at))?;
    let ends = cast.mentions[number].run.end + 2 >= head.end;
    (ends && cast.members[cast.of[number]].kind == Some(SpeakerType::Organisation)).then_some(number)
}

/// The body or person inside the description of a document: "a BuzzFeed News report".
fn issuer(page: &Page<'_>, cast: &Cast, description: &Description, noun: Noun) -> Option<usize> {
    let last = description.head.end - 1;
    let issued = noun.tag == "issued" || matches!(page.low(last), "poll" | "survey");
    // "Arden Institute data" is the institute's; what stands further off may be what the data are of
    let counted = matches!(page.low(last), "data" | "figures" | "statistics" | "estimates" | "indexes");
    let begin =
        if counted { last.saturating_sub(1).max(description.head.start) } else { description.head.start };
    let number = (begin..last).find_map(|at| cast.mention_at(at)).filter(|_| issued || counted)?;
    let member = &cast.members[cast.of[number]];
    let fits = matches!(member.kind, Some(SpeakerType::Person | SpeakerType::Organisation));
    // "Holt's post"
    let end = cast.mentions[number].run.end;
    let owns = end < last && matches!(page.low(end), "'s" | "’s" | "'" | "’");
    (fits && (member.sure || member.words.len() > 1) || owns && member.kind != Some(SpeakerType::Place))
        .then_some(number)
}
