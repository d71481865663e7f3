"""Full-text search over a store's documents, by SQLite's FTS5."""

from __future__ import annotations

import re
import time
from contextlib import closing
from sqlite3 import Connection

from lhs_nlp.archive.store.columns import expanded, storable

TURN = 0.5
"""Seconds after which a transaction that indexes ends, so that others who write to the store need not wait for long."""

# Made when it is first needed, and not with the schema: a store can be used where SQLite has no FTS5.
_TABLE = """
    CREATE VIRTUAL TABLE IF NOT EXISTS text_search USING fts5 (
        title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
    )
"""
# Of earlier versions, which had passages alone: no headings, no references.
_DROP_OLD = "DROP TABLE IF EXISTS document_search"
# Documents are never changed or deleted, and later ones have higher keys.
_BEHIND = "SELECT EXISTS (SELECT 1 FROM documents WHERE id > (SELECT coalesce(max(rowid), 0) FROM text_search))"
_NEXT = """
    SELECT id, title, text FROM documents
    WHERE id > (SELECT coalesce(max(rowid), 0) FROM text_search) ORDER BY id
"""
_ADD = "INSERT INTO text_search (rowid, title, text) VALUES (?, ?, ?)"
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
"""Quotation marks as phones and word processors write them."""
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


def is_behind(connection: Connection) -> bool:
    """Return whether documents were added that cannot be searched yet."""
    table = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'text_search'").fetchone()
    return table is None or bool(connection.execute(_BEHIND).fetchone()[0])


def catch_up(connection: Connection) -> None:
    """Index documents that were added since, as many as a turn has time for, inside the caller's transaction."""
    connection.execute(_DROP_OLD)
    connection.execute(_TABLE)
    end = time.monotonic() + TURN
    with closing(connection.execute(_NEXT)) as rows:
        for key, title, text in rows:
            connection.execute(_ADD, (key, title, storable(expanded(text))))
            if time.monotonic() >= end:
                return


def match_expression(text: str) -> str | None:
    """Return what a person wrote as an expression of FTS5 that means just these words.

    All of them must occur in a document, in any order and form; words between quotation marks must
    follow each other. The last word may be the beginning of one, and so may each with an asterisk behind it.

    Returns
    -------
    str or None
        For the right side of ``text_search MATCH``; None when no word was written.
    """
    text = text.replace("\x00", " ").translate(_QUOTES)  # SQLite takes an expression to end at a zero
    found = [phrase or word for phrase, word in _WORD.findall(text)]
    words = [f'"{entry}"{"*" * entry.endswith("*")}' for entry in found if any(map(str.isalnum, entry))]
    if words and text[-1:].isalnum():
        words[-1] += "*"
    return " ".join(words) or None
