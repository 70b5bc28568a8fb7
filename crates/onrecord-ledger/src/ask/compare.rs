//! Outlets side by side: who gets quoted where.

use serde::Serialize;

use super::find::Question;
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
        let mut speakers: Vec<(String, Vec<u64>)> = Vec::new();
        for (number, publisher) in publishers.iter().enumerate() {
            let question = Question { publishers: vec![publisher.clone()], ..question.clone() };
            let stats = self.stats(&question)?;
            let all = "JOIN voice v ON v.statement = s.id AND v.part = 0 JOIN name n ON n.id = v.name \
                       JOIN entity e ON e.id = n.entity";
            for Count { what, count } in
                self.counts(&question, "e.name", all, "GROUP BY e.id ORDER BY 2 DESC, 1")?
            {
                let place = speakers.iter().position(|(name, _)| *name == what).unwrap_or_else(|| {
                    speakers.push((what, vec![0; publishers.len()]));
                    speakers.len() - 1
                });
                speakers[place].1[number] += count;
            }
            outlets.push(Outlet {
                publisher: publisher.clone(),
                articles: stats.articles,
                statements: stats.statements,
                anonymous: stats.anonymous,
                disputed: stats.disputed,
                acts: stats.acts,
            });
        }
        speakers.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.iter().sum::<u64>()), name.clone()));
        speakers.truncate(SPEAKERS);
        Ok(Comparison { outlets, speakers })
    }
}
