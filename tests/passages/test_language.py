from __future__ import annotations

import pytest

from lhs_nlp.passages import looks_english

ENGLISH = (
    "The project will cut falls among older people by a third. Each ward has a nurse who counts them every week, and "
    "the figures are read at the handover, where the team agrees on what it will try next and who will tell families."
)
FRENCH = (
    "Le projet doit faire baisser d'un tiers les chutes des patients âgés. Chaque service compte les siennes une fois "
    "par semaine, et les chiffres sont lus lors de la relève, où l'équipe choisit ce qu'elle va essayer ensuite et "
    "comment les familles en seront averties."
)
GERMAN = (
    "Das Vorhaben soll Stürze älterer Menschen um ein Drittel verringern. Jede Station zählt die ihren einmal je "
    "Woche. Die Zahlen werden bei der Übergabe verlesen, wo die Gruppe entscheidet, was sie als nächstes versucht "
    "und wer es den Angehörigen sagt."
)
CHINESE = "跌倒减少了三分之一。患者更安全。费用也降低了。每周公布一次。"
GREEK = "Οι πτώσεις μειώθηκαν κατά ένα τρίτο."  # noqa: RUF001


@pytest.mark.parametrize("text", [FRENCH, GERMAN, CHINESE, GREEK], ids=["French", "German", "Chinese", "Greek"])
def test_other_languages_do_not_look_english(text: str) -> None:
    assert not looks_english(text)


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), "", "12 % 3,4", "Projet", ENGLISH + GREEK])
def test_english_and_what_is_too_short_to_tell_by_pass(text: str) -> None:
    assert looks_english(text)


def test_huge_text_is_told_by_its_beginning() -> None:
    assert looks_english(ENGLISH * 100 + FRENCH * 10_000)
