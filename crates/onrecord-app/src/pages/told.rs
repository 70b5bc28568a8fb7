//! A statement as the pages tell it, wherever it was read: in a record just made, or in a ledger.

use onrecord::{Act, Selection, Span};

use crate::cli::{channel, inert, moment, word};

/// A statement, with its words as spans of the article and all else in words for people.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// Its number in the article, which stands beside its words.
    pub(super) number: usize,
    /// Its identifier in the ledger.
    pub(super) id: Option<String>,
    pub(super) source: Vec<Span>,
    pub(super) cue: Vec<Span>,
    pub(super) content: Vec<Span>,
    pub(super) speakers: Vec<Voice>,
    pub(super) act: Act,
    pub(super) negated: bool,
    /// In `[0, 1]`.
    pub(super) confidence: f32,
    /// How it was said, when, where, to whom.
    pub(super) about: Vec<String>,
    /// The number of the statement in whose content it stands.
    pub(super) within: Option<usize>,
    pub(super) links: Vec<Linked>,
    /// What people have made of it.
    pub(super) verdict: Verdict,
}

/// What people have made of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nobody has looked yet.
    #[default]
    Open,
    /// Somebody said that it is right, as it stands now.
    Checked,
}

/// Somebody who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Voice {
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) anonymous: bool,
    /// Their number in the ledger.
    pub(super) entity: Option<u64>,
}

/// A link as one of its ends tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Linked {
    /// The record's word for it.
    pub(super) relation: &'static str,
    /// "disputed by".
    pub(super) words: &'static str,
    /// The number of the other statement, where it stands in this article.
    pub(super) number: Option<usize>,
    /// The identifier of the other statement in the ledger.
    pub(super) id: Option<String>,
    /// Who speaks there.
    pub(super) who: String,
}

/// Which end of a link a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    From,
    To,
}

/// The relations that a record may have, each as its two ends tell it.
const RELATIONS: [(&str, &str, &str); 5] = [
    ("disputes", "disputes", "disputed by"),
    ("supports", "supports", "supported by"),
    ("answers", "answers", "answered by"),
    ("repeats", "told as well in", "told as well in"),
    ("drifts", "in other words in", "in other words in"),
];

impl Linked {
    /// The link of this relation seen from this end; none where the relation is unknown.
    pub(super) fn new(relation: &str, end: End, number: Option<usize>, who: String) -> Option<Linked> {
        let &(relation, from, to) = RELATIONS.iter().find(|known| known.0 == relation)?;
        let words = if end == End::From { from } else { to };
        Some(Linked { relation, words, number, id: None, who })
    }
}

/// The statements that a selection keeps, in the order of the text.
pub(super) fn of_selection(selection: &Selection) -> Vec<Told> {
    let text = &selection.record().article.text;
    let mut told: Vec<Told> = selection.statements().map(|(place, _)| tell(selection, place, text)).collect();
    let at = |number: usize| told.binary_search_by_key(&number, |told| told.number).ok();
    let mut links = Vec::new();
    for link in selection.links() {
        let (Some(from), Some(to)) = (at(link.from), at(link.to)) else { continue };
        let relation = word(link.relation);
        let seen =
            |end, other: usize| Linked::new(&relation, end, Some(told[other].number), told[other].who(text));
        links.push((from, seen(End::From, to)));
        links.push((to, seen(End::To, from)));
    }
    for (at, link) in links {
        told[at].links.extend(link);
    }
    told
}

fn tell(selection: &Selection, place: usize, text: &str) -> Told {
    let statement = &selection.record().statements[place];
    let attribution = &statement.attribution;
    let mut about: Vec<String> = statement.channel.as_ref().map(channel).into_iter().collect();
    about.extend(statement.when.as_ref().map(|when| moment(when.span.of(text), when.value.as_deref())));
    about.extend(statement.place.as_ref().map(|place| inert(&place.name)));
    about.extend(addressed(statement.addressees.iter().map(|to| to.name.as_str())));
    let voice = |speaker: &onrecord::Speaker| Voice {
        name: inert(&speaker.name),
        role: speaker.role.as_deref().map(inert),
        anonymous: speaker.anonymous,
        entity: None,
    };
    Told {
        number: place,
        id: None,
        source: attribution.source.clone(),
        cue: attribution.cue.clone(),
        content: attribution.content.clone(),
        speakers: statement.speakers.iter().map(voice).collect(),
        act: statement.act,
        negated: statement.negated,
        confidence: attribution.confidence,
        about,
        within: selection.within(place),
        links: Vec::new(),
        verdict: Verdict::Open,
    }
}

/// To whom.
pub(super) fn addressed<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> = names.map(inert).collect();
    (!names.is_empty()).then(|| format!("to {}", names.join(" and ")))
}

impl Told {
    /// Who speaks, in one line: the names, else the words of the source.
    pub(super) fn who(&self, text: &str) -> String {
        let names: Vec<&str> = self.speakers.iter().map(|voice| voice.name.as_str()).collect();
        match (names.is_empty(), self.source.is_empty()) {
            (false, _) => names.join(" and "),
            (true, false) => words(&self.source, text),
            (true, true) => "nobody named".to_owned(),
        }
    }

    /// Where its number stands: behind its cue, else behind the first words of its content.
    pub(super) fn anchor(&self) -> Option<u32> {
        self.cue.first().or(self.content.first()).map(|span| span.end)
    }

    /// The tenth in which its confidence lies, 0 to 9.
    pub(super) fn tenth(&self) -> u8 {
        // .895 is shown as .90, and counts so
        ((self.confidence * 100.0).round() as u32 / 10).min(9) as u8
    }
}

/// The words of a role; an ellipsis stands for what breaks it.
pub(super) fn words(spans: &[Span], text: &str) -> String {
    let words = |span: &Span| inert(span.of(text)).split_whitespace().collect::<Vec<_>>().join(" ");
    spans.iter().map(words).collect::<Vec<_>>().join(" … ")
}
