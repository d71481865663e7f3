"""Why a passage was given a benefit: the words that carried it, and the labelled passages that it is most like."""

from lhs_nlp.explanation.examples import Example, Examples, load_examples, save_examples, write_passages
from lhs_nlp.explanation.explain import explain
from lhs_nlp.explanation.types import METHOD, Explanation, Neighbour, Word
from lhs_nlp.explanation.words import word_effects

__all__ = [
    "METHOD",
    "Example",
    "Examples",
    "Explanation",
    "Neighbour",
    "Word",
    "explain",
    "load_examples",
    "save_examples",
    "word_effects",
    "write_passages",
]
