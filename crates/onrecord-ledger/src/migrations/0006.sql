-- Counts by which a profile is told without looking at each statement of somebody: those who speak most have hundreds
-- of thousands. Versions whose counts are not in `tally` stand in `untallied`: a version comes there before anything of
-- it changes, which takes away what it counted for, and at the end of the commit it is counted again.

-- Whoever speaks in a statement that holds, and is somebody. The joins go from the statement on, as they are always
-- asked by version or as a whole.
CREATE VIEW spoken AS
SELECT s.version, s.id AS statement, s.turn, n.entity, n.id AS name,
       v.role, s.act, s.channel, substr(s.day, 1, 7) AS month
FROM statement s CROSS JOIN voice v ON v.statement = s.id AND v.part = 0 CROSS JOIN name n ON n.id = v.name
WHERE s.state = 0 AND n.entity IS NOT NULL;

-- All that is counted, a row for each time. The entity 0 is anybody.
CREATE VIEW counted AS
SELECT version, entity, kind.column1 AS what,
       CASE kind.column1 WHEN 'name' THEN name WHEN 'act' THEN act WHEN 'role' THEN role
                         WHEN 'channel' THEN channel WHEN 'month' THEN month
                         ELSE (SELECT publisher FROM version w WHERE w.id = version) END AS value
FROM spoken CROSS JOIN (VALUES ('name'), ('act'), ('role'), ('channel'), ('month'), ('publisher')) AS kind
WHERE value IS NOT NULL
UNION ALL
SELECT DISTINCT version, entity, 'article', '' FROM spoken
UNION ALL
SELECT version, entity, 'addressee', told.name
FROM spoken CROSS JOIN voice told ON told.statement = spoken.statement AND told.part = 1
UNION ALL
SELECT s.version, 0, 'disputed', s.turn
FROM statement s CROSS JOIN link l ON l.to_statement = s.id AND l.relation = 'disputes'
CROSS JOIN statement other ON other.id = l.from_statement
WHERE s.state = 0 AND other.state = 0
UNION ALL
SELECT spoken.version, entity, 'disputed', spoken.turn
FROM spoken CROSS JOIN link l ON l.to_statement = spoken.statement AND l.relation = 'disputes'
CROSS JOIN statement other ON other.id = l.from_statement
WHERE other.state = 0
UNION ALL
SELECT spoken.version, entity, 'disputing', spoken.turn
FROM spoken CROSS JOIN link l ON l.from_statement = spoken.statement AND l.relation = 'disputes'
CROSS JOIN statement other ON other.id = l.to_statement
WHERE other.state = 0;

CREATE TABLE tally (
    entity INTEGER NOT NULL,
    what TEXT NOT NULL,                -- as in `counted`
    value NOT NULL,                    -- words; the row of a name; of a statement its turn
    count INTEGER NOT NULL,
    PRIMARY KEY (entity, what, value)
) WITHOUT ROWID;
INSERT INTO tally SELECT entity, what, value, count(*) FROM counted GROUP BY 1, 2, 3;
CREATE TRIGGER tally_is_spent AFTER UPDATE ON tally WHEN new.count = 0 BEGIN
    DELETE FROM tally WHERE entity = new.entity AND what = new.what AND value = new.value;
END;

CREATE TABLE untallied (version INTEGER PRIMARY KEY);
CREATE TRIGGER version_leaves BEFORE INSERT ON untallied BEGIN
    INSERT INTO tally SELECT entity, what, value, -count(*) FROM counted WHERE version = new.version GROUP BY 1, 2, 3
    ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
CREATE TRIGGER version_returns AFTER DELETE ON untallied BEGIN
    INSERT INTO tally SELECT entity, what, value, count(*) FROM counted WHERE version = old.version GROUP BY 1, 2, 3
    ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;

-- Whatever changes what is counted. Who adds statements or changes voices puts the version there: a trigger would have
-- SQLite note each row that is kept, to take it back by itself.
CREATE TRIGGER statement_changes BEFORE UPDATE OF state, act, channel, day ON statement BEGIN
    INSERT INTO untallied SELECT old.version WHERE old.version NOT IN (SELECT version FROM untallied);
END;
CREATE TRIGGER dispute_changes BEFORE UPDATE OF state ON statement BEGIN
    INSERT INTO untallied
    SELECT DISTINCT s.version FROM link l JOIN statement s ON s.id = l.to_statement
    WHERE l.from_statement = old.id AND l.relation = 'disputes' AND s.version NOT IN (SELECT version FROM untallied);
    INSERT INTO untallied
    SELECT DISTINCT s.version FROM link l JOIN statement s ON s.id = l.from_statement
    WHERE l.to_statement = old.id AND l.relation = 'disputes' AND s.version NOT IN (SELECT version FROM untallied);
END;
CREATE TRIGGER dispute_comes BEFORE INSERT ON link WHEN new.relation = 'disputes' BEGIN
    INSERT INTO untallied
    SELECT DISTINCT version FROM statement
    WHERE id IN (new.from_statement, new.to_statement) AND version NOT IN (SELECT version FROM untallied);
END;
CREATE TRIGGER dispute_goes BEFORE DELETE ON link WHEN old.relation = 'disputes' BEGIN
    INSERT INTO untallied
    SELECT DISTINCT version FROM statement
    WHERE id IN (old.from_statement, old.to_statement) AND version NOT IN (SELECT version FROM untallied);
END;
CREATE TRIGGER name_moves BEFORE UPDATE OF entity ON name BEGIN
    INSERT INTO untallied
    SELECT DISTINCT s.version FROM voice v JOIN statement s ON s.id = v.statement
    WHERE v.name = old.id AND v.part = 0 AND s.state = 0 AND s.version NOT IN (SELECT version FROM untallied);
END;
