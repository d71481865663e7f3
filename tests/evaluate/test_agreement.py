"""Two labellings beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lhs_nlp.errors import GoldError
from lhs_nlp.evaluate import agreement_to_text, compare
from tests.evaluate.labelled import ABSENT, BACKGROUND, FRAMEWORK, HOPED, SEEN, gold

# Warmth: both see it in rows 0, 1 and 2, the first alone in 3; of the three they agree on the status of two.
FIRST = gold(
    "aabbc",
    [[HOPED, ABSENT], [SEEN, ABSENT], [BACKGROUND, ABSENT], [SEEN, ABSENT], [ABSENT, ABSENT]],
    [[1, 0, 0], [0, 1, 0], [-1, -1, -1], [1, 0, 0], [0, 0, 0]],
)
SECOND = gold(
    "aabbc",
    [[HOPED, ABSENT], [HOPED, ABSENT], [BACKGROUND, ABSENT], [ABSENT, ABSENT], [ABSENT, ABSENT]],
    [[1, 1, 0], [0, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 0]],
)


def test_presence_is_compared_in_every_passage() -> None:
    warmth = compare(FIRST, SECOND, FRAMEWORK, replicates=0).presence.by_benefit["warmth"]
    assert (warmth.units, warmth.first["yes"], warmth.second["yes"]) == (5, 4, 3)
    assert warmth.observed.value == 0.8
    # By hand: by chance 4/5 * 3/5 + 1/5 * 2/5 = 14/25; of ten labels seven are "yes".
    assert warmth.kappa.value == pytest.approx((0.8 - 0.56) / (1 - 0.56))
    assert warmth.alpha.value == pytest.approx(1 - 9 * 2 / (100 - 49 - 9))


def test_claims_are_the_statuses_that_claim() -> None:
    warmth = compare(FIRST, SECOND, FRAMEWORK, replicates=0).claims.by_benefit["warmth"]
    assert (warmth.first["yes"], warmth.second["yes"], warmth.observed.value) == (3, 2, 0.8)


def test_status_is_compared_where_both_see_the_benefit() -> None:
    warmth = compare(FIRST, SECOND, FRAMEWORK, replicates=0).status.by_benefit["warmth"]
    assert warmth.units == 3
    assert warmth.observed.value == pytest.approx(2 / 3)
    # By hand: by chance 1/3 * 2/3 + 1/3 * 0 + 1/3 * 1/3 = 1/3.
    assert warmth.kappa.value == pytest.approx(0.5)


def test_concepts_are_compared_where_both_see_the_benefit_and_labelled_them() -> None:
    concepts = compare(FIRST, SECOND, FRAMEWORK, replicates=0).concepts
    assert concepts is not None
    assert (concepts.by_benefit["warmth"].units, concepts.by_benefit["warmth"].observed.value) == (4, 0.75)
    assert concepts.by_benefit["light"].units == 0


def test_concepts_are_none_where_nobody_labelled_them() -> None:
    unlabelled = gold("aabbc", FIRST.status.tolist())
    assert compare(unlabelled, SECOND, FRAMEWORK, replicates=0).concepts is None


def test_coefficient_is_undefined_with_its_reason() -> None:
    found = compare(FIRST, SECOND, FRAMEWORK, replicates=0)
    light = found.presence.by_benefit["light"]
    assert (light.observed.value, light.kappa.value, light.alpha.value) == (1, None, None)
    assert light.undefined == "both gave every case the same label"
    assert found.status.by_benefit["light"].undefined == "no case that both labelled"
    assert (found.presence.macro["kappa"].over, found.presence.macro["observed"].over) == (1, 2)


def test_pooled_cases_are_those_of_all_benefits() -> None:
    pooled = compare(FIRST, SECOND, FRAMEWORK, replicates=0).presence.pooled
    assert (pooled.units, pooled.first["yes"], pooled.second["yes"], pooled.observed.value) == (10, 4, 3, 0.9)


def test_same_labels_agree_fully() -> None:
    found = compare(FIRST, FIRST, FRAMEWORK, replicates=50)
    for task in (found.presence, found.claims, found.status):
        assert (task.pooled.observed.value, task.pooled.kappa.value, task.pooled.alpha.value) == (1, 1, 1)
    assert found.disagreements == ()


def test_intervals_hold_the_value_and_are_the_same_again() -> None:
    a, b = (gold("abcdefghijkl", [[HOPED if at < yes else ABSENT, ABSENT] for at in range(12)]) for yes in (6, 5))
    first, second = (compare(a, b, FRAMEWORK) for _ in range(2))
    assert first == second
    kappa = first.presence.by_benefit["warmth"].kappa
    assert kappa.low is not None
    assert kappa.high is not None
    assert kappa.value is not None
    assert kappa.low <= kappa.value <= kappa.high


def test_kappa_has_no_interval_where_few_documents_have_the_benefit_by_either() -> None:
    docs = [f"d{at}" for at in range(40)]
    a, b = (
        gold(docs, [[HOPED if at < 10 else ABSENT, SEEN if start <= at < start + 3 else ABSENT] for at in range(40)])
        for start in (0, 2)
    )
    presence = compare(a, b, FRAMEWORK).presence
    light = presence.by_benefit["light"]
    assert light.kappa.value is not None
    assert (light.kappa.low, light.alpha.low) == (None, None)
    assert light.observed.low is not None
    assert presence.macro["kappa"].estimate.low is not None
    assert presence.pooled.alpha.low is not None


def test_passages_are_matched_by_id_and_the_others_named() -> None:
    found = compare(FIRST.take([0, 3, 1]), SECOND.take([1, 2, 0]), FRAMEWORK, replicates=0)
    assert (found.passages, found.documents) == (2, 1)
    assert (found.only_first, found.only_second) == (("p3",), ("p2",))
    assert [(entry.id, entry.first, entry.second) for entry in found.disagreements] == [("p1", "seen", "hoped")]


def test_disagreements_name_both_statuses_and_the_text() -> None:
    found = compare(FIRST, SECOND, FRAMEWORK, replicates=0).disagreements
    assert [(entry.id, entry.benefit, entry.first, entry.second) for entry in found] == [
        ("p1", "warmth", "seen", "hoped"),
        ("p3", "warmth", "seen", None),
    ]
    assert found[0].text == "Passage number 1."


def test_white_space_of_a_text_does_not_matter() -> None:
    spaced = replace(SECOND, texts=tuple(text.replace(" ", "\n ") for text in SECOND.texts))
    assert compare(FIRST, spaced, FRAMEWORK, replicates=0).passages == 5


def test_files_that_do_not_match_are_refused() -> None:
    with pytest.raises(GoldError, match="no passage id in common"):
        compare(FIRST.take([0]), SECOND.take([1]), FRAMEWORK)
    with pytest.raises(GoldError, match="'p0' has another text"):
        compare(FIRST, replace(SECOND, texts=("Other.", *SECOND.texts[1:])), FRAMEWORK)


def test_dictionary_holds_plain_values_and_prevalence() -> None:
    data = compare(FIRST, SECOND, FRAMEWORK, replicates=10).to_dict(show=1)
    assert data["presence"]["by_benefit"]["warmth"]["prevalence"] == {"no": 0.3, "yes": 0.7}
    assert data["disagreements"]["count"] == 2
    assert len(data["disagreements"]["shown"]) == 1


def test_text_says_why_a_coefficient_is_missing() -> None:
    text = agreement_to_text(compare(FIRST, SECOND, FRAMEWORK, replicates=10), FRAMEWORK, show=5)
    assert "Light: no kappa, both gave every case the same label." in text
    assert "p3 Warmth: Seen / absent" in text
    assert max(map(len, text.splitlines())) <= 80
