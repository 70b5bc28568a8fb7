//! What is counted of everybody who speaks, and kept true from commit to commit: migration 6 tells how.

use rusqlite::Connection;

use crate::open::Sql;

/// Takes away what a version counts for, before its statements are added to, until the end of the commit.
pub(crate) fn leave(db: &Connection, version: i64) -> Sql<()> {
    let insert = "INSERT INTO untallied SELECT ?1 WHERE ?1 NOT IN (SELECT version FROM untallied)";
    db.prepare_cached(insert)?.execute([version]).map(|_| ())
}

/// Counts what came or was changed since the last commit: a trigger does it for each version that goes from the list.
pub(crate) fn bring_up(db: &Connection) -> Sql<()> {
    db.prepare_cached("DELETE FROM untallied")?.execute([]).map(|_| ())
}

/// Counts everything.
pub(crate) fn make_anew(db: &Connection) -> Sql<()> {
    db.execute_batch(
        "DELETE FROM tally; \
         INSERT INTO tally SELECT entity, what, value, count(*) FROM counted GROUP BY 1, 2, 3;",
    )
}

/// The entities whose counts are others than a new count gives.
pub(crate) fn wrong(db: &Connection) -> Sql<Vec<i64>> {
    let query = "WITH anew AS MATERIALIZED (SELECT entity, what, value, count(*) FROM counted GROUP BY 1, 2, 3) \
                 SELECT entity FROM (SELECT * FROM tally EXCEPT SELECT * FROM anew) \
                 UNION SELECT entity FROM (SELECT * FROM anew EXCEPT SELECT * FROM tally)";
    db.prepare(query)?.query_map([], |row| row.get(0))?.collect()
}
