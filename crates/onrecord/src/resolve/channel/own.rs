//! The channel that the words around one cue tell.

use std::sync::LazyLock;

use super::outlet::{self, Outlet};
use crate::Span;
use crate::resolve::acts::pattern::{Patterns, rows};
use crate::resolve::acts::source::{self, Head};
use crate::resolve::acts::words::{Word, stretch, words};
use crate::resolve::{Channel, ChannelKind, Frame};

/// Kinds with their rank in the file, the highest first.
static CHANNELS: LazyLock<Patterns<(usize, ChannelKind)>> = LazyLock::new(|| {
    let file = include_str!("../../../data/channels.tsv");
    let kinds = KINDS.iter().enumerate();
    let ranked =
        |word: &str| kinds.clone().find(|(_, (name, _))| *name == word).map(|(n, (_, kind))| (n, *kind));
    Patterns::new(rows(file).filter_map(|(word, pattern)| Some((pattern, ranked(word)?))))
});

const KINDS: [(&str, ChannelKind); 12] = [
    ("message", ChannelKind::Message),
    ("phone", ChannelKind::Phone),
    ("interview", ChannelKind::Interview),
    ("press-conference", ChannelKind::PressConference),
    ("court", ChannelKind::Court),
    ("social", ChannelKind::Social),
    ("broadcast", ChannelKind::Broadcast),
    ("speech", ChannelKind::Speech),
    ("statement", ChannelKind::Statement),
    ("document", ChannelKind::Document),
    ("meeting", ChannelKind::Meeting),
    ("press", ChannelKind::Press),
];

/// The channel that the report tells: in the statement's own sentence, or in one before that only sets the scene.
/// What is `said`, here or elsewhere, tells no channel.
pub(super) fn channel(frame: &Frame<'_>, cues: &[Span], said: &[bool]) -> Option<Channel> {
    let scene = || scene(frame, cues).filter(|_| frame.attribution.within.is_none());
    told(frame, &around(frame, said)).or_else(|| of_scene(frame, &scene()?))
}

/// The sentence before the statement's, where nobody speaks in it: "During a CNN town hall, a mother had a question."
fn scene(frame: &Frame<'_>, cues: &[Span]) -> Option<Vec<Word>> {
    let attribution = frame.attribution;
    let spans = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    let first = frame.tokens(*spans.min_by_key(|span| span.begin)?).start;
    let sentences = &frame.outline.layout.sentences;
    let end = (0..first).rev().take(2 * REACH).find(|&at| sentences.get(at) != sentences.get(first))?;
    let words = |at: &usize| frame.words(frame.outline.tokens[*at]).contains(char::is_alphanumeric);
    let last = (0..=end).rev().take(3).find(words)?;
    let begin = (0..=last).rev().take(2 * REACH).take_while(|&at| sentences[at] == sentences[last]).last()?;
    let whole = Span { begin: frame.outline.tokens[begin].begin, end: frame.outline.tokens[last].end };
    let next = cues.partition_point(|cue| cue.end <= whole.begin);
    let spoken = cues.get(next).is_some_and(|cue| cue.overlaps(whole));
    (!spoken).then(|| stretch(frame, begin..last + 1))
}

/// The occasion that a scene tells.
fn of_scene(frame: &Frame<'_>, scene: &[Word]) -> Option<Channel> {
    use ChannelKind::{Broadcast, Interview, PressConference};
    let kind = told_kind(scene).filter(|kind| matches!(kind, Broadcast | Interview | PressConference))?;
    Some(named(frame, kind, scene))
}

/// The channel that the words around a cue tell.
fn told(frame: &Frame<'_>, around: &[Word]) -> Option<Channel> {
    let kind = told_kind(around);
    let told = told_outlet(frame, around);
    match (kind, told) {
        (Some(ChannelKind::Press) | None, Some((outlet, span))) => Some(to_outlet(frame, outlet, span)),
        (Some(ChannelKind::Meeting | ChannelKind::Press) | None, None) => {
            of_source(frame).or(kind.map(|kind| named(frame, kind, around)))
        }
        (Some(kind), told) => {
            let mut channel = named(frame, kind, around);
            channel.name = channel.name.or(told.map(|(_, span)| frame.words(span).to_owned()));
            Some(channel)
        }
    }
}

/// The highest kind that the words tell; "during a talk show" is a show, though "during a talk" is a meeting.
fn told_kind(around: &[Word]) -> Option<ChannelKind> {
    let found = (0..around.len()).filter_map(|at| CHANNELS.at(around, at)).map(|m| m.value);
    found.min_by_key(|(rank, _)| *rank).map(|(_, kind)| kind)
}

/// How many tokens on either side of the cue may tell the channel.
const REACH: usize = 24;

/// The words of the cue's sentence around source and cue that are not content.
fn around(frame: &Frame<'_>, said: &[bool]) -> Vec<Word> {
    let attribution = frame.attribution;
    let anchor = if attribution.cue.is_empty() { &attribution.source } else { &attribution.cue };
    let (Some(first), Some(last)) = (anchor.first(), anchor.last()) else { return Vec::new() };
    let (begin, end) = (frame.tokens(*first).start, frame.tokens(*last).end);
    if attribution.within.is_some() {
        return stretch(frame, begin..end);
    }
    let sentences = &frame.outline.layout.sentences;
    let same = |at: usize| sentences.get(at) == sentences.get(begin);
    let from = (begin.saturating_sub(REACH)..=begin).find(|&at| same(at)).unwrap_or(begin);
    let to = (end..end + REACH).find(|&at| !same(at)).unwrap_or(end + REACH);
    // a cue inside what another says has its frame there
    let apart = said.get(begin) == Some(&true);
    let content = &attribution.content;
    let is_said = |at: usize| !apart && said.get(at) == Some(&true);
    let free = (from..to).filter(|&at| !is_said(at)).flat_map(|at| stretch(frame, at..at + 1));
    free.filter(|word| !content.iter().any(|span| span.overlaps(word.span))).collect()
}

/// "told the Post": the outlet after a verb of telling; "on Face the Nation": the programme or station.
fn told_outlet(frame: &Frame<'_>, around: &[Word]) -> Option<(Outlet, Span)> {
    let tells = |word: &Word| word.among(&["tell", "inform", "disclose"]) || word.lower == "to";
    let outlet = |at: usize| outlet::at(frame, around, at + 1).map(|(kind, span, _)| (kind, span));
    let writes =
        |at: usize| at > 0 && around[at - 1].among(&["write", "publish", "article", "column", "editorial"]);
    let found = |(at, word): (usize, &Word)| match word.lower.as_str() {
        "in" if writes(at) => outlet(at),
        "on" => outlet(at).filter(|(kind, _)| matches!(kind, Outlet::Programme | Outlet::Broadcast)),
        _ if tells(word) => outlet(at),
        _ => None,
    };
    around.iter().enumerate().find_map(found)
}

/// Words told to a programme or a station are an interview; to a platform, a post; else the press.
fn to_outlet(frame: &Frame<'_>, outlet: Outlet, span: Span) -> Channel {
    let kind = match outlet {
        Outlet::Press => ChannelKind::Press,
        Outlet::Broadcast | Outlet::Programme => ChannelKind::Interview,
        Outlet::Platform => ChannelKind::Social,
    };
    Channel { kind, name: Some(frame.words(span).to_owned()) }
}

/// The outlet or document that is the source itself.
fn of_source(frame: &Frame<'_>) -> Option<Channel> {
    let source = words(frame, &frame.attribution.source);
    if source.iter().any(|word| word.lower.starts_with('@')) {
        return Some(Channel { kind: ChannelKind::Social, name: Some("Twitter".to_owned()) });
    }
    if is_court(frame, &source) {
        return Some(Channel { kind: ChannelKind::Court, name: None });
    }
    if asked_people(&source)
        || document_before(frame, &source)
        || source::head_word(&source).is_some_and(|head| head.among(LAWS))
    {
        return Some(Channel { kind: ChannelKind::Document, name: None });
    }
    let name = || outlet::first(frame, &source, &[Outlet::Press, Outlet::Broadcast, Outlet::Programme]);
    match source::head(frame) {
        Head::Document => Some(Channel { kind: ChannelKind::Document, name: None }),
        Head::Outlet => {
            let name = name();
            let on_air = source::head_word(&source)?.among(&["radio", "television", "tv", "broadcaster"]);
            let on_air = on_air || name.is_some_and(|(kind, _)| kind != Outlet::Press);
            let kind = if on_air { ChannelKind::Broadcast } else { ChannelKind::Press };
            Some(Channel { kind, name: name.map(|(_, span)| frame.words(span).to_owned()) })
        }
        Head::Evidence | Head::Other => None,
    }
}

/// "the study, *which* found": the noun before a relative pronoun is a document.
fn document_before(frame: &Frame<'_>, source: &[Word]) -> bool {
    let [relative] = source else { return false };
    let first = frame.tokens(relative.span).start;
    let before = stretch(frame, first.saturating_sub(3)..first);
    let relates = matches!(relative.lower.as_str(), "which" | "that");
    relates && before.iter().rfind(|word| word.is_word()).is_some_and(|noun| noun.among(source::DOCUMENTS))
}

/// Documents that provide rather than report.
const LAWS: &[&str] = &[
    "bill",
    "law",
    "legislation",
    "treaty",
    "directive",
    "agreement",
    "ordinance",
    "resolution",
    "constitution",
    "statute",
    "amendment",
    "provision",
];

/// Those whom a poll asked: "half of the people surveyed", "41 percent of voters".
fn asked_people(source: &[Word]) -> bool {
    const ASKED: &[&str] = &["surveyed", "polled", "respondents"];
    let asked = source.iter().any(|word| ASKED.contains(&word.lower.as_str()));
    let share = |pair: &[Word]| {
        let number = pair[0].lower.chars().any(|c| c.is_ascii_digit());
        number && matches!(pair[1].lower.as_str(), "percent" | "%" | "pct")
    };
    asked || source.windows(2).any(share)
}

/// A court, its ruling, a judge by name, "a three-judge panel".
fn is_court(frame: &Frame<'_>, source: &[Word]) -> bool {
    const COURTS: &[&str] = &["court", "judge", "jury", "tribunal", "juror", "ruling", "verdict", "justice"];
    let has = |base: &str| source.iter().any(|word| word.is(base));
    let titled = source.iter().any(|word| frame.words(word.span) == "Judge");
    let panel = has("panel") && (has("court") || has("judge") || has("three-judge"));
    titled || panel || source::head_word(source).is_some_and(|head| head.among(COURTS))
}

/// A channel of this kind, with its name where the words around tell it.
fn named(frame: &Frame<'_>, kind: ChannelKind, around: &[Word]) -> Channel {
    let name = match kind {
        ChannelKind::Social => platform(frame, around),
        ChannelKind::Interview | ChannelKind::Broadcast | ChannelKind::Phone | ChannelKind::Press => {
            outlet::first(frame, around, &[Outlet::Press, Outlet::Broadcast, Outlet::Programme])
                .map(|(_, span)| frame.words(span).to_owned())
        }
        _ => None,
    };
    Channel { kind, name }
}

/// The platform: named, or the one where one tweets.
fn platform(frame: &Frame<'_>, around: &[Word]) -> Option<String> {
    let named =
        outlet::first(frame, around, &[Outlet::Platform]).map(|(_, span)| frame.words(span).to_owned());
    let tweets = || around.iter().any(|word| word.among(&["tweet", "retweet", "twitter"]));
    named.or_else(|| tweets().then(|| "Twitter".to_owned()))
}

/// The words that tell the channel: around the cue, in the scene before it, or the source.
pub(super) fn evidence(frame: &Frame<'_>, cues: &[Span], said: &[bool]) -> Option<Span> {
    let kind = |words: &[Word]| {
        let found = (0..words.len()).filter_map(|at| CHANNELS.at(words, at));
        let best = found.min_by_key(|m| m.value.0)?;
        Some(Span { begin: words[best.begin].span.begin, end: words[best.end - 1].span.end })
    };
    let around = around(frame, said);
    let outlet = || told_outlet(frame, &around).map(|(_, span)| span);
    let scene = || kind(&scene(frame, cues)?);
    let told = kind(&around).or_else(outlet).or_else(scene);
    told.or_else(|| frame.attribution.source.first().copied())
        .filter(|_| channel(frame, cues, said).is_some())
}
