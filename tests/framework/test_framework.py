from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lhs_nlp.errors import FrameworkError
from lhs_nlp.framework import Concept, default_framework, default_framework_toml, parse_framework, read_framework


def test_shipped_framework_has_the_six_benefits_of_welch_et_al() -> None:
    framework = default_framework()
    expected = ("quality", "safety", "equity", "patient_satisfaction", "reputation", "value")
    assert framework.benefit_ids == expected
    assert framework.claim_ids == ("anticipated", "achieved")
    assert all(len(benefit.concepts) >= 4 for benefit in framework.benefits)


def test_statuses_are_ranked_as_the_codebook_says() -> None:
    ranked = sorted(default_framework().statuses, key=lambda status: -status.rank)
    assert [status.id for status in ranked] == ["achieved", "not_achieved", "anticipated", "context"]


def test_hash_is_of_the_content_when_read_twice() -> None:
    text = default_framework_toml()
    assert parse_framework(text).sha256 == default_framework().sha256
    assert parse_framework(text.replace("1.0.0", "1.0.1")).sha256 != default_framework().sha256


def test_entries_are_found_by_id() -> None:
    framework = default_framework()
    assert framework.concept("value", "cost").name == "Cost"
    with pytest.raises(KeyError):
        framework.benefit("beauty")


def test_concept_is_cued_by_whole_words_in_any_case() -> None:
    concept = default_framework().concept("value", "efficiency")
    assert concept.is_cued_by("Length of Stay fell.")
    assert not concept.is_cued_by("The inefficiently run clinic")


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("length of stay", "The length of\nstay fell."),
        ("length of stay", "The length of\u00a0stay fell."),
        (" length of  stay ", "The length of stay fell."),
        ("patients' choice", "It is the patients\u2019 choice."),
        ("patients\u2019 choice", "It is the patients' choice."),
        ("cost-effective", "It is cost\u2011effective."),
        ("cost-benefit", "A cost\u2013benefit analysis was made."),
        ("qualite\u0301", "La qualit\u00e9 des soins."),
        ("qualit\u00e9", "La qualite\u0301 des soins."),
    ],
)
def test_concept_is_cued_however_blanks_apostrophes_and_hyphens_are_set(cue: str, text: str) -> None:
    assert Concept("mine", "Mine", cues=(cue,)).is_cued_by(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema = 1", "schema = 9", "schema = 1"),
        ('id = "lhs-benefits"', "", "`id` must be a text"),
        ('id = "safety"', 'id = "quality"', "two [[benefit]] tables have the id 'quality'"),
        ('id = "safety"', 'id = "Patient safety"', "an id is lower-case"),
        ('id = "evidence_based_care"', 'id = "outcomes"', "two [[benefit.concept]] tables have the id 'outcomes'"),
        ('name = "Safety"', "", "`name` is missing"),
        ('name = "Safety"', "name = 3", "must be of type str"),
        ('name = "Safety"', 'name = " "', "benefit 'safety': `name` must be a text"),
        ('name = "Achieved"', 'name = "Achieved\\nin full"', "status 'achieved': `name` must be words on one line"),
        ('name = "Framework of', 'name = "\\u001b[31mFramework of', "`name` must be words on one line"),
        ('version = "', 'version = "\\r', "`version` must be words on one line"),
        ("claim = true", "claim = false", "no status has `claim = true`"),
        ('name = "Safety"', 'name = "Safety"\ncolour = "red"', "unknown key 'colour'"),
        ("[[stakeholder]]", "[[stakeholders]]", "unknown key 'stakeholders'"),
        ('cues = ["mortality"', 'cues = [1, "mortality"', "must be a list of texts"),
    ],
)
def test_malformed_framework_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(FrameworkError) as raised:
        parse_framework(default_framework_toml().replace(old, new), origin="mine.toml")
    assert said in str(raised.value)
    assert str(raised.value).startswith("mine.toml")


def test_benefit_without_key_concepts_is_told_how_they_are_written() -> None:
    text = f'{default_framework_toml()}\n[[benefit]]\nid = "joy"\nname = "Joy"\ndescription = "Joy in work."\n'
    with pytest.raises(FrameworkError, match=r"benefit 'joy': needs at least one \[\[benefit\.concept\]\] table\."):
        parse_framework(text)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match=r"cannot be opened \(No such file or directory\)\.\Z"):
        read_framework(tmp_path / "none.toml")


def test_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "framework.toml"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(FrameworkError, match="UTF-8"):
        read_framework(path)


@given(st.text(max_size=300))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with pytest.raises(FrameworkError):
        parse_framework(text)


def test_byte_order_mark_is_no_part_of_the_framework(tmp_path: Path) -> None:
    path = tmp_path / "framework.toml"
    path.write_text(default_framework_toml(), encoding="utf-8-sig")
    assert read_framework(path) == default_framework()
