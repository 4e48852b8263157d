-- Version 1: reports with their rows, what was noted, what failed, what people said of rows.
-- Text that no UTF-8 can carry is escaped by the code (values.packed), so every column is plain text.

-- A report without its text.  "voice" is the id of the first report of its copies and updates, or its own.
CREATE TABLE reports (
    rid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    voice TEXT NOT NULL,
    title TEXT,
    published TEXT,
    publisher TEXT,
    url TEXT,
    language TEXT,
    author TEXT,
    fingerprint TEXT NOT NULL,
    origin TEXT,
    added TEXT NOT NULL,
    marks INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reports_voice ON reports (voice);
CREATE INDEX reports_day ON reports (published, id);
CREATE INDEX reports_publisher ON reports (publisher);

CREATE TABLE texts (
    rid INTEGER PRIMARY KEY REFERENCES reports (rid),
    text TEXT NOT NULL
) STRICT;

-- The bytes that a report was taken from, compressed; only where the caller gives them.
CREATE TABLE raws (
    rid INTEGER PRIMARY KEY REFERENCES reports (rid),
    bytes BLOB NOT NULL
) STRICT;

-- The columns are the row as it counts, corrections applied.  "day" and "last" are the period that it is looked up by.
CREATE TABLE events (
    eid INTEGER PRIMARY KEY,
    rid INTEGER NOT NULL REFERENCES reports (rid),
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    mode TEXT,
    actors TEXT NOT NULL,
    recipients TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    day TEXT,
    last TEXT,
    contact TEXT,
    answers TEXT,
    score REAL,
    confidence REAL NOT NULL,
    flags TEXT NOT NULL,
    related INTEGER NOT NULL,
    verdict TEXT,
    UNIQUE (rid, n)
) STRICT;
CREATE INDEX events_id ON events (id);
CREATE INDEX events_type ON events (type, day);
CREATE INDEX events_day ON events (day);
CREATE INDEX events_contact ON events (contact) WHERE contact IS NOT NULL;
CREATE INDEX events_verdict ON events (verdict) WHERE verdict IS NOT NULL;

-- Apart from the columns, which are so few pages that sums over all events need no index: "row" is what the
-- reader wrote, "corrected" the row with a person's changes.
CREATE TABLE event_rows (
    eid INTEGER PRIMARY KEY REFERENCES events (eid),
    row TEXT NOT NULL,
    corrected TEXT
) STRICT;
CREATE VIEW whole_events AS
SELECT e.*, w.row, w.corrected FROM events AS e JOIN event_rows AS w USING (eid);

-- Everybody and every place of a row.  "side": actor, recipient, source or place.
CREATE TABLE parties (
    eid INTEGER NOT NULL REFERENCES events (eid),
    side TEXT NOT NULL,
    k INTEGER NOT NULL,
    party TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (eid, side, k)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_country ON parties (country, side);
CREATE INDEX parties_party ON parties (party, side);
CREATE INDEX parties_name ON parties (name, side);

CREATE TABLE statements (
    sid INTEGER PRIMARY KEY,
    rid INTEGER NOT NULL REFERENCES reports (rid),
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    speaker TEXT,
    country TEXT,
    name TEXT,
    day TEXT,
    last TEXT,
    row TEXT NOT NULL,
    UNIQUE (rid, n)
) STRICT;
CREATE INDEX statements_id ON statements (id);

CREATE TABLE notes (
    rid INTEGER NOT NULL REFERENCES reports (rid),
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    own INTEGER NOT NULL,
    PRIMARY KEY (rid, n)
) STRICT, WITHOUT ROWID;

-- Earlier contents of a report whose text or head came again otherwise: nothing is lost.
CREATE TABLE versions (
    id TEXT NOT NULL,
    digest TEXT NOT NULL,
    report TEXT NOT NULL,
    rows TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    added TEXT NOT NULL,
    replaced TEXT NOT NULL,
    raw BLOB,
    PRIMARY KEY (id, digest)
) STRICT;

-- Hashes of sentences and sampled word groups, by which copies are found.
CREATE TABLE marks (
    hash INTEGER NOT NULL,
    rid INTEGER NOT NULL REFERENCES reports (rid),
    PRIMARY KEY (hash, rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_report ON marks (rid);

-- What a person said of a row, and what was taken back: both are only ever added to.
CREATE TABLE judgements (
    jid INTEGER PRIMARY KEY,
    row TEXT NOT NULL,
    report TEXT NOT NULL,
    digest TEXT NOT NULL,
    sentence TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'corrected')),
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    changes TEXT NOT NULL,
    remark TEXT
) STRICT;
CREATE INDEX judgements_row ON judgements (row);
CREATE INDEX judgements_report ON judgements (report);
CREATE TABLE undone (
    jid INTEGER PRIMARY KEY REFERENCES judgements (jid),
    "by" TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE failures (
    origin TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (origin, reason)
) STRICT;

-- What a server said of a page, for asking again only for what has changed.
CREATE TABLE validators (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT
) STRICT;

-- Full text: no copy of the words is kept; excerpts are cut from the texts.
CREATE VIRTUAL TABLE report_words USING fts5 (
    title, words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE event_words USING fts5 (
    title, words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
