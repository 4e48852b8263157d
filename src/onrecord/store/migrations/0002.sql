-- Version 2: statements are found by their words as well.
CREATE VIRTUAL TABLE statement_words USING fts5 (
    title, words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO statement_words (rowid, title, words)
SELECT s.sid, r.title, json_extract(s.row, '$.sentence.text') FROM statements AS s JOIN reports AS r USING (rid);
