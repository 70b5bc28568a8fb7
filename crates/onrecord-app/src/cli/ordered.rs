//! Work spread over threads, with its results in the order of its items.
//!
//! ```text
//! reader thread ─► channel ─► N workers ─► channel ─► buffer in order ─► sink (this thread)
//!      ▲                                                                  │
//!      └────────────────────── bytes that are done ◄──────────────────────┘
//! ```
//!
//! The reader hands out so many bytes and no more before the results of others have left in their turn: so one slow
//! article holds the others up before memory grows. A worker takes as many tiny items as wait for it, and gives their
//! results together: threads wake each other for a lot, not for each item.

use std::any::Any;
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, TryRecvError, unbounded};
use onrecord_read::{Found, ReadError};

/// Where results go.
pub(crate) trait Sink<T> {
    /// Takes the next result.
    fn take(&mut self, result: T) -> io::Result<()>;

    /// No other result is ready: what was taken should become visible.
    fn idle(&mut self) -> io::Result<()>;
}

/// What is handed out.
pub(crate) trait Weighed {
    /// The bytes that it holds, about.
    fn weight(&self) -> usize;
}

impl Weighed for Result<Found, ReadError> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, |found| found.article.output.text.len())
    }
}

/// Bytes handed out for each worker: enough to ride out an article ten times as long as its neighbours.
const ROOM: usize = 128 << 10;

/// Bytes that a worker takes at once, if they lie ready: of usual articles it is one.
const LOT: usize = 4 << 10;

/// What an item takes beside the bytes that it holds.
const ITEM: usize = 256;

/// Passes every item that `read` gives to one of `jobs` workers and every result, in the order of the items, to `sink`.
///
/// `worker` is called once in each thread and gives what does the work there.
///
/// # Errors
///
/// The sink's. The threads are then left behind: one may wait for an input that never comes.
///
/// # Panics
///
/// With what the reading or a worker panicked with.
pub(crate) fn ordered<I, T, W>(
    read: impl FnOnce(&mut dyn FnMut(I) -> ControlFlow<()>) + Send + 'static,
    jobs: NonZeroUsize,
    worker: impl Fn() -> W + Send + Sync + 'static,
    sink: &mut impl Sink<T>,
) -> io::Result<()>
where
    I: Weighed + Send + 'static,
    T: Send + 'static,
    W: FnMut(I) -> T + 'static,
{
    let (give_done, done) = unbounded();
    let (give_item, items) = unbounded();
    let (give_lot, lots) = unbounded();
    let room = jobs.get() * ROOM;
    let reader = thread::spawn(move || hand_out(read, room, &done, &give_item));
    let worker = Arc::new(worker);
    for _ in 0..jobs.get() {
        let (worker, items, give_lot) = (Arc::clone(&worker), items.clone(), give_lot.clone());
        thread::spawn(move || work(worker(), &items, &give_lot));
    }
    drop((items, give_lot));
    collect(&lots, &give_done, sink)?;
    reader.join().unwrap_or_else(|panic| resume_unwind(panic));
    Ok(())
}

/// An item or a result, with the number and the weight of the item.
struct Numbered<T> {
    number: u64,
    weight: usize,
    what: T,
}

/// What a worker gave, or what it panicked with.
type Outcome<T> = Result<T, Box<dyn Any + Send>>;

fn hand_out<I: Weighed>(
    read: impl FnOnce(&mut dyn FnMut(I) -> ControlFlow<()>),
    room: usize,
    done: &Receiver<usize>,
    to: &Sender<Numbered<I>>,
) {
    let (mut number, mut out) = (0, 0);
    read(&mut |item| {
        let weight = ITEM + item.weight();
        if out + weight > room {
            // Half of it, so that there is room for many.
            while out > room / 2 {
                // Both ends are gone once the sink has failed.
                let Ok(done) = done.recv() else { return ControlFlow::Break(()) };
                out -= done;
            }
        }
        let sent = to.send(Numbered { number, weight, what: item });
        number += 1;
        out += weight;
        if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

fn work<I, T>(
    mut worker: impl FnMut(I) -> T,
    items: &Receiver<Numbered<I>>,
    to: &Sender<Vec<Numbered<Outcome<T>>>>,
) {
    while let Ok(first) = items.recv() {
        let mut weight = first.weight;
        let mut lot = vec![first];
        while weight < LOT
            && let Ok(item) = items.try_recv()
        {
            weight += item.weight;
            lot.push(item);
        }
        let work = |Numbered { number, weight, what }| {
            let what = catch_unwind(AssertUnwindSafe(|| worker(what)));
            Numbered { number, weight, what }
        };
        if to.send(lot.into_iter().map(work).collect()).is_err() {
            return;
        }
    }
}

fn collect<T>(
    lots: &Receiver<Vec<Numbered<Outcome<T>>>>,
    done: &Sender<usize>,
    sink: &mut impl Sink<T>,
) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        let lot = match lots.try_recv() {
            Ok(lot) => lot,
            Err(TryRecvError::Disconnected) => return sink.idle(),
            Err(TryRecvError::Empty) => {
                sink.idle()?;
                let Ok(lot) = lots.recv() else { return Ok(()) };
                lot
            }
        };
        early.extend(lot.into_iter().map(|result| (result.number, result)));
        let mut left = 0;
        while let Some(result) = early.remove(&next) {
            sink.take(result.what.unwrap_or_else(|panic| resume_unwind(panic)))?;
            next += 1;
            left += result.weight;
        }
        // The reader may have finished: then nobody waits for room.
        let _ = done.send(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    #[derive(Default)]
    struct Kept {
        results: Vec<u64>,
        /// How often nothing else was ready.
        idle: usize,
    }

    impl Sink<u64> for Kept {
        fn take(&mut self, result: u64) -> io::Result<()> {
            self.results.push(result);
            Ok(())
        }

        fn idle(&mut self) -> io::Result<()> {
            self.idle += 1;
            Ok(())
        }
    }

    impl Weighed for u64 {
        fn weight(&self) -> usize {
            0
        }
    }

    /// Gives these, and counts how many it has given.
    fn numbers(
        count: u64,
        given: &Arc<AtomicU64>,
    ) -> impl FnOnce(&mut dyn FnMut(u64) -> ControlFlow<()>) + Send + 'static {
        let given = Arc::clone(given);
        move |take| {
            let _ = (0..count).try_for_each(|number| {
                let flow = take(number);
                given.fetch_add(1, Ordering::Relaxed);
                flow
            });
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
            ordered(numbers(500, &Arc::default()), jobs(n), slow_first, &mut kept).unwrap();
            assert_eq!(kept.results, (0..500).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_slow_item_stops_the_reading() {
        let read = Arc::new(AtomicU64::new(0));
        let items = numbers(10_000, &read);
        let seen = Arc::clone(&read);
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
        let most = (2 * ROOM / ITEM) as u64;
        assert!(kept.results[0] <= most, "{} items were read meanwhile", kept.results[0]);
        assert_eq!(kept.results.len(), 10_000);
    }

    #[test]
    fn what_lies_ready_is_worked_off_in_lots() {
        const COUNT: u64 = 400;
        let read = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&read);
        let worker = move || {
            let seen = Arc::clone(&seen);
            move |item: u64| {
                // all others lie ready from then on
                while seen.load(Ordering::Relaxed) < COUNT {
                    thread::yield_now();
                }
                item
            }
        };
        let mut kept = Kept::default();
        ordered(numbers(COUNT, &read), jobs(1), worker, &mut kept).unwrap();
        assert_eq!(kept.results.len() as u64, COUNT);
        let lots = COUNT as usize * ITEM / LOT + 1;
        assert!(kept.idle <= lots + 2, "{} times nothing was ready", kept.idle);
    }

    #[test]
    #[expect(clippy::panic, reason = "a panic is what is tested")]
    fn a_panic_comes_through() {
        let worker = || |item: u64| if item == 3 { panic!("three") } else { item };
        let result =
            catch_unwind(|| ordered(numbers(500, &Arc::default()), jobs(2), worker, &mut Kept::default()));
        assert_eq!(result.unwrap_err().downcast_ref(), Some(&"three"));
        let read = |take: &mut dyn FnMut(u64) -> ControlFlow<()>| {
            if take(1).is_continue() {
                panic!("four")
            }
        };
        let result = catch_unwind(|| ordered(read, jobs(2), || |item| item, &mut Kept::default()));
        assert_eq!(result.unwrap_err().downcast_ref(), Some(&"four"));
    }
}
