-- What an article is called, so that it is found by its title, its outlet or its file. Brought up to the last rows at the end
-- of each commit, as the other indexes of words are.
CREATE VIRTUAL TABLE title_words USING fts5 (
    title, publisher, place, content = 'version', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
ALTER TABLE indexed ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
