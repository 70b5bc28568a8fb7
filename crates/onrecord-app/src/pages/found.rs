//! The report of a question: what a ledger has on it, article by article, as one file that needs nothing else.

use askama::Template;
use onrecord_ledger::{Kept, Ledger, Linked, Question};

use super::kinds::{Card, end, title};
use super::told;
use crate::cli::{counted, inert};

#[derive(Template)]
#[template(path = "found.html")]
struct FoundPage {
    title: String,
    found: String,
    articles: Vec<Article>,
    version: &'static str,
}

/// An article that has some of what was found.
struct Article {
    /// What it is known by in the ledger, and its version.
    key: (String, u32),
    title: String,
    /// Where and when it was published, and where it was found.
    about: Vec<String>,
    statements: Vec<Found>,
}

/// A statement, and those that relate to it.
struct Found {
    card: Card,
    sides: Vec<Side>,
}

/// A statement that disputes, supports or answers another one.
struct Side {
    words: &'static str,
    disputes: bool,
    /// The headline and the outlet, where it stands in another article.
    elsewhere: Vec<String>,
    card: Card,
}

/// The report of a question to a ledger, as HTML.
///
/// # Errors
///
/// Words that cannot be searched for, or the ledger cannot be read.
pub(crate) fn found(ledger: &Ledger, question: &Question) -> anyhow::Result<String> {
    let kept = ledger.find(question)?;
    let all = ledger.count_to(question, usize::MAX)?;
    let mut articles: Vec<Article> = Vec::new();
    for statement in &kept {
        let found = Found {
            card: Card::unlinked(statement),
            sides: sides(statement, &ledger.linked(&statement.id)?),
        };
        let key = (statement.article.id.clone(), statement.article.version);
        match articles.iter_mut().find(|article| article.key == key) {
            Some(article) => article.statements.push(found),
            None => articles.push(Article::new(key, statement, found)),
        }
    }
    let of = if all > kept.len() as u64 { format!(" of {all}") } else { String::new() };
    let counts = [counted(kept.len(), "statement") + &of, counted(articles.len(), "article")];
    let page = FoundPage {
        title: asked(question),
        found: counts.join(" in "),
        articles,
        version: env!("CARGO_PKG_VERSION"),
    };
    Ok(page.render()?)
}

impl Article {
    fn new(key: (String, u32), first: &Kept, found: Found) -> Article {
        let note = &first.article;
        let about = [&note.publisher, &note.published, &note.url];
        Article {
            key,
            title: title(note),
            about: about.into_iter().flatten().map(|about| inert(about)).collect(),
            statements: vec![found],
        }
    }
}

/// Those of the links that say something of a statement.
fn sides(of: &Kept, links: &[Linked]) -> Vec<Side> {
    let side = |link: &Linked| {
        let card = Card::unlinked(&link.statement);
        let elsewhere = match link.statement.article.id == of.article.id {
            true => Vec::new(),
            false => std::iter::once(card.title.clone()).chain(card.publisher.clone()).collect(),
        };
        let words = told::Linked::new(&link.relation, end(link), None, String::new())?.words;
        Some(Side { words, disputes: link.relation == "disputes", elsewhere, card })
    };
    links.iter().filter_map(side).collect()
}

/// A question as a title.
fn asked(question: &Question) -> String {
    let named = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {value}"));
    let acts: Vec<&str> = question.acts.iter().map(|act| act.word()).collect();
    let flag = |name: &str, is: bool| is.then(|| name.to_owned());
    let parts = [
        question.words.clone(),
        named("by", &question.speaker),
        named("about", &question.about),
        (!acts.is_empty()).then(|| acts.join(", ")),
        named("by", &question.channel),
        named("from", &question.since),
        named("to", &question.until),
        (!question.publishers.is_empty()).then(|| question.publishers.join(", ")),
        flag("disputed", question.disputed),
        flag("told in other words", question.drifted),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "All statements".to_owned() } else { inert(&parts.join(" · ")) }
}
