//! Statements and passages across articles: the same utterance told again, with the same words or others, and text that
//! two articles share.
//!
//! Made for a ledger that grows. Of each [`Utterance`] it stores [`Keys`], and of each text [`passage_keys`]; what shares
//! a key with something new is compared, all else is not. So an article costs what it touches:
//!
//! 1. `words`, `style`: a text as the words that its copies share;
//! 2. `hash`, `keys`: the few numbers by which two tellings of one utterance find each other, fixed for ever under one
//!    [`VERSION`];
//! 3. `align`, `wording`: two tellings side by side, and what was changed inside the quotation marks;
//! 4. [`compare`]: what follows from it, with the words that show it;
//! 5. `matters`: who disputes, supports or answers what stands in another article;
//! 6. `passages`: stretches that stand in both texts.

mod align;
mod hash;
mod keys;
mod matters;
mod passages;
mod speakers;
mod style;
mod utterance;
mod wording;
mod words;

pub use align::{Diff, Piece};
pub use hash::VERSION;
pub use keys::{COMMON, Keys};
pub use matters::{Matter, Substance};
pub use passages::{Passages, passage_keys, shared};
pub use utterance::{Tie, Utterance, compare, diff};
