"""How alike two references are: one score, with a reason in words.

The score is a weighted mean of agreement over the fields that both references have, in the
manner of Fellegi and Sunter (1969, doi:10.1080/01621459.1969.10501049) with weights set by
hand: a title says most, a volume least. What no slip of typing explains is a veto: another
number in the title, a protocol beside its review, another title over another abstract, or another
number in PubMed. Under one title an abstract counts only where it is the same: databases and
repositories write their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lhs_nlp.errors import LhsNlpError, how_to_install
from lhs_nlp.review.duplicates.traits import LEAST_ABSTRACT, Traits
from lhs_nlp.review.duplicates.vetoes import veto

try:
    from rapidfuzz import fuzz
except ImportError as error:
    raise LhsNlpError(f"Finding duplicates needs an extra: {how_to_install('review')}.") from error

WEIGHTS = {
    "title": 0.55,
    "authors": 0.15,
    "year": 0.08,
    "journal": 0.08,
    "volume": 0.04,
    "first page": 0.10,
    "abstract": 0.30,
}
"""What a field says where both references have it."""

OTHER_IDENTIFIER = 0.4
"""What another DOI or PMID says against two references being one: an article and its preprint have one each."""

SAME_ABSTRACT = 0.85
"""Abstracts at least this much alike are the same."""

OTHER_ABSTRACT = 0.6
"""Abstracts less alike than this have nothing in common but the language."""

LEAST_TITLE = 0.6
"""Two references with one DOI or PMID and titles less alike than this must share more: a DOI may be of a whole
supplement, and a title may be a translation."""

LONE_TITLE = 0.95
"""Where only years are known besides, titles must be this much alike: one word may make another work."""

IN_DOUBT = 0.75
"""Score of references that are alike in what they have, of which that is not enough."""

HOPELESS_TITLE = 0.5
"""Titles less alike than this cannot be made good by all the other fields."""

FEW_WORDS = 5
"""A title of fewer words than this is no evidence without a common author, abstract or place in a journal."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two references are.

    Parameters
    ----------
    score
        0 to 1; 1 for one identifier.
    reason
        What agrees and what does not, in words.
    vetoed
        They are different works, however alike they look.
    """

    score: float
    reason: str
    vetoed: bool = False


def compare(one: Traits, other: Traits) -> Likeness:
    """Return how alike two references are."""
    title = title_likeness(one.title, other.title) if one.title and other.title else None
    abstract = _abstracts(one, other)
    if identifier := _same_identifier(one, other):
        if title is None or title >= LEAST_TITLE or abstract == 1.0:
            return Likeness(1.0, f"same {identifier}")
        return _despite_titles(one, other, identifier, title, abstract)
    if abstract == 1.0:
        return _weigh(one, other, title, abstract)
    if title is not None and title < HOPELESS_TITLE:
        return Likeness(0.0, "other title")
    if why := veto(one, other):
        return Likeness(0.0, why, vetoed=True)
    return _weigh(one, other, title, abstract)


def _despite_titles(one: Traits, other: Traits, identifier: str, title: float, abstract: float | None) -> Likeness:
    """Return what an identifier says where titles differ: one may lack the other's subtitle, or be a translation."""
    if not one.families or one.families[:1] != other.families[:1]:
        return Likeness(IN_DOUBT, f"same {identifier}; other title, other first author")
    cut = one.title.startswith(other.title) or other.title.startswith(one.title)
    translated = _is_same_place(dict(_agreements(one, other))) and abstract is None
    if identifier == "PMID" or title >= HOPELESS_TITLE or cut or translated:
        return Likeness(1.0, f"same {identifier}")
    return Likeness(IN_DOUBT, f"same {identifier}, first author; other title")


def _weigh(one: Traits, other: Traits, title: float | None, abstract: float | None) -> Likeness:
    agreement = dict(_agreements(one, other))
    if abstract is not None:
        agreement["abstract"] = abstract
    # One abstract at one place in one journal: the other title is a translation.
    if title is not None and (title >= LEAST_TITLE or not (_is_same_place(agreement) and abstract == 1.0)):
        agreement["title"] = title
    if not _is_enough(one, other, agreement):
        return Likeness(0.0, "too little to compare")
    score, reason = _score(one, other, agreement), _reason(one, other, agreement)
    if agreement.keys() <= {"title", "year"} and title is not None and title < LONE_TITLE:
        score = min(score, IN_DOUBT)
    return Likeness(score, reason, vetoed=abstract == 0.0 or _differ_by_pmid(one, other))


def title_likeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0 to 1, whatever the order of their words."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) / 100


def _same_identifier(one: Traits, other: Traits) -> str:
    if one.doi and one.doi == other.doi:
        return "DOI"
    return "PMID" if one.pmid and one.pmid == other.pmid else ""


def _agreements(one: Traits, other: Traits) -> Iterator[tuple[str, float]]:
    if one.families and other.families:
        yield "authors", _authors(one, other)
    if one.year and other.year:
        yield "year", {0: 1.0, 1: 0.7}.get(abs(one.year - other.year), 0.0)
    if one.journal and other.journal:
        yield "journal", _journals(one.journal, other.journal)
    if one.volume and other.volume:
        yield "volume", float(one.volume == other.volume)
    if one.page and other.page:
        yield "first page", float(one.page == other.page)


def _authors(one: Traits, other: Traits) -> float:
    """Return the share of the shorter list's families that are names in the longer one."""
    short, long = sorted((one, other), key=lambda traits: len(traits.families))
    found = sum(family in long.names or set(family.split()) <= long.names for family in short.families)
    return found / len(short.families)


def _journals(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike two names are; an abbreviation is the name that it stands for."""
    pairs = list(zip(one, other, strict=False))
    if len(one) == len(other) and all(a.startswith(b) or b.startswith(a) for a, b in pairs):
        return 1.0
    return fuzz.token_set_ratio(" ".join(one), " ".join(other)) / 100


def _abstracts(one: Traits, other: Traits) -> float | None:
    """Return 1 for one abstract, 0 for two under titles that differ, too, and None where abstracts tell nothing."""
    # Cut to one length: one database ends where another goes on.
    length = min(len(one.abstract), len(other.abstract))
    if length < LEAST_ABSTRACT:
        return None
    alike = fuzz.ratio(one.abstract[:length], other.abstract[:length])
    if alike >= 100 * SAME_ABSTRACT:
        return 1.0
    return 0.0 if alike < 100 * OTHER_ABSTRACT and one.title != other.title else None


def _is_enough(one: Traits, other: Traits, agreement: Mapping[str, float]) -> bool:
    if "title" in agreement:
        words = min(len(one.title.split()), len(other.title.split()))
        shared = any(agreement.get(name, 0.0) > 0 for name in ("authors", "abstract"))
        return words >= FEW_WORDS or shared or _is_unsigned_copy(one, other, agreement)
    return {"authors", "journal", "volume", "first page"} <= agreement.keys()


def _is_unsigned_copy(one: Traits, other: Traits, agreement: Mapping[str, float]) -> bool:
    """Return whether one title stands at one place, without authors that differ: as editorials and news often do."""
    by_others = "authors" in agreement or bool(one.doi and other.doi)
    return one.title == other.title and _is_same_place(agreement) and not by_others


def _is_same_place(agreement: Mapping[str, float]) -> bool:
    return all(agreement.get(name) == 1.0 for name in ("journal", "volume", "first page"))


def _differ_by_doi(one: Traits, other: Traits, agreement: Mapping[str, float]) -> bool:
    # One place in one journal holds one work; a DOI may be misprinted.
    return bool(one.doi and other.doi and one.doi != other.doi) and not _is_same_place(agreement)


def _differ_by_pmid(one: Traits, other: Traits) -> bool:
    # PubMed gives each work one number, which databases copy and nobody types.
    return bool(one.pmid and other.pmid and one.pmid != other.pmid)


def _score(one: Traits, other: Traits, agreement: Mapping[str, float]) -> float:
    differ = _differ_by_doi(one, other, agreement) or _differ_by_pmid(one, other)
    total = sum(WEIGHTS[name] for name in agreement) + OTHER_IDENTIFIER * differ
    return sum(WEIGHTS[name] * value for name, value in agreement.items()) / total


def _reason(one: Traits, other: Traits, agreement: Mapping[str, float]) -> str:
    said = [f"title {agreement['title']:.2f} alike"] if "title" in agreement else []
    same = [name for name, value in agreement.items() if name != "title" and value >= 0.7]
    differ = [name for name, value in agreement.items() if name != "title" and value < 0.7]
    if same:
        said.append(f"same {', '.join(same)}")
    if _differ_by_doi(one, other, agreement):
        differ.append("DOI")
    if _differ_by_pmid(one, other):
        differ.append("PMID")
    if differ:
        said.append(f"other {', '.join(differ)}")
    return "; ".join(said)
