//! The acts: what a speaker does in saying something.

use serde::Serialize;

use super::Frame;

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

/// The act of a statement, and whether it is said not to have been done.
pub(super) fn act(frame: &Frame<'_>) -> (Act, bool) {
    let scores = &frame.attribution.scores;
    // on a tie the earlier act, `state` first
    let best =
        (0..Act::ALL.len()).fold(0, |best, at| if scores.acts[at] > scores.acts[best] { at } else { best });
    (Act::ALL[best], scores.negated > 0.5)
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
