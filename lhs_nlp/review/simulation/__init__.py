"""Finished screenings, played again to see how much a ranking saves."""
