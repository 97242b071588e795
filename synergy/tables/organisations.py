"""One organisation in several spellings is one organisation: conservatively, and told."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

import pandas as pd

from synergy.tables.places import Places
from synergy.tables.study import Study

# Legal forms of the area and its neighbours; they differ between spellings of one name, never between two bodies
# of one name in one region. Written without dots and spaces: 'Ges.m.b.H.' and 'sp. z o.o.' are met so, too.
LEGAL_FORMS = frozenset(
    """ab ag as aps asbl bv cic cokg dd doo eeig eg ev gbr geie gesmbh ggmbh gie giz gmbh inc kft kg ltd
    mbh nv ohg ou oy oyj plc sa sarl sas scarl scpa scrl se sia sl snc spa spzoo srl uab ug zboz zoo zu""".split()
)
_DOTTED = re.compile(r"\b(?:\w\.\s?)+\w\b\.?")
_SHORT_FORM = re.compile(r"\(\s*[A-Z0-9ÄÖÜ&.\- ]{2,10}\s*\)\s*$")


def normal_name(name: str) -> str:
    """Return the form under which two spellings of one name agree.

    Accents, case, punctuation, a closing short form in brackets and legal forms at either end are dropped; words,
    their order and everything else stay, so that 'Universität Salzburg' and 'FH Salzburg' remain two.

    >>> normal_name("FONDAZIONE LINKS S.r.l.") == normal_name("Fondazione Links (LINKS)")
    True
    >>> normal_name("Region of Veneto") == normal_name("Veneto")
    False
    """
    bare = _SHORT_FORM.sub("", name) or name
    plain = unicodedata.normalize("NFKD", bare.replace("ß", "ss")).casefold().replace("_", " ")
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    joined = _DOTTED.sub(lambda hit: re.sub(r"\.\s?", "_", hit[0]).strip("_") + " ", plain)
    words = [word.replace("_", "") for word in _without_forms(re.findall(r"\w+", joined))]
    return " ".join(words) or plain.strip() or name


def _without_forms(words: list[str]) -> list[str]:
    """Drop legal forms: several, dotted or spaced, at the end; at the front only what stands there without dots."""
    kept = list(words)
    while size := next((n for n in (4, 3, 2, 1) if _is_form(kept[-n:])), 0):
        del kept[-size:]
    while kept and kept[0] in LEGAL_FORMS:
        del kept[0]
    return kept or words


def _is_form(words: list[str]) -> bool:
    parts = [word.replace("_", "") for word in words]
    return "".join(parts) in LEGAL_FORMS and (len(parts) == 1 or max(map(len, parts)) <= 3)


def organisations(study: Study, places: Places) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (organisations, participations) with every participant resolved to one organisation.

    The first has org_id (a firm's own id where it is in ``firms``, else ``org-1``, … by region and normal name),
    region_id (analysed, or missing), name (of an unlisted one: its commonest spelling), kind, codes, table and row
    of its first mention, and spellings (raw names, sorted, ' | ' between). Two names are one when their normal
    names agree in the same region; firms that are listed apart stay apart, and the one of the lowest id takes the
    participants that give their common name. The second is the participations, indexed by row, with org_id and
    the located region_id; a row that names only a region has no org_id. The order of rows changes nothing.
    """
    home = {region: places.locate(region) for region in study["regions"]["region_id"]}
    entries: dict[str, dict[str, Any]] = {}
    by_name: dict[tuple[str, str], str] = {}
    for row, firm in sorted(_records(study["firms"]), key=lambda record: str(record[1]["firm_id"])):
        region = home[firm["region_id"]]
        entries[firm["firm_id"]] = _entry(region, firm["name"], firm["kind"], firm["codes"], "firms", row)
        by_name.setdefault((region or firm["region_id"], normal_name(firm["name"])), firm["firm_id"])
    parts = list(_records(study["participations"]))
    keys = [_unlisted_key(part, home) for _, part in parts]
    unlisted: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for key, (row, part) in zip(keys, parts, strict=True):
        if key is not None and key not in by_name:
            unlisted[key].append((row, part["organisation"]))
    free = (f"org-{number}" for number in count(1) if f"org-{number}" not in entries)
    # free is endless and comes second, so that no id of it is used up in vain
    for key, org in zip(sorted(unlisted), free, strict=False):
        rows, names = zip(*unlisted[key], strict=True)
        name = min(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))[0]
        entries[org] = _entry(home.get(key[0]), name, "other", None, "participations", min(rows))
        by_name[key] = org
    who: list[str | None] = []
    where: list[str | None] = []
    spellings = {org: {entry["name"]} for org, entry in entries.items()}
    for key, (_, part) in zip(keys, parts, strict=True):
        participant = part["firm_id"] or (by_name[key] if key else None)
        who.append(participant)
        where.append(home[part["region_id"]] if part["region_id"] else entries[part["firm_id"]]["region_id"])
        if participant and part["organisation"]:
            spellings[participant].add(part["organisation"])
    taking_part = study["participations"]
    resolved = taking_part.assign(
        org_id=pd.Series(who, index=taking_part.index, dtype=object),
        region_id=pd.Series(where, index=taking_part.index, dtype=object),
    )
    columns = ["org_id", "region_id", "name", "kind", "codes", "table", "row"]
    known = pd.DataFrame([{"org_id": org, **entry} for org, entry in entries.items()], columns=columns)
    known["spellings"] = [" | ".join(sorted(spellings[org])) for org in entries]
    return known, resolved


def _unlisted_key(part: dict[str, Any], home: dict[str, str | None]) -> tuple[str, str] | None:
    """Return (region, normal name) of a participant that is named but not by a firm's id, else None."""
    place, name = part["region_id"], part["organisation"]
    if part["firm_id"] or not (place and name):
        return None
    return home[place] or place, normal_name(name)


def _entry(region: str | None, name: str, kind: str, codes: str | None, table: str, row: int) -> dict[str, Any]:
    return {"region_id": region, "name": name, "kind": kind, "codes": codes, "table": table, "row": row}


def _records(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row, cells) with None for every missing cell."""
    plain = frame.astype(object).where(frame.notna(), None)
    yield from zip(frame.index.tolist(), plain.to_dict("records"), strict=True)


def merges(known: pd.DataFrame) -> pd.DataFrame:
    """Return the organisations that were found under more than one spelling: org_id, region_id, name, spellings."""
    # A raw name may itself hold ' | ': only a second spelling makes the two columns differ.
    return known.loc[known["spellings"] != known["name"], ["org_id", "region_id", "name", "spellings"]].reset_index(
        drop=True
    )
