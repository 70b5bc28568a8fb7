//! A ledger of invented statements, as large as one likes, and how long it takes to answer.
//!
//! One word in three is drawn by Zipf's law, and all speakers; days evenly over five years: so the commonest word is in a
//! third of all statements, and the commonest speaker has one in fifteen. Half of the speakers have a role, a third of the
//! statements a channel, a tenth somebody who is told; in a third of the articles somebody disputes another one.

use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::ensure;
use onrecord::{
    Act, Article, Attribution, Channel, ChannelKind, Link, Outlined, Quote, Record, Relation, Scores, Span,
    Speaker, SpeakerType, Statement,
};
use onrecord_ledger::{Ledger, Order, Prepared, Question, Read, Reading};

/// Statements of one article.
const EACH: usize = 15;

/// Articles that are kept together: the larger the ledger, the more of its pages each commit changes.
const TOGETHER: usize = 10_000;

/// Statements less sure than this are not kept: none are.
const LEAST: f32 = 0.0;

/// Different words, and different speakers.
const WORDS: usize = 40_000;
const SPEAKERS: usize = 20_000;

/// Questions of each kind.
const ASKED: usize = 200;

/// Makes a ledger of about `count` statements at `path`, unless one is there, asks it, and prints a table.
pub(crate) fn ledger(count: usize, path: &Path) -> anyhow::Result<()> {
    if !path.exists() {
        fill(count, path)?;
    }
    let ledger = Ledger::read(path)?;
    println!("| question | found, median | median | p95 |\n| --- | --- | --- | --- |");
    let mut dice = Dice(7);
    measure("one word, newest first", || {
        find(&ledger, Question { words: Some(word(dice.zipf(WORDS))), ..first() })
    })?;
    measure("one word, best first", || {
        find(&ledger, Question { words: Some(word(dice.zipf(WORDS))), order: Order::Best, ..first() })
    })?;
    measure("two words", || {
        let words = format!("{} {}", word(dice.zipf(WORDS)), word(dice.zipf(WORDS)));
        find(&ledger, Question { words: Some(words), ..first() })
    })?;
    measure("a phrase", || {
        let words = format!("\"{} {}\"", word(dice.zipf(2000)), word(dice.zipf(2000)));
        find(&ledger, Question { words: Some(words), ..first() })
    })?;
    measure("speaker in a quarter", || {
        let (year, month) = (2020 + dice.below(5), 1 + dice.below(9));
        let days = |month: usize| Some(format!("{year}-{month:02}"));
        let speaker = Some(name(dice.zipf(SPEAKERS)));
        find(&ledger, Question { speaker, since: days(month), until: days(month + 2), ..first() })
    })?;
    measure("act in a month", || {
        let month = Some(format!("{}-{:02}", 2020 + dice.below(5), 1 + dice.below(12)));
        find(
            &ledger,
            Question { acts: vec![act(dice.below(30))], since: month.clone(), until: month, ..first() },
        )
    })?;
    measure("a word by a speaker", || {
        let (words, speaker) = (Some(word(dice.zipf(WORDS))), Some(name(dice.zipf(SPEAKERS))));
        find(&ledger, Question { words, speaker, ..first() })
    })?;
    measure("disputed", || find(&ledger, Question { disputed: true, skip: dice.below(1_000), ..first() }))?;
    measure("a word, disputed", || {
        find(&ledger, Question { words: Some(word(dice.zipf(WORDS))), disputed: true, ..first() })
    })?;
    measure("who", || Ok(ledger.who(&name(dice.zipf(SPEAKERS)))?.statements as usize))
}

fn first() -> Question {
    Question { limit: Some(20), ..Question::default() }
}

fn find(ledger: &Ledger, question: Question) -> anyhow::Result<usize> {
    Ok(ledger.find(&question)?.len())
}

/// Asks many times, once before to warm up, and prints a line.
fn measure(what: &str, mut ask: impl FnMut() -> anyhow::Result<usize>) -> anyhow::Result<()> {
    ask()?;
    let mut times = Vec::new();
    let mut found = Vec::new();
    for _ in 0..ASKED {
        let begun = Instant::now();
        found.push(ask()?);
        times.push(begun.elapsed());
    }
    times.sort();
    found.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let at = |share: usize| milliseconds(times[ASKED * share / 100]);
    println!("| {what} | {} | {:.1} ms | {:.1} ms |", found[ASKED / 2], at(50), at(95));
    Ok(())
}

fn fill(count: usize, path: &Path) -> anyhow::Result<()> {
    let reading =
        Reading { model: "invented".into(), least_confidence: LEAST, at: "2026-01-01T00:00:00Z".into() };
    let mut ledger = Ledger::open(path)?;
    let articles = count / EACH;
    ensure!(articles > 0, "at least {EACH} statements are needed");
    let (begun, mut kept) = (Instant::now(), 0);
    let (give, batches) = sync_channel(1);
    thread::spawn(move || {
        let numbers: Vec<usize> = (0..articles).collect();
        // the other end is gone where the ledger could not be written
        numbers.chunks(TOGETHER).try_for_each(|numbers| give.send(batch(numbers)))
    });
    for batch in batches {
        ledger.record_prepared(&batch, &reading)?;
        kept += batch.len() * EACH;
        eprintln!("{kept} statements, {:.0} a second", kept as f64 / begun.elapsed().as_secs_f64());
    }
    ledger.settle()?;
    println!("{articles} articles, {kept} statements, {:.0} s\n", begun.elapsed().as_secs_f64());
    Ok(())
}

/// Articles with these numbers, made ready in two threads.
fn batch(numbers: &[usize]) -> Vec<Prepared> {
    let make = |numbers: &[usize]| numbers.iter().map(|&number| prepared(number)).collect::<Vec<_>>();
    let (first, second) = numbers.split_at(numbers.len() / 2);
    thread::scope(|scope| {
        let second = scope.spawn(|| make(second));
        let mut all = make(first);
        all.extend(second.join().unwrap_or_default());
        all
    })
}

fn prepared(number: usize) -> Prepared {
    // each article has dice of its own, whoever makes it
    let read = report(number, &mut Dice((number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    Prepared::new(Outlined::new(read.record), read.place, LEAST)
}

/// An article of invented words.
fn report(number: usize, dice: &mut Dice) -> Read {
    let day = dice.below(365 * 5);
    let published = format!("{}-{:02}-{:02}", 2020 + day / 365, day % 365 / 31 + 1, day % 28 + 1);
    let mut article = Article {
        id: format!("n{number}"),
        publisher: Some(format!("Outlet {}", dice.zipf(100))),
        published: Some(published),
        ..Article::default()
    };
    let mut statements = Vec::new();
    for _ in 0..EACH {
        let (who, is_told) = (speaker(dice), dice.below(10) == 0);
        let source = append(&mut article.text, &who.name, " ");
        let cue = append(&mut article.text, "said", " ");
        let words: Vec<String> = (0..10 + dice.below(20)).map(|_| word(dice.mixed(WORDS))).collect();
        let content = append(&mut article.text, &words.join(" "), ". ");
        let addressees = if is_told { vec![speaker(dice)] } else { vec![] };
        let channel = channel(dice.below(24));
        let statement =
            Statement { addressees, channel, ..statement(who, act(dice.below(30)), [source, cue, content]) };
        statements.push(statement);
    }
    let links = if number.is_multiple_of(3) { vec![dispute(&statements)] } else { vec![] };
    Read { record: Record { article, statements, links, times: None }, place: "invented".into() }
}

/// The second statement disputes the first.
fn dispute(statements: &[Statement]) -> Link {
    let evidence = statements[1].attribution.cue.clone();
    Link { from: 1, to: 0, relation: Relation::Disputes, evidence, score: 0.8 }
}

/// One of eight for a third of the numbers below 24.
fn channel(number: usize) -> Option<Channel> {
    use ChannelKind::{Broadcast, Document, Interview, Meeting, PressConference, Social, Speech, Statement};
    let kinds = [Broadcast, Document, Interview, Meeting, PressConference, Social, Speech, Statement];
    kinds.get(number).map(|&kind| Channel { kind, name: None })
}

/// Somebody, who has one of three roles in half of the cases.
fn speaker(dice: &mut Dice) -> Speaker {
    let rank = dice.zipf(SPEAKERS);
    let role = ["mayor", "minister of roads", "spokesperson"].get(dice.below(6));
    Speaker {
        name: name(rank),
        kind: SpeakerType::Person,
        id: None,
        role: role.map(|role| (*role).to_owned()),
        anonymous: false,
    }
}

fn append(text: &mut String, words: &str, end: &str) -> Span {
    let begin = text.len();
    text.push_str(words);
    let span = Span::new(begin, text.len());
    text.push_str(end);
    span
}

fn statement(speaker: Speaker, act: Act, [source, cue, content]: [Span; 3]) -> Statement {
    let attribution = Attribution {
        source: vec![source],
        cue: vec![cue],
        content: vec![content],
        quote: Quote::Indirect,
        within: None,
        confidence: 0.9,
        scores: Scores::MARKED,
    };
    Statement {
        attribution,
        act,
        negated: false,
        speakers: vec![speaker],
        addressees: vec![],
        channel: None,
        when: None,
        place: None,
    }
}

fn act(number: usize) -> Act {
    Act::ALL[number % Act::ALL.len()]
}

/// The word with this rank: syllables, so that words look like some.
fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ko", "ri", "tel", "mu", "san", "ve", "lo", "pi", "dra", "ne", "fo", "gul", "ti", "ham", "zo",
        "wes", "cal", "ju", "er",
    ];
    let mut word = String::new();
    let mut rest = rank + 20;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 20]);
        rest /= 20;
    }
    word
}

/// The name of the speaker with this rank.
fn name(rank: usize) -> String {
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    format!("{} {}", capital(word(rank % 400)), capital(word(rank * 7 + 3)))
}

/// Numbers that look random, the same in each run: xorshift.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    /// The same for one in three, else any rank: were all drawn by Zipf's law alone, without grammar, every statement
    /// would share runs of common words with every other, and be compared with it.
    fn mixed(&mut self, most: usize) -> usize {
        if self.below(3) == 0 { self.zipf(most) } else { self.below(most) }
    }

    /// A rank below `most`, the first ones far more often.
    fn zipf(&mut self, most: usize) -> usize {
        let share = self.next() as f64 / u64::MAX as f64;
        (((most as f64).ln() * share).exp() - 1.0).min(most as f64 - 1.0) as usize
    }
}
