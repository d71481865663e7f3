"""Which references are to one publication."""
