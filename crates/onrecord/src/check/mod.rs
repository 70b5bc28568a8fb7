//! What a careful reader would check first in this copy of a text, found in its words alone. Precision comes before
//! recall: `record/flags.md` has the share that is right.

mod alike;
mod loops;
mod marks;
mod misspelt;
mod names;

use serde::Serialize;

use crate::Span;

/// Something that a careful reader would check first.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// What it is.
    pub kind: FlagKind,
    /// Where, in order.
    pub span: Vec<Span>,
    /// In words for people.
    pub note: String,
    /// How often such a flag is right, in `[0, 1]`.
    pub score: f32,
}

/// What is flagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// A phrase said over and over.
    Loop,
    /// Quotation marks that don't pair.
    BrokenQuote,
    /// A name that is spelt in two ways.
    MisspeltName,
    /// Other articles have other words inside the quotation marks: told by a ledger.
    AlteredQuote,
    /// The passage stands in other articles, too: told by a ledger.
    SharedText,
}

/// So many flags of a text are told: more are no longer things to look at first.
const MOST: usize = 100;

/// The flags of a text, in its order.
pub fn check(text: &str) -> Vec<Flag> {
    let mut flags = [marks::broken(text), loops::loops(text), misspelt::misspelt(text)].concat();
    flags.sort_by_key(|flag| flag.span.first().map(|span| span.begin));
    flags.truncate(MOST);
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_order_of_the_text() {
        let text =
            "The pier fell in, the pier fell in, the pier fell in.\n\n“It did, said Ann Lee.\n\nNobody wept.";
        let kinds: Vec<FlagKind> = check(text).into_iter().map(|flag| flag.kind).collect();
        assert_eq!(kinds, [FlagKind::Loop, FlagKind::BrokenQuote]);
        assert_eq!(check(""), []);
    }
}
