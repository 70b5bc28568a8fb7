//! Pairs predicted statements with annotated ones and counts.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::figures::Figures;
use super::files::{Gold, Roles};
use super::letters::Letters;
use super::ranges::Ranges;

/// Contents that overlap by this much are the same content.
const SAME_CONTENT: f64 = 0.8;

/// Sources that overlap by this much are the same source.
const SAME_SOURCE: f64 = 0.5;

/// Which statements are scored; the others are left out on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Those that stand in no other's content.
    Outer,
    /// Those that do.
    Nested,
}

/// What of two sides agrees: `both` of `gold` and of `pred`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Agreement {
    pub(super) both: u64,
    pub(super) gold: u64,
    pub(super) pred: u64,
}

/// For each kind of gold content: how many, and how many were found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recall {
    pub(super) found: u64,
    pub(super) gold: u64,
}

/// The counts of all articles.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) gold: u64,
    pub(super) pred: u64,
    /// Gold cues that a predicted one touches.
    pub(super) cues_found: Recall,
    /// Predicted cues that a gold one touches.
    pub(super) cues_right: Recall,
    pub(super) words: Agreement,
    /// Pairs with the same content.
    pub(super) same_content: u64,
    /// Of them, those with the very same content.
    pub(super) exact_content: u64,
    /// Of them, those with the same source too: right.
    pub(super) right: u64,
    /// Contiguous spans of source, cue, content.
    pub(super) spans: [Agreement; 3],
    /// Direct, mixed, indirect.
    pub(super) kinds: [Recall; 3],
}

/// A running score, with some examples of what went wrong.
pub(super) struct Score {
    level: Level,
    counts: Counts,
    examples: usize,
    missed: Vec<String>,
    spurious: Vec<String>,
}

/// A statement as sets of letters: source, cue, content.
struct Lettered([Ranges; 3]);

impl Lettered {
    fn source(&self) -> &Ranges {
        &self.0[0]
    }

    fn cue(&self) -> &Ranges {
        &self.0[1]
    }

    fn content(&self) -> &Ranges {
        &self.0[2]
    }
}

impl Score {
    /// Nothing has been counted; of each kind of error so many are remembered.
    pub(super) fn new(level: Level, examples: usize) -> Score {
        Score { level, counts: Counts::default(), examples, missed: Vec::new(), spurious: Vec::new() }
    }

    /// Whether no gold statement was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.counts.gold == 0
    }

    /// Counts one article.
    pub(super) fn add(&mut self, article: &Gold, predicted: &[Roles], letters: &Letters) {
        let mut gold = self.lettered(&article.statements, letters);
        let mut pred = self.lettered(predicted, letters);
        self.add_spans(&gold, &pred);
        gold.retain(|statement| !statement.content().is_empty());
        pred.retain(|statement| !statement.content().is_empty());
        self.counts.gold += gold.len() as u64;
        self.counts.pred += pred.len() as u64;
        self.add_cues(&gold, &pred);
        self.add_words(&gold, &pred, letters);
        let (gold_right, pred_right) = self.add_pairs(&gold, &pred);
        self.add_kinds(&gold, &gold_right, letters);
        let show = |statement: &Lettered| show(article, statement, letters);
        remember(&mut self.missed, self.examples, &gold, &gold_right, show);
        remember(&mut self.spurious, self.examples, &pred, &pred_right, show);
    }

    fn lettered(&self, statements: &[Roles], letters: &Letters) -> Vec<Lettered> {
        let wanted = statements.iter().filter(|roles| roles.is_nested() == (self.level == Level::Nested));
        let sets =
            |roles: &Roles| Lettered([&roles.source, &roles.cue, &roles.content].map(|s| letters.of(s)));
        wanted.map(sets).collect()
    }

    /// Spans exactly right, whatever statement they stand in. Letters without a gap between are one span.
    fn add_spans(&mut self, gold: &[Lettered], pred: &[Lettered]) {
        for (role, agreement) in self.counts.spans.iter_mut().enumerate() {
            let spans = |side: &[Lettered]| -> BTreeSet<[u32; 2]> {
                side.iter().flat_map(|statement| statement.0[role].iter()).collect()
            };
            let (gold, pred) = (spans(gold), spans(pred));
            agreement.both += gold.intersection(&pred).count() as u64;
            agreement.gold += gold.len() as u64;
            agreement.pred += pred.len() as u64;
        }
    }

    fn add_cues(&mut self, gold: &[Lettered], pred: &[Lettered]) {
        let touched = |recall: &mut Recall, these: &[Lettered], those: &[Lettered]| {
            let those = Ranges::union(those.iter().map(Lettered::cue));
            recall.gold += these.iter().filter(|s| !s.cue().is_empty()).count() as u64;
            recall.found += these.iter().filter(|s| s.cue().shared(&those) > 0).count() as u64;
        };
        touched(&mut self.counts.cues_found, gold, pred);
        touched(&mut self.counts.cues_right, pred, gold);
    }

    fn add_words(&mut self, gold: &[Lettered], pred: &[Lettered], letters: &Letters) {
        let words = |side: &[Lettered]| letters.words(&Ranges::union(side.iter().map(Lettered::content)));
        let (gold, pred) = (words(gold), words(pred));
        self.counts.words.both += u64::from(gold.shared(&pred));
        self.counts.words.gold += u64::from(gold.len());
        self.counts.words.pred += u64::from(pred.len());
    }

    /// Tells for each side which statements are right.
    fn add_pairs(&mut self, gold: &[Lettered], pred: &[Lettered]) -> (Vec<bool>, Vec<bool>) {
        let mut right = (vec![false; gold.len()], vec![false; pred.len()]);
        for pair in pairs(gold, pred) {
            if pair.content < SAME_CONTENT {
                continue;
            }
            self.counts.same_content += 1;
            self.counts.exact_content += u64::from(pair.content == 1.0);
            if pair.source >= SAME_SOURCE {
                self.counts.right += 1;
                (right.0[pair.gold], right.1[pair.pred]) = (true, true);
            }
        }
        right
    }

    fn add_kinds(&mut self, gold: &[Lettered], right: &[bool], letters: &Letters) {
        for (statement, &right) in gold.iter().zip(right) {
            let share = letters.quoted(statement.content());
            let kind = if share > 0.95 {
                0
            } else if share > 0.05 {
                1
            } else {
                2
            };
            self.counts.kinds[kind].gold += 1;
            self.counts.kinds[kind].found += u64::from(right);
        }
    }

    /// The figures so far.
    pub(super) fn figures(&self) -> Figures {
        Figures::new(&self.counts)
    }

    /// Writes the remembered errors, the missed ones first.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub(super) fn write_errors(&self, out: &mut impl Write) -> io::Result<()> {
        self.missed.iter().try_for_each(|example| writeln!(out, "missed {example}"))?;
        self.spurious.iter().try_for_each(|example| writeln!(out, "spurious {example}"))
    }
}

/// A gold and a predicted statement whose contents share a letter, with their overlaps.
#[derive(Clone, Copy)]
struct Pair {
    content: f64,
    source: f64,
    gold: usize,
    pred: usize,
}

/// One-to-one pairs: best overlap of content first, then of source, then the order of the two lists.
fn pairs(gold: &[Lettered], pred: &[Lettered]) -> Vec<Pair> {
    let mut pairs = candidates(gold, pred);
    pairs.sort_by(|a, b| {
        let overlaps = b.content.total_cmp(&a.content).then(b.source.total_cmp(&a.source));
        overlaps.then((a.gold, a.pred).cmp(&(b.gold, b.pred)))
    });
    let (mut gold_free, mut pred_free) = (vec![true; gold.len()], vec![true; pred.len()]);
    pairs.retain(|pair| {
        let free = gold_free[pair.gold] && pred_free[pair.pred];
        if free {
            (gold_free[pair.gold], pred_free[pair.pred]) = (false, false);
        }
        free
    });
    pairs
}

fn candidates(gold: &[Lettered], pred: &[Lettered]) -> Vec<Pair> {
    let mut candidates = Vec::new();
    for (g, annotated) in gold.iter().enumerate() {
        for (p, predicted) in pred.iter().enumerate() {
            if annotated.content().shared(predicted.content()) > 0 {
                let content = annotated.content().overlap(predicted.content());
                let source = annotated.source().overlap(predicted.source());
                candidates.push(Pair { content, source, gold: g, pred: p });
            }
        }
    }
    candidates
}

fn remember(
    examples: &mut Vec<String>,
    most: usize,
    statements: &[Lettered],
    right: &[bool],
    show: impl Fn(&Lettered) -> String,
) {
    let wrong = statements.iter().zip(right).filter(|&(_, &right)| !right);
    let room = most - examples.len();
    examples.extend(wrong.take(room).map(|(statement, _)| show(statement)));
}

fn show(article: &Gold, statement: &Lettered, letters: &Letters) -> String {
    let words = |role: &Ranges| {
        let stretch = |[begin, end]: [u32; 2]| -> String {
            article.text.chars().skip(begin as usize).take((end - begin) as usize).collect()
        };
        let stretches: Vec<_> = letters.points(role).into_iter().map(stretch).collect();
        if stretches.is_empty() { "-".to_owned() } else { stretches.join(" … ") }
    };
    format!(
        "{}\n   source  {}\n   cue     {}\n   content {}",
        article.id,
        words(statement.source()),
        words(statement.cue()),
        words(statement.content())
    )
}
