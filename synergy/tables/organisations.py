"""One organisation in several spellings is one organisation: conservatively, and told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pandas as pd

from synergy.tables.places import Places
from synergy.tables.study import Study

# Legal forms of the area and its neighbours; they differ between spellings of one name, never between two bodies
# of one name in one region.
LEGAL_FORMS = frozenset(
    """ab ag as aps asbl a_s bv cic d_d d_o_o doo dd ev e_v eg eeig gbr geie gie ggmbh gmbh gesmbh ges_m_b_h giz g_i_z
    inc kft kg ltd mbh nv ohg oy oyj plc sa sarl s_a_r_l sas s_a_s scarl s_c_a_r_l scpa s_c_p_a scrl s_c_r_l se
    sia sl snc spa s_p_a sp_z_o_o srl s_r_l ug uab z_b_o_z z_ú""".split()
)
_WORD = re.compile(r"[^\W_]+")
_SHORT_FORM = re.compile(r"\(\s*[A-Z0-9ÄÖÜ&.\- ]{2,10}\s*\)\s*$")


def normal_name(name: str) -> str:
    """Return the form under which two spellings of one name agree.

    Accents, case, punctuation, legal forms and a closing short form in brackets are dropped; words, their order
    and everything else stay, so that 'Universität Salzburg' and 'FH Salzburg' remain two.

    >>> normal_name("FONDAZIONE LINKS S.r.l.") == normal_name("Fondazione Links (LINKS)")
    True
    >>> normal_name("Region of Veneto") == normal_name("Veneto")
    False
    """
    bare = _SHORT_FORM.sub("", name) or name
    plain = unicodedata.normalize("NFKD", bare.replace("ß", "ss")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    joined = re.sub(r"\b((?:\w\.\s?)+\w)\b\.?", lambda hit: re.sub(r"\.\s?", "_", hit[0]).strip("_"), plain)
    words = [word for word in re.split(r"[^\w]+", joined) if word]
    kept = [word for word in words if word not in LEGAL_FORMS]
    flat = [part for word in (kept or words) for part in _WORD.findall(word)]
    return " ".join(flat) or plain.strip()


def organisations(study: Study, places: Places) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (organisations, participations) with every participant resolved to one organisation.

    The first has org_id (a firm's own id where it is in ``firms``, else ``org-1``, … in the order of appearance),
    region_id (analysed, or missing), name, kind, codes, table and row of its first mention, and spellings (raw
    names, sorted, ' | ' between). Two names are one when their normal names agree in the same region; firms that
    are listed apart stay apart. The second is the participations, indexed by row, with org_id and the located
    region_id; a row that names only a region has no org_id.
    """
    home = {region: places.locate(region) for region in study["regions"]["region_id"]}
    register = _Register()
    for row, firm in _records(study["firms"]):
        register.add(firm["firm_id"], firm["region_id"], home[firm["region_id"]], firm, "firms", row)
    who: list[str | None] = []
    where: list[str | None] = []
    for row, part in _records(study["participations"]):
        org, place, name = part["firm_id"] or None, part["region_id"] or None, part["organisation"] or None
        where.append(home[place] if place else register.entries[str(org)]["region_id"])
        if org is None and place and name:
            org = register.named(name, place, home[place])
            if org is None:
                org = f"org-{register.unlisted + 1}"
                entry = {"name": name, "kind": "other", "codes": None}
                register.add(org, place, home[place], entry, "participations", row)
        if org and name:
            register.spellings[org].add(name)
        who.append(org)
    taking_part = study["participations"]
    resolved = taking_part.assign(
        org_id=pd.Series(who, index=taking_part.index, dtype=object),
        region_id=pd.Series(where, index=taking_part.index, dtype=object),
    )
    return register.to_frame(), resolved


class _Register:
    """Organisations in the order of their first mention, findable by normal name and region."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self.spellings: dict[str, set[str]] = {}
        self.unlisted = 0
        self._by_name: dict[tuple[str, str], str] = {}

    def add(self, org: str, place: str, region: str | None, entry: dict[str, Any], table: str, row: int) -> None:
        self.entries[org] = {
            "org_id": org, "region_id": region, "name": entry["name"], "kind": entry["kind"],
            "codes": entry["codes"], "table": table, "row": row,
        }  # fmt: skip
        self.unlisted += table != "firms"
        self.spellings[org] = {entry["name"]}
        self._by_name.setdefault((region or place, normal_name(entry["name"])), org)

    def named(self, name: str, place: str, region: str | None) -> str | None:
        return self._by_name.get((region or place, normal_name(name)))

    def to_frame(self) -> pd.DataFrame:
        columns = ["org_id", "region_id", "name", "kind", "codes", "table", "row"]
        frame = pd.DataFrame(list(self.entries.values()), columns=columns)
        frame["spellings"] = [" | ".join(sorted(self.spellings[org])) for org in self.entries]
        return frame


def _records(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row, cells) with None for every missing cell."""
    plain = frame.astype(object).where(frame.notna(), None)
    yield from zip(frame.index.tolist(), plain.to_dict("records"), strict=True)


def merges(known: pd.DataFrame) -> pd.DataFrame:
    """Return the organisations that were found under more than one spelling: org_id, region_id, name, spellings."""
    several = known["spellings"].str.contains(" | ", regex=False)
    return known.loc[several, ["org_id", "region_id", "name", "spellings"]].reset_index(drop=True)
