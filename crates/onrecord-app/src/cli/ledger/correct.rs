//! `onrecord correct`, `add`, `entity` and `gold`: what people know better, and what is made of it.

use std::env;

use onrecord::Relation;
use onrecord_ledger::{Correction, Decision, Kept, Ledger, LedgerError, NewChannel, NewLink, NewVoice};

use super::args::{AddArgs, Answer, CorrectArgs, Deciding, EntityArgs, EntityCommand, GoldArgs, Right};
use super::clock;
use super::print::{Print, csv};
use crate::cli::Outcome;
use crate::cli::show::kept;

/// Corrects a statement, and prints it as it stands then.
///
/// # Errors
///
/// No such ledger or statement, nothing corrected or taken back, or a ledger that cannot be written.
pub(crate) fn correct(args: CorrectArgs) -> anyhow::Result<Outcome> {
    let mut ledger = existing(&args.file.ledger)?;
    let (author, now) = (author(args.right.author.clone()), clock::now());
    let corrected = if args.undo {
        ledger.take_back(&args.statement, &author, &now)?
    } else {
        let rejected = if args.reject { Some(true) } else { args.restore.then_some(false) };
        let correction = Correction { rejected, ..correction(&ledger, args.right)? };
        ledger.correct(&args.statement, &correction, &author, &now)?
    };
    print(Print::new(&args.printed), corrected)
}

/// Adds a statement that was not found, and prints it.
///
/// # Errors
///
/// No such ledger or article, words that do not stand in it, or a ledger that cannot be written.
pub(crate) fn add(args: AddArgs) -> anyhow::Result<Outcome> {
    let mut ledger = existing(&args.file.ledger)?;
    let author = author(args.right.author.clone());
    let correction = correction(&ledger, args.right)?;
    let added = ledger.add(&args.article, &correction, &author, &clock::now())?;
    print(Print::new(&args.printed), added)
}

fn print(mut print: Print, statement: Kept) -> anyhow::Result<Outcome> {
    match print.answer {
        Answer::Jsonl => print.jsonl(&[&statement])?,
        Answer::Csv => print.text(&csv::statements(&[statement]))?,
        Answer::List => print.text(&kept::one(&statement, print.page))?,
    }
    Ok(Outcome::Done)
}

fn correction(ledger: &Ledger, right: Right) -> anyhow::Result<Correction> {
    let speakers = match (right.nobody, right.speaker.is_empty()) {
        (true, _) => Some(Vec::new()),
        (false, true) => None,
        (false, false) => Some(voices(ledger, &right.speaker)?),
    };
    let addressees = match right.addressee.is_empty() {
        true => None,
        false => Some(voices(ledger, &right.addressee)?),
    };
    let links = |links: Vec<(Relation, String)>, holds| {
        links.into_iter().map(move |(relation, other)| NewLink { relation, other, holds })
    };
    Ok(Correction {
        source: right.source,
        cue: right.cue,
        content: right.content,
        act: right.act,
        speakers,
        addressees,
        channel: right.channel.as_deref().map(channel),
        when: right.when.map(|when| Some(when).filter(|when| when != NONE)),
        negated: right.negated,
        links: links(right.link, true).chain(links(right.unlink, false)).collect(),
        rejected: None,
        confirmed: right.confirm,
    })
}

/// Opens a ledger to write that must be there.
fn existing(path: &std::path::Path) -> Result<Ledger, LedgerError> {
    if path.is_file() { Ledger::open(path) } else { Err(LedgerError::Missing(path.to_owned())) }
}

fn author(told: Option<String>) -> String {
    let user = || env::var("USER").or_else(|_| env::var("USERNAME"));
    told.or_else(|| user().ok()).unwrap_or_else(|| "unknown".to_owned())
}

/// What takes a field away.
const NONE: &str = "none";

/// `KIND`, `KIND:NAME`, or `none`.
pub(crate) fn channel(typed: &str) -> Option<NewChannel> {
    let (kind, name) =
        typed.split_once(':').map_or((typed, None), |(kind, name)| (kind, Some(name.to_owned())));
    (kind != NONE).then(|| NewChannel { kind: kind.to_owned(), name })
}

const KINDS: [&str; 5] = ["person", "group", "organisation", "place", "document"];

/// `NAME`, of the kind that the ledger knows for it, else a person; or `NAME:TYPE`.
fn voices(ledger: &Ledger, typed: &[String]) -> anyhow::Result<Vec<NewVoice>> {
    let voice = |typed: &String| {
        let (name, kind) = match typed.rsplit_once(':').filter(|(_, kind)| KINDS.contains(kind)) {
            Some((name, kind)) => (name, kind.to_owned()),
            None => {
                let known = ledger
                    .entities(typed)?
                    .into_iter()
                    .find(|note| note.entity.name.eq_ignore_ascii_case(typed));
                (typed.as_str(), known.map_or_else(|| "person".to_owned(), |note| note.entity.kind))
            }
        };
        Ok(NewVoice { name: name.to_owned(), kind, role: None, anonymous: false })
    };
    typed.iter().map(voice).collect()
}

/// Makes a decision on entities, and tells it.
///
/// # Errors
///
/// No such ledger or name, or a ledger that cannot be written.
pub(crate) fn entity(args: EntityArgs) -> anyhow::Result<Outcome> {
    let open = |deciding: Deciding| -> anyhow::Result<(Ledger, String)> {
        Ok((existing(&deciding.file.ledger)?, author(deciding.author)))
    };
    let now = clock::now();
    let decision = match args.decision {
        EntityCommand::Merge(args) => {
            let (mut ledger, author) = open(args.deciding)?;
            ledger.merge(&args.name, &args.other, &author, &now)?
        }
        EntityCommand::Split(args) => {
            let (mut ledger, author) = open(args.deciding)?;
            ledger.split(&args.spelling, None, &author, &now)?
        }
        EntityCommand::Rename(args) => {
            let (mut ledger, author) = open(args.deciding)?;
            ledger.rename(&args.name, &args.other, &author, &now)?
        }
    };
    let Decision { kind, entity, author, at } = decision;
    anstream::println!("{kind}: {} (@{}), decided by {author}, {at}", entity.name, entity.id);
    Ok(Outcome::Done)
}

/// Prints what was corrected or confirmed, one article a line.
///
/// # Errors
///
/// No such ledger, or output that cannot be written.
pub(crate) fn gold(args: GoldArgs) -> anyhow::Result<Outcome> {
    let ledger = Ledger::read(&args.file.ledger)?;
    Print::lines().jsonl(&ledger.gold()?)?;
    Ok(Outcome::Done)
}
