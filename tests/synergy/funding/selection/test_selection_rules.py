"""Every problem that the selection tells is explained, and none is explained that it does not tell."""

import re
from pathlib import Path

import synergy.funding
from synergy.tables.rules import RULES, rule
from synergy.tables.selection_rules import SELECTION_RULES

FILES = ("cents", "proposals", "granting")


def test_the_rules_and_the_problems_are_the_same_set():
    folder = Path(synergy.funding.__file__).parent
    code = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in FILES)
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    explained = {one.code for one in SELECTION_RULES}
    assert set(re.findall(r"\"(S53\d)\"", code)) == explained <= set(RULES)
    assert explained <= set(re.findall(r"S53\d", tests))
    assert "whole cents" in str(rule("S535"))
