//! Tables as RFC 4180 has them. A spreadsheet takes a text that begins with `=` for a formula and runs it, so an
//! apostrophe stands before such a text; JSONL and Parquet have the words as they are.

use std::borrow::Cow;

use onrecord_ledger::{ArticleLine, Count, Dispute, Drift, Kept, Voice};

use crate::cli::show::kept::changes;

/// The columns of a table of statements.
const HEADER: [&str; 19] = [
    "id",
    "day",
    "speakers",
    "entities",
    "act",
    "negated",
    "quote",
    "content",
    "cue",
    "source",
    "addressees",
    "channel",
    "where",
    "confidence",
    "disputed",
    "title",
    "publisher",
    "published",
    "url",
];

/// A header, and a row for each statement.
pub(crate) fn statements(statements: &[Kept]) -> String {
    header() + &rows(statements)
}

/// The header of a table of statements.
pub(in crate::cli::ledger) fn header() -> String {
    table(&HEADER, std::iter::empty())
}

/// A row for each statement.
pub(in crate::cli::ledger) fn rows(statements: &[Kept]) -> String {
    let row = |kept: &Kept| {
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            kept.id.clone(),
            optional(&kept.day),
            names(&kept.speakers, |voice| &voice.name),
            names(&kept.speakers, |voice| voice.entity_name.as_ref().unwrap_or(&voice.name)),
            kept.act.word().to_owned(),
            kept.negated.to_string(),
            kept.quote.clone(),
            kept.words.content.clone(),
            kept.words.cue.clone(),
            kept.words.source.clone(),
            names(&kept.addressees, |voice| &voice.name),
            optional(&kept.channel),
            kept.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
            kept.confidence.to_string(),
            kept.disputed.to_string(),
            optional(&kept.article.title),
            optional(&kept.article.publisher),
            optional(&kept.article.published),
            optional(&kept.article.url),
        ]
    };
    statements.iter().map(row).map(line).collect()
}

/// A header, and a row for each article.
pub(crate) fn articles(articles: &[ArticleLine]) -> String {
    let row = |line: &ArticleLine| {
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        let about = &line.about;
        vec![
            about.id.clone(),
            optional(&about.title),
            optional(&about.publisher),
            optional(&about.published),
            optional(&about.url),
            about.place.clone(),
            line.statements.to_string(),
        ]
    };
    let header = ["id", "title", "publisher", "published", "url", "place", "statements"];
    table(&header, articles.iter().map(row))
}

/// A header, and a row for each statement that disputes, supports or answers a disputed one.
pub(crate) fn disputes(disputes: &[Dispute]) -> String {
    let rows = disputes.iter().flat_map(|dispute| {
        let is = &dispute.statement;
        dispute.by.iter().map(|link| {
            let by = &link.statement;
            vec![
                is.id.clone(),
                is.words.content.clone(),
                link.relation.clone(),
                by.id.clone(),
                by.words.content.clone(),
                link.evidence_words.clone(),
                link.score.to_string(),
            ]
        })
    });
    table(&["id", "content", "relation", "by", "by_content", "evidence", "score"], rows)
}

/// A header, and a row for each pair of tellings.
pub(crate) fn drifts(drifts: &[Drift]) -> String {
    let row = |drift: &Drift| {
        let (first, second) = (&drift.first, &drift.second);
        let words = [&first.id, &first.words.content, &second.id, &second.words.content].map(Clone::clone);
        words.into_iter().chain([changes(drift), drift.score.to_string()]).collect()
    };
    let header = ["first", "first_content", "second", "second_content", "changes", "score"];
    table(&header, drifts.iter().map(row))
}

/// A header, and a row for each count of each kind.
pub(in crate::cli::ledger) fn counts(kinds: &[(&str, &[Count])]) -> String {
    let rows = kinds.iter().flat_map(|(kind, counts)| {
        counts.iter().map(|count| vec![(*kind).to_owned(), count.what.clone(), count.count.to_string()])
    });
    table(&["kind", "what", "count"], rows)
}

/// A header and rows.
pub(in crate::cli::ledger) fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let header = header.iter().map(|&name| name.to_owned()).collect();
    std::iter::once(header).chain(rows).map(line).collect()
}

fn line(row: Vec<String>) -> String {
    row.iter().map(|value| field(value)).collect::<Vec<_>>().join(",") + "\r\n"
}

fn names<'a>(voices: &'a [Voice], name: impl Fn(&'a Voice) -> &'a String) -> String {
    voices.iter().map(|voice| name(voice).as_str()).collect::<Vec<_>>().join("; ")
}

fn field(value: &str) -> String {
    let runs = value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err();
    let value = if runs { Cow::Owned(format!("'{value}")) } else { Cow::Borrowed(value) };
    match value.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", value.replace('"', "\"\"")),
        false => value.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spreadsheet_runs_what_a_report_says() {
        let row = ["=1+1", "@SUM(A1)", "-no", "-1.5", "a=b", "\tx"].map(str::to_owned).to_vec();
        assert_eq!(table(&[], std::iter::once(row)), "\r\n'=1+1,'@SUM(A1),'-no,-1.5,a=b,'\tx\r\n");
    }

    #[test]
    fn quotation_marks_commas_and_line_ends() {
        let rows = [vec!["plain".to_owned(), "a, \"b\"\nc".to_owned()]];
        assert_eq!(table(&["x", "y"], rows.into_iter()), "x,y\r\nplain,\"a, \"\"b\"\"\nc\"\r\n");
    }
}
