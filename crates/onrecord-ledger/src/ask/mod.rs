//! Questions to the ledger, answered with plain values.

mod find;
mod kept;
mod people;
mod who;
mod words;

pub use find::{Order, Question};
pub use kept::{ArticleNote, Kept, Voice, WhenSaid, Whereabouts, Words};
pub use people::{Entity, EntityNote};
pub use who::{Count, Profile, Spelling};

pub(crate) use kept::load;
