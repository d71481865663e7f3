-- A review project: the references of a literature review, and what was decided about them.
--
-- Records are never edited or removed once they were added: duplicates are rows that point at
-- records, and a decision that was taken back stays, with who took it back and when. What a newer
-- version reads better in the fields of records is read anew when it first opens the project.
--
-- Columns of time end in _at and hold UTC as YYYY-MM-DDTHH:MM:SSZ. JSON is UTF-8 text. A NULL is
-- unknown, or does not apply.
--
-- PRAGMA user_version is the version of this schema: 6.

-- Files that were added: one row a content, whatever its name.
CREATE TABLE sources (
    id          INTEGER PRIMARY KEY,     -- key of the row, of no meaning outside of this file
    sha256      TEXT NOT NULL UNIQUE,    -- of the file's bytes: the same file is added once
    name        TEXT NOT NULL,           -- its name when it was added
    format      TEXT NOT NULL,           -- ris, nbib, bibtex, ...
    encoding    TEXT NOT NULL,           -- of its bytes
    columns     TEXT NOT NULL,           -- JSON list of [column, field] for a table: what was taken for what
    added_by    TEXT NOT NULL,           -- who added it
    added_at    TEXT NOT NULL            -- when
) STRICT;

-- Text of a file that belongs to no record.
CREATE TABLE skipped (
    source_id   INTEGER NOT NULL REFERENCES sources, -- the file
    position    INTEGER NOT NULL,        -- its number in the file, from 1
    line        INTEGER NOT NULL,        -- where it begins, from 1
    text        TEXT NOT NULL,           -- the text, shortened when it is long
    reason      TEXT NOT NULL,           -- why it was skipped
    PRIMARY KEY (source_id, position)
) STRICT;

-- Records as they were read.
CREATE TABLE records (
    id          INTEGER PRIMARY KEY,     -- number of the record in this project
    source_id   INTEGER NOT NULL REFERENCES sources, -- the file
    position    INTEGER NOT NULL,        -- its number in the file, from 1
    type        TEXT,                    -- as the source calls it, e.g. JOUR
    title       TEXT,
    abstract    TEXT,
    authors     TEXT NOT NULL,           -- JSON list of "Family, Given"
    year        INTEGER,
    doi         TEXT,                    -- lower case, bare
    pmid        TEXT,                    -- digits
    journal     TEXT,
    volume      TEXT,
    issue       TEXT,
    pages       TEXT,
    keywords    TEXT NOT NULL,           -- JSON list
    url         TEXT,
    language    TEXT,
    format      TEXT NOT NULL,           -- of the file that it was read from
    fields      TEXT NOT NULL,           -- JSON list of [tag, value]: every field of the source, known or not
    UNIQUE (source_id, position)
) STRICT;

-- Words of records, for full-text search.
CREATE VIRTUAL TABLE words USING fts5 (
    title, abstract, keywords, content = 'records', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER words_of_records AFTER INSERT ON records BEGIN
    INSERT INTO words (rowid, title, abstract, keywords) VALUES (new.id, new.title, new.abstract, new.keywords);
END;

-- Which publication each record is of, as it was last worked out. A publication is named by its first record.
CREATE TABLE publications (
    record_id   INTEGER PRIMARY KEY REFERENCES records,
    publication_id INTEGER NOT NULL REFERENCES records -- the record itself when it has no duplicates
) STRICT;
CREATE INDEX publications_by_publication ON publications (publication_id);

-- Pairs of records that look alike, as it was last worked out.
CREATE TABLE pairs (
    first_id    INTEGER NOT NULL REFERENCES records,
    second_id   INTEGER NOT NULL REFERENCES records,
    score       REAL NOT NULL,           -- 0 to 1
    reason      TEXT NOT NULL,           -- what agrees and what does not, in words
    joined      INTEGER NOT NULL CHECK (joined IN (0, 1)), -- 1: duplicates; 0: close, but kept apart
    PRIMARY KEY (first_id, second_id)
) STRICT;

-- What somebody said of a pair of records, whatever its score.
CREATE TABLE judgements (
    id          INTEGER PRIMARY KEY,
    first_id    INTEGER NOT NULL REFERENCES records,
    second_id   INTEGER NOT NULL REFERENCES records,
    same        INTEGER NOT NULL CHECK (same IN (0, 1)), -- 1: one publication
    reason      TEXT,
    made_by     TEXT NOT NULL,           -- who
    made_at     TEXT NOT NULL,           -- when
    undone_by   TEXT,                    -- who took it back; NULL: it holds
    undone_at   TEXT,
    CHECK (first_id < second_id)
) STRICT;

-- Up to where `publications` and `pairs` are worked out: one row.
CREATE TABLE worked_out (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    records     INTEGER NOT NULL,        -- records that were compared
    judgements  INTEGER NOT NULL         -- judgements made and undone by then
) STRICT;
INSERT INTO worked_out VALUES (1, 0, 0);

-- What makes a record one of the review, or not.
CREATE TABLE criteria (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('include', 'exclude')),
    text        TEXT NOT NULL,
    made_by     TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    undone_by   TEXT,                    -- who retired it; NULL: it holds
    undone_at   TEXT
) STRICT;

-- Decisions of screeners. The last one of a screener that was not undone holds, for every record of the publication.
CREATE TABLE decisions (
    id          INTEGER PRIMARY KEY,
    record_id   INTEGER NOT NULL REFERENCES records,
    stage       TEXT NOT NULL CHECK (stage IN ('title_abstract', 'full_text')),
    decision    TEXT NOT NULL CHECK (decision IN ('include', 'exclude', 'maybe')),
    criterion_id INTEGER REFERENCES criteria, -- the criterion that decided
    reason      TEXT,                    -- in the screener's words
    made_by     TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    undone_by   TEXT,                    -- who took it back; NULL: it holds
    undone_at   TEXT,
    role        TEXT NOT NULL DEFAULT 'screen' CHECK (role IN ('screen', 'adjudicate')) -- adjudicate: between screeners
) STRICT;
CREATE INDEX decisions_by_record ON decisions (record_id);

-- How decisions of several screeners become one: one row.
CREATE TABLE rule (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    screeners   INTEGER NOT NULL CHECK (screeners >= 1), -- screeners who must decide on a publication
    conflicts   TEXT NOT NULL CHECK (conflicts IN ('adjudicate', 'include')), -- include: one who includes is enough
    made_by     TEXT,                    -- who changed it last; NULL: it is as it was at first
    made_at     TEXT
) STRICT;
INSERT INTO rule VALUES (1, 1, 'adjudicate', NULL, NULL);

-- Files that hold the full text of a publication. The last one that was not undone holds, for every record of it.
CREATE TABLE full_texts (
    id          INTEGER PRIMARY KEY,
    record_id   INTEGER NOT NULL REFERENCES records, -- a record of the publication
    sha256      TEXT NOT NULL,           -- of the file's bytes
    path        TEXT NOT NULL,           -- where it was
    matched_by  TEXT NOT NULL,           -- what told that it is the publication's, in words
    attached_by TEXT NOT NULL,           -- who
    attached_at TEXT NOT NULL,           -- when
    undone_by   TEXT,                    -- who took it back; NULL: it holds
    undone_at   TEXT
) STRICT;

-- Vectors of titles and abstracts, for search by meaning, and of titles, for the order of screening.
CREATE TABLE vectors (
    text_sha256 TEXT NOT NULL,           -- of the text, as UTF-8
    model_sha256 TEXT NOT NULL,          -- of the model that made it
    vector      BLOB NOT NULL,           -- float32, little-endian, of length 1
    PRIMARY KEY (text_sha256, model_sha256)
) STRICT;
