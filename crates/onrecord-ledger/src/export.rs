//! Articles of a ledger in the forms that others read: records, W3C Web Annotations, schema.org, GDELT-like lines, brat.
//!
//! Offsets are code points, as the Web Annotation model asks; brat counts the same way.

use serde_json::{Value, json};

use crate::{Kept, KeptArticle, Ledger, LedgerError, Voice};

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
        let related = ledger.linked(&kept.id)?.into_iter().filter(|link| !link.relates);
        links.extend(related.map(|link| {
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
    Ok(record)
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
    article.about.url.clone().unwrap_or_else(|| format!("urn:onrecord:article:{}", article.about.id))
}

/// A W3C Web Annotation of each statement: its content by quotation and by position, and who does what in its body.
pub fn web_annotations(article: &KeptArticle) -> Vec<Value> {
    let text: Vec<char> = article.text.chars().collect();
    let words =
        |begin: usize, end: usize| text.get(begin..end).unwrap_or_default().iter().collect::<String>();
    let selectors = |kept: &Kept| {
        let (begin, end) = extent(&kept.content);
        json!([
            {"type": "TextQuoteSelector", "exact": words(begin, end), "prefix": words(begin.saturating_sub(AROUND), begin),
             "suffix": words(end, (end + AROUND).min(text.len()))},
            {"type": "TextPositionSelector", "start": begin, "end": end}
        ])
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
            "target": {"source": source(article), "selector": selectors(kept)}
        })
    };
    article.statements.iter().map(annotation).collect()
}

/// From the first to the last code point of some spans.
fn extent(spans: &[[u32; 2]]) -> (usize, usize) {
    let (first, last) =
        (spans.first().copied().unwrap_or_default(), spans.last().copied().unwrap_or_default());
    (first[0] as usize, last[1] as usize)
}

/// A `Quotation` of schema.org of each statement that stands in quotation marks, and a `Claim` of each other.
pub fn schema_org(article: &KeptArticle) -> Vec<Value> {
    let about = &article.about;
    let part = json!({"@type": "NewsArticle", "@id": source(article), "url": about.url, "headline": about.title,
                      "datePublished": about.published,
                      "publisher": about.publisher.as_ref().map(|name| json!({"@type": "Organization", "name": name}))});
    let speaker = |voice: &Voice| {
        let kind = if voice.kind == "person" { "Person" } else { "Organization" };
        json!({"@type": kind, "name": voice.entity_name.as_ref().unwrap_or(&voice.name), "jobTitle":
               voice.role.as_ref().filter(|_| kind == "Person")})
    };
    let one = |kept: &Kept| {
        let speakers: Vec<Value> = kept.speakers.iter().map(speaker).collect();
        let mut json = json!({"@context": "https://schema.org", "@id": urn(kept), "text": kept.words.content,
                              "dateCreated": kept.when.as_ref().and_then(|when| when.value.clone())});
        let (kind, whole) = match kept.quote.as_str() {
            "direct" => ("Quotation", "isPartOf"),
            _ => ("Claim", "appearance"),
        };
        json["@type"] = json!(kind);
        json["author"] = json!(speakers);
        json[whole] = part.clone();
        without_nulls(json)
    };
    article.statements.iter().map(one).collect()
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

/// A line like those of the GDELT Global Quotation Graph: an article's quotations, with the words around each.
pub fn gqg(article: &KeptArticle) -> Value {
    const CONTEXT: usize = 100;
    let text: Vec<char> = article.text.chars().collect();
    let words =
        |begin: usize, end: usize| text.get(begin..end).unwrap_or_default().iter().collect::<String>();
    let quoted = article.statements.iter().filter(|kept| kept.quote != "indirect");
    let quote = |kept: &Kept| {
        let (begin, end) = extent(&kept.content);
        json!({"pre": words(begin.saturating_sub(CONTEXT), begin), "quote": words(begin, end),
               "post": words(end, (end + CONTEXT).min(text.len()))})
    };
    let about = &article.about;
    without_nulls(
        json!({"date": about.published, "url": source(article), "title": about.title, "lang": "ENGLISH",
                         "quotes": quoted.map(quote).collect::<Vec<_>>()}),
    )
}

/// brat standoff: a text-bound annotation of each role, and of each statement an event on its cue (on its content, where
/// there is no cue) with its act as an attribute and its identifier as a note.
pub fn brat(article: &KeptArticle) -> String {
    let mut out = String::new();
    let (mut texts, mut attributes) = (0, 0);
    for (number, kept) in (1..).zip(&article.statements) {
        let mut role = |label: &str, spans: &[[u32; 2]]| {
            let pieces = pieces(spans, &article.text);
            if pieces.is_empty() {
                return None;
            }
            texts += 1;
            let offsets: Vec<String> =
                pieces.iter().map(|(begin, end, _)| format!("{begin} {end}")).collect();
            let words: Vec<&str> = pieces.iter().map(|(_, _, words)| words.as_str()).collect();
            out += &format!("T{texts}\t{label} {}\t{}\n", offsets.join(";"), words.join(" "));
            Some(texts)
        };
        let (source, cue, content) =
            (role("Source", &kept.source), role("Cue", &kept.cue), role("Content", &kept.content));
        let Some(trigger) = cue.or(content) else { continue };
        let label = if cue.is_some() { "Cue" } else { "Content" };
        let mut event = format!("E{number}\t{label}:T{trigger}");
        for (name, argument) in [("Source", source), ("Content", content.filter(|_| cue.is_some()))] {
            if let Some(argument) = argument {
                event += &format!(" {name}:T{argument}");
            }
        }
        out += &format!("{event}\n");
        attributes += 1;
        out += &format!("A{attributes}\tAct E{number} {}\n", kept.act.word());
        if kept.negated {
            attributes += 1;
            out += &format!("A{attributes}\tNegated E{number}\n");
        }
        out += &format!("#{number}\tAnnotatorNotes E{number}\t{}\n", kept.id);
    }
    out
}

/// Spans as brat has them: none goes over the end of a line.
fn pieces(spans: &[[u32; 2]], text: &str) -> Vec<(usize, usize, String)> {
    let mut pieces = Vec::new();
    for &[begin, end] in spans {
        let (begin, end) = (begin as usize, end as usize);
        let mut at = begin;
        let words: String = text.chars().skip(begin).take(end - begin).collect();
        for line in words.split('\n') {
            let length = line.chars().count();
            if length > 0 {
                pieces.push((at, at + length, line.to_owned()));
            }
            at += length + 1;
        }
    }
    pieces
}
