"""Decisions on publications: what to decide next, how screeners agree, when to stop."""
