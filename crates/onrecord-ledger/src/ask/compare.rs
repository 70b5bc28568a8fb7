//! Outlets side by side: who gets quoted where.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::find::Question;
use super::stats::SpeakerCount;
use super::walk::Walked;
use super::who::Count;
use crate::{Ledger, LedgerError};

/// What outlets have of the statements that fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Each outlet, in the order asked for.
    pub outlets: Vec<Outlet>,
    /// Whom all of them together quote most, with how often each one does; thirty at most.
    pub speakers: Vec<(String, Vec<u64>)>,
}

/// One outlet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its name, as asked for.
    pub publisher: String,
    /// In how many articles statements fit.
    pub articles: u64,
    /// How many statements.
    pub statements: u64,
    /// How many of them have a speaker who is relayed unnamed.
    pub anonymous: u64,
    /// How many are disputed.
    pub disputed: u64,
    /// What speakers do, the commonest first.
    pub acts: Vec<Count>,
}

impl Outlet {
    fn new(publisher: &str, walked: &Walked) -> Outlet {
        Outlet {
            publisher: publisher.to_owned(),
            articles: walked.articles(),
            statements: walked.all.statements,
            anonymous: walked.all.anonymous,
            disputed: walked.disputed,
            acts: walked.acts(),
        }
    }
}

/// Whoever speaks less than the first so many is not compared.
const SPEAKERS: usize = 30;

impl Ledger {
    /// Sets outlets beside each other, by the statements that fit.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn compare(&self, question: &Question, publishers: &[String]) -> Result<Comparison, LedgerError> {
        let mut outlets = Vec::new();
        let mut speakers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (number, publisher) in publishers.iter().enumerate() {
            let question = Question { publishers: vec![publisher.clone()], ..question.clone() };
            let (outlet, speaking) = self
                .walk(&question, |db, walked| Ok((Outlet::new(publisher, walked), walked.speakers(db)?)))?;
            for SpeakerCount { what, count, .. } in speaking {
                speakers.entry(what).or_insert_with(|| vec![0; publishers.len()])[number] += count;
            }
            outlets.push(outlet);
        }
        let mut speakers: Vec<(String, Vec<u64>)> = speakers.into_iter().collect();
        speakers.sort_by_key(|(_, counts)| Reverse(counts.iter().sum::<u64>()));
        speakers.truncate(SPEAKERS);
        Ok(Comparison { outlets, speakers })
    }
}
