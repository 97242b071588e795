from __future__ import annotations

import pytest

from synergy.errors import UnknownName
from synergy.tables.rules import RULES, rule


def test_every_rule_says_what_why_and_what_to_do() -> None:
    assert list(RULES) == sorted(RULES)
    for code, found in RULES.items():
        assert code == found.code
        assert code[0] == "S"
        assert code[1] in "12345"
        assert all((found.title, found.explanation, found.example, found.remedy))
        assert found.title in str(found)
    assert len({found.title for found in RULES.values()}) == len(RULES)


def test_a_rule_is_found_however_it_is_typed() -> None:
    assert rule(" s101 ") is RULES["S101"]


def test_an_unknown_rule_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"there is no rule 'S1010'\. Did you mean 'S1"):
        rule("S1010")
