//! The arguments of the commands that keep a ledger and ask it.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use onrecord::Act;

use crate::cli::args::{Colour, published, share};

/// The ledger that a command works on.
#[derive(Debug, clap::Args)]
pub(crate) struct LedgerFile {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = "onrecord.db")]
    pub(crate) ledger: PathBuf,
}

/// How answers are printed.
#[derive(Debug, clap::Args)]
pub(crate) struct Printed {
    /// A page for people, or JSONL or CSV for programs [default: list on a terminal, else jsonl]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Answer>,

    /// Colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

/// The forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answer {
    /// For people
    List,
    /// One JSON object a line
    Jsonl,
    /// A table with a header
    Csv,
}

/// Read reports and keep their records in a ledger.
///
/// Reads whatever `read` reads, and keeps every statement with the text it stands in, in one file that `find`, `who` and
/// the like then ask. The same article twice changes nothing; an article whose text or headline has changed becomes a new
/// version, and the old one stays. What is known already is not read again, so a run that was stopped goes on where it
/// was: run it again. Whatever happens to the program or the machine, what was kept stays kept.
#[derive(Debug, clap::Args)]
#[command(after_help = KEEP_EXAMPLES)]
pub(crate) struct KeepArgs {
    /// Files, folders, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) inputs: Vec<OsString>,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// A summary for people, or a receipt for each article as it is safe on the disk: {"article", "version", "outcome",
    /// "statements"} [default: list]
    #[arg(long, value_enum, default_value_t = Receipts::List)]
    pub(crate) format: Receipts,

    /// Keep no statements less sure than this, 0 to 1 [default: the model's own threshold]
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) min_confidence: Option<f32>,

    /// How many articles are read at the same time [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Day of publication of articles that tell none, as 2025-03-14
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<String>,

    /// People and bodies you know, as for `read`
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,

    /// Read articles in other languages than English too, though the model knows none
    #[arg(long)]
    pub(crate) force: bool,

    /// Another model than the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,

    /// Colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

/// What `keep` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Receipts {
    /// A summary
    List,
    /// One receipt a line
    Jsonl,
}

const KEEP_EXAMPLES: &str = "\
Examples:
  onrecord keep samples/                            into onrecord.db, here
  onrecord keep --ledger news.db news.jsonl.gz      a year of news; stop it and run it again as you like
  curl -s https://example.org/report | onrecord keep --published 2025-03-14 -
  onrecord keep --ledger news.db --format jsonl new/ | jq -r 'select(.outcome == \"changed\") | .article'

Exit code: 0 all inputs were read; 1 some failed, each named with its reason; 2 wrong usage.";

/// What statements are asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Wanted {
    /// Words of what was said: all of them, in any order; "a phrase" in quotation marks; truce* for whatever begins so;
    /// OR between two words
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    /// Who speaks: whoever has these words in a name, under all their names
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// Whom it is about: somebody named in what was said, under all their names
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    /// What the speaker does: deny, promise, accuse … (several, with commas)
    #[arg(long, value_name = "ACT", value_delimiter = ',', value_parser = act)]
    pub(crate) act: Vec<Act>,

    /// How it was said: interview, press-conference, speech, broadcast, social, statement, document, court, meeting,
    /// phone, message or press
    #[arg(long, value_name = "KIND", value_parser = CHANNELS)]
    pub(crate) channel: Option<String>,

    /// From this day, month or year on, as 2025-03-14, 2025-03 or 2025: the day of the saying, else of publication
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) since: Option<String>,

    /// Up to and with this day, month or year
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Option<String>,

    /// The outlet, by its whole name (may be given again)
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Vec<String>,

    /// Only what somebody disputes
    #[arg(long)]
    pub(crate) disputed: bool,

    /// Only what another report tells in other words inside the quotation marks
    #[arg(long)]
    pub(crate) drifted: bool,

    /// Only what is as sure as this, 0 to 1
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) min_confidence: Option<f32>,
}

/// Find statements in a ledger.
///
/// By words of what was said, by who speaks, whom it is about, what the speaker does, how, when, and where it was
/// published; all conditions must hold. Each statement is shown with its identifier, which leads to it for ever.
#[derive(Debug, clap::Args)]
#[command(after_help = FIND_EXAMPLES)]
pub(crate) struct FindArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// Which come first
    #[arg(long, value_enum, default_value_t = By::Newest)]
    pub(crate) order: By,

    /// How many at most [default: 20 in the list, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// Which statements come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// The latest day
    Newest,
    /// The earliest day
    Oldest,
    /// What fits the words best
    Best,
}

const FIND_EXAMPLES: &str = "\
Examples:
  onrecord find truce                                  whoever spoke of a truce, the latest first
  onrecord find 'grain corridor' --act promise,offer   a phrase, in promises and offers
  onrecord find --speaker Morosh --since 2025-03       what Morosh said from March 2025 on
  onrecord find --about Morosh --act accuse            who accuses Morosh
  onrecord find --disputed --format csv > disputed.csv
  onrecord find withdraw* OR retreat* --publisher 'Norland Times'";

/// Tell what a ledger has of somebody.
///
/// Under which names and with which descriptions they are found, what they do, how, when, who quotes them, and what of
/// it is disputed. Of several people with such a name the one whose whole name it is comes first, else who speaks most;
/// the others are named below.
#[derive(Debug, clap::Args)]
#[command(after_help = WHO_EXAMPLES)]
pub(crate) struct WhoArgs {
    /// A name, or part of one
    #[arg(value_name = "NAME", required = true)]
    pub(crate) name: Vec<String>,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const WHO_EXAMPLES: &str = "\
Examples:
  onrecord who Morosh
  onrecord who \"ministry of defence\" --ledger news.db
  onrecord who Morosh --format jsonl | jq '.months'";

/// Check that a ledger is sound.
///
/// Every text against its hash, every span against its text, every statement against its reading, the indexes against
/// the words, the references, and the file's pages. Says what is off, and changes nothing unless --mend.
#[derive(Debug, clap::Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// Make the full-text indexes anew first, from the words that are kept
    #[arg(long)]
    pub(crate) mend: bool,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  onrecord verify --ledger news.db

Exit code: 0 it is sound; 1 something is off, each named.";

const CHANNELS: [&str; 12] = [
    "interview",
    "press-conference",
    "speech",
    "broadcast",
    "social",
    "statement",
    "document",
    "court",
    "meeting",
    "phone",
    "message",
    "press",
];

fn act(word: &str) -> Result<Act, String> {
    Act::from_word(word).ok_or_else(|| {
        let words = Act::ALL.map(Act::word).join(", ");
        format!("one of these is needed: {words}")
    })
}

fn day(words: &str) -> Result<String, String> {
    let filled = format!("{words}{}", "0000-01-01".get(words.len()..).unwrap_or("x"));
    match matches!(words.len(), 4 | 7 | 10) && onrecord_read::is_published(&filled) {
        true => Ok(words.to_owned()),
        false => Err("a day, month or year is needed, as 2025-03-14, 2025-03 or 2025".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years() {
        for good in ["2025", "2025-03", "2025-03-14"] {
            assert_eq!(day(good).as_deref(), Ok(good));
        }
        for bad in ["", "25", "2025-13", "2025-3", "2025-02-30", "Friday", "2025-03-14T10:00", "éé"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}
