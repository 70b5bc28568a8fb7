//! Whose turn it is: one request a host at a time, with a pause behind it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::FetchError;
use super::robots::Robots;

/// The hosts that have been asked so far.
#[derive(Debug, Default)]
pub(super) struct Hosts(Mutex<BTreeMap<String, Arc<Mutex<Host>>>>);

/// What is known of a host. Whoever holds it may ask it.
#[derive(Debug, Default)]
pub(super) struct Host {
    /// Before then it is not asked again.
    free: Option<Instant>,
    /// Before then it does not want to be asked at all.
    asleep: Option<Instant>,
    /// What its sites permit, and since when that is known.
    pub(super) robots: BTreeMap<String, (Instant, Robots)>,
}

impl Hosts {
    /// The host of this name.
    pub(super) fn get(&self, name: &str) -> Arc<Mutex<Host>> {
        Arc::clone(locked(&self.0).entry(name.to_owned()).or_default())
    }

    /// The hosts that want to be left alone, and for how long yet.
    pub(super) fn sleepers(&self) -> Vec<(String, Duration)> {
        let hosts = locked(&self.0);
        let left = hosts.iter().map(|(name, host)| (name.clone(), left(locked(host).asleep)));
        left.filter(|(_, left)| !left.is_zero()).collect()
    }
}

/// How long it is until then.
fn left(until: Option<Instant>) -> Duration {
    until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
}

/// A thread that panicked has left nothing half-done in here.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Host {
    /// Leaves the host alone for so long, as it asked.
    pub(super) fn leave_alone(&mut self, time: Duration) {
        self.asleep = Instant::now().checked_add(time);
    }

    /// The next request comes no sooner than after this pause.
    pub(super) fn rest(&mut self, pause: Duration) {
        self.free = Instant::now().checked_add(pause);
    }

    /// Waits until the host may be asked.
    ///
    /// # Errors
    ///
    /// It asked to be left alone for longer than `patience`.
    pub(super) fn wait(&self, patience: Duration) -> Result<(), FetchError> {
        let asleep = left(self.asleep);
        if asleep > patience {
            return Err(FetchError::LeftAlone(asleep));
        }
        thread::sleep(asleep.max(left(self.free)));
        Ok(())
    }
}
