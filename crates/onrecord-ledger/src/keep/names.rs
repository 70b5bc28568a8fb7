//! Whose a name is: each spelling is looked at once, when it is first met, and set beside those that may be the same
//! one's. It is conservative: a doubt keeps two apart, and the user can merge them.

use std::collections::BTreeMap;

use onrecord::SpeakerType;
use onrecord::registry::{Likeness, Name};
use rusqlite::{Connection, OptionalExtension, params};

use super::mention::{Mention, is_full};
use super::offices;
use crate::open::Sql;

/// The row of a name, made where the spelling is new.
pub(crate) fn name(db: &Connection, mention: Mention<'_>) -> Sql<i64> {
    let spelling = mention.spelling.split_whitespace().collect::<Vec<_>>().join(" ");
    let mention = Mention { spelling: &spelling, ..mention };
    let mut query = db.prepare_cached("SELECT id FROM name WHERE spelling = ?1 AND class = ?2")?;
    let found = query.query_row([mention.spelling, mention.class()], |row| row.get(0)).optional()?;
    let Some(found) = found else { return add(db, mention) };
    offices::join(db, mention, found)?;
    Ok(found)
}

/// Whose a spelling is, and why.
struct Whose {
    entity: Option<i64>,
    reason: &'static str,
    /// The spelling that the reason speaks of.
    like: Option<i64>,
}

fn add(db: &Connection, mention: Mention<'_>) -> Sql<i64> {
    let whose = match mention.class() {
        "unnamed" => Whose { entity: None, reason: "unnamed", like: None },
        _ => owner(db, mention)?,
    };
    let insert = "INSERT INTO name (spelling, class, entity, reason, like_name) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![mention.spelling, mention.class(), whose.entity, whose.reason, whose.like];
    db.prepare_cached(insert)?.execute(values)?;
    let id = db.last_insert_rowid();
    if whose.entity.is_some() {
        let mut insert = db.prepare_cached("INSERT INTO name_key (key, name) VALUES (?1, ?2)")?;
        for key in mention.name().keys() {
            insert.execute(params![key, id])?;
        }
    }
    Ok(id)
}

/// The entity that the registry's identifier or a likeness leads to, else a new one.
fn owner(db: &Connection, mention: Mention<'_>) -> Sql<Whose> {
    if let Some(entity) = mention.known.map(|known| by_identifier(db, known)).transpose()?.flatten() {
        return Ok(Whose { entity: Some(entity), reason: "same identifier in the registry", like: None });
    }
    if let Some((entity, name)) = offices::holder(db, mention)? {
        return Ok(Whose { entity: Some(entity), reason: offices::REASON, like: Some(name) });
    }
    let alike = alike(db, mention)?;
    match alike.as_slice() {
        [] => new_entity(db, mention, "first met"),
        [best, rest @ ..] if rest.iter().all(|other| other.likeness > best.likeness) => {
            Ok(Whose { entity: Some(best.entity), reason: reason(best.likeness), like: Some(best.name) })
        }
        _ => new_entity(db, mention, "like several others: kept apart"),
    }
}

fn by_identifier(db: &Connection, known: &str) -> Sql<Option<i64>> {
    let query = "SELECT coalesce(merged_into, id) FROM entity WHERE known = ?1 ORDER BY id LIMIT 1";
    db.prepare_cached(query)?.query_row([known], |row| row.get(0)).optional()
}

fn new_entity(db: &Connection, mention: Mention<'_>, reason: &'static str) -> Sql<Whose> {
    let kind = serde_json::to_value(mention.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    let insert = "INSERT INTO entity (name, kind, known) VALUES (?1, ?2, ?3)";
    db.prepare_cached(insert)?.execute(params![mention.spelling, kind, mention.known])?;
    Ok(Whose { entity: Some(db.last_insert_rowid()), reason, like: None })
}

/// In words, what two spellings differ in.
fn reason(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same => "the same name",
        Likeness::Look => "the same but for case, accents, hyphens, stops",
        Likeness::Middle => "the same but for a middle name or patronymic left out",
        Likeness::Initial => "the same with an initial for a middle name",
        Likeness::Spelling => "the same, romanised in another way",
    }
}

/// An entity all of whose spellings can be the new one's, and the spelling that is likest.
struct Alike {
    likeness: Likeness,
    entity: i64,
    name: i64,
}

/// The entities that a new spelling may be of, the likest first.
fn alike(db: &Connection, mention: Mention<'_>) -> Sql<Vec<Alike>> {
    let (mut alike, name) = (Vec::new(), mention.name());
    for (entity, rivals) in candidates(db, (mention, &name))? {
        let mut spellings = spellings(db, entity, mention.class())?;
        // a family name alone, which joined by its office, speaks neither for nor against a whole name
        if mention.kind == SpeakerType::Person {
            spellings.retain(|(_, spelling)| is_full(spelling) == is_full(mention.spelling));
        }
        let likenesses: Option<Vec<Likeness>> =
            spellings.iter().map(|(_, spelling)| likeness((mention, &name), spelling)).collect();
        // one spelling that cannot be the same one's speaks against all: "John A." is not "John B.", though "John" is either
        let Some(likenesses) = likenesses else { continue };
        let best = likenesses.into_iter().zip(spellings).filter(|(_, (name, _))| rivals.contains(name)).min();
        alike.extend(best.map(|(likeness, (name, _))| Alike { likeness, entity, name }));
    }
    alike.sort_by_key(|alike| (alike.likeness, alike.entity));
    Ok(alike)
}

/// The names that share a key with the new one and are like it, by their entity.
fn candidates(db: &Connection, (mention, name): (Mention<'_>, &Name)) -> Sql<BTreeMap<i64, Vec<i64>>> {
    let query = "SELECT name.id, name.entity, name.spelling FROM name_key JOIN name ON name.id = name_key.name \
                 WHERE name_key.key = ?1 AND name.class = ?2 AND name.entity IS NOT NULL";
    let mut query = db.prepare_cached(query)?;
    let mut found: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for key in name.keys() {
        let mut rows = query.query(params![key, mention.class()])?;
        while let Some(row) = rows.next()? {
            if likeness((mention, name), row.get_ref(2)?.as_str()?).is_some() {
                found.entry(row.get(1)?).or_default().push(row.get(0)?);
            }
        }
    }
    Ok(found)
}

fn spellings(db: &Connection, entity: i64, class: &str) -> Sql<Vec<(i64, String)>> {
    let mut query = db.prepare_cached("SELECT id, spelling FROM name WHERE entity = ?1 AND class = ?2")?;
    let rows = query.query_map(params![entity, class], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// How alike a spelling of the ledger is, where that is enough to hold the two for one across articles.
fn likeness((mention, name): (Mention<'_>, &Name), other: &str) -> Option<Likeness> {
    let known = Mention { spelling: other, ..mention };
    let likeness = name.likeness(&known.name())?;
    let spellings = [mention.spelling, other];
    let sure = match likeness {
        Likeness::Same | Likeness::Look => true,
        _ if mention.kind != SpeakerType::Person => false,
        // "D. Trump" is many people, and a surname alone is a whole family
        _ => {
            !spellings.iter().any(|name| begins_with_initial(name))
                && is_full(mention.spelling) == is_full(other)
        }
    };
    sure.then_some(likeness)
}

fn begins_with_initial(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    first.split(['.', '-']).all(|part| part.chars().count() <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: SpeakerType, a: &str, b: &str, expected: Option<Likeness>) {
        let mention = Mention { spelling: a, kind, known: None, role: None, anonymous: false };
        assert_eq!(likeness((mention, &mention.name()), b), expected, "{a}, {b}");
    }

    #[test]
    fn people() {
        for (a, b, expected) in [
            ("Andrei Morosh", "Andrei Morosh", Some(Likeness::Same)),
            ("Andrei Morosh", "ANDREI MOROSH", Some(Likeness::Look)),
            ("Andrei Morosh", "Andrey Morosh", Some(Likeness::Spelling)),
            ("Andrei Morosh", "Andrei Petrovich Morosh", Some(Likeness::Middle)),
            ("Andrei P. Morosh", "Andrei Petrovich Morosh", Some(Likeness::Initial)),
            ("J.D. Lorne", "J. D. Lorne", Some(Likeness::Look)),
            ("A. Morosh", "Andrei Morosh", None),
            ("Morosh", "Andrei Morosh", None),
            ("Anna Morosh", "Andrei Morosh", None),
            ("Andrei P. Morosh", "Andrei S. Morosh", None),
        ] {
            check(SpeakerType::Person, a, b, expected);
        }
    }

    #[test]
    fn bodies_are_one_only_where_their_names_look_the_same() {
        let body = SpeakerType::Organisation;
        check(body, "the Ministry of Roads", "Ministry of Roads", Some(Likeness::Look));
        check(body, "Bank of Norland", "Bank of North Norland", None);
        check(body, "Bank of Norland", "Bank of Norlandy", None);
    }
}
