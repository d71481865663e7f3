from __future__ import annotations

import re
from pathlib import Path

import pytest

from lhs_nlp.references import Reference, converted, reference_bytes, reference_from, with_tags
from tests.references.examples import BIBTEX, RIS, read_text


def test_entry_is_read_without_braces_and_latex(tmp_path: Path) -> None:
    first, second = read_text(tmp_path, BIBTEX).records
    assert first == Reference(
        type="article",
        title="Fewer falls after a learning health system was set up: 50% at $3",
        abstract="Falls & harm of na\u00efve \u201ccare\u201d.",
        authors=("Okafor, Ada N.", "de la Cruz, Jos\u00e9", "Ward Group"),
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
        format="bibtex",
        fields=first.fields,
    )
    assert second.fields == (
        ("ENTRYTYPE", "techreport"),
        ("ID", "clinic2019"),
        ("title", "{Waiting times of one clinic}"),
        ("institution", "{Ministry of Made-up Health}"),
        ("year", "{2019}"),
    )


def test_indented_line_goes_on_with_the_one_before_and_one_at_the_margin_is_a_paragraph(tmp_path: Path) -> None:
    wrapped = "@article{a, title = {Falls},\nabstract = {We asked\n   wards.\n\n   All\n\tagreed.\nNobody fell.},\n}"
    assert read_text(tmp_path, wrapped).records[0].abstract == "We asked wards.\n\nAll agreed.\nNobody fell."


def test_number_of_pubmed_is_read_from_a_note_that_names_it(tmp_path: Path) -> None:
    entry = "@article{{a, title = {{Falls}}, note = {{{}}}}}"
    (named,) = read_text(tmp_path, entry.format("PMID: 31234567\nRead twice")).records
    assert named.pmid == "31234567"
    assert converted(named, "ris").pmid == "31234567"
    assert read_text(tmp_path, entry.format("Cited by: 31234567")).records[0].pmid is None


def test_values_are_kept_with_braces_and_names_of_strings_replaced(tmp_path: Path) -> None:
    fields = dict(read_text(tmp_path, BIBTEX).records[0].fields)
    assert fields["journal"] == "{Ward Quarterly}"
    assert fields["month"] == "mar"
    assert fields["local-file"] == r"{C:\papers\7.pdf}"


def test_comments_and_preambles_are_reported_with_their_lines(tmp_path: Path) -> None:
    pieces = [(piece.line, piece.text.split("{")[0]) for piece in read_text(tmp_path, BIBTEX).skipped]
    assert pieces == [(1, "% exported by hand"), (3, "@preamble"), (21, "@comment")]


def test_damaged_entry_is_reported_and_the_next_one_read(tmp_path: Path) -> None:
    found = read_text(tmp_path, "@article{a, title = {One}}\n@article{b, title = {Two\n@book{c, title = {Three}}\n")
    assert [record.title for record in found.records] == ["One", "Three"]
    (piece,) = found.skipped
    assert piece.line == 2
    assert "@article{b" in piece.text
    assert piece.reason.startswith("A damaged entry: ")


def test_keys_and_fields_that_come_twice_are_kept(tmp_path: Path) -> None:
    found = read_text(tmp_path, "@book{a, title = {One}, note = {x}, note = {y}}\n@book{a, title = {Two}}\n")
    assert [record.title for record in found.records] == ["One", "Two"]
    assert found.records[0].fields[-2:] == (("note", "{x}"), ("note", "{y}"))


def test_entry_in_round_brackets_is_read(tmp_path: Path) -> None:
    (record,) = read_text(tmp_path, '@book(a, title = "One (1)", year = 2020)').records
    assert (record.title, record.year) == ("One (1)", 2020)


def test_names_are_family_first(tmp_path: Path) -> None:
    names = "Ada Okafor and van der Berg, Jan and Roe, Jr., Kim and {World Group} and Ludwig van Beet and others"
    (record,) = read_text(tmp_path, f"@book{{a, author = {{{names}}}}}").records
    assert record.authors == (
        "Okafor, Ada",
        "van der Berg, Jan",
        "Roe Jr., Kim",
        "World Group",
        "van Beet, Ludwig",
    )


@pytest.mark.parametrize("field", ["eid", "Article-Number", "art_number"])
def test_number_of_an_article_stands_for_pages_where_there_are_none(tmp_path: Path, field: str) -> None:
    (record,) = read_text(tmp_path, f"@article{{a, title = {{One}}, {field} = {{{{789}}}}}}").records
    assert record.pages == "789"


def test_names_that_name_their_parts_are_family_first(tmp_path: Path) -> None:
    extended = "family=Dam, given=Jan Piet, given-i=JP, prefix=van, useprefix=true"
    braced = "{given={Jos{\\'e}}, family={Roe}, suffix={Jr}, useprefix=false}"
    (record,) = read_text(tmp_path, f"@book{{a, author = {{Okafor, Ada and {extended} and {braced}}}}}").records
    assert record.authors == ("Okafor, Ada", "van Dam, Jan Piet", "Roe Jr, Jos\u00e9")


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"{\"O}zt{\"u}rk", "\u00d6zt\u00fcrk"),
        (r"{\ss}{\o}{\L}", "\u00df\u00f8\u0141"),
        (r"\'{e}\c{c}\v{s}\~n", "\u00e9\u00e7\u0161\u00f1"),
        (r"50% \& 3\% of \$2, x\_y", "50% & 3% of $2, x_y"),
        (r"1--2 --- ``so''", "1\u20132 \u2014 \u201cso\u201d"),
        (r"$p<0.05$ and {NHS}", "$p<0.05$ and NHS"),
        (r"\textit{in vivo} A~B", "in vivo A B"),
        (r"P {\textless} 0.05 \textgreater{}= \textless 1 a{\textbar}b", "P < 0.05 >= <1 a|b"),
        (
            r"{$\geq$} 65, p{$<$}0.05, {$\beta$}2, $\pm $3 and $\frac{1}{2}$",
            "\u2265 65, p<0.05, \u03b22, \u00b13 and $1/2$",
        ),
        (r"5\,mg, {\pounds}5, {\S}7", "5 mg, \u00a35, \u00a77"),
        (r"{\~{}}5 x\^{}2", "~5 x^2"),
    ],
)
def test_latex_becomes_plain_text(tmp_path: Path, latex: str, plain: str) -> None:
    (record,) = read_text(tmp_path, f"@book{{a, title = {{{latex}}}}}").records
    assert record.title == plain


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"A \href{https://example.org/a_b}{short {NHS} guide} to falls", "A short NHS guide to falls"),
        (r"See \url{https://example.org/a\_b~c}.", "See https://example.org/a_b~c."),
        (r"\textcolor{red}{Falls} and \emph{wards}", "Falls and wards"),
        (r"Falls\footnote{Of \textit{one} clinic} fell", "Falls[Of one clinic] fell"),
        (r"A \frac{1}{2} dose and $\sqrt{2}$", "A 1/2 dose and $\u221a(2)$"),
        (r"{\ensuremath{\beta}}-blockers", "\u03b2-blockers"),
        (r"\underline{Abc} \verb|a_b~c| d", "Abc a_b~c d"),
        (r"As \cite[p. 3]{doe2019,roe2020} and \cite{a} say", r"As \cite[p. 3]{doe2019,roe2020} and \cite{a} say"),
        (r"\title{Falls} \today \verb \begin{quote} \sqrt", r"\title{Falls} \today \verb \begin{quote} \sqrt"),
    ],
)
def test_command_with_arguments_is_read_or_left_as_it_is(
    tmp_path: Path, latex: str, plain: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (record,) = read_text(tmp_path, f"@book{{a, title = {{{latex}}}}}").records
    assert record.title == plain
    assert capfd.readouterr().err == ""
    (again,) = read_text(tmp_path, reference_bytes([converted(record, "csv")], "bibtex")).records
    assert again.title == plain


def test_address_in_a_command_is_read_without_it(tmp_path: Path) -> None:
    fields = r"url = {\url{https://example.org/a\_b}}, doi = {\href{https://doi.org/10.1234/7}{10.1234/7}}"
    (record,) = read_text(tmp_path, f"@misc{{a, title = {{One}}, {fields}}}").records
    assert (record.url, record.doi) == ("https://example.org/a_b", "10.1234/7")


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (r"doi = {10.1234/978-1-2{\_}53}", "10.1234/978-1-2_53"),
        (
            r"doi = {10.1234/(SICI)1{\textless}61::AID-X{\textgreater}3.0.CO;2-2}",
            "10.1234/(sici)1<61::aid-x>3.0.co;2-2",
        ),
        (r"doi = {10.1234/(SICI)1{\&}lt;61::AID-X{\&}gt;3.0.CO;2-2}", "10.1234/(sici)1<61::aid-x>3.0.co;2-2"),
        (r"url = {https://example.org/{~}a{\%}20b{_}c?d=1{\&}e}", "https://example.org/~a%20b_c?d=1&e"),
        (r"url = {https://example.org/$\sim$a/\textasciitilde{}b/{\textasciitilde}c}", "https://example.org/~a/~b/~c"),
    ],
)
def test_address_is_read_as_reference_managers_escape_it(tmp_path: Path, field: str, read: str) -> None:
    (record,) = read_text(tmp_path, f"@misc{{a, title = {{One}}, {field}}}").records
    assert read in (record.doi, record.url)


def test_new_keys_are_of_author_year_and_title_and_never_come_twice(tmp_path: Path) -> None:
    records = read_text(tmp_path, RIS).records
    written = reference_bytes([*records, *records], "bibtex").decode()
    assert re.findall(r"^@(\w+)\{(.+),$", written, re.MULTILINE) == [
        ("article", "okafor2021fewer"),
        ("techreport", "ministryofmadeuphealth2019waiting"),
        ("article", "okafor2021fewer-2"),
        ("techreport", "ministryofmadeuphealth2019waiting-2"),
    ]


def test_new_keys_have_letters_without_accents(tmp_path: Path) -> None:
    names = ("M\u00fcller, Ann", "Wei\u00df, Ann", "S\u00f8rensen-\u0141ug, A", "\u738b, \u4f1f")
    ris = "".join(f"TY  - JOUR\nAU  - {name}\nPY  - 2019\nTI  - St\u00fcrze und\nER  - \n" for name in names)
    written = reference_bytes(read_text(tmp_path, ris).records, "bibtex")
    assert keys(written) == ["muller2019sturze", "weiss2019sturze", "sorensenlug2019sturze", "anonymous2019sturze"]


def keys(written: bytes) -> list[str]:
    return re.findall(r"^@\w+\{(.+),$", written.decode(), re.MULTILINE)


def named(key: str, title: str = "Fewer falls") -> Reference:
    return reference_from("ris", (("TY", "JOUR"), ("ID", key), ("TI", title)))


def test_key_from_another_format_is_numbered_when_it_is_taken(tmp_path: Path) -> None:
    (own,) = read_text(tmp_path, "@book{own, title = {One}}").records
    records = [named("falls"), named("own"), named("falls"), named("falls"), named("falls-2"), own]
    assert keys(reference_bytes(records, "bibtex")) == ["falls", "own-2", "falls-3", "falls-4", "falls-2", "own"]


def test_new_key_is_none_that_a_number_made(tmp_path: Path) -> None:
    records = [named("anonymousfewer"), named("anonymousfewer"), named("1")]
    assert keys(reference_bytes(records, "bibtex")) == ["anonymousfewer", "anonymousfewer-2", "anonymousfewer-3"]


def test_keys_of_bibtex_stay_as_they_are_where_they_come_first(tmp_path: Path) -> None:
    (one,) = read_text(tmp_path, "@book{a, title = {One}}\n").records
    (two,) = read_text(tmp_path, "@book{a, title = {Two}}\n").records
    written = reference_bytes([named("a"), one, two], "bibtex")
    assert keys(written) == ["a-2", "a", "a-3"]
    assert read_text(tmp_path, written).records[1] == one


def test_keywords_and_notes_join_the_fields_that_are_there(tmp_path: Path) -> None:
    tagged = with_tags(read_text(tmp_path, BIBTEX).records[0], ["LHS: safety"], ["Claimed, 90% sure"])
    fields = dict(tagged.fields)
    assert fields["keywords"] == "{accidental falls; safety; LHS: safety}"
    assert fields["annote"] == r"{Claimed, 90\% sure}"
    assert tagged.keywords == ("accidental falls", "safety", "LHS: safety")


@pytest.mark.parametrize(("type", "tag"), [("CHAP", "booktitle"), ("CONF", "booktitle"), ("JOUR", "journal")])
def test_what_holds_a_chapter_is_a_book(tmp_path: Path, type: str, tag: str) -> None:
    (record,) = read_text(tmp_path, f"TY  - {type}\nTI  - One\nT2  - Wards and falls\nER  - ").records
    written = converted(record, "bibtex")
    assert (dict(written.fields)[tag], written.journal) == ("{Wards and falls}", "Wards and falls")


def test_organisation_stays_whole_when_converted(tmp_path: Path) -> None:
    record = read_text(tmp_path, RIS).records[1]
    assert converted(record, "bibtex").authors == ("Ministry of Made-up Health",)


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("Ministry of Health, Labour and Welfare", "{Ministry of Health, Labour and Welfare}", None),
        ("Wards AND Homes", "{Wards AND Homes}", None),
        ("Okafor, John, Jr.", "Okafor, Jr., John", "Okafor Jr., John"),
        ("Office of Wards, Homes, Towns", "{Office of Wards, Homes, Towns}", None),
        ("Okafor, Ada", "Okafor, Ada", None),
    ],
)
def test_name_of_another_format_stays_one(tmp_path: Path, name: str, written: str, read: str | None) -> None:
    record = reference_from("ris", (("TY", "JOUR"), ("TI", "One"), ("AU", name), ("AU", "Roe, Kim")))
    assert dict(converted(record, "bibtex").fields)["author"] == f"{{{written} and Roe, Kim}}"
    (again,) = read_text(tmp_path, reference_bytes([record], "bibtex")).records
    assert again.authors == (read or name, "Roe, Kim")


def test_keys_that_differ_in_capitals_alone_are_one_to_bibtex(tmp_path: Path) -> None:
    records = read_text(tmp_path, "@book{Falls, title = {One}}\n@book{falls, title = {Two}}\n").records
    assert keys(reference_bytes(records, "bibtex")) == ["Falls", "falls-2"]
