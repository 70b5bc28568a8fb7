-- Keeping and asking made cheaper: the full-text indexes are written once for each commit, and in the order of the days;
-- contents that are plainly of other matters are told apart by a number.

-- The order in which statements are shown, the latest day highest, and of one day the first row: the digits of the day,
-- and how far the row is from the end of the 36 bits below them.
ALTER TABLE statement ADD COLUMN turn INTEGER GENERATED ALWAYS AS (
    (coalesce(substr(day, 1, 4) * 10000 + substr(day, 6, 2) * 100 + substr(day, 9, 2), 0) << 36) + 0xfffffffff - id
) VIRTUAL;

-- Up to which rows the full-text indexes reach; they are brought up to the last ones at the end of each commit.
CREATE TABLE indexed (
    statement INTEGER NOT NULL,
    name INTEGER NOT NULL
);
INSERT INTO indexed SELECT 0, coalesce((SELECT max(id) FROM name), 0);
DROP TRIGGER statement_comes;
DROP TRIGGER name_comes;
DROP TRIGGER statement_goes;
DROP TRIGGER statement_returns;
DROP TABLE said_words;
DROP VIEW said;
CREATE VIEW said AS SELECT turn, words FROM statement WHERE state = 0;
CREATE VIRTUAL TABLE said_words USING fts5 (
    words, content = 'said', content_rowid = 'turn', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_goes AFTER UPDATE OF state ON statement
WHEN old.state = 0 AND new.state <> 0 AND old.id <= (SELECT statement FROM indexed) BEGIN
    INSERT INTO said_words (said_words, rowid, words) VALUES ('delete', old.turn, old.words);
END;
CREATE TRIGGER statement_returns AFTER UPDATE OF state ON statement
WHEN old.state <> 0 AND new.state = 0 AND old.id <= (SELECT statement FROM indexed) BEGIN
    INSERT INTO said_words (rowid, words) VALUES (new.turn, new.words);
END;

-- The keys as before, but without references: a statement or text is looked up for each row that comes, in the order of
-- the keys, and that costs more than the row. `verify` looks whether they are there. `substance` is a number for the
-- words of substance of the statement's content, with keys of its matter alone; what the first version wrote has none,
-- and is compared whatever it is of.
CREATE TABLE utterance (
    key INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    substance INTEGER,
    PRIMARY KEY (key, statement)
) WITHOUT ROWID;
INSERT INTO utterance SELECT key, statement, NULL FROM utterance_key ORDER BY key, statement;
DROP TABLE utterance_key;
ALTER TABLE utterance RENAME TO utterance_key;
CREATE TABLE passages (
    key INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (key, version)
) WITHOUT ROWID;
INSERT INTO passages SELECT key, version FROM passage_key ORDER BY key, version;
DROP TABLE passage_key;
ALTER TABLE passages RENAME TO passage_key;
