//! The site: what its pages share, from the ledger that they ask to the token that lets people correct.

mod access;
mod desk;
mod guard;
mod listen;
mod overview;
mod refusal;
mod samples;
mod upload;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Context;
use onrecord::{Article, Record, Registry};
use onrecord_ledger::{Ledger, LedgerError, Read, Reading};
use onrecord_read::Input;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

pub(super) use access::{Access, Session, cookie};
pub(super) use desk::{Desk, Looked};
pub(super) use guard::guard;
pub(super) use listen::listen;
pub(super) use overview::Overview;
pub(super) use refusal::Refusal;
pub(super) use upload::{Upload, articles, new_key};

use crate::cli::{Engine, Page, Scratch, now, program};
use crate::web::{Limits, Web, is_public};

/// What `onrecord serve` is to do.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The ledger that is shown; none: one made of the samples, gone with the program.
    pub(crate) ledger: Option<PathBuf>,
    /// Where the site is found.
    pub(crate) listen: std::net::SocketAddr,
    /// The name by which browsers reach it, besides its address.
    pub(crate) name: Option<String>,
    /// Where the token lies that lets people write; none: a new one for this run.
    pub(crate) token_file: Option<PathBuf>,
}

/// What all requests share.
pub(super) struct Site {
    engine: Engine,
    /// Readers of the ledger that nobody uses at the moment.
    readers: Pool<Ledger>,
    scratches: Pool<Scratch>,
    path: PathBuf,
    /// So many requests ask the ledger at a time; what comes on top waits.
    asking: Semaphore,
    /// So many articles are read at a time.
    reading: Semaphore,
    overview: Mutex<Option<Overview>>,
    /// Held by the request that counts them.
    counting: tokio::sync::Mutex<()>,
    pub(super) desk: Mutex<Desk>,
    pub(super) access: Access,
    /// Where addresses are fetched.
    web: Arc<Web>,
    /// Whether the ledger is the one of the samples.
    pub(super) samples: bool,
}

/// So many requests ask the ledger at the same time for each core: each reader has a cache of its own …
const ASKING: usize = 2;
/// … and so many read articles, each of which takes a core for as long as it lasts.
const READING: usize = 2;

impl Site {
    /// The site of these settings.
    ///
    /// # Errors
    ///
    /// The ledger or the token file cannot be read or made.
    pub(super) fn new(engine: Engine, settings: &Settings) -> anyhow::Result<Site> {
        let path = match &settings.ledger {
            Some(path) => path.clone(),
            None => samples::folder()?.join("samples.db"),
        };
        ready(&path)?;
        let site = Site {
            engine,
            readers: Pool::default(),
            scratches: Pool::default(),
            path,
            asking: Semaphore::new(ASKING * thread::available_parallelism().map_or(1, usize::from)),
            reading: Semaphore::new(READING),
            overview: Mutex::default(),
            counting: tokio::sync::Mutex::default(),
            desk: Mutex::default(),
            access: Access::new(settings)?,
            web: Arc::new(Web::new(is_public, Limits::default())),
            samples: settings.ledger.is_none(),
        };
        if site.samples {
            samples::keep(&site).context("the samples cannot be kept")?;
        }
        Ok(site)
    }

    /// The name of the ledger.
    pub(super) fn ledger_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whom the user knows.
    pub(super) fn registry(&self) -> &'static Registry {
        self.engine.registry()
    }

    /// The confidence from which on statements are shown.
    pub(super) fn least_confidence(&self) -> f32 {
        self.engine.least_confidence()
    }

    /// Asks the ledger.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.work(&self.asking, move |site| {
            let reader = site.readers.take().map_or_else(|| Ledger::read(&site.path), Ok)?;
            let answer = question(&reader)?;
            site.readers.give(reader);
            Ok(answer)
        })
        .await
    }

    /// Figures over the whole ledger; of one that is being written, those of ten seconds ago, or while they are counted
    /// again the ones before.
    pub(super) async fn overview(self: &Arc<Self>) -> Result<Overview, Refusal> {
        // one request counts, the others must not keep the ledger from everybody by counting the same
        let counting = match (self.counted(), self.counting.try_lock()) {
            (Some(overview), _) if overview.holds(&self.path) => return Ok(overview),
            (Some(before), Err(_)) => return Ok(before),
            (_, Ok(counting)) => counting,
            (None, Err(_)) => self.counting.lock().await,
        };
        if let Some(overview) = self.counted().filter(|overview| overview.holds(&self.path)) {
            return Ok(overview);
        }
        let (stamp, registry) = (overview::stamp(&self.path), self.registry());
        let overview = self.ask(move |ledger| Overview::new(ledger, registry, stamp)).await?;
        *self.overview.lock().unwrap_or_else(PoisonError::into_inner) = Some(overview.clone());
        drop(counting);
        Ok(overview)
    }

    /// The figures that were counted last.
    fn counted(&self) -> Option<Overview> {
        self.overview.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes to the ledger, after whoever else is writing.
    pub(super) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.work(&self.asking, move |site| Ok(work(&mut Ledger::open(&site.path)?)?)).await
    }

    /// Reads articles.
    pub(super) async fn read_all<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Site) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.work(&self.reading, work).await
    }

    /// Does some work when its turn has come, away from the threads that talk to browsers.
    async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        turns: &Semaphore,
        work: impl FnOnce(&Site) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let site = Arc::clone(self);
        let _turn = turns.acquire().await.map_err(|_| Refusal::broken())?;
        spawn_blocking(move || work(&site)).await.map_err(|_| Refusal::broken())?
    }

    /// Reads an article.
    pub(super) fn read(&self, article: Article) -> Record {
        let mut scratch = self.scratches.take().unwrap_or_else(|| self.engine.scratch());
        let record = self.engine.read(article, &mut scratch);
        self.scratches.give(scratch);
        record
    }

    /// The page at an address of the web, as an input.
    fn page(&self, address: &str) -> Input {
        Input::Given(Arc::new(Page { name: address.to_owned(), web: Arc::clone(&self.web) }))
    }

    /// By what and when records are read now.
    pub(super) fn reading(&self) -> anyhow::Result<Reading> {
        Ok(Reading { model: program(None)?, least_confidence: self.least_confidence(), at: now() })
    }

    /// Keeps records before anybody asks.
    fn keep(&self, reads: &[Read]) -> anyhow::Result<()> {
        Ledger::open(&self.path)?.record_all(reads, &self.reading()?)?;
        Ok(())
    }
}

/// Makes the ledger where there is none, and brings an older one up to date. One that cannot be written can be read.
fn ready(path: &Path) -> Result<(), LedgerError> {
    match Ledger::open(path) {
        Err(LedgerError::ReadOnly(_)) if path.is_file() => Ledger::read(path).map(|_| ()),
        opened => opened.map(|_| ()),
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if self.samples {
            self.readers = Pool::default();
            samples::remove(self.path.parent().unwrap_or(Path::new("")));
        }
    }
}

/// Things that one request at a time uses, kept for the next one.
struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool(Mutex::new(Vec::new()))
    }
}

impl<T> Pool<T> {
    fn take(&self) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn give(&self, thing: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(thing);
    }
}
