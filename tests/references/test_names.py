from __future__ import annotations

import pytest

from lhs_nlp.references.names import names_in


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Okafor, Ada; de la Cruz, Jos\u00e9", ["Okafor, Ada", "de la Cruz, Jos\u00e9"]),
        ("Okafor L.; Roe Y.-Z.; M\u00fcller-Berg K.", ["Okafor, L.", "Roe, Y.-Z.", "M\u00fcller-Berg, K."]),
        ("Okafor L.; Ministry of Made-up Health", ["Okafor, L.", "Ministry of Made-up Health"]),
        ("Okafor, L.; Ward B", ["Okafor, L.", "Ward B"]),
        ("Okafor J, Roe K Jr, ABC Study Group.", ["Okafor, J", "Roe, K Jr", "ABC Study Group"]),
        ("Okafor J, de la Roe KL", ["Okafor, J", "de la Roe, KL"]),
        ("Okafor J, Roe K and Doe L", ["Okafor, J", "Roe, K", "Doe, L"]),
        ("Okafor J. A., Roe K.", ["Okafor, J. A.", "Roe, K."]),
        ("JA Okafor, K Roe, P van Dam", ["Okafor, JA", "Roe, K", "van Dam, P"]),
        ("JA Okafor", ["Okafor, JA"]),
        ("Okafor, J., Roe, K.", ["Okafor, J.", "Roe, K."]),
        ("Okafor, J., Roe, K., and Doe, L.", ["Okafor, J.", "Roe, K.", "Doe, L."]),
        ("Okafor, Ada and Roe, Kim and Ward Group", ["Okafor, Ada", "Roe, Kim", "Ward Group"]),
        ("Okafor, Ada", ["Okafor, Ada"]),
        ("Okafor, A.", ["Okafor, A."]),
        ("Okafor A.", ["Okafor, A."]),
        ("Department of Made-up Affairs UK", ["Department of Made-up Affairs UK"]),
        ("Ministry of Made-up Health, Labour and Welfare", ["Ministry of Made-up Health, Labour and Welfare"]),
        ("UK Biobank", ["UK Biobank"]),
        ("Wards UK", ["Wards UK"]),
        ("Okafor J, de la Roe K Jr; ABC Investigators.", ["Okafor, J", "de la Roe, K Jr", "ABC Investigators"]),
        ("Okafor J, Roe K; ABC Group; DEF Group.", ["Okafor, J", "Roe, K", "ABC Group", "DEF Group"]),
        ("Okafor R., Ada L.; Roe, Kim; Doe, Lee", ["Okafor R., Ada L.", "Roe, Kim", "Doe, Lee"]),
        ("Okafor, J.; Roe, K.", ["Okafor, J.", "Roe, K."]),
        ("Okafor, Ada, Jr; Roe, Kim", ["Okafor, Ada, Jr", "Roe, Kim"]),
        ("Ada Okafor", ["Ada Okafor"]),
        ("", [""]),
    ],
)
def test_names_are_family_first_where_the_list_is_clear(cell: str, names: list[str]) -> None:
    assert names_in(cell) == names
