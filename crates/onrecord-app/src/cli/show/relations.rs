//! The links of a record, told at each of their two ends.

use onrecord::{Link, Relation, Selection};

/// For each statement of the whole record, its links in words: `disputed by 4`.
pub(super) fn relations(selection: &Selection) -> Vec<Vec<Told>> {
    let mut told = vec![Vec::new(); selection.record().statements.len()];
    for link in selection.links() {
        let [active, passive] = voices(link);
        told[link.from].push(Told { relation: link.relation, words: format!("{active} {}", link.to) });
        told[link.to].push(Told { relation: link.relation, words: format!("{passive} {}", link.from) });
    }
    told
}

/// A link as one of its ends tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The kind of link.
    pub(super) relation: Relation,
    /// In words, with the other end's number.
    pub(super) words: String,
}

fn voices(link: &Link) -> [&'static str; 2] {
    match link.relation {
        Relation::Disputes => ["↯ disputes", "↯ disputed by"],
        Relation::Supports => ["supports", "supported by"],
        Relation::Answers => ["answers", "answered by"],
        Relation::Repeats => ["repeats", "repeated by"],
        Relation::Drifts => ["words otherwise than", "worded otherwise by"],
    }
}
