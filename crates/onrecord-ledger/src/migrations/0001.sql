-- The first ledger. Once released, a migration is never changed: what is new comes in the next one.

-- A news report, whatever became of its words since. `key` is the id that its caller gave, else its address, else the
-- hash of its text.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
);

-- What an article said at one time. Versions are never changed or deleted; the one with the highest number holds.
CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    number INTEGER NOT NULL,           -- from 1
    digest TEXT NOT NULL,              -- SHA-256, in hexadecimal, of the text and of all that is known of it
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,              -- of the text alone
    url TEXT,
    title TEXT,
    authors TEXT NOT NULL,             -- JSON, a list
    publisher TEXT,
    language TEXT,
    published TEXT,
    place TEXT NOT NULL,               -- where it was read: the input's name, and the line of JSONL
    kept TEXT NOT NULL,                -- when it came into the ledger: RFC 3339
    UNIQUE (article, number),
    UNIQUE (article, digest)
);

-- One model's reading of one version; the last one holds.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES version,
    model TEXT NOT NULL,
    least_confidence REAL NOT NULL,    -- statements less sure than this were not kept
    at TEXT NOT NULL                   -- RFC 3339
);
CREATE INDEX reading_by_version ON reading (version);
CREATE INDEX reading_by_model ON reading (model);

-- A statement, as it was read or corrected. Spans are JSON, [[begin, end], ...], in bytes of the version's text.
CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,              -- the same for ever: of the article, the version's text and the cue
    reading INTEGER NOT NULL REFERENCES reading,
    version INTEGER NOT NULL REFERENCES version,
    place INTEGER NOT NULL,            -- its number in the record
    state INTEGER NOT NULL,            -- 0 holds, 1 past (an older version or reading), 2 rejected by a person
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    words TEXT NOT NULL,               -- of the content
    quote TEXT NOT NULL,
    act TEXT NOT NULL,
    negated INTEGER NOT NULL,
    channel TEXT,
    channel_name TEXT,
    when_span TEXT,
    when_value TEXT,
    where_span TEXT,
    where_name TEXT,
    within INTEGER REFERENCES statement,
    confidence REAL NOT NULL,
    day TEXT,                          -- of the saying, else of publication
    UNIQUE (key, reading)
);
CREATE INDEX statement_by_reading ON statement (reading, place);
CREATE INDEX statement_by_day ON statement (day) WHERE state = 0;
CREATE INDEX statement_by_act ON statement (act, day) WHERE state = 0;
CREATE INDEX statement_by_version ON statement (version) WHERE state = 0;

-- What can be found by its words: statements that hold. The triggers are the only writers of the index.
CREATE VIEW said AS SELECT id, words FROM statement WHERE state = 0;
CREATE VIRTUAL TABLE said_words USING fts5 (
    words, content = 'said', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_comes AFTER INSERT ON statement WHEN new.state = 0 BEGIN
    INSERT INTO said_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER statement_goes AFTER UPDATE OF state ON statement WHEN old.state = 0 AND new.state <> 0 BEGIN
    INSERT INTO said_words (said_words, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER statement_returns AFTER UPDATE OF state ON statement WHEN old.state <> 0 AND new.state = 0 BEGIN
    INSERT INTO said_words (rowid, words) VALUES (new.id, new.words);
END;

-- Somebody or some body, under whatever names.
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    known TEXT,                        -- the identifier that the user's registry gives
    merged_into INTEGER REFERENCES entity
);
CREATE INDEX entity_by_known ON entity (known) WHERE known IS NOT NULL;

-- A spelling met in articles, whose it is, and why. Statements hang on spellings, so that a merge touches few rows.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    spelling TEXT NOT NULL,
    class TEXT NOT NULL,               -- person, body, group, document, unnamed: only names of one class are compared
    entity INTEGER REFERENCES entity,  -- none for the unnamed
    reason TEXT NOT NULL,
    like_name INTEGER REFERENCES name, -- the spelling that the reason speaks of
    UNIQUE (spelling, class)
);
CREATE INDEX name_by_entity ON name (entity);
CREATE TABLE name_key (
    key TEXT NOT NULL,
    name INTEGER NOT NULL REFERENCES name,
    PRIMARY KEY (key, name)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_words USING fts5 (
    spelling, content = 'name', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER name_comes AFTER INSERT ON name BEGIN
    INSERT INTO name_words (rowid, spelling) VALUES (new.id, new.spelling);
END;

-- Who speaks in a statement, or is spoken to.
CREATE TABLE voice (
    statement INTEGER NOT NULL REFERENCES statement,
    part INTEGER NOT NULL,             -- 0 speaks, 1 is spoken to
    place INTEGER NOT NULL,            -- in the list, from 0
    name INTEGER NOT NULL REFERENCES name,
    kind TEXT NOT NULL,
    role TEXT,
    anonymous INTEGER NOT NULL,
    day TEXT,                          -- the statement's
    PRIMARY KEY (statement, part, place)
) WITHOUT ROWID;
CREATE INDEX voice_by_name ON voice (name, part, day);

CREATE TABLE link (
    from_statement INTEGER NOT NULL REFERENCES statement,
    to_statement INTEGER NOT NULL REFERENCES statement,
    relation TEXT NOT NULL,
    evidence TEXT NOT NULL,            -- spans in the text of `from_statement`
    other_evidence TEXT NOT NULL,      -- spans in the text of `to_statement`; none within one article
    score REAL NOT NULL,
    PRIMARY KEY (from_statement, to_statement, relation)
) WITHOUT ROWID;
CREATE INDEX link_by_end ON link (to_statement, relation);

-- The numbers by which tellings of one utterance find each other across articles, and texts that share a passage: of
-- version 1 of `link::across`. When that changes, a migration makes them anew.
CREATE TABLE utterance_key (
    key INTEGER NOT NULL,
    statement INTEGER NOT NULL REFERENCES statement,
    PRIMARY KEY (key, statement)
) WITHOUT ROWID;
CREATE TABLE passage_key (
    key INTEGER NOT NULL,
    version INTEGER NOT NULL REFERENCES version,
    PRIMARY KEY (key, version)
) WITHOUT ROWID;

-- What two texts share: one span in each.
CREATE TABLE passage (
    version INTEGER NOT NULL REFERENCES version,
    span TEXT NOT NULL,
    other INTEGER NOT NULL REFERENCES version,
    other_span TEXT NOT NULL,
    PRIMARY KEY (version, other, span)
) WITHOUT ROWID;
CREATE INDEX passage_by_other ON passage (other);

-- What a person corrected: facts, never changed. The last one for a field wins over every reading.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    statement INTEGER NOT NULL,        -- the statement's `key`
    field TEXT NOT NULL,               -- act, speakers, addressees, negated, rejected, confirmed
    value TEXT NOT NULL,               -- JSON
    was TEXT NOT NULL,                 -- JSON: what stood there
    author TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX correction_by_statement ON correction (statement);

-- What a person decided on entities: facts, never changed.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                -- merge, split, rename
    entity INTEGER NOT NULL REFERENCES entity,
    other INTEGER REFERENCES entity,   -- merge: which was merged into `entity`; split: which came out of it
    words TEXT,                        -- rename: the new name; split: the spellings, as JSON
    author TEXT NOT NULL,
    at TEXT NOT NULL
);
