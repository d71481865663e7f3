from __future__ import annotations

from pathlib import Path

import pytest

from lhs_nlp.errors import ReferencesError
from lhs_nlp.references import Reference, reference_bytes, with_tags
from tests.references.examples import ENDNOTE, RIS, read_text


def test_record_is_read(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, ENDNOTE).records
    assert first == Reference(
        type="Journal Article",
        title="Fewer falls after a learning health system was set up",
        abstract="Falls harm & cost.",
        authors=("Okafor, Ada N.", "de la Cruz, Jos\u00e9"),
        year=2021,
        doi="10.1234/wq.2021.7",
        pmid="31234567",
        journal="Ward Quarterly",
        volume="12",
        issue="4",
        pages="101-109",
        keywords=("accidental falls", "safety"),
        url=None,
        language=None,
        format="endnote",
        fields=first.fields,
    )
    assert (second.type, second.title, second.year) == ("Report", "Waiting times of one clinic", 2019)


def test_looks_of_texts_are_kept(tmp_path: Path) -> None:
    records = read_text(tmp_path, ENDNOTE).records
    assert '<style face="italic">falls</style>' in reference_bytes(records, "endnote").decode()


def test_accession_number_is_pubmeds_where_its_library_provides_the_record(tmp_path: Path) -> None:
    database = "<remote-database-name>PubMed</remote-database-name>"
    provider = database.replace("name>", "provider>").replace("PubMed", "NLM")
    assert read_text(tmp_path, ENDNOTE.replace(database, provider)).records[0].pmid == "31234567"
    assert read_text(tmp_path, ENDNOTE.replace(database, "")).records[0].pmid is None


def test_other_formats_are_written_with_name_and_number_of_their_type(tmp_path: Path) -> None:
    written = reference_bytes(read_text(tmp_path, RIS).records, "endnote").decode()
    assert '<ref-type name="Journal Article">17</ref-type>' in written
    assert '<ref-type name="Report">27</ref-type>' in written


def test_tags_are_keywords_and_join_the_notes(tmp_path: Path) -> None:
    record = read_text(tmp_path, ENDNOTE).records[0]
    tagged = with_tags(with_tags(record, ["LHS: safety"], ["one"]), ["LHS: equity"], ["two <3"])
    assert tagged.keywords == ("accidental falls", "safety", "LHS: safety", "LHS: equity")
    assert dict(tagged.fields)["notes/style"] == "one\ntwo <3"


def test_xml_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match="neither PubMed's nor EndNote's") as raised:
        read_text(tmp_path, "<plan><p>We meet.</p></plan>")
    assert raised.value.reason == "unsupported"
