//! The act that a content plainly is, for cues that name none: "said he would veto it" is a promise.

use std::sync::LazyLock;

use super::pattern::{Match, Patterns, rows};
use super::words::{Word, stretch};
use crate::resolve::{Act, Frame};
use crate::{Quote, Span};

/// How many words of a content are its leading clause at most.
const LEAD: usize = 18;

static CONTENTS: LazyLock<Patterns<Act>> = LazyLock::new(|| {
    let file = include_str!("../../../data/contents.tsv");
    Patterns::new(rows(file).filter_map(|(act, pattern)| Some((pattern, Act::from_word(act)?))))
});

/// The act that the leading clause of the content is, and the words that show it; the one that the file names first if
/// it could be several.
pub(crate) fn act(frame: &Frame<'_>) -> Option<(Act, Span)> {
    let words = lead(frame);
    let found = (0..words.len()).filter_map(|at| CONTENTS.at(&words, at));
    let found: Vec<_> = found.filter(|m| in_main_clause(frame, &words, m)).collect();
    let best = found.into_iter().max_by_key(|m| (m.named.min(3), std::cmp::Reverse(m.begin)))?;
    let shown = Span { begin: words[best.begin].span.begin, end: words[best.end - 1].span.end };
    Some((best.value, shown))
}

/// Words that open a clause of their own.
const SUBORDINATORS: &[&str] = &[
    "who", "which", "that", "if", "when", "what", "whether", "because", "while", "where", "how", "before",
    "as", "than",
];

/// Words that open an indirect question.
const ASKING: &[&str] = &["whether", "what", "how", "why", "who", "where", "when"];

/// What is said of the future or of duties counts in the main clause alone; in words quoted whole, only at their
/// beginning, where the report chose to let them stand for themselves.
fn in_main_clause(frame: &Frame<'_>, words: &[Word], found: &Match<Act>) -> bool {
    if !matches!(
        found.value,
        Act::Predict | Act::Advise | Act::Demand | Act::Warn | Act::Accuse | Act::Criticise
    ) {
        return true;
    }
    let before = &words[..found.begin];
    let reach = if frame.attribution.quote == Quote::Indirect { 12 } else { 4 };
    let loud =
        matches!(found.value, Act::Criticise | Act::Accuse) && frame.attribution.quote != Quote::Indirect;
    let nested = before.iter().skip(1).any(|word| SUBORDINATORS.contains(&word.lower.as_str()));
    let asks = words.first().is_some_and(|word| ASKING.contains(&word.lower.as_str()));
    let hypothetical = words[found.begin].lower == "would" && frame.attribution.quote != Quote::Indirect;
    !hypothetical && !nested && !asks && (loud || before.len() <= reach)
}

/// The leading clause: from the first word that is no mark or filler to the end of the sentence.
pub(crate) fn lead(frame: &Frame<'_>) -> Vec<Word> {
    let Some(&first) = frame.attribution.content.first() else { return Vec::new() };
    let range = frame.tokens(first);
    let words = stretch(frame, range.start..range.end.min(range.start + 2 * LEAD));
    let is_verb = |at: usize| words.get(at).is_some_and(|word| word.is("be"));
    let skip = words.iter().enumerate().take_while(|(at, word)| filler(word) && !is_verb(at + 1)).count();
    let clause =
        words.into_iter().skip(skip).take_while(|word| !matches!(word.lower.as_str(), "." | "¶" | ";"));
    clause.filter(Word::is_word).take(LEAD).collect()
}

fn filler(word: &Word) -> bool {
    const FILLERS: &[&str] = &[
        "that", "but", "and", "so", "well", "look", "because", "today", "now", "also", "here", "yes",
        "frankly",
    ];
    !word.is_word() || FILLERS.contains(&word.lower.as_str())
}
