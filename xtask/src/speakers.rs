//! How well a ledger holds people and bodies apart, and together, across articles: purity, inverse purity and B³ (Bagga
//! and Baldwin, 1998) of its entities on mentions that a person looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use onrecord_ledger::{Kept, Ledger, Question};

/// A mention: the article, where the source stands in code points, and the which of its speakers it is, from 0.
type Mention = (String, u32, u32, usize);

/// Prints a table of the figures of `ledger` on `gold`: tab-separated, a mention a line, with the name of whoever it truly
/// is.
pub(crate) fn speakers(ledger: &Path, gold: &Path) -> anyhow::Result<()> {
    let gold = read(gold)?;
    let held = held(&Ledger::read(ledger)?.find(&Question::default())?);
    let pairs: Vec<(&str, Option<u64>)> = gold
        .iter()
        .filter_map(|(mention, name)| held.get(mention).map(|&entity| (name.as_str(), entity)))
        .collect();
    ensure!(!pairs.is_empty(), "the ledger has none of these mentions");
    let groups = Groups::new(&pairs);
    println!(
        "| mentions | found | entities, truly | in the ledger | purity | inverse purity | B³ precision | recall | F1 |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let (precision, recall) = groups.b_cubed();
    println!(
        "| {} | {} | {} | {} | {:.3} | {:.3} | {precision:.3} | {recall:.3} | {:.3} |",
        gold.len(),
        pairs.len(),
        groups.true_sizes.len(),
        groups.held_sizes.len(),
        groups.purity(|&(held, _)| held),
        groups.purity(|&(_, truly)| truly),
        2.0 * precision * recall / (precision + recall)
    );
    Ok(())
}

fn read(gold: &Path) -> anyhow::Result<Vec<(Mention, String)>> {
    let text = fs::read_to_string(gold).with_context(|| format!("{}", gold.display()))?;
    let mention = |line: &str| {
        let [article, begin, end, speaker, name] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        let mention = (article.to_owned(), begin.parse().ok()?, end.parse().ok()?, speaker.parse().ok()?);
        Some((mention, name.to_owned()))
    };
    let lines = text.lines().zip(1..).skip(1);
    lines
        .map(|(line, number)| {
            mention(line).with_context(|| format!("{}:{number}: five columns are needed", gold.display()))
        })
        .collect()
}

/// Whom the ledger takes each mention for.
fn held(statements: &[Kept]) -> BTreeMap<Mention, Option<u64>> {
    let mut held = BTreeMap::new();
    for kept in statements {
        let (Some(first), Some(last)) = (kept.source.first(), kept.source.last()) else { continue };
        for (place, voice) in kept.speakers.iter().enumerate() {
            held.entry((kept.article.id.clone(), first[0], last[1], place)).or_insert(voice.entity);
        }
    }
    held
}

/// How many mentions each entity of the ledger shares with each true one; a mention of nobody is an entity of its own.
struct Groups {
    all: f64,
    both: BTreeMap<(usize, usize), f64>,
    held_sizes: BTreeMap<usize, f64>,
    true_sizes: BTreeMap<usize, f64>,
}

impl Groups {
    fn new(pairs: &[(&str, Option<u64>)]) -> Groups {
        let (mut entities, mut names) = (BTreeMap::new(), BTreeMap::new());
        let mut groups = Groups {
            all: pairs.len() as f64,
            both: BTreeMap::new(),
            held_sizes: BTreeMap::new(),
            true_sizes: BTreeMap::new(),
        };
        for (mention, (name, entity)) in pairs.iter().enumerate() {
            let nobody = if entity.is_none() { mention } else { usize::MAX };
            let (next, next_name) = (entities.len(), names.len());
            let held = *entities.entry((*entity, nobody)).or_insert(next);
            let truly = *names.entry(*name).or_insert(next_name);
            *groups.both.entry((held, truly)).or_default() += 1.0;
            *groups.held_sizes.entry(held).or_default() += 1.0;
            *groups.true_sizes.entry(truly).or_default() += 1.0;
        }
        groups
    }

    /// The share of mentions that are of the commonest in their group; grouped by the ledger's entities, or by the true
    /// ones: inverse purity.
    fn purity(&self, group: impl Fn(&(usize, usize)) -> usize) -> f64 {
        let mut most: BTreeMap<usize, f64> = BTreeMap::new();
        for (both, &count) in &self.both {
            let most = most.entry(group(both)).or_default();
            *most = most.max(count);
        }
        most.values().sum::<f64>() / self.all
    }

    /// Precision and recall.
    fn b_cubed(&self) -> (f64, f64) {
        let sum = |sizes: &BTreeMap<usize, f64>, group: fn(&(usize, usize)) -> usize| -> f64 {
            self.both.iter().map(|(both, count)| count * count / sizes[&group(both)]).sum()
        };
        (sum(&self.held_sizes, |both| both.0) / self.all, sum(&self.true_sizes, |both| both.1) / self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pairs: &[(&str, Option<u64>)], purity: [f64; 2], b_cubed: (f64, f64)) {
        let groups = Groups::new(pairs);
        assert_eq!([groups.purity(|both| both.0), groups.purity(|both| both.1)], purity);
        assert_eq!(groups.b_cubed(), b_cubed);
    }

    #[test]
    fn groups_that_are_mixed_and_torn() {
        check(&[("a", Some(1)), ("a", Some(1)), ("b", Some(2))], [1.0, 1.0], (1.0, 1.0));
        // one entity for two people
        check(&[("a", Some(1)), ("a", Some(1)), ("b", Some(1)), ("b", Some(1))], [0.5, 1.0], (0.5, 1.0));
        // two entities for one
        check(&[("a", Some(1)), ("a", Some(1)), ("a", Some(2)), ("a", Some(2))], [1.0, 0.5], (1.0, 0.5));
        // nobody is not the same nobody
        check(&[("a", None), ("a", None)], [1.0, 0.5], (1.0, 0.5));
    }
}
