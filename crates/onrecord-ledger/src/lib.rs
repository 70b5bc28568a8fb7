//! The ledger: records of many articles in one file, kept for ever, linked, and asked.
//!
//! A [`Ledger`] is a SQLite file. [`Ledger::record`] keeps a [`Record`](onrecord::Record) and gives a [`Receipt`]; what
//! was committed survives whatever happens to the program. [`Ledger::find`], [`Ledger::who`] and their like answer with
//! plain values, every statement with its words, its article and its place in it. Nothing is ever overwritten: a changed
//! article is a new version, a new model's reading a new reading, and a correction a fact of its own that wins.
//!
//! One writer at a time ([`Ledger::open`]) and any number of readers ([`Ledger::read`]), each thread with a ledger of
//! its own. Offsets are bytes inside and code points in what is answered. The clock is an argument.
//!
//! ```
//! use onrecord::{Article, Model, Registry, Scratch};
//! use onrecord_ledger::{Ledger, Question, Read, Reading};
//!
//! # let path = std::env::temp_dir().join(format!("onrecord-ledger-doc-{}.db", std::process::id()));
//! let model = Model::english();
//! let text = "“The road is closed,” Ann Lee, the mayor, said on Friday.";
//! let article = Article { id: "a1".into(), text: text.into(), ..Article::default() };
//! let record = onrecord::read(article, &Registry::default(), &mut Scratch::new(&model));
//!
//! let mut ledger = Ledger::open(&path)?;
//! let reading = Reading { model: "en".into(), least_confidence: 0.0, at: "2025-03-14T12:00:00Z".into() };
//! ledger.record(&Read { record, place: "report.txt".into() }, &reading)?;
//! let found = ledger.find(&Question { words: Some("road".into()), ..Question::default() })?;
//! assert_eq!(found[0].speakers[0].name, "Ann Lee");
//! # drop(ledger);
//! # std::fs::remove_file(path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod back;
mod error;
mod id;
mod open;
mod spans;
mod tally;

mod keep;

mod ask;

mod correct;
mod decide;
mod edtf;
pub mod export;
mod gold;
mod history;
pub mod import;
mod reread;
mod verify;

pub use ask::{
    ActCount, ArticleLine, ArticleNote, Comparison, Count, DecisionNote, Dispute, Drift, Entity, EntityNote,
    GenderCounts, Genders, Kept, KeptArticle, Linked, Opponents, Order, Outlet, OutletGenders, Passage,
    Period, Profile, Question, Scale, SpeakerCount, Spelling, Stats, Topic, VersionNote, Voice, WhenSaid,
    Whereabouts, WordPiece, Words,
};
pub use correct::{Correction, NewChannel, NewLink, NewRole, NewVoice};
pub use decide::Decision;
pub use error::LedgerError;
pub use gold::{Gold, GoldLink};
pub use history::{CorrectionNote, TakenBack};
pub use id::article_key;
pub use keep::{Outcome, Prepared, Read, Reading, Receipt};
pub use open::Ledger;
pub use reread::{Change, Reread, Unread};
pub use verify::{Check, Complaint, Verified};

/// A name for the model of a weights file, by the hash of its bytes: twelve hexadecimal digits.
pub fn model_name(bytes: &[u8]) -> String {
    let mut name = id::sha256(bytes);
    name.truncate(12);
    name
}
