"""Files that hold full texts: which publication each is of."""
