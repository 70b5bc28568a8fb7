-- Corrections of spans and links, statements that people add, and corrections taken back.
ALTER TABLE correction ADD COLUMN other INTEGER;  -- the key of the statement at a link's other end; the field is its relation
ALTER TABLE correction ADD COLUMN first INTEGER;  -- the first of those made together, which are taken back together
CREATE INDEX correction_by_other ON correction (other) WHERE other IS NOT NULL;
CREATE TABLE taken_back (
    correction INTEGER PRIMARY KEY REFERENCES correction,
    author TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE VIEW standing AS
    SELECT * FROM correction WHERE NOT EXISTS (SELECT 1 FROM taken_back WHERE taken_back.correction = correction.id);

-- What a reading has in a field that people corrected: it comes back when they take that back. For `rejected`, `true`: the
-- reading does not have the statement, which stands there only as people spoke of it.
CREATE TABLE overruled (
    statement INTEGER NOT NULL REFERENCES statement,
    field TEXT NOT NULL,               -- as in `correction`
    other INTEGER NOT NULL,            -- likewise; 0 where the field is none of a link
    value TEXT NOT NULL,               -- JSON
    PRIMARY KEY (statement, field, other)
) WITHOUT ROWID;
INSERT INTO overruled (statement, field, other, value)
    SELECT (SELECT max(s.id) FROM statement s WHERE s.key = c.statement), c.field, 0, c.was FROM correction c
    WHERE c.field NOT IN ('rejected', 'confirmed') AND EXISTS (SELECT 1 FROM statement s WHERE s.key = c.statement)
    AND c.id = (SELECT min(d.id) FROM correction d WHERE d.statement = c.statement AND d.field = c.field);

-- A corrected content is found by its new words.
CREATE TRIGGER statement_is_reworded AFTER UPDATE OF words ON statement
WHEN old.state = 0 AND new.state = 0 AND old.words <> new.words AND old.id <= (SELECT statement FROM indexed) BEGIN
    INSERT INTO said_words (said_words, rowid, words) VALUES ('delete', old.turn, old.words);
    INSERT INTO said_words (rowid, words) VALUES (new.turn, new.words);
END;
