//! The figures of the whole ledger, which take a while to count: kept until the ledger changes.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use onrecord::Registry;
use onrecord_ledger::{ActCount, Kept, Ledger, LedgerError, Question, Scale, Stats};

/// A ledger that changes all the time is counted so seldom.
const REST: Duration = Duration::from_secs(10);

/// So many of the statements that are disputed most are shown.
const MOST_DISPUTED: usize = 5;

/// Figures, and when and of what state of the ledger they were counted.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Overview {
    pub(in crate::pages) stats: Arc<Stats>,
    pub(in crate::pages) months: Arc<Vec<ActCount>>,
    pub(in crate::pages) most_disputed: Arc<Vec<Kept>>,
    counted: Instant,
    stamp: Stamp,
}

/// Length and time of the last change of the ledger's file and of the log beside it.
type Stamp = [Option<(u64, SystemTime)>; 2];

impl Overview {
    /// Counts, `stamp` being the state of the ledger before; women and men where the registry tells who is one.
    pub(super) fn new(ledger: &Ledger, registry: &Registry, stamp: Stamp) -> Result<Overview, LedgerError> {
        let all = Question::default();
        let mut stats = ledger.stats(&all)?;
        stats.genders = ledger.genders(&all, registry)?;
        Ok(Overview {
            stats: Arc::new(stats),
            months: Arc::new(ledger.periods(&all, Scale::Month)?),
            most_disputed: Arc::new(ledger.most_disputed(MOST_DISPUTED)?),
            counted: Instant::now(),
            stamp,
        })
    }

    /// Whether they hold still.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.counted.elapsed() < REST || self.stamp == stamp(path)
    }
}

/// The state of the ledger at `path`.
pub(super) fn stamp(path: &Path) -> Stamp {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let about =
        |path: &Path| fs::metadata(path).ok().and_then(|about| Some((about.len(), about.modified().ok()?)));
    [about(path), about(Path::new(&log))]
}
