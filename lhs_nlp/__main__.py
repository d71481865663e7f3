"""``python -m lhs_nlp``: the command line."""

from lhs_nlp.cli import main

if __name__ == "__main__":
    main()
