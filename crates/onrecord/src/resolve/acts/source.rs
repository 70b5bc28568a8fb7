//! The head of a source: whether a document or an outlet speaks.

use super::words::{Word, words};
use crate::resolve::Frame;

/// Heads of sources that are documents.
pub(crate) const DOCUMENTS: &[&str] = &[
    "report",
    "study",
    "survey",
    "poll",
    "research",
    "analysis",
    "review",
    "audit",
    "document",
    "filing",
    "indictment",
    "lawsuit",
    "complaint",
    "affidavit",
    "memo",
    "article",
    "film",
    "documentary",
    "book",
    "paper",
    "investigation",
    "bulletin",
    "dossier",
    "transcript",
    "ad",
    "advertisement",
    "commentary",
    "manifesto",
    "datum",
    "census",
];

/// Heads of sources that show something, but are no channel.
const EVIDENCE: &[&str] = &[
    "figure",
    "statistic",
    "finding",
    "index",
    "record",
    "footage",
    "photo",
    "photograph",
    "video",
    "estimate",
    "evidence",
    "test",
    "email",
    "e-mail",
    "chart",
    "map",
    "letter",
    "image",
    "history",
    "result",
];

/// Heads of sources that are outlets.
const OUTLETS: &[&str] = &[
    "newspaper",
    "daily",
    "weekly",
    "magazine",
    "agency",
    "television",
    "radio",
    "broadcaster",
    "press",
    "medium",
    "media",
    "tabloid",
    "channel",
    "network",
    "times",
    "post",
    "journal",
    "tribune",
    "herald",
    "gazette",
    "telegraph",
    "guardian",
    "chronicle",
    "reuters",
    "afp",
    "ap",
    "xinhua",
    "cnn",
    "bbc",
    "nbc",
    "abc",
    "cbs",
    "tass",
    "interfax",
    "itar-tass",
    "politico",
    "bloomberg",
    "tv",
    "outlet",
    "kyodo",
    "yonhap",
    "anadolu",
    "breitbart",
    "dailies",
];

/// What kind of thing speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// A study, a poll, a film.
    Document,
    /// Figures, a photograph, a result.
    Evidence,
    /// A newspaper, an agency, a station.
    Outlet,
    /// Anybody else.
    Other,
}

/// What kind of thing the source of `frame` is.
pub(crate) fn head(frame: &Frame<'_>) -> Head {
    let source = words(frame, &frame.attribution.source);
    let Some(head) = head_word(&source) else { return Head::Other };
    let of_press = head.among(&["report", "reports"])
        && source.iter().any(|word| word.among(&["press", "media", "news", "television", "radio"]));
    let of_news = !head.is("agency") || source.iter().any(|word| word.is("news"));
    if of_press || of_news && head.among(OUTLETS) && !(head.lower == "post" && source.len() == 1) {
        Head::Outlet
    } else if head.among(DOCUMENTS) && !is_proper(frame, &source, head) {
        Head::Document
    } else if head.among(EVIDENCE) {
        Head::Evidence
    } else {
        Head::Other
    }
}

/// "The Geological Survey" is a body, no survey.
fn is_proper(frame: &Frame<'_>, source: &[Word], head: &Word) -> bool {
    source.first() != Some(head) && frame.words(head.span).starts_with(char::is_uppercase)
}

/// The last word of the leading noun phrase: "a 2014 study by Harvard" gives "study".
pub(crate) fn head_word(source: &[Word]) -> Option<&Word> {
    // "Lund's report" is a report
    let owns = |word: &Word| word.lower == "'s";
    let stop = |word: &Word| {
        !owns(word) && !word.is_word() && word.lower != "'" && word.lower != "-"
            || !owns(word)
                && word.among(&[
                    "of", "by", "be", "from", "in", "on", "that", "who", "which", "for", "with", "release",
                    "publish", "at", "carry", "conduct", "into", "obtain",
                ])
    };
    let skip = source.iter().take_while(|word| stop(word)).count();
    let end = source[skip..].iter().position(stop).map_or(source.len(), |end| skip + end);
    source[skip..end].last()
}
