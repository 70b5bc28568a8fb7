//! Work spread over threads, with its results in the order of its items.
//!
//! ```text
//! reader thread ─► bounded channel ─► N workers ─► channel ─► buffer in order ─► sink (this thread)
//!      ▲                                                                          │
//!      └─────────────────────────────── tickets ◄─────────────────────────────────┘
//! ```
//!
//! The reader needs a ticket for each item, and a ticket comes back when an item's result has left in its turn: so one
//! slow article holds the others up before memory grows.

use std::any::Any;
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, unbounded};

/// Where results go.
pub(crate) trait Sink<T> {
    /// Takes the next result.
    fn take(&mut self, result: T) -> io::Result<()>;

    /// No other result is ready: what was taken should become visible.
    fn idle(&mut self) -> io::Result<()>;
}

/// Tickets for each worker: enough to ride out an article ten times as long as its neighbours.
const TICKETS: usize = 16;

/// Passes every item to one of `jobs` workers and every result, in the order of the items, to `sink`.
///
/// `worker` is called once in each thread and gives what does the work there.
///
/// # Errors
///
/// The sink's. The threads are then left behind: one may wait for an input that never comes.
///
/// # Panics
///
/// With what a worker panicked with.
pub(crate) fn ordered<I, T, W>(
    items: I,
    jobs: NonZeroUsize,
    worker: impl Fn() -> W + Send + Sync + 'static,
    sink: &mut impl Sink<T>,
) -> io::Result<()>
where
    I: Iterator<Item: Send> + Send + 'static,
    T: Send + 'static,
    W: FnMut(I::Item) -> T + 'static,
{
    let (give_ticket, tickets) = bounded(jobs.get() * TICKETS);
    let (give_item, items_out) = bounded(jobs.get());
    let (give_result, results) = unbounded();
    (0..jobs.get() * TICKETS).try_for_each(|_| give_ticket.send(())).map_err(io::Error::other)?;
    thread::spawn(move || hand_out(items, &tickets, &give_item));
    let worker = Arc::new(worker);
    for _ in 0..jobs.get() {
        let (worker, items, give_result) = (Arc::clone(&worker), items_out.clone(), give_result.clone());
        thread::spawn(move || work(worker(), &items, &give_result));
    }
    drop((items_out, give_result));
    collect(&results, &give_ticket, sink)
}

type Numbered<T> = (u64, T);

fn hand_out<T>(items: impl Iterator<Item = T>, tickets: &Receiver<()>, to: &Sender<Numbered<T>>) {
    for item in (0..).zip(items) {
        // Both ends are gone once the sink has failed.
        if tickets.recv().is_err() || to.send(item).is_err() {
            return;
        }
    }
}

fn work<I, T>(
    mut worker: impl FnMut(I) -> T,
    items: &Receiver<Numbered<I>>,
    to: &Sender<Numbered<Result<T, Box<dyn Any + Send>>>>,
) {
    for (number, item) in items {
        let result = catch_unwind(AssertUnwindSafe(|| worker(item)));
        if to.send((number, result)).is_err() {
            return;
        }
    }
}

fn collect<T>(
    results: &Receiver<Numbered<Result<T, Box<dyn Any + Send>>>>,
    tickets: &Sender<()>,
    sink: &mut impl Sink<T>,
) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        let (number, result) = match results.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Disconnected) => return sink.idle(),
            Err(TryRecvError::Empty) => {
                sink.idle()?;
                let Ok(result) = results.recv() else { return Ok(()) };
                result
            }
        };
        early.insert(number, result.unwrap_or_else(|panic| resume_unwind(panic)));
        while let Some(result) = early.remove(&next) {
            sink.take(result)?;
            next += 1;
            // The reader may have finished: then nobody waits for tickets.
            let _ = tickets.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    #[derive(Default)]
    struct Kept(Vec<u64>);

    impl Sink<u64> for Kept {
        fn take(&mut self, result: u64) -> io::Result<()> {
            self.0.push(result);
            Ok(())
        }

        fn idle(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn jobs(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        for n in [1, 2, 7] {
            let mut kept = Kept::default();
            let slow_first = || {
                |item: u64| {
                    if item.is_multiple_of(50) {
                        thread::sleep(Duration::from_millis(5));
                    }
                    item * 2
                }
            };
            ordered(0..500u64, jobs(n), slow_first, &mut kept).unwrap();
            assert_eq!(kept.0, (0..500).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_slow_item_stops_the_reading() {
        let read = Arc::new(AtomicU64::new(0));
        let (counter, seen) = (Arc::clone(&read), Arc::clone(&read));
        let items = (0..10_000u64).inspect(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let mut kept = Kept::default();
        let worker = move || {
            let seen = Arc::clone(&seen);
            move |item: u64| {
                if item == 0 {
                    thread::sleep(Duration::from_millis(50));
                    return seen.load(Ordering::Relaxed);
                }
                item
            }
        };
        ordered(items, jobs(2), worker, &mut kept).unwrap();
        assert!(kept.0[0] <= 2 * TICKETS as u64 + 1, "{} items were read meanwhile", kept.0[0]);
        assert_eq!(kept.0.len(), 10_000);
    }

    #[test]
    #[expect(clippy::panic, reason = "a panic is what is tested")]
    fn a_panic_comes_through() {
        let worker = || |item: u64| if item == 3 { panic!("three") } else { item };
        let result = catch_unwind(|| ordered(0..500u64, jobs(2), worker, &mut Kept::default()));
        assert_eq!(result.unwrap_err().downcast_ref(), Some(&"three"));
    }
}
