//! `onrecord stats`, `disputes`, `timeline`, `compare`, `drift`: a ledger asked for more than a list.

use onrecord::Act;
use onrecord_ledger::{Comparison, Count, GenderCounts, Ledger, Order, Period, Question, Stats};

use super::args::{Answer, CompareArgs, DisputesArgs, DriftArgs, StatsArgs, TimelineArgs};
use super::find::{COUNTED, FIRST, question};
use super::print::{Print, csv};
use crate::cli::show::asked;
use crate::cli::{Outcome, UsageError, messages, registry};

/// Prints figures.
///
/// # Errors
///
/// As for `find`; so for the others here.
pub(crate) fn stats(args: StatsArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    let registry = args.registry.map(|path| registry::load(&path)).transpose()?.unwrap_or_default();
    let (ledger, question) = (Ledger::read(&args.file.ledger)?, question(args.wanted));
    let mut stats = ledger.stats(&question)?;
    stats.genders = ledger.genders(&question, &registry)?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&[&stats])?,
        Answer::Csv => print.text(&stats_table(&stats))?,
        Answer::List => print.text(&asked::stats(&stats, print.page))?,
    }
    Ok(Outcome::Done)
}

fn stats_table(stats: &Stats) -> String {
    let counts = |kind: &'static str, counts: &[Count]| -> Vec<Vec<String>> {
        counts
            .iter()
            .map(|one| vec![kind.to_owned(), one.what.clone(), one.count.to_string(), String::new()])
            .collect()
    };
    let periods = |kind: &'static str, periods: &[Period]| -> Vec<Vec<String>> {
        let row = |one: &Period| {
            vec![kind.to_owned(), one.what.clone(), one.statements.to_string(), one.anonymous.to_string()]
        };
        periods.iter().map(row).collect()
    };
    let whole =
        vec!["all".to_owned(), String::new(), stats.statements.to_string(), stats.anonymous.to_string()];
    let rows = [
        vec![whole],
        counts("speaker", &stats.speaker_counts()),
        counts("act", &stats.acts),
        counts("channel", &stats.channels),
        periods("publisher", &stats.publishers),
        periods("week", &stats.weeks),
        stats.genders.iter().flat_map(|genders| genders_of(genders.all)).collect(),
    ];
    csv::table(&["kind", "what", "statements", "anonymous"], rows.into_iter().flatten())
}

fn genders_of(counts: GenderCounts) -> [Vec<String>; 4] {
    let row =
        |what: &str, count: u64| vec!["gender".to_owned(), what.to_owned(), count.to_string(), String::new()];
    [
        row("women", counts.women),
        row("men", counts.men),
        row("others", counts.others),
        row("not told", counts.untold),
    ]
}

/// Prints what is disputed.
pub(crate) fn disputes(args: DisputesArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    let limit = args.limit.or((print.answer == Answer::List).then_some(FIRST));
    let question = Question { limit, disputed: true, ..question(args.wanted) };
    let ledger = Ledger::read(&args.file.ledger)?;
    let found = ledger.disputes(&question)?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&found)?,
        Answer::Csv => print.text(&csv::disputes(&found))?,
        Answer::List => {
            print.text(&asked::disputes(&found, ledger.count_to(&question, COUNTED)?, print.page))?
        }
    }
    Ok(Outcome::Done)
}

/// The acts by which a speaker takes a position.
const POSITIONS: [Act; 15] = [
    Act::Request,
    Act::Demand,
    Act::Order,
    Act::Offer,
    Act::Agree,
    Act::Refuse,
    Act::Promise,
    Act::Threaten,
    Act::Warn,
    Act::Withdraw,
    Act::Decide,
    Act::Announce,
    Act::Deny,
    Act::Admit,
    Act::Confirm,
];

/// Prints positions over time.
pub(crate) fn timeline(args: TimelineArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    let mut question = Question { order: Order::Oldest, limit: args.limit, ..question(args.wanted) };
    if question.acts.is_empty() {
        question.acts = POSITIONS.to_vec();
    }
    let found = Ledger::read(&args.file.ledger)?.find(&question)?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&found)?,
        Answer::Csv => print.text(&csv::statements(&found))?,
        Answer::List => print.text(&asked::timeline(&found, print.page))?,
    }
    Ok(Outcome::Done)
}

/// Prints outlets side by side.
pub(crate) fn compare(mut args: CompareArgs) -> anyhow::Result<Outcome> {
    let publishers = std::mem::take(&mut args.wanted.conditions.publisher);
    if publishers.len() < 2 {
        return Err(UsageError::OneOutlet.into());
    }
    let mut print = Print::new(&args.printed);
    let compared = Ledger::read(&args.file.ledger)?.compare(&question(args.wanted), &publishers)?;
    for outlet in compared.outlets.iter().filter(|outlet| outlet.statements == 0) {
        let name = &outlet.publisher;
        messages::warning(format_args!(
            "nothing that fits is of {name:?}; `onrecord stats` lists the outlets"
        ));
    }
    match print.answer {
        Answer::Jsonl => print.jsonl(&[&compared])?,
        Answer::Csv => print.text(&compare_table(&compared))?,
        Answer::List => print.text(&asked::compare(&compared, print.page))?,
    }
    Ok(Outcome::Done)
}

fn compare_table(compared: &Comparison) -> String {
    let mut header = vec!["speaker"];
    header.extend(compared.outlets.iter().map(|outlet| outlet.publisher.as_str()));
    let row = |(name, counts): &(String, Vec<u64>)| {
        std::iter::once(name.clone()).chain(counts.iter().map(u64::to_string)).collect()
    };
    csv::table(&header, compared.speakers.iter().map(row))
}

/// Prints quotes that were told otherwise.
pub(crate) fn drift(args: DriftArgs) -> anyhow::Result<Outcome> {
    let mut print = Print::new(&args.printed);
    let limit = args.limit.or((print.answer == Answer::List).then_some(FIRST));
    let found = Ledger::read(&args.file.ledger)?.drifts(&Question { limit, ..question(args.wanted) })?;
    match print.answer {
        Answer::Jsonl => print.jsonl(&found)?,
        Answer::Csv => print.text(&csv::drifts(&found))?,
        Answer::List => print.text(&asked::drifts(&found, print.page))?,
    }
    Ok(Outcome::Done)
}
