//! What stands to a statement: one that disputes, supports or answers it, or that it does that to.

use onrecord_ledger::Linked;

use super::article::end;
use super::card::{Card, shown};
use crate::pages::told;

/// A statement that is linked to another one, and how.
pub(super) struct Side {
    pub(super) words: &'static str,
    pub(super) relation: String,
    /// Whether it is this one that relates.
    pub(super) relates: bool,
    /// The words that show it.
    pub(super) shown_by: String,
    pub(super) card: Card,
}

impl Side {
    /// The other ends of some links, in the order of their days.
    pub(super) fn all(links: &[Linked]) -> Vec<Side> {
        let mut sides: Vec<Side> = links.iter().filter_map(Side::new).collect();
        sides.sort_by(|one, other| one.card.day.cmp(&other.card.day));
        sides
    }

    fn new(link: &Linked) -> Option<Side> {
        Some(Side {
            words: told::Linked::new(&link.relation, end(link), None, String::new())?.words,
            relation: link.relation.clone(),
            relates: link.relates,
            shown_by: shown(&link.evidence_words),
            card: Card::new(&link.statement),
        })
    }

    pub(super) fn is_against(&self) -> bool {
        self.relation == "disputes"
    }
}
