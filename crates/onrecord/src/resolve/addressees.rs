//! To whom it was said: those told, asked, urged.

use super::acts::lexicon;
use super::acts::words::{Word, stretch, words};
use super::{Act, Frame, Speaker, SpeakerType};
use crate::Quote;

/// Verbs whose object is the one spoken to.
const TELLING: &[&str] = &[
    "tell",
    "ask",
    "urge",
    "warn",
    "assure",
    "remind",
    "inform",
    "order",
    "instruct",
    "advise",
    "invite",
    "beg",
    "implore",
    "reassure",
    "notify",
    "thank",
    "apologise",
    "apologize",
    "direct",
    "command",
    "promise",
    "appeal",
    "persuade",
    "convince",
    "call",
    "press",
    "challenge",
    "encourage",
    "exhort",
    "counsel",
    "caution",
    "request",
    "demand",
    "dare",
    "lecture",
    "reply",
    "respond",
    "write",
    "complain",
    "say",
    "confess",
    "admit",
    "explain",
];
/// Of these, those that need a "to" or "on": "said to the crowd".
const WITH_TO: &[&str] = &[
    "call",
    "say",
    "reply",
    "respond",
    "write",
    "complain",
    "confess",
    "admit",
    "explain",
    "appeal",
    "apologise",
    "apologize",
    "promise",
    "demand",
];

/// Those whose object may open the content: "told his men to go".
const WITH_OBJECT: &[&str] = &["tell", "ask", "urge", "order", "remind", "warn", "instruct", "assure"];

/// Words at which the name of an addressee ends.
const STOPS: &[&str] = &[
    "that",
    "about",
    "in",
    "at",
    "during",
    "after",
    "before",
    "by",
    "via",
    "through",
    "on",
    "yesterday",
    "today",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "last",
    "earlier",
    "this",
    "later",
    "how",
    "what",
    "why",
    "whether",
    "if",
    "when",
    "where",
    "who",
    "as",
    "for",
    "not",
    "again",
    "over",
];

/// Words in no addressee that is worth naming.
const NOBODY: &[&str] = &[
    "him",
    "her",
    "them",
    "me",
    "us",
    "you",
    "it",
    "himself",
    "reporters",
    "rally",
    "meeting",
    "conference",
    "hearing",
    "interview",
    "viewers",
    "listeners",
    "journalists",
    "media",
    "press",
    "times",
    "post",
    "reuters",
    "ap",
    "afp",
    "cnn",
    "bbc",
    "news",
    "radio",
    "tv",
    "agency",
    "journal",
    "newspaper",
    "daily",
    "xinhua",
    "itself",
    "themselves",
    "one",
    "herself",
    "insidesources",
];

/// Words that follow an addressee who opens the content.
const AFTER: &[&str] =
    &["how", "what", "why", "whether", "if", "when", "where", "who", "to", "never", "not", "that", "about"];

/// The longest description of an addressee, in words.
const LONGEST: usize = 9;

/// The addressees of each statement of an article, in the order of `frames`.
pub(super) fn addressees(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<Vec<Speaker>> {
    let named = |frame| recipient(frame).map(|words| speaker(frame, &words, speakers));
    let mut out: Vec<Vec<Speaker>> =
        frames.iter().map(|frame| named(frame).into_iter().flatten().collect()).collect();
    answered(frames, speakers, &mut out);
    out
}

/// A question and the answer right after it are addressed to each other's speakers.
fn answered(frames: &[Frame<'_>], speakers: &[Vec<Speaker>], out: &mut [Vec<Speaker>]) {
    for (ask, answer) in exchanges(frames, speakers) {
        for (to, from) in [(answer, ask), (ask, answer)] {
            if out[to].is_empty() {
                out[to].clone_from(&speakers[from]);
            }
        }
    }
}

/// The questions with the answers right after them, by their places: two named speakers, the answer in its own words.
pub(super) fn exchanges(frames: &[Frame<'_>], speakers: &[Vec<Speaker>]) -> Vec<(usize, usize)> {
    let outer: Vec<usize> = (0..frames.len()).filter(|&at| frames[at].attribution.within.is_none()).collect();
    let named = |at: usize| speakers[at].first().is_some_and(|s| s.name.contains(char::is_uppercase));
    let exchange = |&(ask, answer): &(usize, usize)| {
        let both = named(ask) && named(answer) && speakers[ask] != speakers[answer];
        both && asks(&frames[ask]) && answers(&frames[answer])
    };
    outer.windows(2).map(|pair| (pair[0], pair[1])).filter(exchange).collect()
}

fn asks(frame: &Frame<'_>) -> bool {
    let cue = words(frame, &frame.attribution.cue);
    let question =
        frame.attribution.content.last().is_some_and(|&span| {
            frame.words(span).trim_end_matches(['”', '"', '\'', '’', ',']).ends_with('?')
        });
    lexicon::read(&cue).is_some_and(|acts| acts.first() == Some(&Act::Ask) || acts.is_empty() && question)
}

fn answers(frame: &Frame<'_>) -> bool {
    frame.attribution.quote != Quote::Indirect
        && lexicon::read(&words(frame, &frame.attribution.cue)).is_some_and(<[Act]>::is_empty)
}

/// The words between a cue of telling and the content, or the content's first name ("asked *Ann Doe* how").
fn recipient(frame: &Frame<'_>) -> Option<Vec<Word>> {
    let cue = words(frame, &frame.attribution.cue);
    let verb = cue.iter().rfind(|word| word.among(TELLING))?;
    let end = frame.tokens(*frame.attribution.cue.last()?).end;
    let between = phrase(frame, stretch(frame, end..end + LONGEST));
    let calls = verb.is("call");
    let to = |word: Option<&Word>| {
        word.is_some_and(|word| word.lower == "to" || calls && matches!(word.lower.as_str(), "on" | "upon"))
    };
    let linked = to(cue.last()) || to(between.first());
    if verb.among(WITH_TO) && !linked {
        return None;
    }
    let skip = usize::from(to(between.first()));
    let phrase = between.get(skip..).unwrap_or_default().to_vec();
    if phrase.is_empty() && verb.among(WITH_OBJECT) && !linked {
        in_content(frame)
    } else {
        Some(phrase).filter(|p| !p.is_empty())
    }
}

/// The words up to the content or a mark, or what can't be in a name of people.
fn phrase(frame: &Frame<'_>, words: Vec<Word>) -> Vec<Word> {
    let taken = |word: &Word| {
        let attribution = frame.attribution;
        attribution.content.iter().chain(&attribution.source).any(|span| span.overlaps(word.span))
    };
    let first = words.first().map(|word| word.span);
    let link = |word: &Word| Some(word.span) == first && matches!(word.lower.as_str(), "to" | "on");
    let goes_on = |word: &Word| {
        link(word)
            || word.is_word() && word.lower != "to" && !taken(word) && !STOPS.contains(&word.lower.as_str())
    };
    words.into_iter().take_while(goes_on).collect()
}

/// Those who open the content: "told *his men* to go", "asked *Ann Doe* how".
fn in_content(frame: &Frame<'_>) -> Option<Vec<Word>> {
    let range = frame.tokens(*frame.attribution.content.first()?);
    let content = stretch(frame, range.start..range.end.min(range.start + LONGEST));
    let end = content.iter().position(|word| AFTER.contains(&word.lower.as_str()) || !word.is_word())?;
    let ends_well = content[end].is_word() && (1..=5).contains(&end);
    ends_well.then(|| content[..end].to_vec())
}

/// The addressee that a phrase names; none for a pronoun, an outlet, the press.
fn speaker(frame: &Frame<'_>, phrase: &[Word], speakers: &[Vec<Speaker>]) -> Option<Speaker> {
    const BEFORE: &[&str] =
        &["the", "a", "an", "his", "its", "their", "fellow", "mr", "mr.", "mrs", "ms", "ms.", "mrs."];
    if phrase.iter().any(|word| NOBODY.contains(&word.lower.as_str())) {
        return None;
    }
    let keep = phrase.len() > 1 && matches!(phrase[0].lower.as_str(), "the" | "his" | "its" | "their");
    let skip = phrase.iter().take_while(|word| BEFORE.contains(&word.lower.as_str())).count();
    let rest = phrase.get(skip..).filter(|rest| !rest.is_empty())?;
    let text = |words: &[Word]| {
        frame.text[words[0].span.begin as usize..words[words.len() - 1].span.end as usize].to_owned()
    };
    let is_name = rest.iter().all(|word| frame.words(word.span).starts_with(char::is_uppercase));
    let name = if is_name { fullest(&text(rest), speakers) } else { text(if keep { phrase } else { rest }) };
    Some(Speaker { name, kind: kind(rest, is_name), id: None, role: None, anonymous: false })
}

fn kind(words: &[Word], is_name: bool) -> SpeakerType {
    const BODIES: &[&str] = &[
        "court",
        "committee",
        "congress",
        "senate",
        "house",
        "parliament",
        "council",
        "ministry",
        "department",
        "party",
        "agency",
    ];
    if words.iter().any(|word| word.among(BODIES)) {
        SpeakerType::Organisation
    } else if is_name {
        SpeakerType::Person
    } else {
        SpeakerType::Group
    }
}

/// The longest name among the speakers that ends in this one.
fn fullest(name: &str, speakers: &[Vec<Speaker>]) -> String {
    let ends =
        |full: &&str| full.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    let names = speakers.iter().flatten().map(|speaker| speaker.name.as_str()).filter(ends);
    names.max_by_key(|full| full.len()).unwrap_or(name).to_owned()
}
