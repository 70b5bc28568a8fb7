//! A writer killed at any moment: what it acknowledged is there, whole, and the next one goes on.

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader, Write, stdout};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use onrecord::Act;
use onrecord_ledger::{Ledger, Order, Question, Read};

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
    report.read()
}

/// The process that is killed: this very test, with a ledger named in its environment.
#[test]
fn child() {
    let Ok(file) = env::var(LEDGER) else { return };
    let mut ledger = Ledger::open(file).unwrap();
    for number in 0..ARTICLES {
        let receipt = ledger.record(&report(number), &reading("m1")).unwrap();
        // a whole line, or none of it
        stdout().write_all(format!("kept {}\n", receipt.article).as_bytes()).unwrap();
    }
}

fn kept(ledger: &Ledger) -> Vec<(String, String)> {
    let question = Question { order: Order::Oldest, ..Question::default() };
    let found = ledger.find(&question).unwrap().into_iter();
    found.map(|kept| (kept.article.id, kept.words.content)).collect()
}

#[test]
fn killed_at_any_moment() {
    let kills = env::var(KILLS).ok().and_then(|kills| kills.parse().ok()).unwrap_or(15_u64);
    let folder = Folder::new("kill");
    let mut acknowledged = BTreeSet::new();
    for kill in 0..kills {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "killed::child", "--nocapture"])
            .env(LEDGER, folder.file())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // times that look random, and are the same in each run
        sleep(Duration::from_micros(5_000 + kill * 7_919 % 60_000));
        child.kill().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        acknowledged.extend(lines.filter_map(|line| Some(line.unwrap().strip_prefix("kept ")?.to_owned())));
        child.wait().unwrap();
        let mut ledger = folder.ledger();
        assert_eq!(ledger.verify().unwrap().complaints, [], "after kill {kill}");
        let there: BTreeSet<String> = kept(&ledger).into_iter().map(|(article, _)| article).collect();
        assert!(acknowledged.is_subset(&there), "after kill {kill} an acknowledged article is lost");
    }
    let (mut ledger, undisturbed) = (folder.ledger(), Folder::new("unkilled"));
    let all: Vec<Read> = (0..ARTICLES).map(report).collect();
    ledger.record_all(&all, &reading("m1")).unwrap();
    assert_eq!(kept(&ledger), kept(&undisturbed.with(&all)));
}
