//! The pages: a record to look at, to check against the words, and to correct.
//!
//! In the order of the data: `told` is a statement in words for people, wherever it was read; `marks` cuts a text into
//! marked pieces; `article` sets the two beside each other; `report` writes that as one file, `found` the answer to a question. `site` is what the
//! served pages share, `kinds` has one file for each kind of page, `serve` lets browsers in. The templates and what
//! they load lie in `templates/`, built into the program. Every word of an article goes through a
//! template's escaping: no template calls anything safe.

mod article;
mod chart;
mod days;
mod found;
mod kinds;
mod marks;
mod report;
mod serve;
mod site;
mod timeline;
mod told;

pub(crate) use found::found;
pub(crate) use report::report;
pub(crate) use serve::serve;
pub(crate) use site::Settings;
