//! The arguments of the commands that keep a ledger and ask it.

use std::convert::Infallible;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use onrecord::{Act, Relation};
use onrecord_ledger::NewRole;

use crate::cli::args::{Colour, WebArgs, published, share};

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
    /// Files, folders, addresses of the web, or - for standard input
    #[arg(value_name = "FILE|URL")]
    pub(crate) inputs: Vec<OsString>,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    #[command(flatten)]
    pub(crate) web: WebArgs,

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
  onrecord keep https://example.org/report
  onrecord keep --ledger news.db --format jsonl new/ | jq -r 'select(.outcome == \"changed\") | .article'

Exit code: 0 all inputs were read; 1 some failed, each named with its reason; 2 wrong usage.";

/// What statements are asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Wanted {
    /// Words of what was said: all of them, in any order; "a phrase" in quotation marks; truce* for whatever begins so;
    /// OR between two words
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) conditions: Conditions,
}

/// What else must hold of statements that are asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Conditions {
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
/// the words, the counts against the statements, the references, and the file's pages. Says what is off, and changes
/// nothing unless --mend.
#[derive(Debug, clap::Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// Make the full-text indexes and the counts anew first, from what is kept
    #[arg(long)]
    pub(crate) mend: bool,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  onrecord verify --ledger news.db

Exit code: 0 it is sound; 1 something is off, each named.";

/// Give figures over a ledger, or over the statements that fit.
///
/// Who speaks most, what they do, how, what share is relayed from somebody unnamed, by outlet and week.
#[derive(Debug, clap::Args)]
#[command(after_help = STATS_EXAMPLES)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    /// People you know, as for `read`: where their gender is told, women and men are counted
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const STATS_EXAMPLES: &str = "\
Examples:
  onrecord stats
  onrecord stats truce --since 2025-03 --until 2025-03
  onrecord stats --publisher 'Norland Times' --format csv > times.csv
  onrecord stats --registry people.jsonl      with women and men, where the file has \"gender\"";

/// Show what is disputed, and by whom.
///
/// Each disputed statement, and below it those that dispute, support or answer it, with the words that show so.
#[derive(Debug, clap::Args)]
#[command(after_help = DISPUTES_EXAMPLES)]
pub(crate) struct DisputesArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// How many at most [default: 20 in the list, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const DISPUTES_EXAMPLES: &str = "\
Examples:
  onrecord disputes Tarnovka                 who disputes whom on Tarnovka
  onrecord disputes --speaker Morosh         what Morosh said and others dispute";

/// Show positions over time: who offered, agreed, refused, demanded.
///
/// The statements on a topic whose speaker takes a position, one a line, the earliest first; --act asks for others.
#[derive(Debug, clap::Args)]
#[command(after_help = TIMELINE_EXAMPLES)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// How many at most [default: all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const TIMELINE_EXAMPLES: &str = "\
Examples:
  onrecord timeline truce                              who offered, refused, accepted it, when
  onrecord timeline --speaker Morosh --about Tarnovka --act state,deny,promise";

/// Set outlets beside each other: who gets quoted where.
#[derive(Debug, clap::Args)]
#[command(after_help = COMPARE_EXAMPLES)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const COMPARE_EXAMPLES: &str = "\
Examples:
  onrecord compare --publisher 'Norland Times' --publisher 'Eastern Post'
  onrecord compare truce --publisher 'Norland Times' --publisher 'Eastern Post' --since 2025-03";

/// Show quotes that were told in other words inside the quotation marks.
///
/// Two tellings of one utterance, word by word: [-words of the earlier one-] {+words of the later one+}.
#[derive(Debug, clap::Args)]
#[command(after_help = DRIFT_EXAMPLES)]
pub(crate) struct DriftArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// How many at most [default: 20 in the list, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const DRIFT_EXAMPLES: &str = "\
Examples:
  onrecord drift                             every quote that was told otherwise elsewhere
  onrecord drift --speaker Morosh";

/// Correct a statement.
///
/// A correction is a fact with author and time: it wins over what was read, and over every later reading, until it is
/// taken back. `gold` gives corrected statements for evaluation and training.
#[derive(Debug, clap::Args)]
#[command(after_help = CORRECT_EXAMPLES)]
pub(crate) struct CorrectArgs {
    /// Its identifier, as `find` shows it, or the first digits of it
    #[arg(value_name = "STATEMENT")]
    pub(crate) statement: String,

    #[command(flatten)]
    pub(crate) right: Right,

    /// It is no statement at all
    #[arg(long, conflicts_with = "restore")]
    pub(crate) reject: bool,

    /// It is one after all
    #[arg(long)]
    pub(crate) restore: bool,

    /// Take the last correction back: what stood there before stands there again
    #[arg(long, conflicts_with_all = [
        "source", "cue", "content", "speaker", "nobody", "addressee", "act", "channel", "when", "negated", "link",
        "unlink", "reject", "restore", "confirm",
    ])]
    pub(crate) undo: bool,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const CORRECT_EXAMPLES: &str = "\
Examples:
  onrecord correct c21aa196 --act claim
  onrecord correct c21aa196 --speaker 'Andrei Morosh' --speaker 'ministry of defence:organisation'
  onrecord correct c21aa196 --channel social:Chirper --when 2025-03-14
  onrecord correct c21aa196 --content 'the town is encircled … and will fall'
  onrecord correct c21aa196 --link disputes:5f03b7d1
  onrecord correct c21aa196 --reject
  onrecord correct c21aa196 --undo
  onrecord correct c21aa196 --confirm --author ed";

/// Add a statement that was not found.
///
/// Its words must stand in the article. It is a correction as others are: it survives every later reading, can be corrected
/// and taken back, and is gold.
#[derive(Debug, clap::Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct AddArgs {
    /// What the article is known by, as `find --format jsonl` shows it
    #[arg(value_name = "ARTICLE")]
    pub(crate) article: String,

    #[command(flatten)]
    pub(crate) right: Right,

    #[command(flatten)]
    pub(crate) file: LedgerFile,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

const ADD_EXAMPLES: &str = "\
Examples:
  onrecord add https://norland.example/truce --source 'Vera Olen' --cue refused --content 'any truce' --act refuse";

/// What is right of a statement.
#[derive(Debug, clap::Args)]
pub(crate) struct Right {
    /// The words that name who speaks, as they stand in the text, with … where others break them; '' for none; or
    /// @BEGIN-END in code points
    #[arg(long, value_name = "WORDS", value_parser = role)]
    pub(crate) source: Option<NewRole>,

    /// The words that attribute, likewise
    #[arg(long, value_name = "WORDS", value_parser = role)]
    pub(crate) cue: Option<NewRole>,

    /// What is attributed, likewise
    #[arg(long, value_name = "WORDS", value_parser = role)]
    pub(crate) content: Option<NewRole>,

    /// Who speaks (given again: together). NAME, or NAME:TYPE with person, group, organisation, place, document
    #[arg(long, value_name = "NAME", conflicts_with = "nobody")]
    pub(crate) speaker: Vec<String>,

    /// Nobody is named as the speaker
    #[arg(long)]
    pub(crate) nobody: bool,

    /// Whom it is told, likewise
    #[arg(long, value_name = "NAME")]
    pub(crate) addressee: Vec<String>,

    /// What the speaker does
    #[arg(long, value_name = "ACT", value_parser = act)]
    pub(crate) act: Option<Act>,

    /// How it was said: a kind as for `find`, with a name as in social:Chirper; none, where the report does not tell
    #[arg(long, value_name = "KIND[:NAME]")]
    pub(crate) channel: Option<String>,

    /// When it was said, as EDTF: 2025-03-14, 2025-03, 2025-03-10/2025-03-16; none, where the report does not tell
    #[arg(long, value_name = "TIME")]
    pub(crate) when: Option<String>,

    /// Whether the report says that it was not said, thought or done
    #[arg(long, value_name = "true|false")]
    pub(crate) negated: Option<bool>,

    /// It disputes, supports, answers, repeats or drifts from this one (may be given again)
    #[arg(long, value_name = "RELATION:STATEMENT", value_parser = link)]
    pub(crate) link: Vec<(Relation, String)>,

    /// It does not
    #[arg(long, value_name = "RELATION:STATEMENT", value_parser = link)]
    pub(crate) unlink: Vec<(Relation, String)>,

    /// You looked at all of it, and it is right as it stands then
    #[arg(long)]
    pub(crate) confirm: bool,

    /// Who says so [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,
}

fn role(typed: &str) -> Result<NewRole, Infallible> {
    typed.parse()
}

/// `RELATION:STATEMENT`.
fn link(typed: &str) -> Result<(Relation, String), String> {
    let (relation, other) = typed.split_once(':').unwrap_or((typed, ""));
    match Relation::from_word(relation) {
        Some(_) if other.is_empty() => Err("name the other statement: disputes:5f03b7d1".to_owned()),
        Some(relation) => Ok((relation, other.to_owned())),
        None => {
            Err("the relation is disputes, supports, answers, repeats or drifts, as in disputes:5f03b7d1"
                .to_owned())
        }
    }
}

/// Decide who is whom.
///
/// A decision is a fact with author and time, and holds for whatever is read later. Names are whole names, or @NUMBER.
#[derive(Debug, clap::Args)]
#[command(after_help = ENTITY_EXAMPLES)]
pub(crate) struct EntityArgs {
    #[command(subcommand)]
    pub(crate) decision: EntityCommand,
}

/// The decisions.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum EntityCommand {
    /// Two are one: whatever the second is called belongs to the first
    Merge(MergeArgs),
    /// A spelling is somebody else's: it becomes an entity of its own
    Split(SplitArgs),
    /// They go by another name
    Rename(MergeArgs),
}

/// Two names.
#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    /// Whose name this is
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// The other one; the new name
    #[arg(value_name = "OTHER")]
    pub(crate) other: String,

    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// A spelling.
#[derive(Debug, clap::Args)]
pub(crate) struct SplitArgs {
    /// As `who` shows it
    #[arg(value_name = "SPELLING")]
    pub(crate) spelling: String,

    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// Who decides, where.
#[derive(Debug, clap::Args)]
pub(crate) struct Deciding {
    /// Who decides it [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,

    #[command(flatten)]
    pub(crate) file: LedgerFile,
}

const ENTITY_EXAMPLES: &str = "\
Examples:
  onrecord entity merge 'Andrei Morosh' Morosh
  onrecord entity split 'Andrew Morosh'
  onrecord entity rename 'Andrei Morosh' 'Andrei Petrovich Morosh'";

/// Read the articles of a ledger anew, with the model that this program has now.
///
/// What the new reading finds holds from then on; what people corrected stays so; what changed is told. Articles that
/// this model has read already are passed over, so a run that was stopped goes on where it was.
#[derive(Debug, clap::Args)]
pub(crate) struct RereadArgs {
    #[command(flatten)]
    pub(crate) file: LedgerFile,

    /// People and bodies you know, as for `read`
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,

    /// Another model than the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// Give what people corrected or confirmed, as gold for `eval` and training.
///
/// JSONL, one article a line: {"id", "text", "statements", "rejected"}; only what somebody corrected or confirmed.
#[derive(Debug, clap::Args)]
#[command(after_help = GOLD_EXAMPLES)]
pub(crate) struct GoldArgs {
    #[command(flatten)]
    pub(crate) file: LedgerFile,
}

const GOLD_EXAMPLES: &str = "\
Examples:
  onrecord correct c21aa196 --act claim      what was read wrongly, put right
  onrecord correct 16be9b75 --confirm        what was read rightly
  onrecord gold > gold.jsonl                 all of that
  onrecord eval gold.jsonl                   how many of these the model finds (others count as spurious)";

/// Write a ledger, or the statements that fit, in a form that others read.
///
/// To standard output, article by article, but for brat, which wants a folder. WORDS and the options that `find` has tell
/// which statements; without any it is all of them. Offsets are code points of the article's text in every form.
#[derive(Debug, clap::Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) wanted: Wanted,

    /// The form
    #[arg(long, value_enum)]
    pub(crate) format: Form,

    /// Where to, for brat: a folder that gets a .txt and an .ann file for each article
    #[arg(long, value_name = "FOLDER", required_if_eq("format", "brat"))]
    pub(crate) to: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) file: LedgerFile,
}

/// Keep records that others made, as they are.
///
/// JSONL, one record a line: what `read` or `export` wrote, or a person annotated. Spans are code points of the text. Or
/// brat standoff: .ann files with their .txt beside them, or folders of them; events on a Cue (or a Content) with a Source
/// and a Content are statements, Act and Negated their attributes, Within, Disputes and the like relations between them;
/// speakers, channel and time are told by the words that are marked. Articles that the ledger has already, in the same
/// words, stay as they are.
#[derive(Debug, clap::Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(crate) struct ImportArgs {
    /// Files, folders of brat standoff, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) inputs: Vec<OsString>,

    /// Who or what made them
    #[arg(long, value_name = "NAME", default_value = "import")]
    pub(crate) by: String,

    #[command(flatten)]
    pub(crate) file: LedgerFile,
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  onrecord read news.jsonl.gz | onrecord import -
  onrecord import annotations.jsonl --by 'two coders'
  onrecord export --format brat --to annotations/     annotate there, with brat, and …
  onrecord import annotations/ --ledger checked.db --by ed";

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Records, one article a line, as `read` writes them
    Jsonl,
    /// A table of statements
    Csv,
    /// The same for DuckDB, pandas, Spark …, with types: spans and speakers are lists
    Parquet,
    /// W3C Web Annotations, one a line, as JSON-LD
    WebAnnotation,
    /// Quotations and claims of schema.org, one a line, as JSON-LD
    SchemaOrg,
    /// Entities of FollowTheMoney, for Aleph and its like: articles, those who speak, mentions of them, what they said
    Ftm,
    /// Lines like those of the GDELT Global Quotation Graph
    Gqg,
    /// brat standoff: sources, cues and contents, to be annotated further; `import` reads it again
    Brat,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  onrecord export --format jsonl > records.jsonl
  onrecord export --format csv --speaker Morosh > morosh.csv
  onrecord export --format parquet > statements.parquet
  duckdb -c \"SELECT act, count(*) FROM 'statements.parquet' GROUP BY act\"
  onrecord export --format web-annotation truce > truce.jsonl
  onrecord export --format ftm > entities.ftm.json
  onrecord export --format brat --to annotations/";

/// The kinds of channel.
pub(crate) const CHANNELS: [&str; 12] = [
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
