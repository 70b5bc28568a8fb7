//! What a careful reader would check first in an article of the ledger: what its own words show, and what other articles
//! have otherwise or have too.

use std::collections::BTreeMap;

use onrecord::{Flag, FlagKind, Span};
use rusqlite::{Connection, Row};

use super::kept::ArticleNote;
use crate::open::Sql;
use crate::spans;

/// A quotation whose words differ in another article: the words that differ here, those there, and how sure it is that
/// both are of one utterance.
struct Altered {
    here: Vec<Span>,
    there: String,
    score: f64,
}

/// The flags of a version's text, in its order; `shared` are its passages that stand in other articles.
pub(super) fn flags(
    db: &Connection,
    version: i64,
    text: &str,
    shared: &[(Span, &ArticleNote)],
) -> Sql<Vec<Flag>> {
    let mut flags = onrecord::check(text);
    flags.extend(altered(db, version, text)?);
    flags.extend(passages(shared));
    flags.sort_by_key(|flag| flag.span.first().map(|span| (span.begin, span.end)));
    Ok(flags)
}

/// One flag for each stretch of words, and the other wordings that it has elsewhere.
fn altered(db: &Connection, version: i64, text: &str) -> Sql<Vec<Flag>> {
    let query = "SELECT s.content, l.evidence, l.other_evidence, l.score, w.text \
                 FROM statement s JOIN link l ON l.from_statement = s.id AND l.relation = 'drifts' \
                 JOIN statement o ON o.id = l.to_statement AND o.state = 0 JOIN version w ON w.id = o.version \
                 WHERE s.version = ?1 AND s.state = 0 \
                 UNION ALL SELECT s.content, l.other_evidence, l.evidence, l.score, w.text \
                 FROM statement s JOIN link l ON l.to_statement = s.id AND l.relation = 'drifts' \
                 JOIN statement o ON o.id = l.from_statement AND o.state = 0 JOIN version w ON w.id = o.version \
                 WHERE s.version = ?1 AND s.state = 0";
    let one = |row: &Row<'_>| {
        let spans = |at: usize, text: &str| -> Sql<Vec<Span>> {
            Ok(spans::from_json(row.get_ref(at)?.as_str()?, text).unwrap_or_default())
        };
        let (content, changed) = (spans(0, text)?, spans(1, text)?);
        let other = row.get_ref(4)?.as_str()?;
        let there = spans::words(&spans(2, other)?, other);
        // what was left out here stands nowhere: the whole content is meant
        Ok(Altered { here: if changed.is_empty() { content } else { changed }, there, score: row.get(3)? })
    };
    let mut query = db.prepare_cached(query)?;
    let mut met: BTreeMap<Vec<Span>, Vec<Altered>> = BTreeMap::new();
    for altered in query.query_map([version], one)? {
        let altered = altered?;
        met.entry(altered.here.clone()).or_default().push(altered);
    }
    Ok(met.into_values().map(|of_one| altered_flag(&of_one)).collect())
}

fn altered_flag(of_one: &[Altered]) -> Flag {
    let mut there: Vec<&str> = of_one.iter().map(|altered| altered.there.as_str()).collect();
    there.sort_unstable();
    there.dedup();
    let others: Vec<String> = there
        .iter()
        .map(|words| if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") })
        .collect();
    Flag {
        kind: FlagKind::AlteredQuote,
        span: of_one[0].here.clone(),
        note: format!("inside the quotation marks another copy has {} here", others.join(" or ")),
        score: of_one.iter().map(|altered| altered.score as f32).fold(0.0, f32::max),
    }
}

/// One flag for each passage, whoever has it too.
fn passages(shared: &[(Span, &ArticleNote)]) -> Vec<Flag> {
    let mut met: BTreeMap<Span, Vec<&ArticleNote>> = BTreeMap::new();
    for (span, other) in shared {
        met.entry(*span).or_default().push(other);
    }
    let flag = |(span, others): (Span, Vec<&ArticleNote>)| {
        let more = match others.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        Flag {
            kind: FlagKind::SharedText,
            span: vec![span],
            note: format!("this passage stands in {}{more}, too", titled(others[0])),
            // that the words are the same is plain to see
            score: 1.0,
        }
    };
    met.into_iter().map(flag).collect()
}

/// What an article is called, and the outlet.
fn titled(article: &ArticleNote) -> String {
    let title = article.title.as_deref().unwrap_or(&article.place);
    article.publisher.as_ref().map_or_else(|| format!("“{title}”"), |outlet| format!("“{title}” ({outlet})"))
}
