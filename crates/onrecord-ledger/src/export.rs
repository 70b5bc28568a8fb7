//! Articles of a ledger in the forms that others read: records, W3C Web Annotations, schema.org, GDELT-like lines,
//! FollowTheMoney, brat.
//!
//! Offsets are code points, as the Web Annotation model asks; brat counts the same way.

mod brat;
mod ftm;

use onrecord::analyse::outline;
use onrecord::{CodePoints, Span};
use serde_json::{Value, json};

pub use brat::{brat, brat_name};
pub use ftm::{Cast, ftm};

use crate::{Kept, KeptArticle, Ledger, LedgerError, Linked, Profile, Voice};

/// So many characters stand before and after an exact quotation, by which it is found again in a changed page.
const AROUND: usize = 32;

/// The record of an article, as `onrecord read` writes it, with the statements that `article` has, under the identifiers
/// of the ledger.
///
/// # Errors
///
/// The ledger cannot be read.
pub fn record(ledger: &Ledger, article: &KeptArticle) -> Result<Value, LedgerError> {
    let about = &article.about;
    let mut links = Vec::new();
    for kept in &article.statements {
        links.extend(links_from(ledger, kept)?.map(|link| {
            json!({"from": kept.id, "to": link.statement.id, "relation": link.relation, "score": link.score,
                   "evidence": link.evidence})
        }));
    }
    let mut record = json!({"id": about.id, "text": article.text, "authors": article.authors,
                            "statements": article.statements.iter().map(statement).collect::<Vec<_>>(), "links": links});
    for (field, value) in [
        ("url", &about.url),
        ("title", &about.title),
        ("publisher", &about.publisher),
        ("published", &about.published),
    ] {
        if let Some(value) = value {
            record[field] = json!(value);
        }
    }
    if !article.flags.is_empty() {
        record["flags"] = json!(article.flags);
    }
    if !article.blocks.is_empty() {
        record["blocks"] = json!(article.blocks);
    }
    Ok(record)
}

/// How a statement relates to others; what relates to it is told with those.
fn links_from(ledger: &Ledger, kept: &Kept) -> Result<impl Iterator<Item = Linked>, LedgerError> {
    Ok(ledger.linked(&kept.id)?.into_iter().filter(|link| !link.relates))
}

/// A statement with the fields of the record's page, and no others.
fn statement(kept: &Kept) -> Value {
    let voices = |voices: &[Voice]| {
        let voice = |voice: &Voice| {
            let mut json = json!({"name": voice.name, "type": voice.kind, "anonymous": voice.anonymous});
            if let Some(role) = &voice.role {
                json["role"] = json!(role);
            }
            json
        };
        voices.iter().map(voice).collect::<Vec<_>>()
    };
    let channel = kept.channel.as_ref().map(|kind| match &kept.channel_name {
        Some(name) => json!({"kind": kind, "name": name}),
        None => json!({"kind": kind}),
    });
    json!({"id": kept.id, "source": kept.source, "cue": kept.cue, "content": kept.content, "quote": kept.quote,
           "act": kept.act, "negated": kept.negated, "speakers": voices(&kept.speakers),
           "addressees": voices(&kept.addressees), "channel": channel, "when": kept.when, "where": kept.place,
           "within": kept.within, "confidence": kept.confidence})
}

/// An identifier that is a name in the whole world.
fn urn(kept: &Kept) -> String {
    format!("urn:onrecord:statement:{}", kept.id)
}

/// Where an article is found, else what it is known by.
fn source(article: &KeptArticle) -> String {
    let urn = || format!("urn:onrecord:article:{}", escaped(&article.about.id, b":-_."));
    article.about.url.clone().unwrap_or_else(urn)
}

/// Words with their ASCII letters and digits, and the bytes that are `plain`, as they are, and others as `%2F`.
pub fn escaped(words: &str, plain: &[u8]) -> String {
    let mut out = String::new();
    for byte in words.bytes() {
        match byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            true => out.push(char::from(byte)),
            false => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// The day, month or year of an EDTF value, where it is one that others know too: no season, quarter, decade, interval.
fn day(value: &str) -> Option<String> {
    let day = value.get(..10).unwrap_or(value);
    let parts: Vec<&str> = day.split('-').collect();
    let digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let month = |number: &str| number.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    let known = match parts.as_slice() {
        [year] => year.len() == 4,
        [year, number] | [year, number, _] => year.len() == 4 && month(number),
        _ => false,
    };
    (digits && known && !value.contains('/')).then(|| day.to_owned())
}

/// A W3C Web Annotation of each statement: its content by quotation and by position, each piece where it is broken, and
/// who does what in its body.
pub fn web_annotations(article: &KeptArticle) -> Vec<Value> {
    let text: Vec<char> = article.text.chars().collect();
    let words =
        |begin: usize, end: usize| text.get(begin..end).unwrap_or_default().iter().collect::<String>();
    let target = |&[begin, end]: &[u32; 2]| {
        let (begin, end) = (begin as usize, end as usize);
        json!({"source": source(article), "selector": [
            {"type": "TextQuoteSelector", "exact": words(begin, end), "prefix": words(begin.saturating_sub(AROUND), begin),
             "suffix": words(end, (end + AROUND).min(text.len()))},
            {"type": "TextPositionSelector", "start": begin, "end": end}
        ]})
    };
    let annotation = |kept: &Kept| {
        let who: Vec<&str> = kept.speakers.iter().map(|voice| voice.name.as_str()).collect();
        let said = format!("{}: {} ({})", who.join(" and "), kept.words.content, kept.act.word());
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": urn(kept),
            "type": "Annotation",
            "motivation": "describing",
            "created": kept.read,
            "generator": {"type": "Software", "name": kept.model},
            "body": [
                {"type": "TextualBody", "value": said, "format": "text/plain", "purpose": "describing"},
                {"type": "TextualBody", "value": kept.act, "purpose": "tagging"}
            ],
            "target": match kept.content.as_slice() {
                [whole] => target(whole),
                pieces => Value::from_iter(pieces.iter().map(target)),
            }
        })
    };
    article.statements.iter().map(annotation).collect()
}

/// A `Quotation` of schema.org of each statement that stands in quotation marks, and a `Claim` of each other. A document
/// is what it is based on; whoever is unknown is left out.
pub fn schema_org(article: &KeptArticle) -> Vec<Value> {
    let about = &article.about;
    let part = json!({"@type": "NewsArticle", "@id": source(article), "url": about.url, "headline": about.title,
                      "datePublished": about.published,
                      "publisher": about.publisher.as_ref().map(|name| json!({"@type": "Organization", "name": name}))});
    let speaker = |voice: &Voice| {
        let kind = schema_org_type(&voice.kind);
        json!({"@type": kind, "name": voice.entity_name.as_ref().unwrap_or(&voice.name), "jobTitle":
               voice.role.as_ref().filter(|_| kind == "Person")})
    };
    let one = |kept: &Kept| {
        let known = kept.speakers.iter().filter(|voice| voice.kind != "unknown").map(speaker);
        let (documents, speakers): (Vec<Value>, Vec<Value>) =
            known.partition(|speaker| speaker["@type"] == "CreativeWork");
        let mut json = json!({"@context": "https://schema.org", "@id": urn(kept), "text": kept.words.content,
                              "dateCreated": kept.when.as_ref().and_then(|when| day(when.value.as_deref()?))});
        let (kind, whole) = match kept.quote.as_str() {
            "direct" => ("Quotation", "isPartOf"),
            _ => ("Claim", "appearance"),
        };
        json["@type"] = json!(kind);
        for (field, values) in [("author", speakers), ("isBasedOn", documents)] {
            if !values.is_empty() {
                json[field] = Value::from(values);
            }
        }
        json[whole] = part.clone();
        without_nulls(json)
    };
    article.statements.iter().map(one).collect()
}

/// Somebody of the ledger as schema.org has it, `url` being the page that tells of them.
pub fn schema_org_of(profile: &Profile, url: &str) -> Value {
    let entity = &profile.entity;
    let kind = schema_org_type(&entity.kind);
    let others = profile.spellings.iter().map(|spelling| &spelling.name).filter(|name| **name != entity.name);
    let roles = profile.roles.iter().map(|role| &role.what).collect::<Vec<_>>();
    without_nulls(
        json!({"@context": "https://schema.org", "@type": kind, "@id": url, "url": url, "name": entity.name,
                         "alternateName": others.collect::<Vec<_>>(), "identifier": entity.known,
                         "jobTitle": (kind == "Person").then_some(roles)}),
    )
}

fn schema_org_type(kind: &str) -> &'static str {
    match kind {
        "person" => "Person",
        "document" => "CreativeWork",
        _ => "Organization",
    }
}

/// The same without fields that tell nothing.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

/// A line like those of the GDELT Global Quotation Graph: what of an article's statements stands in quotation marks,
/// without the marks, with the words around each.
pub fn gqg(article: &KeptArticle) -> Value {
    const CONTEXT: usize = 100;
    let text: Vec<char> = article.text.chars().collect();
    let words =
        |begin: usize, end: usize| text.get(begin..end).unwrap_or_default().iter().collect::<String>();
    let mut quoted = quoted(article);
    quoted.dedup();
    let quote = |&[begin, end]: &[usize; 2]| {
        json!({"pre": words(begin.saturating_sub(CONTEXT), begin), "quote": words(begin, end),
               "post": words(end, (end + CONTEXT).min(text.len()))})
    };
    let about = &article.about;
    without_nulls(
        json!({"date": about.published, "url": source(article), "title": about.title, "lang": "ENGLISH",
                         "quotes": quoted.iter().map(quote).collect::<Vec<_>>()}),
    )
}

/// Where contents and quotations meet, in code points, without the marks.
fn quoted(article: &KeptArticle) -> Vec<[usize; 2]> {
    let outline = outline(&article.text);
    let points = CodePoints::new(&article.text);
    let inner = |quotation: Span| {
        let words = quotation.of(&article.text);
        let mark = |c: char| matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '„' | '«' | '»');
        let begin = quotation.begin as usize + words.len() - words.trim_start_matches(mark).len();
        points
            .span(Span::new(begin, begin.max(quotation.begin as usize + words.trim_end_matches(mark).len())))
    };
    let quotations: Vec<[u32; 2]> = outline.quotations().into_iter().map(inner).collect();
    let contents = article.statements.iter().flat_map(|kept| &kept.content);
    let meets = contents.flat_map(|content| {
        quotations.iter().map(|quotation| [content[0].max(quotation[0]), content[1].min(quotation[1])])
    });
    let mut found: Vec<[usize; 2]> =
        meets.filter(|[begin, end]| begin < end).map(|span| span.map(|at| at as usize)).collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_others_know() {
        for known in ["2025", "2025-03", "2025-03-14"] {
            assert_eq!(day(known).as_deref(), Some(known));
        }
        assert_eq!(day("2025-03-14T09:30").as_deref(), Some("2025-03-14"));
        for unknown in ["", "202X", "2025-21", "2025-33", "now", "2025-03-10/2025-03-16"] {
            assert_eq!(day(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn names_in_the_whole_world() {
        assert_eq!(escaped("sha256:ab-1", b":-_."), "sha256:ab-1");
        assert_eq!(escaped("a b/é", b":-_."), "a%20b%2F%C3%A9");
    }
}
