//! A writer killed at any moment: what it acknowledged is there, whole, and the next one goes on.

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader, Write, stdout};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use onrecord::Act;
use onrecord_ledger::{Kept, Ledger, Linked, Order, Question, Read};

use crate::records::{Folder, Report, person, reading};

/// Where the child finds its ledger.
const LEDGER: &str = "ONRECORD_TEST_KILLED";

/// How often the child is killed, where more is wanted than in every run of the tests.
const KILLS: &str = "ONRECORD_TEST_KILLS";

const ARTICLES: usize = 400;

fn report(number: usize) -> Read {
    let mut report = Report::new(&format!("n{number}"), "2025-03-14");
    for place in 0..number % 7 + 1 {
        let speaker = person(["Vera Olen", "Andrei Morosh", "Anna Lee Holt"][(number + place) % 3]);
        report = report.says(&speaker, Act::State, "said", &format!("bridge {number} has {place} lanes"));
    }
    // told again and again, so that there is something to link
    let quote = "“The bridge will be rebuilt before the winter begins and the ferries stop running”";
    match number % 9 {
        0 => report.says(&person("Vera Olen"), Act::Promise, "promised", quote).read(),
        _ => report.read(),
    }
}

/// All links, by the words of both ends.
fn links(ledger: &Ledger) -> Vec<(String, String, String, String)> {
    let question = Question { order: Order::Oldest, ..Question::default() };
    let of = |kept: Kept| {
        let link = |link: Linked| {
            (kept.article.id.clone(), kept.words.content.clone(), link.relation, link.statement.article.id)
        };
        ledger.linked(&kept.id).unwrap().into_iter().filter(|link| link.relates).map(link).collect::<Vec<_>>()
    };
    let mut links: Vec<_> = ledger.find(&question).unwrap().into_iter().flat_map(of).collect();
    links.sort();
    links
}

/// The process that is killed: this very test, with a ledger named in its environment.
#[test]
fn child() {
    let Ok(file) = env::var(LEDGER) else { return };
    let mut ledger = Ledger::open(file).unwrap();
    for begin in (0..ARTICLES).step_by(3) {
        let reads: Vec<Read> = (begin..(begin + 3).min(ARTICLES)).map(report).collect();
        for receipt in ledger.record_all(&reads, &reading("m1")).unwrap() {
            // a whole line, or none of it
            stdout().write_all(format!("kept {}\n", receipt.article).as_bytes()).unwrap();
        }
    }
}

fn kept(ledger: &Ledger) -> Vec<(String, String)> {
    let question = Question { order: Order::Oldest, ..Question::default() };
    let found = ledger.find(&question).unwrap().into_iter();
    found.map(|kept| (kept.article.id, kept.words.content)).collect()
}

/// Kills a child that writes into the ledger of `folder` after so many microseconds, and adds to what was acknowledged.
/// Gives whether the child was at work then.
fn kill(folder: &Folder, after: u64, acknowledged: &mut BTreeSet<String>) -> bool {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed::child", "--nocapture"])
        .env(LEDGER, folder.file())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    sleep(Duration::from_micros(after));
    let was_at_work = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    acknowledged.extend(lines.filter_map(|line| Some(line.unwrap().strip_prefix("kept ")?.to_owned())));
    child.wait().unwrap();
    was_at_work
}

#[test]
fn killed_at_any_moment() {
    let kills = env::var(KILLS).ok().and_then(|kills| kills.parse().ok()).unwrap_or(15_u64);
    let all: Vec<Read> = (0..ARTICLES).map(report).collect();
    let undisturbed = Folder::new("unkilled");
    let undisturbed = undisturbed.with(&all);
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        let folder = Folder::new(&format!("kill-{round}"));
        let mut acknowledged = BTreeSet::new();
        while killed < kills && acknowledged.len() < ARTICLES {
            // times that look random, and are the same in each run
            let was_at_work = kill(&folder, 5_000 + (killed + round) * 7_919 % 60_000, &mut acknowledged);
            killed += u64::from(was_at_work);
            let mut ledger = folder.ledger();
            assert_eq!(ledger.verify().unwrap().complaints, [], "after kill {killed}");
            let there: BTreeSet<String> = kept(&ledger).into_iter().map(|(article, _)| article).collect();
            assert!(acknowledged.is_subset(&there), "after kill {killed} an acknowledged article is lost");
        }
        let mut ledger = folder.ledger();
        ledger.record_all(&all, &reading("m1")).unwrap();
        assert_eq!(kept(&ledger), kept(&undisturbed));
        assert_eq!(links(&ledger), links(&undisturbed));
        round += 1;
    }
    assert!(!links(&undisturbed).is_empty());
}
