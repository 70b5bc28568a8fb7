//! The progress bar: shown on standard error, on long work, where it disturbs no list.

use std::io::{IsTerminal, stderr, stdout};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord_read::{Input, total_bytes};

use crate::cli::messages;

/// Short work needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// More often nobody can read.
const REST: Duration = Duration::from_millis(200);

/// What is written to standard output meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Results, which a bar would disturb on a terminal.
    Results,
    /// Nothing.
    Nothing,
}

/// How far the reading is, and how fast.
pub(crate) struct Progress {
    /// None where standard error is no terminal, or the records themselves run over it.
    bar: Option<ProgressBar>,
    begun: Instant,
    shown: Option<Instant>,
    articles: u64,
    words: u64,
}

impl Progress {
    /// The progress over these inputs; with their size known it tells the time left.
    pub(crate) fn new(inputs: &[Input], beside: Beside) -> Progress {
        let alone = beside == Beside::Nothing || !stdout().is_terminal();
        let bar = (alone && stderr().is_terminal()).then(|| bar(total_bytes(inputs)));
        Progress { bar, begun: Instant::now(), shown: None, articles: 0, words: 0 }
    }

    /// One more article of so many words; `bytes` have been read in all.
    pub(crate) fn advance(&mut self, words: u64, bytes: u64) {
        self.articles += 1;
        self.words += words;
        let Some(bar) = &self.bar else { return };
        let passed = self.begun.elapsed();
        if passed < PATIENCE || self.shown.is_some_and(|shown| shown.elapsed() < REST) {
            return;
        }
        if self.shown.is_none() {
            messages::show(bar);
        }
        self.shown = Some(Instant::now());
        let rate = |count: u64| HumanCount((count as f64 / passed.as_secs_f64()) as u64);
        bar.set_message(format!("{} articles/s · {} words/s", rate(self.articles), rate(self.words)));
        bar.set_position(bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Hidden at first.
fn bar(total: Option<u64>) -> ProgressBar {
    let template = match total {
        Some(_) => "{wide_bar:.cyan} {percent:>3} % · {msg} · {eta} left",
        None => "{spinner} {bytes} · {msg}",
    };
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
