//! The arguments as they are typed.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use onrecord_read::Columns;

use super::ledger::args::{
    AddArgs, CompareArgs, CorrectArgs, DisputesArgs, DriftArgs, EntityArgs, ExportArgs, FindArgs, GoldArgs,
    ImportArgs, KeepArgs, RereadArgs, StatsArgs, TimelineArgs, VerifyArgs, WhoArgs,
};
use super::report::ReportArgs;
use super::serve::ServeArgs;
use crate::web::Url;

/// Who said what: reads news and prints each statement with its source, its cue and its content.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, arg_required_else_help = true, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  onrecord read samples/                     the statements of every report in a folder
  onrecord read report.txt --view text       the report with sources, cues and contents marked
  onrecord read news.jsonl.gz > records.jsonl
  onrecord read https://example.org/report   a page of the web
  onrecord watch https://example.org/rss     and the new pages of a feed, as they come
  onrecord explain report.txt 4              why its statement 4 was read so
  onrecord keep news.jsonl.gz                keep the records of a year of news in a ledger …
  onrecord find 'grain corridor' --disputed  … and ask it
  onrecord eval gold.jsonl                   measure the model against your own annotations";

/// What is done. The arguments of each say what it is: a comment here would take their place in its `--help`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Read(ReadArgs),
    Watch(WatchArgs),
    Explain(ExplainArgs),
    Text(TextArgs),
    Eval(EvalArgs),
    Keep(KeepArgs),
    Find(FindArgs),
    Who(WhoArgs),
    Stats(StatsArgs),
    Disputes(DisputesArgs),
    Timeline(TimelineArgs),
    Compare(CompareArgs),
    Drift(DriftArgs),
    Correct(CorrectArgs),
    Add(AddArgs),
    Entity(EntityArgs),
    Reread(RereadArgs),
    Gold(GoldArgs),
    Export(ExportArgs),
    Import(ImportArgs),
    Verify(VerifyArgs),
    Report(ReportArgs),
    Serve(ServeArgs),
}

/// Read reports and print who said what.
///
/// Reads text in any encoding, Markdown, HTML pages (the article in them), feeds (RSS, Atom, JSON Feed), JSONL and tables
/// (an article a line or row: "text", and as known "id", "title", "published", "url", "authors", "publisher", "language"),
/// ninjs, NewsML-G2, WARC; gzip, Zstandard, ZIP and tar of each; folders, patterns, and `-`, standard input. What a file
/// is, its content tells. What is no news text is skipped and counted. Addresses of the web
/// are fetched, one request a host at a time, where robots.txt permits it. Output stands in the order of the input.
#[derive(Debug, clap::Args)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct ReadArgs {
    /// Files, folders, addresses of the web, or - for standard input
    #[arg(value_name = "FILE|URL")]
    pub(crate) inputs: Vec<OsString>,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    /// How many articles are read at the same time [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Day of publication of articles that tell none, as 2025-03-14: "Friday" is read against it
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<String>,

    /// Keep in this file how far the reading is, and go on from there if it was interrupted; records written to a file
    /// must be appended (`>> records.jsonl`)
    #[arg(long, value_name = "STATE")]
    pub(crate) resume: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) columns: ColumnArgs,

    #[command(flatten)]
    pub(crate) shown: ShownArgs,
}

/// Where tables (CSV, TSV) and JSON have other names than usual.
#[derive(Debug, clap::Args)]
pub(crate) struct ColumnArgs {
    /// Column of a table, or field of JSON, that holds the text [default: text]
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,

    /// … the id [default: id]
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,

    /// … the headline [default: title]
    #[arg(long, value_name = "NAME")]
    title_column: Option<String>,

    /// … the day of publication [default: published, or date]
    #[arg(long, value_name = "NAME")]
    published_column: Option<String>,

    /// … the address [default: url]
    #[arg(long, value_name = "NAME")]
    url_column: Option<String>,
}

impl From<ColumnArgs> for Columns {
    fn from(args: ColumnArgs) -> Self {
        Columns {
            text: args.text_column,
            id: args.id_column,
            title: args.title_column,
            published: args.published_column,
            url: args.url_column,
        }
    }
}

/// With what articles are read, and what is printed of them.
#[derive(Debug, clap::Args)]
pub(crate) struct ShownArgs {
    /// List for people, or JSONL for programs [default: list on a terminal, else jsonl]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,

    /// What the list shows: the statements, the disputed ones with who disputes them, or the text with sources, cues and
    /// contents marked in place
    #[arg(long, value_enum)]
    pub(crate) view: Option<View>,

    /// Leave out statements less sure than this, 0 to 1 (0.9: nine in ten are right; 0: leave out none) [default: the
    /// model's own, which balances what is missed and what is wrong]
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) min_confidence: Option<f32>,

    /// Leave out what is no saying: beliefs, feelings, decisions
    #[arg(long)]
    pub(crate) sayings: bool,

    /// Show as well what is said inside what others say ("Ann said that Bo promised …")
    #[arg(long)]
    pub(crate) nested: bool,

    /// Add every time expression of the text, with its value as EDTF
    #[arg(long)]
    pub(crate) times: bool,

    /// People and bodies you know, one a line of JSON: {"name", "aliases"?, "type", "id"?, "from"?, "to"?}, or entities
    /// of FollowTheMoney; speakers that fit get the name and id given there
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

const READ_EXAMPLES: &str = "\
Examples:
  onrecord read samples/
  onrecord read report.txt --published 2025-03-14
  onrecord read https://example.org/report
  onrecord read report.txt --view text
  onrecord read report.txt --view disputes
  onrecord read --sayings --min-confidence 0.8 news.jsonl.gz > records.jsonl
  onrecord read crawl.warc.gz --resume crawl.state >> records.jsonl
  onrecord read articles.csv --text-column body --published-column day
  zcat archive.gz | onrecord read - | jq -r '.statements[].speakers[].name' | sort | uniq -c

Exit code: 0 all inputs were read; 1 some failed, each named with its reason; 2 wrong usage.";

/// Watch feeds and print who said what in their new items.
///
/// Looks at the feeds (RSS, Atom, JSON Feed), fetches the pages of items that it has not seen yet, unless the feed has
/// their whole text, and prints their records as
/// `read` does, as they come. Where it stands is kept in a file: the next run goes on from there, wherever this one was
/// ended, and prints nothing twice that was noted as printed.
#[derive(Debug, clap::Args)]
#[command(after_help = WATCH_EXAMPLES)]
pub(crate) struct WatchArgs {
    /// Addresses of feeds
    #[arg(value_name = "FEED", required = true, value_parser = address)]
    pub(crate) feeds: Vec<String>,

    /// Look once and end, for cron and the like
    #[arg(long)]
    pub(crate) once: bool,

    /// How often to look: 15m, 2h, 1d; a minute at least
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = interval, conflicts_with = "once")]
    pub(crate) every: Duration,

    /// Where it is kept what has been read [default: watch.jsonl in the user's folder for states]
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    #[command(flatten)]
    pub(crate) shown: ShownArgs,
}

const WATCH_EXAMPLES: &str = "\
Examples:
  onrecord watch https://example.org/feed.xml
  onrecord watch https://example.org/world.rss https://example.net/atom.xml --every 1h >> records.jsonl
  onrecord watch --once --state place.jsonl https://example.org/feed.xml >> records.jsonl

Exit code of --once: 0 all was read; 1 some feeds or pages failed, each named with its reason; 2 wrong usage.";

/// Tell why a statement was read as it was.
///
/// For each speaker the words of the source and the rule by which they stand for whom; what the registry says; the cue or
/// the words that gave the act; the words that tell the channel and the time; the links; the model's probabilities.
#[derive(Debug, clap::Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// A report, its address in the web, or JSONL
    #[arg(value_name = "FILE|URL")]
    pub(crate) input: OsString,

    /// The statement: its number, or its identifier where FILE holds several articles
    #[arg(value_name = "N")]
    pub(crate) statement: String,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    /// Day of publication of articles that tell none, as 2025-03-14
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<String>,

    #[command(flatten)]
    pub(crate) columns: ColumnArgs,

    /// People and bodies you know, as for `read`
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,

    /// Another model than the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,

    /// Colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  onrecord explain report.txt 4
  onrecord explain report.txt 4 --registry known.jsonl --published 2025-03-14
  onrecord explain news.jsonl article-17#4";

/// Print what was taken for the article, and what is known of it.
///
/// The way to see why a page gives the statements it gives, or none: the text that `read` would read, after its title,
/// authors, publisher, day, address and language. A page that is no article is named with the reason.
#[derive(Debug, clap::Args)]
pub(crate) struct TextArgs {
    /// Files, folders, addresses of the web, or - for standard input
    #[arg(value_name = "FILE|URL")]
    pub(crate) inputs: Vec<OsString>,

    /// Show for each paragraph of a page where it stands: a selector for `document.querySelector`
    #[arg(long)]
    pub(crate) places: bool,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
}

/// Measure predicted statements against annotated ones.
///
/// Only letters and digits count. Statements are paired one to one, the best overlap of content first. A statement is
/// right where its content overlaps by four fifths and its source by half.
#[derive(Debug, clap::Args)]
#[command(after_help = EVAL_EXAMPLES)]
pub(crate) struct EvalArgs {
    /// JSONL, one article a line: {"id", "text", "attributions" or "statements": [{"source", "cue", "content"}]}; a
    /// role is a list of [begin, end) in code points of the text
    pub(crate) gold: OsString,

    /// Predictions: {"id", "statements": […]} a line, as `onrecord read` writes them [default: read GOLD's texts]
    #[arg(long, value_name = "FILE")]
    pub(crate) pred: Option<OsString>,

    /// One JSON object with all figures
    #[arg(long)]
    pub(crate) json: bool,

    /// Print N missed and N spurious statements
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,

    /// Measure nested statements too, alone
    #[arg(long)]
    pub(crate) nested: bool,

    /// Another model than the built-in one
    #[arg(long, value_name = "FILE", conflicts_with = "pred")]
    pub(crate) model: Option<PathBuf>,
}

const EVAL_EXAMPLES: &str = "\
Examples:
  onrecord eval gold.jsonl                          the built-in model on your annotations
  onrecord eval gold.jsonl.gz --pred records.jsonl  another system's statements
  onrecord eval gold.jsonl --errors 5               what was missed, what was wrong";

/// How the web is asked.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct WebArgs {
    /// Fetch from private, loopback and other special addresses too
    #[arg(long)]
    pub(crate) allow_local: bool,

    /// Give up an address of which not all has come after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub(crate) timeout: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    List,
    /// One record a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// One below the other
    Statements,
    /// What is disputed, and by whom
    Disputes,
    /// The article, marked
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

pub(super) fn share(words: &str) -> Result<f32, String> {
    match words.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}

fn address(words: &str) -> Result<String, String> {
    Url::parse(words).map(|url| url.to_string()).map_err(|error| error.to_string())
}

fn interval(words: &str) -> Result<Duration, String> {
    let (number, unit) = words.split_at(words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len()));
    let seconds = match unit {
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => 0,
    };
    match number.parse::<u32>() {
        Ok(number) if number > 0 && seconds > 0 => Ok(Duration::from_secs(u64::from(number) * seconds)),
        _ => Err("a time such as 15m, 2h or 1d is needed".to_owned()),
    }
}

pub(super) fn published(words: &str) -> Result<String, String> {
    match onrecord_read::is_published(words) {
        true => Ok(words.to_owned()),
        false => Err("a date such as 2025-03-14 is needed".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_fit_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn shares_dates_times_and_addresses() {
        assert_eq!(share("0.5"), Ok(0.5));
        for bad in ["", "1.5", "-0.1", "NaN", "half"] {
            assert!(share(bad).is_err(), "{bad}");
        }
        assert_eq!(interval("15m"), Ok(Duration::from_secs(900)));
        assert_eq!(interval("2d"), Ok(Duration::from_secs(172_800)));
        for bad in ["", "15", "0m", "30s", "-1h", "1 h", "9999999999h"] {
            assert!(interval(bad).is_err(), "{bad}");
        }
        assert_eq!(address("https://Example.org").as_deref(), Ok("https://example.org/"));
        assert!(address("feed.xml").is_err());
        assert!(published("2025-03-14").is_ok() && published("Friday").is_err());
    }
}
