from __future__ import annotations

from lhs_nlp.references.keys import Keys


def test_taken_keys_are_numbered() -> None:
    keys = Keys(["falls", "falls-3"])
    assert [keys.take("falls") for _ in range(3)] == ["falls-2", "falls-4", "falls-5"]
    assert [keys.take("homes"), keys.take("homes")] == ["homes", "homes-2"]


def test_capitals_make_another_key_only_where_they_do() -> None:
    assert Keys(["Falls"]).take("falls") == "falls"
    assert Keys(["Falls"], str.casefold).take("falls") == "falls-2"


def test_many_references_with_one_key_are_numbered_without_trying_all_numbers_again() -> None:
    compared: list[str] = []

    def same(key: str) -> str:
        compared.append(key)
        return key

    keys = Keys([], same)
    assert [keys.take("falls") for _ in range(1000)][-1] == "falls-1000"
    assert len(compared) < 10_000
