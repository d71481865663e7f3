-- What reviewers decided of results: the second step of the schema, beside `schema.sql`.
--
-- A row is written once and never changed: an undo is a row of its own. Of several decisions on the
-- same passage and benefit the latest counts that no other row undoes.

-- Decisions of reviewers.
CREATE TABLE decisions (
    id          INTEGER PRIMARY KEY,     -- the later, the higher; the highest of a passage and benefit is their version
    summary_id  INTEGER NOT NULL,        -- the result that was reviewed: which document, model and framework
    document_id INTEGER NOT NULL,        -- the document of that result
    reviewer    TEXT NOT NULL,           -- who decided
    role        TEXT NOT NULL CHECK (role IN ('review', 'adjudication')), -- adjudication: between reviewers who differ
    blind       INTEGER NOT NULL CHECK (blind IN (0, 1)), -- 1: others' decisions were hidden from the reviewer
    action      TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'status', 'add', 'none', 'done', 'undo')),
                                         -- none: the passage speaks of no benefit; done: the document is read to its end
    position    INTEGER,                 -- of the passage in the document; NULL: of the whole document (done)
    benefit     TEXT,                    -- id in the framework; NULL: of every benefit (none, done)
    old_status  TEXT,                    -- status before; NULL: the benefit was absent
    new_status  TEXT,                    -- status from now on; NULL: the benefit is absent
    start_offset INTEGER,                -- where the words begin that the reviewer selected; NULL: the whole passage
    end_offset  INTEGER,                 -- where they end: the offset of the first character behind them
    comment     TEXT,                    -- in the reviewer's words
    undoes      INTEGER UNIQUE REFERENCES decisions, -- the decision that this row takes back; NULL: none
    decided_at  TEXT NOT NULL,           -- when it was stored
    CHECK ((action = 'undo') = (undoes IS NOT NULL)),
    FOREIGN KEY (summary_id, document_id) REFERENCES summaries (id, document_id),
    FOREIGN KEY (document_id, position) REFERENCES passages (document_id, position)
) STRICT;
CREATE INDEX decisions_by_summary ON decisions (summary_id, role, reviewer);
