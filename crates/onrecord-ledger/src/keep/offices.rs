//! Whom a family name alone stands for: "President Lorne" is the one person of that name who is told to be president.
//!
//! A family name alone joins nobody, since whole families have it. With an office that one person holds at a time it does,
//! where the ledger knows just one of that name in that office; two presidents Lorne keep it apart.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::mention::Mention;
use crate::open::Sql;

/// Why the two are one.
pub(super) const REASON: &str = "the same family name and office";

/// Offices of one holder. The longer ones first: a vice president is no president.
const OFFICES: [&str; 12] = [
    "vice president",
    "prime minister",
    "secretary general",
    "crown prince",
    "first lady",
    "president",
    "chancellor",
    "premier",
    "emperor",
    "queen",
    "king",
    "pope",
];

/// An office, and whose it is: "Norland" of "Norland President".
#[derive(Clone, Debug, PartialEq, Eq)]
struct Office {
    of: String,
    name: &'static str,
}

impl Office {
    /// The office that a role tells, if it is one that is held now and by one.
    fn of(role: &str) -> Option<Office> {
        let role = role.to_lowercase().replace('-', " ");
        let role = role.strip_prefix("the ").unwrap_or(&role);
        let (name, of) = OFFICES.iter().find_map(|name| Some((*name, role.strip_suffix(name)?)))?;
        if !of.is_empty() && !of.ends_with(' ') {
            return None;
        }
        let of = of.trim().to_owned();
        let now =
            !of.split_whitespace().any(|word| matches!(word, "former" | "ex" | "deputy" | "late" | "then"));
        now.then_some(Office { of, name })
    }

    /// Whether both can be one: a report need not tell whose president.
    fn is(&self, other: &Office) -> bool {
        self.name == other.name && (self.of.is_empty() || other.of.is_empty() || self.of == other.of)
    }
}

/// The entity, and the name that tells so, of the one person with this family name and office.
pub(super) fn holder(db: &Connection, mention: Mention<'_>) -> Sql<Option<(i64, i64)>> {
    let Some(office) = mention.bare().then(|| Office::of(mention.role?)).flatten() else { return Ok(None) };
    let mut found = BTreeMap::new();
    for (entity, name) in family(db, mention)? {
        if !found.contains_key(&entity) && offices(db, entity)?.iter().any(|other| other.is(&office)) {
            found.insert(entity, name);
        }
    }
    Ok(found.pop_first().filter(|_| found.is_empty()))
}

/// The whole names of this family, with their entities.
fn family(db: &Connection, mention: Mention<'_>) -> Sql<Vec<(i64, i64)>> {
    let query = "SELECT name.entity, name.id, name.spelling FROM name_key JOIN name ON name.id = name_key.name \
                 WHERE name_key.key = ?1 AND name.class = 'person' AND name.entity IS NOT NULL ORDER BY name.id";
    let mut query = db.prepare_cached(query)?;
    let mut found = Vec::new();
    for key in mention.name().keys() {
        let mut rows = query.query([key])?;
        while let Some(row) = rows.next()? {
            let last = row.get_ref(2)?.as_str()?.split_whitespace().skip(1).last();
            if last.is_some_and(|last| last.eq_ignore_ascii_case(mention.spelling)) {
                found.push((row.get(0)?, row.get(1)?));
            }
        }
    }
    Ok(found)
}

/// The offices in which somebody was told to speak.
fn offices(db: &Connection, entity: i64) -> Sql<Vec<Office>> {
    let query = "SELECT DISTINCT voice.role FROM name JOIN voice ON voice.name = name.id \
                 WHERE name.entity = ?1 AND voice.role IS NOT NULL";
    let mut query = db.prepare_cached(query)?;
    let roles = query.query_map([entity], |row| row.get::<_, String>(0))?;
    roles.map(|role| Ok(Office::of(&role?))).filter_map(Sql::transpose).collect()
}

/// A family name that stands alone in the ledger joins the holder of its office once that one is known. What people
/// decided on it stays.
pub(super) fn join(db: &Connection, mention: Mention<'_>, name: i64) -> Sql<()> {
    if !mention.bare() || mention.role.and_then(Office::of).is_none() {
        return Ok(());
    }
    let query = "SELECT entity FROM name WHERE id = ?1 AND reason = 'first met' AND entity IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM name other WHERE other.entity = name.entity AND other.id <> name.id) \
                 AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.entity = name.entity)";
    let alone: Vec<i64> =
        db.prepare_cached(query)?.query_map([name], |row| row.get(0))?.collect::<Sql<_>>()?;
    let ([alone], Some((holder, like))) = (alone.as_slice(), holder(db, mention)?) else { return Ok(()) };
    let update = "UPDATE name SET entity = ?2, reason = ?3, like_name = ?4 WHERE id = ?1";
    db.prepare_cached(update)?.execute(params![name, holder, REASON, like])?;
    let update = "UPDATE entity SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1";
    db.prepare_cached(update)?.execute(params![alone, holder]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(role: &str, expected: Option<(&str, &str)>) {
        let office = Office::of(role);
        assert_eq!(office.as_ref().map(|office| (office.of.as_str(), office.name)), expected, "{role}");
    }

    #[test]
    fn offices_that_one_holds() {
        check("President", Some(("", "president")));
        check("Norland President", Some(("norland", "president")));
        check("the Prime Minister", Some(("", "prime minister")));
        check("Vice-President", Some(("", "vice president")));
        check("former President", None);
        check("president of the bakers’ union", None);
        check("Sen.", None);
        check("viking", None);
    }

    #[test]
    fn whose_office_it_is() {
        let is = |a: &str, b: &str| Office::of(a).unwrap().is(&Office::of(b).unwrap());
        assert!(is("President", "Norland President") && is("Norland President", "Norland president"));
        assert!(!is("Norland President", "Ostrian President") && !is("President", "Vice President"));
    }
}
