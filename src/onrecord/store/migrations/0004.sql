-- Version 4: answers of the ledger are kept.  "changes" counts what was done to rows and to heads of reports; an answer
-- holds for the count that it was made at, and for the edition of onrecord that made it.
CREATE TABLE changes (
    n INTEGER NOT NULL
) STRICT;
INSERT INTO changes (n) VALUES (0);
ALTER TABLE reports ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE answers (
    question TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    changes INTEGER NOT NULL,
    seconds REAL NOT NULL
) STRICT;

-- The items in their order, so many a part.  "keys" has a line for each: what it is known again by, and the ids of
-- the rows that it rests on; "lines" is their JSON, a line each, deflated.
CREATE TABLE answer_parts (
    question TEXT NOT NULL REFERENCES answers (question),
    n INTEGER NOT NULL,
    keys TEXT NOT NULL,
    lines BLOB NOT NULL,
    UNIQUE (question, n)
) STRICT;

-- Whatever way a row or a head changes, no transaction can do so without being counted.
CREATE TRIGGER report_comes AFTER INSERT ON reports BEGIN
    UPDATE changes SET n = n + 1;
    UPDATE reports SET changed = (SELECT n FROM changes) WHERE rid = new.rid;
END;
CREATE TRIGGER report_goes AFTER DELETE ON reports BEGIN
    UPDATE changes SET n = n + 1;
END;
CREATE TRIGGER head_changes AFTER UPDATE OF id, voice, title, published, publisher, url, language, author ON reports BEGIN
    UPDATE changes SET n = n + 1;
    UPDATE reports SET changed = (SELECT n FROM changes) WHERE rid = new.rid;
END;
CREATE TRIGGER event_comes AFTER INSERT ON events BEGIN
    UPDATE changes SET n = n + 1;
    UPDATE reports SET changed = (SELECT n FROM changes) WHERE rid = new.rid;
END;
CREATE TRIGGER event_goes AFTER DELETE ON events BEGIN
    UPDATE changes SET n = n + 1;
    UPDATE reports SET changed = (SELECT n FROM changes) WHERE rid = old.rid;
END;
CREATE TRIGGER event_changes AFTER UPDATE ON events BEGIN
    UPDATE changes SET n = n + 1;
    UPDATE reports SET changed = (SELECT n FROM changes) WHERE rid IN (old.rid, new.rid);
END;
CREATE TRIGGER row_changes AFTER UPDATE ON event_rows BEGIN
    UPDATE changes SET n = n + 1;
    UPDATE reports SET changed = (SELECT n FROM changes) WHERE rid = (SELECT rid FROM events WHERE eid = new.eid);
END;
