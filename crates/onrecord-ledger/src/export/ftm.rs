//! Entities of FollowTheMoney (schemata of 4.11): an `Article` of each article, an `Event` of each statement with those
//! who speak as `involved` and the article as `proof`, a `Mention` of each name in an article, an `UnknownLink` of each
//! link between statements, and a `Person`, `Organization` or `LegalEntity` of each who speaks.
//!
//! A statement is an `Event` because that alone has a day, a place, people and a document; a `Note` would be what an
//! analyst wrote. The unnamed, groups and documents are no entities there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{day, links_from};
use crate::{Kept, KeptArticle, Ledger, LedgerError, Voice, id};

/// Those who were met in the articles so far.
#[derive(Debug, Default)]
pub struct Cast(BTreeMap<u64, Role>);

#[derive(Debug, Default)]
struct Role {
    kind: String,
    name: String,
    spellings: BTreeSet<String>,
    positions: BTreeSet<String>,
}

impl Cast {
    /// The entities of all who were met, each once.
    ///
    /// # Errors
    ///
    /// The ledger cannot be read.
    pub fn entities(&self, ledger: &Ledger) -> Result<Vec<Value>, LedgerError> {
        self.0.iter().map(|(&number, role)| Ok(role.entity(number, ledger.entity(number)?.known))).collect()
    }

    /// Notes one who has a name, and gives the identifier.
    fn meet(&mut self, voice: &Voice) -> Option<String> {
        let (number, schema) = (voice.entity?, schema(&voice.kind)?);
        let name = voice.entity_name.clone().unwrap_or_else(|| voice.name.clone());
        let role = self.0.entry(number).or_insert_with(|| Role {
            kind: schema.to_owned(),
            name: name.clone(),
            ..Role::default()
        });
        role.spellings.insert(voice.name.clone());
        role.positions.extend(voice.role.clone());
        Some(entity_id(number, &role.name))
    }
}

impl Role {
    fn entity(&self, number: u64, known: Option<String>) -> Value {
        let others = self.spellings.iter().filter(|spelling| **spelling != self.name);
        let positions = self.positions.iter().filter(|_| self.kind == "Person");
        let wikidata = known.filter(|known| is_wikidata(known));
        entity(
            &entity_id(number, &self.name),
            &self.kind,
            [
                ("name", vec![self.name.clone()]),
                ("alias", others.cloned().collect()),
                ("position", positions.cloned().collect()),
                ("wikidataId", wikidata.into_iter().collect()),
            ],
        )
    }
}

/// What of FollowTheMoney somebody is. A place that speaks is a body of unknown form.
fn schema(kind: &str) -> Option<&'static str> {
    match kind {
        "person" => Some("Person"),
        "organisation" => Some("Organization"),
        "place" => Some("LegalEntity"),
        _ => None,
    }
}

fn is_wikidata(known: &str) -> bool {
    known
        .strip_prefix('Q')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The article and what stands in it; those who speak are noted in `cast`, which has their entities at the end.
///
/// # Errors
///
/// The ledger cannot be read.
pub fn ftm(ledger: &Ledger, article: &KeptArticle, cast: &mut Cast) -> Result<Vec<Value>, LedgerError> {
    let about = &article.about;
    let document = format!("onrecord-article-{}", hash(&about.id));
    let day = about.published.as_deref().and_then(|published| published.get(..10));
    let mut entities = vec![entity(
        &document,
        "Article",
        [
            ("title", about.title.iter().cloned().collect()),
            ("author", article.authors.clone()),
            ("publisher", about.publisher.iter().cloned().collect()),
            ("publishedAt", day.map(str::to_owned).into_iter().collect()),
            ("sourceUrl", about.url.iter().filter(|url| url.contains("://")).cloned().collect()),
            ("bodyText", vec![article.text.clone()]),
        ],
    )];
    let mut mentions: BTreeMap<(String, String), &'static str> = BTreeMap::new();
    for kept in &article.statements {
        let mut involved = Vec::new();
        for voice in kept.speakers.iter().chain(&kept.addressees) {
            let Some(id) = cast.meet(voice) else { continue };
            mentions.insert((id.clone(), voice.name.clone()), schema(&voice.kind).unwrap_or_default());
            involved.push(id);
        }
        entities.push(event(kept, &document, involved));
        for link in links_from(ledger, kept)? {
            entities.push(entity(
                &format!("onrecord-link-{}-{}-{}", kept.id, link.relation, link.statement.id),
                "UnknownLink",
                [
                    ("subject", vec![statement_id(kept)]),
                    ("object", vec![statement_id(&link.statement)]),
                    ("role", vec![link.relation.clone()]),
                    ("summary", vec![link.evidence_words.clone()]),
                    ("proof", vec![document.clone()]),
                ],
            ));
        }
    }
    for ((id, name), schema) in mentions {
        entities.push(entity(
            &format!("onrecord-mention-{}", hash(&format!("{document} {id} {name}"))),
            "Mention",
            [
                ("document", vec![document.clone()]),
                ("resolved", vec![id]),
                ("name", vec![name]),
                ("detectedSchema", vec![schema.to_owned()]),
            ],
        ));
    }
    Ok(entities)
}

/// A statement.
fn event(kept: &Kept, document: &str, involved: Vec<String>) -> Value {
    let who: Vec<&str> = kept.speakers.iter().map(|voice| voice.name.as_str()).collect();
    let not = if kept.negated { "not " } else { "" };
    let value = kept.when.as_ref().and_then(|when| when.value.as_deref()).unwrap_or_default();
    let (start, end) = value.split_once('/').unwrap_or_default();
    entity(
        &statement_id(kept),
        "Event",
        [
            ("name", vec![format!("{}: {not}{}", who.join(" and "), kept.act.word())]),
            ("description", vec![kept.words.content.clone()]),
            ("keywords", vec![kept.act.word().to_owned(), kept.quote.clone()]),
            ("involved", involved),
            ("date", day(value).into_iter().collect()),
            ("startDate", day(start).into_iter().collect()),
            ("endDate", day(end).into_iter().collect()),
            ("location", kept.place.iter().map(|place| place.name.clone()).collect()),
            ("recordId", vec![kept.id.clone()]),
            ("publisher", kept.article.publisher.iter().cloned().collect()),
            ("proof", vec![document.to_owned()]),
        ],
    )
}

/// An entity with the properties that have a value.
fn entity<const N: usize>(id: &str, schema: &str, properties: [(&str, Vec<String>); N]) -> Value {
    let told = |values: Vec<String>| values.into_iter().filter(|value| !value.trim().is_empty()).collect();
    let properties: BTreeMap<&str, Vec<String>> = properties
        .into_iter()
        .map(|(name, values)| (name, told(values)))
        .filter(|(_, values): &(_, Vec<String>)| !values.is_empty())
        .collect();
    json!({"id": id, "schema": schema, "properties": properties})
}

fn statement_id(kept: &Kept) -> String {
    format!("onrecord-statement-{}", kept.id)
}

/// Numbers are of one ledger: with the name, two ledgers hardly have the same identifier for two people.
fn entity_id(number: u64, name: &str) -> String {
    format!("onrecord-entity-{}", hash(&format!("{number} {name}")))
}

fn hash(words: &str) -> String {
    let mut hash = id::sha256(words.as_bytes());
    hash.truncate(16);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_wikidata() {
        assert!(is_wikidata("Q42") && !is_wikidata("Q") && !is_wikidata("n1") && !is_wikidata("Q4x"));
    }
}
