//! The acts: what a speaker does in saying something.

use serde::Serialize;

use super::Frame;
use super::acts::source::Head;
use super::acts::words::{Word, words};
use super::acts::{content, lexicon, negation, source};
use super::reasons::ActReason;

/// What the speaker does. One for each statement; `record.md` says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are their own explanation; the record's page defines each")]
pub enum Act {
    State,
    Claim,
    Report,
    Confirm,
    Admit,
    Deny,
    Question,
    Ask,
    Mention,
    Describe,
    Predict,
    Believe,
    Feel,
    Accuse,
    Criticise,
    Praise,
    Request,
    Demand,
    Order,
    Advise,
    Warn,
    Threaten,
    Promise,
    Offer,
    Agree,
    Withdraw,
    Decide,
    Refuse,
    Announce,
    Express,
}

impl Act {
    /// All acts, in the order of the record's page, which is the order of the model's outputs.
    pub const ALL: [Act; 30] = [
        Act::State,
        Act::Claim,
        Act::Report,
        Act::Confirm,
        Act::Admit,
        Act::Deny,
        Act::Question,
        Act::Ask,
        Act::Mention,
        Act::Describe,
        Act::Predict,
        Act::Believe,
        Act::Feel,
        Act::Accuse,
        Act::Criticise,
        Act::Praise,
        Act::Request,
        Act::Demand,
        Act::Order,
        Act::Advise,
        Act::Warn,
        Act::Threaten,
        Act::Promise,
        Act::Offer,
        Act::Agree,
        Act::Withdraw,
        Act::Decide,
        Act::Refuse,
        Act::Announce,
        Act::Express,
    ];

    /// The act as the record writes it.
    pub fn word(self) -> &'static str {
        const WORDS: [&str; Act::ALL.len()] = [
            "state",
            "claim",
            "report",
            "confirm",
            "admit",
            "deny",
            "question",
            "ask",
            "mention",
            "describe",
            "predict",
            "believe",
            "feel",
            "accuse",
            "criticise",
            "praise",
            "request",
            "demand",
            "order",
            "advise",
            "warn",
            "threaten",
            "promise",
            "offer",
            "agree",
            "withdraw",
            "decide",
            "refuse",
            "announce",
            "express",
        ];
        WORDS[self as usize]
    }

    /// The act with this word.
    pub fn from_word(word: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.word() == word)
    }

    /// Whether something was uttered: an attitude that the report ascribes, or a deed of office, is no saying.
    pub fn is_saying(self) -> bool {
        !matches!(self, Act::Believe | Act::Feel | Act::Decide)
    }
}

/// From here on, the model holds the statement for negated.
const LIKELY: f32 = 0.5;

/// The act of a statement, and whether it is said not to have been done.
pub(super) fn act(frame: &Frame<'_>) -> (Act, bool) {
    let negated = frame.attribution.scores.negated > LIKELY || negation::negated(frame);
    (with_reason(frame).0, negated)
}

/// The act of a statement, and what gave it.
pub(super) fn with_reason(frame: &Frame<'_>) -> (Act, ActReason) {
    let cue = words(frame, &frame.attribution.cue);
    match lexicon::read(&cue) {
        Some(&[act]) => settled(frame, &cue, act),
        Some(&[]) => neutral(frame, &cue),
        Some(acts) => one_of(frame, &cue, acts),
        None if cue.iter().any(Word::is_word) => {
            likeliest(frame, &Act::ALL).map_or_else(|| unknown(frame), |act| (act, ActReason::Model))
        }
        None => neutral(frame, &cue),
    }
}

/// A cue that names one act: it decides, but for what the content turns it into.
fn settled(frame: &Frame<'_>, cue: &[Word], act: Act) -> (Act, ActReason) {
    let lead = content::lead(frame);
    let of = |list: &[&str]| lead.iter().take(6).chain(cue).any(|word| word.among(list));
    match act {
        Act::Refuse | Act::Criticise
            if (of(CLAIMS) || tells_of_a_telling(&lead))
                && cue.iter().any(|word| word.among(TURNED_DOWN)) =>
        {
            (Act::Deny, ActReason::CueAndContent)
        }
        act => (act, ActReason::Cue),
    }
}

/// What is denied where it is rejected.
const CLAIMS: &[&str] = &[
    "claim",
    "allegation",
    "accusation",
    "charge",
    "suggestion",
    "assertion",
    "notion",
    "idea",
    "rumour",
    "rumor",
    "report",
    "criticism",
    "warning",
    "finding",
    "conclusion",
];
/// What is denied where it is rejected and not qualified: "the account", but not "the account holder".
const TELLINGS: &[&str] = &["account", "version", "story", "theory", "explanation", "portrayal"];
const TURNED_DOWN: &[&str] = &["reject", "rebuff", "rejection", "dismiss", "dispute"];

/// Whether the words open with somebody's telling: "his version of events".
fn tells_of_a_telling(lead: &[Word]) -> bool {
    const GOES_ON: &[&str] = &["of", "that", "by", "from", "given", "as", "and", "in"];
    let ends = |next: Option<&Word>| next.is_none_or(|word| !word.is_word() || word.among(GOES_ON));
    (0..lead.len().min(5)).any(|at| lead[at].among(TELLINGS) && ends(lead.get(at + 1)))
}

/// A cue that names no act: what the content plainly is; documents and outlets report.
fn neutral(frame: &Frame<'_>, cue: &[Word]) -> (Act, ActReason) {
    if source::head(frame) != Head::Other {
        return (Act::Report, ActReason::Source);
    }
    let told = cue.iter().any(|word| word.is("tell"));
    if told && tells_to(frame) {
        return (Act::Order, ActReason::CueAndContent);
    }
    if cue.len() > 1 && cue.last().is_some_and(|word| word.lower == "about") {
        return (Act::Mention, ActReason::Cue);
    }
    // Here the model is no help: its guess at an act from the content alone is right less often than "state".
    of_content(frame).unwrap_or((Act::State, ActReason::Nothing))
}

/// A cue that may name several acts: the one that the source, the content or the model speaks for, else the first.
fn one_of(frame: &Frame<'_>, cue: &[Word], acts: &[Act]) -> (Act, ActReason) {
    let fits = |act: &Act| acts.contains(act);
    let claims = || {
        let lead = content::lead(frame);
        lead.iter().take(6).any(|word| word.among(CLAIMS)) || tells_of_a_telling(&lead)
    };
    if fits(&Act::Report) && source::head(frame) != Head::Other {
        (Act::Report, ActReason::Source)
    } else if fits(&Act::Deny) && fits(&Act::Refuse) && claims() {
        (Act::Deny, ActReason::CueAndContent)
    } else if fits(&Act::Admit)
        && fits(&Act::Deny)
        && content::lead(frame).first().is_some_and(|w| w.lower == "guilty")
    {
        (Act::Admit, ActReason::CueAndContent)
    } else if fits(&Act::Request) && (starts_with_to(frame) || ends_with_for(cue)) {
        (Act::Request, ActReason::CueAndContent)
    } else {
        let plain = of_content(frame).filter(|(act, _)| fits(act));
        let likeliest = || likeliest(frame, acts).map(|act| (act, ActReason::Model));
        plain.or_else(likeliest).unwrap_or((acts[0], ActReason::FirstOfCue))
    }
}

/// The likeliest of `acts`, where a model read the statement. On a tie the earlier one.
fn likeliest(frame: &Frame<'_>, acts: &[Act]) -> Option<Act> {
    let score = |act: Act| frame.attribution.scores.acts[act as usize];
    let best = acts.iter().copied().reduce(|best, act| if score(act) > score(best) { act } else { best })?;
    (score(best) > 0.0).then_some(best)
}

/// A cue in no list: documents report, else the content decides.
fn unknown(frame: &Frame<'_>) -> (Act, ActReason) {
    if source::head(frame) != Head::Other {
        return (Act::Report, ActReason::Source);
    }
    of_content(frame).unwrap_or((Act::State, ActReason::Nothing))
}

/// The act that the content plainly is, and its words that show it.
fn of_content(frame: &Frame<'_>) -> Option<(Act, ActReason)> {
    content::act(frame).map(|(act, words)| (act, ActReason::Content(words)))
}

/// "told his men *never to speak*": a command, if no clause comes first.
fn tells_to(frame: &Frame<'_>) -> bool {
    const CLAUSE: &[&str] =
        &["that", "be", "have", "will", "would", "it", "there", "about", "can", "do", "want"];
    let lead = content::lead(frame);
    let to = lead.iter().take(6).position(|word| word.lower == "to");
    to.is_some_and(|to| !lead[..to].iter().any(|word| word.among(CLAUSE)))
}

/// "asked *to leave*", "asked *for* help".
fn starts_with_to(frame: &Frame<'_>) -> bool {
    let lead = content::lead(frame);
    let first = lead.first().map(|word| word.lower.as_str());
    matches!(first, Some("to" | "for"))
        || first == Some("not") && lead.get(1).is_some_and(|w| w.lower == "to")
}

fn ends_with_for(cue: &[Word]) -> bool {
    cue.last().is_some_and(|word| matches!(word.lower.as_str(), "for" | "to" | "on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_agree() {
        for (number, act) in Act::ALL.into_iter().enumerate() {
            assert_eq!(act as usize, number);
            assert_eq!(Act::from_word(act.word()), Some(act));
            assert_eq!(serde_json::to_value(act).unwrap(), act.word());
            assert_eq!(format!("{act:?}").to_lowercase(), act.word());
        }
    }
}
