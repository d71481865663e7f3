-- A store of results: what was read, where it was found, and what each model found in it.
--
-- Everything is addressed by content. A document is its bytes' SHA-256; a result is one document,
-- one model and one framework. A row is written once and never changed, but for `runs` (which
-- end), `sources` and `failures` (which say what was true when the place was last looked at).
--
-- Columns of time end in _at and hold UTC as YYYY-MM-DDTHH:MM:SSZ. JSON is UTF-8 text. Offsets
-- count characters (Unicode code points) from 0. A NULL is unknown, or does not apply. Characters that
-- UTF-8 cannot hold (file names that are not text) are written as \udcXX.
--
-- PRAGMA user_version is the version of the schema: 1 with the tables of this file alone, 2 with those of
-- `decisions.sql`, which every store is given that is opened for writing.

-- Models that found something. A model is all files of its bundle but metrics and card.
CREATE TABLE models (
    id          INTEGER PRIMARY KEY,     -- key of the row, of no meaning outside of this file
    sha256      TEXT NOT NULL UNIQUE,    -- one hash over the hashes of those files
    name        TEXT NOT NULL            -- name and version, e.g. lhs-benefits-minilm-1.0.0
) STRICT;

-- Frameworks that were looked for.
CREATE TABLE frameworks (
    id          INTEGER PRIMARY KEY,     -- key of the row, of no meaning outside of this file
    sha256      TEXT NOT NULL UNIQUE,    -- hash of the content
    name        TEXT NOT NULL,           -- the framework's own id, e.g. lhs-benefits
    version     TEXT NOT NULL,           -- the framework's own version
    content     TEXT NOT NULL            -- JSON: benefits, concepts, statuses, dimensions, stakeholders
) STRICT;

-- Runs of `batch`, also those that were killed (they have no finished_at).
CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,     -- key of the row, of no meaning outside of this file
    model_id    INTEGER NOT NULL REFERENCES models, -- the model that tagged
    framework_id INTEGER NOT NULL REFERENCES frameworks, -- what it looked for
    version     TEXT NOT NULL,           -- version of lhs-nlp
    named       TEXT NOT NULL,           -- JSON list: the sources that the user named, without passwords
    started_at  TEXT NOT NULL,           -- when it began
    finished_at TEXT,                    -- when it ended; NULL while it runs, and when it was killed
    outcome     TEXT CHECK (outcome IN ('finished', 'interrupted', 'stopped')), -- stopped: by an error, or by the
                                         -- first failure when that was asked for
    tagged      INTEGER,                 -- documents that this run added results for
    skipped     INTEGER,                 -- documents whose results were there already
    failed      INTEGER                  -- places that could not be read
) STRICT;

-- What was read: one row a content, wherever and however often it was found.
CREATE TABLE documents (
    id          INTEGER PRIMARY KEY,     -- key of the row, of no meaning outside of this file
    sha256      TEXT NOT NULL UNIQUE,    -- of the file's bytes; of the UTF-8 text for a row of a table
    format      TEXT NOT NULL,           -- pdf, docx, html, markdown, text, jats or tei
    title       TEXT,                    -- when the file, or its row's table, says it or plainly shows it
    pages       INTEGER,                 -- NULL when the format has none
    words       INTEGER NOT NULL,        -- of the text, separated by white space
    characters  INTEGER NOT NULL,        -- of the text
    text        BLOB NOT NULL,           -- the whole text: UTF-8, compressed by zlib
    layout      BLOB NOT NULL,           -- JSON compressed by zlib:
                                         -- {"blocks": [[kind, start, end, level]], "page_starts": [offset]}
    metadata    TEXT NOT NULL,           -- JSON object: what the file says of itself (author, date, doi, ...)
    run_id      INTEGER NOT NULL REFERENCES runs, -- the run that read it
    read_at     TEXT NOT NULL            -- when it was stored
) STRICT;

-- Places where a document was found. A place holds one document at a time: when the file is
-- changed, the place moves to the new document, and a document without a place is history. So is that of a place
-- whose content cannot be had any more, e.g. as it is over the limit of size. A file that is gone or out of reach
-- keeps its place: it may be on a drive that is not there now, or behind a network that is down. So does one that
-- is as it was, whatever becomes of reading it.
CREATE TABLE sources (
    name        TEXT PRIMARY KEY,        -- path or URL as named; archive.zip/member, table.csv#id
    document_id INTEGER NOT NULL REFERENCES documents, -- what is there
    metadata    TEXT NOT NULL,           -- JSON object: the other columns of the table (year, funder, ...)
    run_id      INTEGER NOT NULL REFERENCES runs, -- the run that found this there first
    found_at    TEXT NOT NULL            -- when that was
) STRICT;
CREATE INDEX sources_by_document ON sources (document_id);

-- Passages of a document, in the order of the text: what is classified and quoted.
CREATE TABLE passages (
    document_id INTEGER NOT NULL REFERENCES documents, -- the document it stands in
    position    INTEGER NOT NULL,        -- its number in the document, from 0
    start_offset INTEGER NOT NULL,       -- where it begins in the document's text
    end_offset  INTEGER NOT NULL,        -- where it ends: the offset of the first character behind it
    page        INTEGER,                 -- from 1; NULL when the document has no pages
    section     TEXT,                    -- heading of the section
    text        TEXT NOT NULL,           -- the document's text between the offsets
    sha256      TEXT NOT NULL,           -- of the text: the same in every document that repeats it
    PRIMARY KEY (document_id, position)
) STRICT;

-- One result: what one model found in one document for one framework.
CREATE TABLE summaries (
    id          INTEGER PRIMARY KEY,     -- key of the row, of no meaning outside of this file
    document_id INTEGER NOT NULL REFERENCES documents, -- what was tagged
    model_id    INTEGER NOT NULL REFERENCES models, -- by which model
    framework_id INTEGER NOT NULL REFERENCES frameworks, -- and what it looked for
    text        TEXT NOT NULL,           -- one paragraph in plain words
    stakeholders TEXT NOT NULL,          -- JSON object: stakeholder -> benefits that are claimed for them
    claims      BLOB NOT NULL,           -- probability that each passage claims each benefit: float32, little-endian,
                                         -- passages x benefits in the framework's order, row by row
    run_id      INTEGER NOT NULL REFERENCES runs, -- the run that tagged it
    tagged_at   TEXT NOT NULL,           -- when it was stored
    UNIQUE (document_id, model_id, framework_id),
    UNIQUE (id, document_id)
) STRICT;
CREATE INDEX summaries_by_model ON summaries (model_id, framework_id);

-- What a result says about each benefit: one row a benefit of the framework.
CREATE TABLE verdicts (
    summary_id  INTEGER NOT NULL REFERENCES summaries, -- the result it is part of
    benefit     TEXT NOT NULL,           -- id in the framework
    verdict     TEXT NOT NULL CHECK (verdict IN ('claimed', 'needs_review', 'not_claimed')), -- needs_review: the
                                         -- model does not know, or cannot tell, as the summary's text says
    confidence  REAL NOT NULL,           -- probability that the document claims the benefit, 0 to 1
    statuses    TEXT NOT NULL,           -- JSON object: status -> passages that speak of the benefit in that status
    concepts    TEXT NOT NULL,           -- JSON list: key concepts found, most frequent first
    stakeholders TEXT NOT NULL,          -- JSON list: those to whom it is offered, most frequent first
    PRIMARY KEY (summary_id, benefit)
) STRICT;
CREATE INDEX verdicts_by_benefit ON verdicts (benefit, verdict);

-- Benefits that are present in a passage, and the few that are quoted without being surely present.
CREATE TABLE findings (
    summary_id  INTEGER NOT NULL,        -- the result it is part of
    document_id INTEGER NOT NULL,        -- the document of that result
    position    INTEGER NOT NULL,        -- of the passage in the document
    benefit     TEXT NOT NULL,           -- id in the framework
    probability REAL NOT NULL,           -- that the passage speaks of the benefit, 0 to 1
    present     INTEGER NOT NULL CHECK (present IN (0, 1)), -- 0: quoted only, for want of anything surer
    status      TEXT NOT NULL,           -- the most probable status, given that the benefit is present
    status_probabilities TEXT NOT NULL,  -- JSON object: status -> probability; sums to 1
    claim_probability REAL NOT NULL,     -- that the passage claims the benefit, 0 to 1
    claimed     INTEGER NOT NULL CHECK (claimed IN (0, 1)), -- 1: it is present, and its status makes a claim
    dimension   TEXT,                    -- where a claim stands (project, collaboration, program)
    concepts    TEXT NOT NULL,           -- JSON list of key concepts
    stakeholders TEXT NOT NULL,          -- JSON list of those to whom a claim offers the benefit
    quotation   INTEGER,                 -- 1 for the best quotation of this benefit, 2, 3; NULL: not among the best
    PRIMARY KEY (summary_id, position, benefit),
    FOREIGN KEY (summary_id, document_id) REFERENCES summaries (id, document_id),
    FOREIGN KEY (document_id, position) REFERENCES passages (document_id, position)
) STRICT;

-- Places that could not be read when they were last looked at; a rerun tries them again, and takes away those that
-- it looked at and that are none any more.
CREATE TABLE failures (
    source      TEXT PRIMARY KEY,        -- as in sources.name
    reason      TEXT NOT NULL,           -- not_found, unsupported, empty, encrypted, scanned, malformed, too_large,
                                         -- timeout, crashed, out_of_memory or unsafe
    message     TEXT NOT NULL,           -- a sentence that says what to do
    sha256      TEXT,                    -- of the bytes; NULL when they could not be had
    run_id      INTEGER NOT NULL REFERENCES runs, -- the run that tried it last
    failed_at   TEXT NOT NULL            -- when that was
) STRICT;
