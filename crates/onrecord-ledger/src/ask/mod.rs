//! Questions to the ledger, answered with plain values.

mod article;
mod articles;
mod compare;
mod contested;
mod decided;
mod find;
mod flags;
mod genders;
mod kept;
mod linked;
mod opponents;
mod people;
mod periods;
mod rows;
mod stats;
mod topics;
mod walk;
mod wanted;
mod who;
mod words;

pub use article::{KeptArticle, Passage, VersionNote};
pub use articles::ArticleLine;
pub use compare::{Comparison, Outlet};
pub use decided::DecisionNote;
pub use find::{Order, Question};
pub use genders::{GenderCounts, Genders, OutletGenders};
pub use kept::{ArticleNote, Kept, Voice, WhenSaid, Whereabouts, Words};
pub use linked::{Dispute, Drift, Linked, WordPiece};
pub use opponents::Opponents;
pub use people::{Entity, EntityNote};
pub use periods::{ActCount, Scale};
pub use stats::{Period, SpeakerCount, Stats};
pub use topics::Topic;
pub use who::{Count, Profile, Spelling};

pub(crate) use kept::load;
