//! Names in the article: runs of capitalised words, cut into titles and name, with what stands beside them.

use std::ops::Range;

use super::lexicon::{LEXICON, Sex};
use super::page::Page;
use crate::resolve::SpeakerType;

/// A name where it stands.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The tokens of the name with the titles before it.
    pub(super) run: Range<usize>,
    /// The tokens of the name.
    pub(super) name: Range<usize>,
    /// What its words or those beside it show it to be.
    pub(super) kind: Option<SpeakerType>,
    pub(super) sex: Option<Sex>,
    /// The description beside it.
    pub(super) role: Option<Range<usize>>,
}

/// The names of an article, in order. None overlap.
pub(super) fn mentions(page: &Page<'_>) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < page.len() {
        if !page.begins_name(at) {
            at += 1;
            continue;
        }
        let end = run_end(page, at);
        out.extend(mention(page, at..end));
        at = end;
    }
    out
}

/// The end of the name that begins at `begin`.
fn run_end(page: &Page<'_>, begin: usize) -> usize {
    let mut end = begin + 1;
    if matches!(page.low(end), "10" | "ten") && page.low(begin).starts_with('n') {
        return end + 1;
    }
    loop {
        let step = step(page, begin..end);
        if step == 0 || page.sentence(end + step - 1) != page.sentence(begin) {
            return end;
        }
        end += step;
    }
}

/// How many tokens more belong to a name.
fn step(page: &Page<'_>, run: Range<usize>) -> usize {
    let end = run.end;
    if page.in_headline(run.start) {
        let titled = LEXICON.is_title(page.low(run.start));
        let initial = run.len() > 1 && page.word(end - 1).trim_end_matches('.').chars().count() == 1;
        let person = LEXICON.is_given(page.word(run.start)) || titled;
        // the verb after a name is capitalised as well
        let most = 2 + usize::from(titled) + usize::from(initial);
        return usize::from(person && run.len() < most && page.in_name(end));
    }
    if page.in_name(end) {
        return 1;
    }
    if let Some(rest) = known_rest(page, run.clone()) {
        return rest;
    }
    let next = page.in_name(end + 1);
    let body = || has_body(page, run.clone());
    let ministry = || ministry(page, run.clone());
    match page.low(end) {
        low if LEXICON.grammar.tag(low) == Some("particle") && next => 2,
        "van" | "von" | "de" if page.in_name(end + 2) && page.grammar(end + 1) == Some("particle") => 3,
        "&" | "/" if next => 2,
        "of" | "for" | "on" | "without" | "against" if next && body() => 2,
        "of" | "for" if page.low(end + 1) == "the" && page.in_name(end + 2) && body() => 3,
        "'s" | "’s"
            if end == run.start + 1 && LEXICON.is_known_body(&format!("{}'s", page.word(run.start))) =>
        {
            1
        }
        "of" | "for" if next && office(page, run.clone()) => 2,
        "to" if next && page.low(end - 1) == "committee" => 2,
        "at" if next && page.low(run.start) == "university" => 2,
        "and" if next && begins_list(page, run.clone()) => 2,
        "and" if next && run.len() > 1 && matches!(page.low(run.start), "house" | "senate") => 2,
        "and" if next && ministry() && !is_known(page.word(end + 1)) => 2,
        "," if next && page.low(end + 2) == "and" && page.in_name(end + 3) && ministry() => 4,
        "“" | "\"" if next && page.is_mark(end + 2) && page.in_name(end + 3) => 4,
        _ => 0,
    }
}

/// How many tokens more, the next of them in lower case, belong to a name that the data files hold: "Trinidad and Tobago".
fn known_rest(page: &Page<'_>, run: Range<usize>) -> Option<usize> {
    let joined = matches!(page.low(run.end), "of" | "and" | "the" | "for" | "de" | "della" | "without");
    let ends = || (run.end + 2..run.end + 5).rev().filter(|&end| page.is_capital(end - 1));
    let known = |end: &usize| is_known(&page.slice(run.start..*end));
    joined.then(|| ends().find(known)).flatten().map(|end| end - run.end)
}

/// Whether "and" goes on with the name of a body: "the Securities and Exchange Commission".
fn begins_list(page: &Page<'_>, run: Range<usize>) -> bool {
    let article = run.start > 0 && page.low(run.start - 1) == "the";
    let after = run.end + 1..run.end + 4;
    let names = after.take_while(|&at| page.in_name(at)).last();
    let plain = run.len() == 1 && !is_known(page.word(run.start)) && !LEXICON.is_body(page.low(run.start));
    article && plain && names.is_some_and(|at| at > run.end + 1 && LEXICON.is_body(page.low(at)))
}

/// Whether a run ends with an office that is always of something: "Secretary of State".
fn office(page: &Page<'_>, run: Range<usize>) -> bool {
    matches!(page.low(run.end - 1), "secretary" | "undersecretary" | "minister")
}

fn has_body(page: &Page<'_>, run: Range<usize>) -> bool {
    run.into_iter().any(|at| LEXICON.is_body(page.low(at)) || matches!(page.low(at), "reporters" | "times"))
}

/// Whether a name is of the kind that lists what it is for: "Department of Health and Human Services".
fn ministry(page: &Page<'_>, run: Range<usize>) -> bool {
    let of = run.clone().any(|at| matches!(page.low(at), "of" | "for" | "on"));
    let after = (run.end + 1..run.end + 5).take_while(|&at| page.in_name(at));
    of && !after.into_iter().any(|at| LEXICON.ends_body(page.low(at))) && has_body(page, run)
}

fn is_known(name: &str) -> bool {
    LEXICON.places.has(name) || LEXICON.is_known_body(name)
}

/// The name in a run of capitalised words; none where it is titles alone ("the Attorney General").
fn mention(page: &Page<'_>, run: Range<usize>) -> Option<Mention> {
    let whole = page.slice(run.clone());
    let known = known_kind(&whole);
    let people = LEXICON.noun(page.low(run.end - 1)).is_some_and(|noun| noun.kind == SpeakerType::Group);
    if known.is_none() && people {
        return None;
    }
    let titles = if known.is_some() { run.start } else { titles_end(page, run.clone())? };
    // "the Secretary of State for Finance" is an office and no name
    if page.grammar(titles) == Some("preposition") {
        return None;
    }
    let titled = titles > run.start;
    let name = with_title(page, &run, bare(page, titles..run.end));
    let kind =
        known.or_else(|| if titled { Some(SpeakerType::Person) } else { own_kind(page, name.clone()) });
    let sex = (run.start..titles).find_map(|at| LEXICON.title_sex(page.low(at)));
    let mut mention = Mention { role: titled.then_some(run.start..titles), run, name, kind, sex };
    look_left(page, &mut mention);
    look_right(page, &mut mention);
    mention.sex = mention.sex.or_else(|| LEXICON.given_sex(page.word(mention.name.start)));
    Some(mention)
}

/// What a name is that the data files hold.
fn known_kind(name: &str) -> Option<SpeakerType> {
    let place = LEXICON.places.tag(name);
    if place == Some("demonym") && !LEXICON.is_known_body(name) {
        return Some(SpeakerType::Unknown);
    }
    let outlet = || LEXICON.is_known_body(name).then_some(SpeakerType::Organisation);
    place.filter(|tag| *tag != "demonym").map(|_| SpeakerType::Place).or_else(outlet)
}

/// Where the titles of a run end: its begin if it has none, nothing if it is titles alone.
fn titles_end(page: &Page<'_>, run: Range<usize>) -> Option<usize> {
    let last = run.end - 1;
    let of_office =
        |at: usize| at > run.start + 1 && page.low(at - 1) == "of" && office(page, run.start..at - 1);
    let is_title = |at: usize| LEXICON.is_title(page.low(at)) || of_office(at);
    let given = |at: usize| LEXICON.is_given(page.word(at));
    if is_title(last) && run.len() > 1 && !given(last - 1) {
        return None;
    }
    let title = (run.start..last).rev().find(|&at| is_title(at));
    let body = (run.start..run.end).rev().find(|&at| LEXICON.ends_body(page.low(at)) && !of_office(at));
    match (title, body) {
        (Some(title), Some(body)) if body > title => {
            // "Deputy Director of the Heritage Center Ann Doe"
            Some((body + 1..last).find(|&at| given(at)).unwrap_or(run.start))
        }
        (Some(title), _) => {
            let of = (run.start..last).any(|at| matches!(page.low(at), "of" | "for"));
            Some((title + 1..last).find(|&at| of && given(at)).unwrap_or(title + 1))
        }
        _ => Some(run.start),
    }
}

/// Ends of what describes a name and is no part of it: "London-based".
const DESCRIBING: [&str; 8] =
    ["-based", "-born", "-run", "-owned", "-led", "-controlled", "-backed", "-dominated"];

/// A name without what is no title but describes: "Republican Ann Doe", "Hold Ann Doe to her word".
fn bare(page: &Page<'_>, name: Range<usize>) -> Range<usize> {
    let word = |at: usize| page.word(at);
    let rest = name.start + 1..name.end;
    // "Israeli Haaretz" is Haaretz
    if name.len() > 1
        && LEXICON.places.tag(word(name.start)) == Some("demonym")
        && is_known(&page.slice(rest.clone()))
    {
        return rest;
    }
    if name.len() > 1 && DESCRIBING.iter().any(|end| page.low(name.start).ends_with(end)) {
        return rest;
    }
    let described = |at: usize| {
        LEXICON.places.has(word(at))
            || LEXICON.is_known_body(word(at))
            || LEXICON.noun(page.low(at)).is_some()
    };
    let given = (name.start..name.end).find(|&at| LEXICON.is_given(word(at))).unwrap_or(name.start);
    let before = name.start..given;
    let opens = name.start == 0 || page.sentence(name.start - 1) != page.sentence(name.start);
    let drops = before.clone().any(described) || opens && before.len() == 1 && page.is_common(name.start);
    if given + 1 < name.end && drops { given..name.end } else { name }
}

/// A name with the title that is part of it: a peer is "Lord Doe".
fn with_title(page: &Page<'_>, run: &Range<usize>, name: Range<usize>) -> Range<usize> {
    let peer = name.len() == 1 && name.start > run.start;
    let peer = peer
        && matches!(
            page.low(name.start - 1),
            "lord" | "lady" | "baroness" | "prince" | "king" | "queen" | "pope"
        );
    if peer { name.start - 1..name.end } else { name }
}

/// What a name's own words show it to be.
fn own_kind(page: &Page<'_>, name: Range<usize>) -> Option<SpeakerType> {
    let last = page.low(name.end - 1);
    let body = name.clone().skip(1).any(|at| LEXICON.is_body(page.low(at)));
    let body = body || LEXICON.is_body(page.low(name.start)) || name.len() > 1 && LEXICON.ends_body(last);
    if body {
        return Some(SpeakerType::Organisation);
    }
    if name.len() > 1 && LEXICON.is_document(last) {
        return Some(SpeakerType::Document);
    }
    if name.len() == 1 && page.is_acronym(name.start) {
        return Some(SpeakerType::Organisation);
    }
    (name.len() > 1 && LEXICON.is_given(page.word(name.start))).then_some(SpeakerType::Person)
}

/// Reads the description before a name: "Tottenham boss Martin Jol", "the firm Umbro".
fn look_left(page: &Page<'_>, mention: &mut Mention) {
    let begin = mention.run.start;
    let comma = begin > 1 && page.word(begin - 1) == ",";
    let head = if comma { begin.checked_sub(2) } else { begin.checked_sub(1) };
    let Some(head) = head.filter(|&head| page.sentence(head) == page.sentence(begin)) else { return };
    let described = if comma { described_head(page, head) } else { Some(head) };
    let Some(head) = described else { return };
    let Some(noun) = LEXICON.noun(page.low(head)).filter(|_| !page.is_capital(head)) else { return };
    if comma && head + 2 != begin && mention.name.len() == 1 {
        return;
    }
    let range = noun_phrase(page, head);
    // "officials, Smith said" is no description of Smith
    if comma && (noun.plural || page.grammar(range.start) != Some("determiner")) {
        return;
    }
    if matches!(noun.kind, SpeakerType::Person | SpeakerType::Group) {
        // "analysts Nielsen" are a body
        let person = noun.kind == SpeakerType::Person;
        mention.kind = if person { Some(SpeakerType::Person) } else { mention.kind };
        mention.sex = mention.sex.or(noun.sex);
        let end = if comma { begin - 1 } else { head + 1 };
        mention.role = Some(range.start..mention.role.as_ref().map_or(end, |role| role.end));
    } else if noun.kind == SpeakerType::Organisation && !comma && mention.kind != Some(SpeakerType::Person) {
        mention.kind = Some(SpeakerType::Organisation);
        mention.role = Some(range);
    }
}

/// The head noun of the description that a comma ends: "an attorney" in "an attorney for Doe,".
fn described_head(page: &Page<'_>, last: usize) -> Option<usize> {
    let sentence = page.sentence(last);
    let phrase = (last.saturating_sub(10)..=last).rev().take_while(|&at| {
        page.sentence(at) == sentence && !matches!(page.word(at), "," | ";" | ":") && !page.is_mark(at)
    });
    let person =
        |at: &usize| LEXICON.noun(page.low(*at)).is_some_and(|noun| noun.kind == SpeakerType::Person);
    phrase.filter(person).filter(|&at| at == last || page.grammar(at + 1) == Some("preposition")).last()
}

/// Reads the description after a name: ", the mayor of Arden,", ", 43, a teacher", ", director of the institute".
fn look_right(page: &Page<'_>, mention: &mut Mention) {
    let mut begin = mention.name.end;
    if page.word(begin) != "," {
        return;
    }
    begin += 1;
    if page.word(begin).parse::<u8>().is_ok() && matches!(page.word(begin + 1), "," | ".") {
        mention.kind = Some(SpeakerType::Person);
        begin += 2;
    }
    let sentence = page.sentence(begin);
    let stop = |at: usize| {
        page.sentence(at) != sentence
            || matches!(page.word(at), "," | ";" | "." | "(" | "--" | "—" | "–")
            || page.is_mark(at)
    };
    let end = (begin..begin + 16).find(|&at| stop(at)).unwrap_or(begin + 16);
    let phrase = (begin..end).find(|&at| at > begin && is_joint(page, at)).unwrap_or(end);
    let Some(head) = phrase.checked_sub(1).filter(|&head| head >= begin) else { return };
    let Some(noun) = LEXICON.noun(page.low(head)).filter(|noun| !noun.plural) else { return };
    let article = page.grammar(begin) == Some("determiner");
    if !article && (page.grammar(begin).is_some() || noun.kind != SpeakerType::Person) {
        return;
    }
    if mention.kind.is_none() {
        mention.kind = Some(noun.kind);
    }
    mention.sex = mention.sex.or(noun.sex);
    mention.role.get_or_insert(begin..end);
}

/// Whether a token ends the head of a noun phrase: a preposition, a relative pronoun, a mark.
pub(super) fn is_joint(page: &Page<'_>, at: usize) -> bool {
    match page.grammar(at) {
        Some("preposition" | "auxiliary" | "calendar") => true,
        Some("pronoun") => matches!(
            page.low(at),
            "who" | "which" | "whom" | "whose" | "he" | "she" | "they" | "it" | "i" | "we"
        ),
        Some("determiner") => page.low(at) == "that",
        Some("conjunction") => {
            matches!(page.low(at), "here" | "there" | "also" | "too" | "later" | "now" | "where" | "when")
        }
        _ => matches!(page.word(at), "," | "(" | ")" | "--" | "—" | "–" | "-" | ";" | ":" | "." | "["),
    }
}

/// The noun phrase that ends with the noun `head`, as far as words before it can be told to belong to it.
pub(super) fn noun_phrase(page: &Page<'_>, head: usize) -> Range<usize> {
    let mut begin = head;
    while begin > 0 && head - begin < 7 && page.sentence(begin - 1) == page.sentence(head) {
        let before = begin - 1;
        match page.grammar(before) {
            Some("determiner") => return before..head + 1,
            Some("particle") | None => {}
            Some(_) => break,
        }
        if is_joint(page, before) || page.is_mark(before) {
            break;
        }
        begin = before;
    }
    begin..head + 1
}
