//! How many women and men speak, where the user's registry tells who is one: no name is taken for a gender here.

use std::collections::{BTreeMap, HashMap};

use onrecord::Registry;
use onrecord::registry::Gender;
use rusqlite::Row;
use serde::Serialize;

use super::find::Question;
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// How often people with a name speak, by their gender: one who speaks in three statements counts three times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GenderCounts {
    /// Women.
    pub women: u64,
    /// Men.
    pub men: u64,
    /// Others.
    pub others: u64,
    /// People of whom the registry does not tell.
    pub untold: u64,
}

/// The counts over statements, and over those of each outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Genders {
    /// Over all of them.
    #[serde(flatten)]
    pub all: GenderCounts,
    /// By outlet, those in which people speak most first; fifteen at most.
    pub publishers: Vec<OutletGenders>,
}

/// The counts of one outlet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutletGenders {
    /// The outlet's name.
    pub what: String,
    /// Its counts.
    #[serde(flatten)]
    pub counts: GenderCounts,
}

/// So many outlets are told of.
const OUTLETS: usize = 15;

impl GenderCounts {
    /// How often women, men and others speak.
    pub fn told(self) -> u64 {
        self.women + self.men + self.others
    }

    /// How often people with a name speak.
    pub fn people(self) -> u64 {
        self.told() + self.untold
    }

    fn add(&mut self, gender: Option<Gender>, count: u64) {
        *match gender {
            Some(Gender::Female) => &mut self.women,
            Some(Gender::Male) => &mut self.men,
            Some(Gender::Other) => &mut self.others,
            None => &mut self.untold,
        } += count;
    }
}

impl Ledger {
    /// Counts who speaks in the statements that fit, by the genders that the registry tells; none where it tells nobody's.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn genders(&self, question: &Question, registry: &Registry) -> Result<Option<Genders>, LedgerError> {
        if !registry.has_genders() {
            return Ok(None);
        }
        let of_entity = self.told(self.genders_of(registry))?;
        let speaking = self.figures(
            question,
            "n.entity, w.publisher, count(*)",
            "JOIN voice v ON v.statement = s.id AND v.part = 0 AND v.kind = 'person' JOIN name n ON n.id = v.name \
             JOIN version w ON w.id = s.version",
            "AND n.entity IS NOT NULL GROUP BY 1, 2",
            |row: &Row<'_>| {
                Ok((row.get(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, i64>(2)?.cast_unsigned()))
            },
        )?;
        let mut all = GenderCounts::default();
        let mut outlets: BTreeMap<String, GenderCounts> = BTreeMap::new();
        for (entity, publisher, count) in speaking {
            let gender = of_entity.get(&entity).copied();
            all.add(gender, count);
            if let Some(publisher) = publisher {
                outlets.entry(publisher).or_default().add(gender, count);
            }
        }
        let mut publishers: Vec<_> =
            outlets.into_iter().map(|(what, counts)| OutletGenders { what, counts }).collect();
        publishers.sort_by_key(|outlet| std::cmp::Reverse(outlet.counts.people()));
        publishers.truncate(OUTLETS);
        Ok(Some(Genders { all, publishers }))
    }

    /// The gender of each entity of whom the registry tells it.
    fn genders_of(&self, registry: &Registry) -> Sql<HashMap<i64, Gender>> {
        let query = "SELECT n.entity, e.known, n.spelling FROM name n JOIN entity e ON e.id = n.entity \
                     WHERE n.class = 'person' ORDER BY n.entity, n.id";
        let mut query = self.db.prepare_cached(query)?;
        let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get(2)?));
        let names: Vec<(i64, Option<String>, String)> = query.query_map([], row)?.collect::<Sql<_>>()?;
        let gender = |names: &[(i64, Option<String>, String)]| {
            let spellings = names.iter().map(|(_, _, spelling)| spelling.as_str());
            Some((names[0].0, registry.gender(names[0].1.as_deref(), spellings)?))
        };
        Ok(names.chunk_by(|a, b| a.0 == b.0).filter_map(gender).collect())
    }
}
