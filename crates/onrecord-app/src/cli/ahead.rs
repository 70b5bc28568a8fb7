//! Pages that are fetched before their turn: several hosts are asked at the same time, each one thing at a time and in
//! the order of the pages.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::{mem, thread};

use crate::web::{FetchError, Fetched, Url, Web};

/// So many hosts are asked at the same time.
const HOSTS: usize = 8;

/// So many pages are fetched before their turn at most.
const PAGES: usize = 24;

/// While those that were fetched have more bytes than this, no other is asked for: memory stays bounded.
const BYTES: usize = 32 << 20;

/// Some pages, in the order in which they are going to be asked for.
#[derive(Debug)]
pub(crate) struct Ahead {
    web: Arc<Web>,
    pages: Vec<String>,
    state: Mutex<State>,
    /// Something was fetched.
    fetched: Condvar,
}

#[derive(Debug)]
struct State {
    /// What became of each page.
    slots: Vec<Slot>,
    /// The page whose turn it is.
    turn: usize,
    /// The hosts that are being asked.
    busy: BTreeSet<String>,
}

#[derive(Debug)]
enum Slot {
    Waiting,
    Begun,
    Fetched(Box<Result<Fetched, FetchError>>),
    Taken,
}

impl Slot {
    /// The bytes that it holds.
    fn bytes(&self) -> usize {
        match self {
            Slot::Fetched(fetched) => fetched.as_ref().as_ref().map_or(0, |fetched| fetched.bytes.len()),
            _ => 0,
        }
    }
}

impl Ahead {
    pub(crate) fn new(web: Arc<Web>, pages: Vec<String>) -> Arc<Ahead> {
        let slots = pages.iter().map(|_| Slot::Waiting).collect();
        let state = Mutex::new(State { slots, turn: 0, busy: BTreeSet::new() });
        Arc::new(Ahead { web, pages, state, fetched: Condvar::new() })
    }

    /// What stands at the address of a page.
    ///
    /// # Errors
    ///
    /// As [`Web::fetch`].
    pub(crate) fn take(self: &Arc<Self>, page: usize) -> Result<Fetched, FetchError> {
        let mut state = self.state();
        if matches!(state.slots[page], Slot::Taken) {
            drop(state);
            return self.web.fetch(&self.pages[page]);
        }
        state.turn = page;
        self.begin(&mut state);
        loop {
            match mem::replace(&mut state.slots[page], Slot::Taken) {
                Slot::Fetched(fetched) => return *fetched,
                slot => state.slots[page] = slot,
            }
            state = self.fetched.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Begins to ask the hosts of the next pages, as far as they are not being asked.
    fn begin(self: &Arc<Self>, state: &mut State) {
        for page in self.near(state) {
            let host = self.host(page);
            let has_room = state.busy.len() < HOSTS || page == state.turn;
            if matches!(state.slots[page], Slot::Waiting) && has_room && state.busy.insert(host.clone()) {
                let ahead = Arc::clone(self);
                thread::spawn(move || ahead.ask(&host));
            }
        }
    }

    /// Fetches the next pages of a host, one after the other.
    fn ask(&self, host: &str) {
        let mut state = self.state();
        loop {
            let is_next =
                |&page: &usize| matches!(state.slots[page], Slot::Waiting) && self.host(page) == host;
            let Some(page) = self.near(&state).find(is_next) else { break };
            state.slots[page] = Slot::Begun;
            drop(state);
            let fetched = self.web.fetch(&self.pages[page]);
            state = self.state();
            state.slots[page] = Slot::Fetched(Box::new(fetched));
            self.fetched.notify_all();
        }
        state.busy.remove(host);
    }

    /// The page whose turn it is, and those behind it that may be asked for.
    fn near(&self, state: &State) -> Range<usize> {
        let near = state.turn..self.pages.len().min(state.turn + PAGES);
        let held: usize = state.slots[near.clone()].iter().map(Slot::bytes).sum();
        if held > BYTES { state.turn..state.turn + 1 } else { near }
    }

    /// Whom a page is asked of; an address that is none is its own host.
    fn host(&self, page: usize) -> String {
        Url::parse(&self.pages[page]).map_or_else(|_| self.pages[page].clone(), |url| url.host().to_owned())
    }

    /// A thread that panicked has left nothing half-done in here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
