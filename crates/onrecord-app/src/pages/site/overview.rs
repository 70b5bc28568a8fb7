//! The figures of the whole ledger, which take a while to count: kept until the ledger changes.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use onrecord_ledger::Stats;

/// A ledger that changes all the time is counted so seldom.
const REST: Duration = Duration::from_secs(10);

/// Figures, and when and of what state of the ledger they were counted.
#[derive(Clone, Debug)]
pub(super) struct Overview {
    pub(super) stats: Arc<Stats>,
    counted: Instant,
    stamp: Stamp,
}

/// Length and time of the last change of the ledger's file and of the log beside it.
type Stamp = [Option<(u64, SystemTime)>; 2];

impl Overview {
    pub(super) fn new(stats: Stats, stamp: Stamp) -> Overview {
        Overview { stats: Arc::new(stats), counted: Instant::now(), stamp }
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
