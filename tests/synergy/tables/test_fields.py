from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from synergy.tables.fields import Fields, scheme_of, split_codes

TREE = Fields(
    {"nace:21": "Pharma", "blank": ""},
    {"nace:21.1": ("nace:21",), "nace:21": ("health", "life"), "health": ("all",), "life": ("all",), "all": ()},
)


def test_a_cell_holds_each_code_once_in_its_order() -> None:
    assert split_codes("b:2; a:1;b:2;; ") == ("b:2", "a:1")
    for empty in (None, float("nan"), pd.NA, "", " ; "):
        assert split_codes(empty) == ()


def test_schemes_end_at_the_first_colon() -> None:
    assert scheme_of("nace:28.9") == "nace"
    assert scheme_of("a:b:c") == "a"


def test_names_fall_back_on_the_code() -> None:
    assert [TREE.name(code) for code in ("nace:21", "blank", "nowhere")] == ["Pharma", "blank", "nowhere"]


def test_broader_codes_come_nearest_first_and_once() -> None:
    assert TREE.up("nace:21.1") == ("nace:21", "health", "life", "all")
    assert TREE.up("all") == TREE.up("nowhere") == ()


def test_a_code_beside_its_broader_field_says_nothing_more() -> None:
    assert TREE.broadest(["nace:21.1", "all", "other"]) == ("all", "other")
    assert TREE.with_broader(["nace:21.1", "nace:21"]) == ("nace:21.1", "nace:21", "health", "life", "all")
    assert TREE.with_broader(["all", "nace:21"]) == ("all", "nace:21")


def test_the_fields_people_speak_of_have_narrower_codes_and_no_broader() -> None:
    assert TREE.tops == ("all",)


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from("abcd"), unique=True).map(tuple)))
def test_even_circles_end(broader: dict[str, tuple[str, ...]]) -> None:
    fields = Fields({}, broader)
    for code in "abcd":
        assert code not in fields.up(code)
        assert len(set(fields.up(code))) == len(fields.up(code))
    assert set(fields.with_broader("abcd")) == set("abcd")


def test_a_study_reads_its_own_list_first_and_nace_where_it_is_silent(toy_with) -> None:
    study = toy_with(
        firms=[{"firm_id": "f9", "region_id": "AT31", "name": "X", "kind": "firm", "codes": "nace:28.91;nace:16.2"}]
    )
    fields = Fields.of(study)
    assert fields.name("nace:16") == "Wood products"
    assert fields.up("nace:16.2") == ("nace:16", "ecosystem:wood")
    assert fields.up("nace:28.91") == ("nace:28.9", "nace:28")
    assert fields.name("nace:28.91") == "NACE 28.91"
    assert fields.horizontal == {"ecosystem:people"}
    assert fields.tops == ("ecosystem:digital", "ecosystem:health", "ecosystem:rail", "ecosystem:wood", "nace:28")
