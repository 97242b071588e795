"""Files of rules: each mutation of a sound one is told with its code and line; the shipped ones are sound."""

import re
from pathlib import Path

import pytest

import synergy.consortia
from synergy.consortia import Rule, load_rules, rule_names
from synergy.consortia.rules.read import parse_rules
from synergy.errors import DataError, UnknownName, UsageError
from synergy.tables.consortia_rules import CONSORTIA_RULES

SOUND = """name = "mine"
title = "My rules"
date = "2024"
source = "made up"

[sets]
sme = ["small", "medium"]

[[rule]]
id = "firms"
says = "Two firms"
counts = "partners"
who = { kind = "firm", size = "@sme" }
min = 2

[[rule]]
id = "money"
says = "Nobody above 70 %"
counts = "share"
per = "partner"
max = 0.7
unknown = "refuse"
mark = "F"
"""

CASES = [
    ("not TOML", "min = 2", "min = two", "S501", 14),
    ("a key that is not known", "min = 2", "mim = 2", "S502", 14),
    ("a key of the head", "date =", "dated =", "S502", 3),
    ("an attribute", "kind =", "knid =", "S502", 13),
    ("a limit below 0", "min = 2", "min = -2", "S503", 14),
    ("a limit as text", "max = 0.7", 'max = "0.7"', "S503", 21),
    ("an empty title", '"My rules"', '" "', "S503", 2),
    ("a set that is no list", '["small", "medium"]', "3", "S503", 7),
    ("somebody who is no text", '"firm"', "3", "S503", 13),
    ("nobody who is meant", '{ kind = "firm", size = "@sme" }', "3", "S503", 13),
    ("something that cannot be counted", '"partners"', '"partnrs"', "S504", 12),
    ("an id again", '"money"', '"firms"', "S504", 17),
    ("a set that is not there", '"@sme"', '"@smes"', "S504", 13),
    ("a share above 1", "0.7", "70", "S504", 21),
    ("least above most", "min = 2", "min = 2\nmax = 1", "S504", 14),
    ("nothing said", 'says = "Two firms"\n', "", "S505", 9),
    ("no limit", "min = 2\n", "", "S505", 12),
    ("people with a limit", 'counts = "partners"', 'counts = "people"', "S506", 12),
    ("every with a limit", "min = 2", "min = 2\nevery = true", "S506", 15),
    ("per with a minimum", 'counts = "partners"', 'counts = "partners"\nper = "country"', "S506", 13),
]


def test_the_sound_one_says_what_it_says():
    found = parse_rules(SOUND.encode())
    assert [one.id for one in found.rules] == ["firms", "money"]
    assert found.rules[0].who == {"kind": ("firm",), "size": ("small", "medium")}
    assert found.rules[1].source == "made up"
    assert found.to_frame()["unknown"].tolist() == ["confirm", "refuse"]


@pytest.mark.parametrize(("name", "old", "new", "code", "line"), CASES, ids=[case[0] for case in CASES])
def test_each_mutation_is_told_with_its_code_and_line(name, old, new, code, line):
    assert old in SOUND
    with pytest.raises(DataError) as raised:
        parse_rules(SOUND.replace(old, new, 1).encode())
    assert (code, line) in {(one.code, one.row) for one in raised.value.problems}


def test_bytes_that_are_no_text():
    with pytest.raises(DataError, match="UTF-8"):
        parse_rules(SOUND.encode("utf-16"))


def test_without_rules():
    with pytest.raises(DataError, match="no rule"):
        parse_rules(SOUND[: SOUND.index("[[rule]]")].encode())


def test_the_codes_of_consortia_are_all_tested_and_all_explained():
    pools = Path(__file__).with_name("test_pool.py").read_text(encoding="utf-8")
    tested = {code for *_, code, _ in CASES} | set(re.findall(r"S\d{3}", pools))
    folder = Path(synergy.consortia.__file__).parent
    written = {code for path in folder.rglob("*.py") for code in re.findall(r"\"(S\d{3})\"", path.read_text("utf-8"))}
    assert tested == written == {one.code for one in CONSORTIA_RULES}


def test_a_file_of_ones_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(SOUND, encoding="utf-8")
    assert load_rules(path).name == "mine"
    with pytest.raises(UsageError, match="no file"):
        load_rules(tmp_path / "yours.toml")
    with pytest.raises(UnknownName, match="Did you mean 'eurostars'"):
        load_rules("eurostar")


@pytest.mark.parametrize("name", rule_names())
def test_shipped_rules_are_dated_and_have_a_source(name):
    scheme = load_rules(name)
    assert scheme.name == name
    assert scheme.date
    assert all(isinstance(one, Rule) and one.source and one.says for one in scheme.rules)
    assert any(one.counts != "people" for one in scheme.rules)
