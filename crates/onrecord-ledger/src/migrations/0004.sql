-- A corrected day gives a statement another place in the order in which words are found.
CREATE TRIGGER statement_moves AFTER UPDATE OF day ON statement
WHEN old.state = 0 AND new.state = 0 AND old.turn <> new.turn AND old.id <= (SELECT statement FROM indexed) BEGIN
    INSERT INTO said_words (said_words, rowid, words) VALUES ('delete', old.turn, old.words);
    INSERT INTO said_words (rowid, words) VALUES (new.turn, new.words);
END;
