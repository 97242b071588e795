from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.tables.located import Located
from synergy.tables.organisations import LEGAL_FORMS, merges, normal_name

SAME = [
    ("Universität Passau", "UNIVERSITAT PASSAU"),
    ("Fondazione Links S.r.l.", "FONDAZIONE LINKS (LINKS)"),
    ("Inštitut Jožef Štefan", "Institut Jozef Stefan"),
    ("Kanton Appenzell-Außerrhoden", "Kanton Appenzell Ausserrhoden"),
    ("Veneto Strade S. p. A.", "VENETO STRADE SPA"),
    ("t2i s.c.a r.l.", "T2I scarl"),
    ("Bad Beteiligungsgesellschaft m.b.H.", "Bad Beteiligungsgesellschaft"),
    ("Muster Ges.m.b.H. & Co. KG", "Muster Gesmbh & Co KG"),
    ("Muster GmbH & Co. KG", "Muster"),
    ("ALFA Sp. z o.o.", "Alfa"),
    ("SIA Riga", "Riga"),
    ("BSC L.t.d.", "BSC Ltd"),
    ("OTH Regensburg (OTH.R)", "OTH Regensburg"),
    ("I.C.S.S. Industria", "ICSS Industria"),
    ("D'Igiene Urbana", "d’igiene-urbana"),
]
APART = [
    ("Universität Salzburg", "FH Salzburg"),
    ("Universität Salzburg", "Universität Innsbruck"),
    ("Region of Veneto", "Veneto"),
    ("Stadt Salzburg", "Land Salzburg"),
    ("GmbH", "AG"),
    ("S.p.A.", "S.r.l."),
    ("Institut für Physik", "Institut für Chemie"),
    ("Werk 1 GmbH", "Werk 2 GmbH"),
    ("University of Trento (Physics)", "University of Trento"),
    ("Salzburg Research", "Research Salzburg"),
    ("Technische Universität SE Graz", "Technische Universität Graz"),
    ("A.B. Müller", "Müller"),
    ("Ødegaard", "Odegaard"),
    ("Алфа", "Бета"),
    ("Ερευνα Α.Ε.", "Ερευνα Β.Ε."),
    ("???", "!!!"),
    ("---", "…"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_are_two(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize("name", ["GmbH", "S.p.A.", "AG & Co. KG", "(ABC)", "a", "-", "́", "Ж", "Ὀδυσσεύς", "_", "🙂"])
def test_no_name_is_left_without_a_form(name: str) -> None:
    assert normal_name(name)


def test_case_and_accents_count_in_no_script() -> None:
    assert normal_name("ИНСТИТУТ") == normal_name("Институт")
    assert normal_name("ΟΔΥΣΣΕΥΣ") == normal_name("Οδυσσεύς")


@given(st.text(min_size=1))
def test_the_form_is_never_empty_and_blind_to_case_accents_and_a_legal_form(name: str) -> None:
    form = normal_name(name)
    assert form
    if name.isascii():
        assert normal_name(name.swapcase().replace("(", " ").replace(")", " ")) == normal_name(
            name.replace("(", " ").replace(")", " ")
        )
    if name.isalpha() and normal_name(name) == name and name not in LEGAL_FORMS:
        assert normal_name(f"{name} GmbH") == form


def participants(*rows: tuple[str, str]) -> list[dict[str, object]]:
    return [{"project_id": "new", "region_id": region, "organisation": name} for region, name in rows]


def test_the_toys_organisations_by_hand(toy) -> None:
    known = Located(toy).organisations.set_index("org_id")
    assert known.index.tolist() == ["f1", "f2", "f3", "f4", "org-1", "org-2"]
    assert known["name"].tolist()[4:] == ["WALDHOF", "Eurac"]
    assert known["region_id"].tolist()[:3] == ["AT31", "DE12", "ITH3"]
    assert known["region_id"].isna().tolist() == [False, False, False, True, False, False]
    assert known["kind"].tolist()[3:] == ["public", "other", "other"]
    # rows of the files: firms start on line 2, Waldhof is first met on line 4 of participations
    assert known["row"].tolist() == [2, 3, 4, 5, 4, 9]


def test_participations_carry_the_organisation_and_the_analysed_region(toy) -> None:
    parts = Located(toy).participations
    assert parts["org_id"].fillna("").tolist() == ["f1", "f2", "org-1", "f1", "f3", "org-1", "f2", "org-2", ""]
    assert parts["region_id"].tolist() == ["AT31", "DE12", "AT32", "AT31", "ITH3", "AT32", "DE12", "ITH1", "AT31"]


def test_merges_tell_every_raw_spelling(toy) -> None:
    found = merges(Located(toy).organisations)
    assert found.to_dict("records") == [
        {"org_id": "f2", "region_id": "DE12", "name": "Universität Wald",
         "spellings": "UNIVERSITAET WALD | Universität Wald"},
        {"org_id": "org-1", "region_id": "AT32", "name": "WALDHOF", "spellings": "WALDHOF | Waldhof GmbH"},
    ]  # fmt: skip


def test_a_name_that_holds_the_separator_is_no_merge(toy_with) -> None:
    study = toy_with(participations=participants(("ITH1", "Hospital | Klinik")))
    found = Located(study).organisations
    assert "Hospital | Klinik" in found["name"].tolist()
    assert "Hospital | Klinik" not in merges(found)["name"].tolist()


def test_the_same_name_in_two_regions_is_two_and_in_one_region_one(toy_with) -> None:
    study = toy_with(
        participations=participants(("ITH1", "Waldhof"), ("ITH31", "Waldhof"), ("ITH32", "Waldhof S.r.l."))
    )
    known = Located(study).organisations
    waldhof = known[[normal_name(name) == "waldhof" for name in known["name"]]]
    # ITH31 and ITH32 are one analysed region
    assert waldhof["region_id"].tolist() == ["AT32", "ITH1", "ITH3"]


def test_a_participant_named_like_a_listed_firm_of_its_region_is_that_firm(toy_with) -> None:
    study = toy_with(participations=participants(("AT31", "HOLZ"), ("AT32", "Holz GmbH")))
    parts = Located(study).participations
    assert parts[parts["project_id"] == "new"]["org_id"].tolist()[0] == "f1"
    assert parts[parts["project_id"] == "new"]["org_id"].tolist()[1].startswith("org-")


def test_two_listed_firms_of_one_name_stay_two(toy_with) -> None:
    twin = {"firm_id": "a-twin", "region_id": "AT31", "name": "HOLZ AG", "kind": "firm"}
    study = toy_with(firms=[twin], participations=participants(("AT31", "Holz")))
    located = Located(study)
    assert {"f1", "a-twin"} <= set(located.organisations["org_id"])
    # the lowest id takes who gives the common name, wherever it stands in the table
    assert located.participations["org_id"].tolist()[-1] == "a-twin"


def test_an_unlisted_organisation_takes_nobodys_id(toy_with) -> None:
    listed = {"firm_id": "org-1", "region_id": "ITH1", "name": "Listed", "kind": "firm"}
    known = Located(toy_with(firms=[listed])).organisations.set_index("org_id")
    assert known.at["org-1", "name"] == "Listed"
    assert known.loc[["org-2", "org-3"], "name"].tolist() == ["WALDHOF", "Eurac"]


@pytest.mark.parametrize("name", ["GmbH", "???", "Институт", "Ὀδυσσεύς", "(ABC)"])
def test_odd_names_are_organisations_of_their_own(toy_with, name: str) -> None:
    study = toy_with(participations=participants(("ITH1", name), ("ITH1", "Other")))
    known = Located(study).organisations
    assert known.loc[known["name"] == name, "spellings"].tolist() == [name]


def test_the_commonest_spelling_is_the_name(toy_with) -> None:
    study = toy_with(participations=[*participants(("AT32", "Waldhof GmbH")), *participants(("AT32", "Zug"))])
    assert "Waldhof GmbH" in Located(study).organisations["name"].tolist()


def test_no_participations_and_no_firms_leave_empty_tables_with_their_columns(toy_with) -> None:
    located = Located(toy_with(firms=None, memberships=None, participations=None))
    assert len(located.organisations) == len(located.participations) == len(merges(located.organisations)) == 0
    assert list(located.organisations.columns) == [
        "org_id", "region_id", "name", "kind", "codes", "table", "row", "spellings"
    ]  # fmt: skip


def test_the_input_is_not_changed(toy) -> None:
    before = {name: frame.copy(deep=True) for name, frame in toy.tables.items()}
    located = Located(toy)
    _ = (located.organisations, located.declared, located.activity, located.unplaced, located.mentions)
    for name, frame in toy.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
