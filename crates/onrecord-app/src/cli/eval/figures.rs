//! Counts to figures, and how they are printed.

use std::fmt;

use serde::Serialize;

use super::score::{Agreement, Counts, Recall};

/// The figures of one scoring, under the names that the project's scorer gives them.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    gold: u64,
    predicted: u64,
    cue: Quality,
    content: Quality,
    content_exact: Quality,
    token: Quality,
    source_accuracy: f64,
    statement: Quality,
    spans: Spans,
    recall_by_kind: Kinds,
}

/// Precision, recall and their harmonic mean, 0 to 1.
#[derive(Clone, Copy, Debug, Serialize)]
struct Quality {
    p: f64,
    r: f64,
    f1: f64,
}

/// F1 of exactly right spans.
#[derive(Debug, Serialize)]
struct Spans {
    source: f64,
    cue: f64,
    content: f64,
}

#[derive(Debug, Serialize)]
struct Kinds {
    direct: Kind,
    mixed: Kind,
    indirect: Kind,
}

/// Recall of right statements among those whose gold content is of this kind.
#[derive(Debug, Serialize)]
struct Kind {
    r: f64,
    gold: u64,
}

impl Figures {
    /// Divides.
    pub(super) fn new(counts: &Counts) -> Figures {
        let statements = |both| Quality::of(Agreement { both, gold: counts.gold, pred: counts.pred });
        let [source, cue, content] = counts.spans.map(dice);
        let [direct, mixed, indirect] = counts.kinds.map(Kind::of);
        Figures {
            gold: counts.gold,
            predicted: counts.pred,
            cue: Quality::new(recall(counts.cues_right), recall(counts.cues_found)),
            content: statements(counts.same_content),
            content_exact: statements(counts.exact_content),
            token: Quality::of(counts.words),
            source_accuracy: share(counts.right, counts.same_content),
            statement: statements(counts.right),
            spans: Spans { source, cue, content },
            recall_by_kind: Kinds { direct, mixed, indirect },
        }
    }
}

impl Quality {
    fn new(p: f64, r: f64) -> Quality {
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Quality { p, r, f1 }
    }

    fn of(agreement: Agreement) -> Quality {
        Quality::new(share(agreement.both, agreement.pred), share(agreement.both, agreement.gold))
    }
}

impl Kind {
    fn of(recalled: Recall) -> Kind {
        Kind { r: recall(recalled), gold: recalled.gold }
    }
}

fn recall(recall: Recall) -> f64 {
    share(recall.found, recall.gold)
}

fn dice(agreement: Agreement) -> f64 {
    share(2 * agreement.both, agreement.gold + agreement.pred)
}

/// 0 where there is nothing to share.
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The lines that the project's scorer prints.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "gold {}  predicted {}", self.gold, self.predicted)?;
        let rows = [
            ("cue", self.cue),
            ("content", self.content),
            ("content_exact", self.content_exact),
            ("token", self.token),
            ("statement", self.statement),
        ];
        for (name, Quality { p, r, f1 }) in rows {
            writeln!(f, "{name:14} P {p:.3}  R {r:.3}  F1 {f1:.3}")?;
        }
        writeln!(f, "source given content  {:.3}", self.source_accuracy)?;
        let Spans { source, cue, content } = self.spans;
        writeln!(f, "exact spans F1  source {source:.3}  cue {cue:.3}  content {content:.3}")?;
        let Kinds { direct, mixed, indirect } = &self.recall_by_kind;
        let [direct, mixed, indirect] =
            [direct, mixed, indirect].map(|kind| format!("{:.3} ({})", kind.r, kind.gold));
        write!(f, "statement recall by kind  direct {direct}  mixed {mixed}  indirect {indirect}")
    }
}
