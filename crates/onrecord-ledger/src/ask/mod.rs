//! Questions to the ledger, answered with plain values.

mod article;
mod compare;
mod find;
mod kept;
mod linked;
mod people;
mod stats;
mod who;
mod words;

pub use article::{KeptArticle, Passage, VersionNote};
pub use compare::{Comparison, Outlet};
pub use find::{Order, Question};
pub use kept::{ArticleNote, Kept, Voice, WhenSaid, Whereabouts, Words};
pub use linked::{Dispute, Drift, Linked, WordPiece};
pub use people::{Entity, EntityNote};
pub use stats::{Period, Stats};
pub use who::{Count, Profile, Spelling};

pub(crate) use kept::load;
