//! What people decide on entities: two are one, one is two, a name is another. Decisions are facts, and they hold for
//! whatever is read later: names stay where they were put.

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::open::Sql;
use crate::{Entity, Ledger, LedgerError};

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// `merge`, `split` or `rename`.
    pub kind: String,
    /// The entity as it stands then: that into which another was merged, that came out of another, or has a new name.
    pub entity: Entity,
    /// Who decided.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

impl Ledger {
    /// Decides that two entities are one: whatever is called `other` belongs to `name` from now on.
    ///
    /// # Errors
    ///
    /// Nobody is called so, or several are; both are one already; or the ledger cannot be written.
    pub fn merge(
        &mut self,
        name: &str,
        other: &str,
        author: &str,
        at: &str,
    ) -> Result<Decision, LedgerError> {
        let (entity, other) = (self.only(name)?, self.only(other)?);
        if entity.id == other.id {
            return Err(LedgerError::Refused(format!("both are {:?} already", entity.name)));
        }
        self.run(|db| {
            let (into, from) = (entity.id.cast_signed(), other.id.cast_signed());
            let reason = format!("merged by {author}");
            db.execute(
                "UPDATE name SET entity = ?1, reason = ?3 WHERE entity = ?2",
                params![into, from, reason],
            )?;
            db.execute(
                "UPDATE entity SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2",
                params![into, from],
            )?;
            decide(db, "merge", into, (Some(from), None), (author, at))
        })?;
        Ok(Decision { kind: "merge".into(), entity, author: author.into(), at: at.into() })
    }

    /// Decides that a spelling is somebody else's: it becomes an entity of its own. `of` tells whose it is now, by its
    /// number; else it is taken from whoever has it and most others beside it.
    ///
    /// # Errors
    ///
    /// There is no such spelling, or it is the only one of its entity; or the ledger cannot be written.
    pub fn split(
        &mut self,
        spelling: &str,
        of: Option<u64>,
        author: &str,
        at: &str,
    ) -> Result<Decision, LedgerError> {
        let query = "SELECT n.id, n.entity, e.kind, (SELECT count(*) FROM name o WHERE o.entity = n.entity) \
                     FROM name n JOIN entity e ON e.id = n.entity \
                     WHERE n.spelling = ?1 AND n.entity = coalesce(?2, n.entity) ORDER BY 4 DESC LIMIT 1";
        let of = of.map(u64::cast_signed);
        let found = self.told(self.db.query_row(query, params![spelling, of], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, i64>(3)?,
            ))
        }));
        let Ok((name, from, kind, count)) = found else {
            return Err(LedgerError::NoEntity(spelling.to_owned()));
        };
        if count < 2 {
            return Err(LedgerError::Refused(format!("{spelling:?} is the only name there")));
        }
        let new = self.run(|db| {
            db.execute("INSERT INTO entity (name, kind) VALUES (?1, ?2)", params![spelling, kind])?;
            let new = db.last_insert_rowid();
            let reason = format!("split off by {author}");
            db.execute(
                "UPDATE name SET entity = ?2, reason = ?3, like_name = NULL WHERE id = ?1",
                params![name, new, reason],
            )?;
            let words = serde_json::Value::from(vec![spelling]).to_string();
            decide(db, "split", from, (Some(new), Some(&words)), (author, at))?;
            Ok(new)
        })?;
        let entity = Entity { id: new.cast_unsigned(), name: spelling.to_owned(), kind, known: None };
        Ok(Decision { kind: "split".into(), entity, author: author.into(), at: at.into() })
    }

    /// Decides by which name somebody goes.
    ///
    /// # Errors
    ///
    /// Nobody is called so, or several are; or the ledger cannot be written.
    pub fn rename(&mut self, name: &str, new: &str, author: &str, at: &str) -> Result<Decision, LedgerError> {
        let (entity, new) = (self.only(name)?, new.trim());
        if new.is_empty() {
            return Err(LedgerError::Refused("the new name is empty".to_owned()));
        }
        if new == entity.name {
            return Err(LedgerError::Refused(format!("{new:?} is the name already")));
        }
        self.run(|db| {
            let id = entity.id.cast_signed();
            db.execute("UPDATE entity SET name = ?2 WHERE id = ?1", params![id, new])?;
            decide(db, "rename", id, (None, Some(new)), (author, at))
        })?;
        let entity = Entity { name: new.to_owned(), ..entity };
        Ok(Decision { kind: "rename".into(), entity, author: author.into(), at: at.into() })
    }

    /// The one entity that has this whole name, else the only one that has these words in a name. A number after `@` is
    /// the entity's own.
    fn only(&self, name: &str) -> Result<Entity, LedgerError> {
        if let Some(number) = name.strip_prefix('@').and_then(|number| number.parse().ok()) {
            return self.entity(number);
        }
        let found = self.entities(name)?;
        let whole: Vec<&Entity> = found
            .iter()
            .map(|note| &note.entity)
            .filter(|entity| entity.name.eq_ignore_ascii_case(name.trim()))
            .collect();
        match (whole.as_slice(), found.as_slice()) {
            ([one], _) => Ok((*one).clone()),
            (_, []) => Err(LedgerError::NoEntity(name.to_owned())),
            (_, [one]) => Ok(one.entity.clone()),
            (_, several) => {
                let several = several
                    .iter()
                    .take(5)
                    .map(|note| format!("{} (@{})", note.entity.name, note.entity.id))
                    .collect();
                Err(LedgerError::SeveralEntities { name: name.to_owned(), several })
            }
        }
    }
}

fn decide(
    db: &Connection,
    kind: &str,
    entity: i64,
    (other, words): (Option<i64>, Option<&str>),
    (author, at): (&str, &str),
) -> Sql<()> {
    let insert =
        "INSERT INTO decision (kind, entity, other, words, author, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.execute(insert, params![kind, entity, other, words, author, at]).map(|_| ())
}
