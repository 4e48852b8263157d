-- Version 3: of the bytes that a report was taken from, their SHA-256 is kept, not the bytes.
ALTER TABLE reports ADD COLUMN raw TEXT;
DROP TABLE raws;
ALTER TABLE versions DROP COLUMN raw;
ALTER TABLE versions ADD COLUMN raw TEXT;
