//! Linking as a ledger does it: articles come one after the other, each is compared with what shares a key.

use std::collections::HashMap;

use onrecord::Span;
use onrecord::link::across::{COMMON, Keys, Tie, Utterance, compare, passage_keys, shared};

use super::records::Report;

/// What is kept under a key.
#[derive(Default)]
struct Index(HashMap<u64, Vec<u32>>);

impl Index {
    /// The numbers kept under the keys sought, in order; then keeps `number`.
    fn meet(&mut self, keys: &Keys, number: u32) -> Vec<u32> {
        let under = |key| self.0.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut met: Vec<u32> = keys.sought.iter().flat_map(under).copied().collect();
        met.sort_unstable();
        met.dedup();
        for key in &keys.kept {
            let under = self.0.entry(*key).or_default();
            if under.len() < COMMON {
                under.push(number);
            }
        }
        met
    }
}

/// A statement, as the number of its report and its place there.
pub(super) type Place = (usize, usize);

/// What was found among some reports.
pub(super) struct Found {
    /// Ties from a later to an earlier statement.
    pub(super) ties: Vec<(Place, Place, Tie)>,
    /// How many pairs were compared.
    pub(super) compared: usize,
    /// How many keys were kept.
    pub(super) keys: usize,
}

/// The statements of reports made ready, each with its place.
pub(super) fn utterances(reports: &[Report]) -> Vec<(Place, Utterance<'_>)> {
    let of = |(number, report): (usize, &'_ Report)| {
        let one = |place| -> Place { (number, place) };
        (0..report.statements.len()).map(one).collect::<Vec<_>>()
    };
    let places = reports.iter().enumerate().flat_map(of);
    let utterance = |place: Place| {
        let report = &reports[place.0];
        (place, Utterance::new(&report.statements[place.1], &report.article, &report.outline))
    };
    places.map(utterance).collect()
}

/// Links statements by their keys.
pub(super) fn statements(utterances: &[(Place, Utterance<'_>)]) -> Found {
    let (mut index, mut found) = (Index::default(), Found { ties: Vec::new(), compared: 0, keys: 0 });
    for (number, (place, utterance)) in utterances.iter().enumerate() {
        let keys = utterance.keys(&utterance.matter());
        found.keys += keys.kept.len();
        for other in index.meet(&keys, number as u32) {
            let (theirs, earlier) = &utterances[other as usize];
            if theirs.0 == place.0 {
                continue;
            }
            found.compared += 1;
            found.ties.extend(compare(utterance, earlier).map(|tie| (*place, *theirs, tie)));
        }
    }
    found
}

/// Stretches of two texts that are the same.
pub(super) type Spans = Vec<(Span, Span)>;

/// Passages that a later report, the first number, shares with an earlier one.
pub(super) struct Passages {
    pub(super) found: Vec<(usize, usize, Spans)>,
    pub(super) compared: usize,
    pub(super) keys: usize,
}

/// Finds shared passages by their keys.
pub(super) fn passages(reports: &[Report]) -> Passages {
    let (mut index, mut out) = (Index::default(), Passages { found: Vec::new(), compared: 0, keys: 0 });
    for (number, report) in reports.iter().enumerate() {
        let keys = passage_keys(&report.article.text, &report.outline);
        let mut kept: Vec<u64> = keys.into_iter().map(|(key, _)| key).collect();
        kept.sort_unstable();
        kept.dedup();
        let keys = Keys { sought: kept.clone(), kept, of_matter: Vec::new() };
        out.keys += keys.kept.len();
        for other in index.meet(&keys, number as u32) {
            let other = other as usize;
            if other == number {
                continue;
            }
            out.compared += 1;
            let spans = both(report, &reports[other]);
            if !spans.is_empty() {
                out.found.push((number, other, spans));
            }
        }
    }
    out
}

/// The passages that two reports share.
pub(super) fn both(ours: &Report, theirs: &Report) -> Spans {
    shared((&ours.article.text, &ours.outline), (&theirs.article.text, &theirs.outline))
}
