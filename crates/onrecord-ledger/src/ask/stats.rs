//! Figures over a whole ledger, or over the statements that fit a question.

use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use super::find::Question;
use super::genders::Genders;
use super::who::{Count, count};
use crate::open::Sql;
use crate::{Ledger, LedgerError};

/// Figures over statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How many articles they stand in.
    pub articles: u64,
    /// How many statements.
    pub statements: u64,
    /// How many of them have a speaker who is relayed unnamed.
    pub anonymous: u64,
    /// How many are disputed.
    pub disputed: u64,
    /// Who speaks most; fifteen at most.
    pub speakers: Vec<SpeakerCount>,
    /// What speakers do, the commonest first.
    pub acts: Vec<Count>,
    /// How, the commonest first.
    pub channels: Vec<Count>,
    /// By outlet, those with most statements first; fifteen at most.
    pub publishers: Vec<Period>,
    /// By week, from Monday, the last sixteen in the order of time.
    pub weeks: Vec<Period>,
    /// How many women and men speak, where that was asked: [`Ledger::genders`].
    pub genders: Option<Genders>,
}

/// How often somebody speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpeakerCount {
    /// The name.
    pub what: String,
    /// How often.
    pub count: u64,
    /// The number of the entity: others may have the same name.
    pub entity: u64,
}

impl Stats {
    /// How often those who speak most do, by name alone.
    pub fn speaker_counts(&self) -> Vec<Count> {
        let count = |one: &SpeakerCount| Count { what: one.what.clone(), count: one.count };
        self.speakers.iter().map(count).collect()
    }
}

/// Figures of one outlet, or one week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The outlet's name, or the week's Monday.
    pub what: String,
    /// How many statements.
    pub statements: u64,
    /// How many of them have a speaker who is relayed unnamed.
    pub anonymous: u64,
}

const ANONYMOUS: &str =
    "EXISTS (SELECT 1 FROM voice u WHERE u.statement = s.id AND u.part = 0 AND u.anonymous)";
const DISPUTED: &str = "EXISTS (SELECT 1 FROM link JOIN statement other ON other.id = link.from_statement AND other.state = 0 \
                        WHERE link.to_statement = s.id AND link.relation = 'disputes')";
const SPEAKERS: &str = "JOIN voice v ON v.statement = s.id AND v.part = 0 JOIN name n ON n.id = v.name \
                        JOIN entity e ON e.id = n.entity";
const OUTLETS: &str = "JOIN version w ON w.id = s.version";

impl Ledger {
    /// Figures over the statements that fit.
    ///
    /// # Errors
    ///
    /// As for [`find`](Ledger::find).
    pub fn stats(&self, question: &Question) -> Result<Stats, LedgerError> {
        let head = format!(
            "count(DISTINCT s.version), count(*), coalesce(sum({ANONYMOUS}), 0), coalesce(sum({DISPUTED}), 0)"
        );
        let four = |row: &Row<'_>| {
            let number = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
            Ok([number(0)?, number(1)?, number(2)?, number(3)?])
        };
        let [articles, statements, anonymous, disputed] =
            self.figures(question, &head, "", "", four)?.pop().unwrap_or_default();
        let periods = format!("count(*), sum({ANONYMOUS})");
        let monday = "date(s.day, '-6 days', 'weekday 1')";
        let mut weeks = self.figures(
            question,
            &format!("{monday}, {periods}"),
            "",
            "AND s.day IS NOT NULL GROUP BY 1 ORDER BY 1 DESC LIMIT 16",
            period,
        )?;
        weeks.reverse();
        Ok(Stats {
            articles,
            statements,
            anonymous,
            disputed,
            speakers: self.figures(
                question,
                "e.name, count(*), e.id",
                SPEAKERS,
                "GROUP BY e.id ORDER BY 2 DESC, 1 LIMIT 15",
                speaker,
            )?,
            acts: self.counts(question, "s.act", "", "GROUP BY 1 ORDER BY 2 DESC, 1")?,
            channels: self.counts(
                question,
                "s.channel",
                "",
                "AND s.channel IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
            )?,
            publishers: self.figures(
                question,
                &format!("w.publisher, {periods}"),
                OUTLETS,
                "AND w.publisher IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15",
                period,
            )?,
            weeks,
            genders: None,
        })
    }

    /// How often each value stands in the statements that fit.
    pub(super) fn counts(
        &self,
        question: &Question,
        what: &str,
        joined: &str,
        end: &str,
    ) -> Result<Vec<Count>, LedgerError> {
        self.figures(question, &format!("{what}, count(*)"), joined, end, count)
    }

    /// Some columns over the statements that fit, with more tables joined, and an end of the query.
    pub(super) fn figures<T>(
        &self,
        question: &Question,
        columns: &str,
        joined: &str,
        end: &str,
        row: impl FnMut(&Row<'_>) -> Sql<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let wanted = self.wanted(question)?;
        let conditions = wanted.conditions();
        let query = format!("SELECT {columns} FROM {} {joined} WHERE {conditions} {end}", wanted.from);
        self.told((|| {
            let mut query = self.db.prepare_cached(&query)?;
            query.query_map(params_from_iter(&wanted.values), row)?.collect()
        })())
    }
}

fn speaker(row: &Row<'_>) -> Sql<SpeakerCount> {
    let number = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
    Ok(SpeakerCount { what: row.get(0)?, count: number(1)?, entity: number(2)? })
}

fn period(row: &Row<'_>) -> Sql<Period> {
    let number = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
    Ok(Period { what: row.get(0)?, statements: number(1)?, anonymous: number(2)? })
}
