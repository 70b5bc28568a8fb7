-- What the parts of a text were in the page that it comes from, and the way back to them.
ALTER TABLE version ADD COLUMN blocks TEXT;  -- JSON, a list, as in the record: offsets in code points; none for other texts
