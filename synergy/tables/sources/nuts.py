"""Regional codes: older editions of NUTS carried over to NUTS 2024, as far as that is exact."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

_CODE = re.compile(r"^\s*([A-Z]{2}[0-9A-Z]{0,3})\s*(?:/|$)")

# Only territories that kept their area under a new code (in Finland up to single municipalities). Where an old region
# was split (LT00), the whole has no current code; its NUTS 3 parts have one.
CURRENT_CODE: Mapping[str, str] = MappingProxyType(
    {
        # Italy: the north-east was ITD until NUTS 2010.
        "ITD1": "ITH1",
        "ITD2": "ITH2",
        "ITD3": "ITH3",
        "ITD4": "ITH4",
        "ITD5": "ITH5",
        # Slovenia: renumbered in NUTS 2013.
        "SI01": "SI03",
        "SI02": "SI04",
        # France: the regions before 2016 became parts of larger ones in NUTS 2016.
        "FR42": "FRF1",
        "FR43": "FRC2",
        "FR71": "FRK2",
        "FR82": "FRL0",
        "FR21": "FRF2",
        "FR22": "FRE2",
        "FR23": "FRD2",
        "FR24": "FRB0",
        "FR25": "FRD1",
        "FR26": "FRC1",
        "FR30": "FRE1",
        "FR41": "FRF3",
        "FR51": "FRG0",
        "FR52": "FRH0",
        "FR53": "FRI3",
        "FR61": "FRI1",
        "FR62": "FRJ2",
        "FR63": "FRI2",
        "FR72": "FRK1",
        "FR81": "FRJ1",
        "FR83": "FRM0",
        # Poland: the east was renumbered in NUTS 2016.
        "PL31": "PL81",
        "PL32": "PL82",
        "PL33": "PL72",
        "PL34": "PL84",
        "PL11": "PL71",
        # Lithuania: one region until NUTS 2013, split in NUTS 2016; its counties were renumbered.
        "LT00A": "LT011",
        "LT001": "LT021",
        "LT002": "LT022",
        "LT003": "LT023",
        "LT004": "LT024",
        "LT005": "LT025",
        "LT006": "LT026",
        "LT007": "LT027",
        "LT008": "LT028",
        "LT009": "LT029",
        # Finland: one province was renumbered in NUTS 2021, nine in NUTS 2024.
        "FI1D6": "FI1D9",
        "FI193": "FI198",
        "FI194": "FI199",
        "FI195": "FI19A",
        "FI197": "FI19B",
        "FI1C3": "FI1C6",
        "FI1C4": "FI1C7",
        "FI1D1": "FI1DA",
        "FI1D2": "FI1DB",
        "FI1D3": "FI1DC",
    }
)


def current_code(code: str) -> str:
    """Return the NUTS 2024 code of an older code; a code that is not in `CURRENT_CODE` stays as it is.

    >>> current_code("FR71"), current_code("AT32"), current_code("LT003")
    ('FRK2', 'AT32', 'LT023')
    """
    return CURRENT_CODE.get(code, code)


def code_of(cell: object) -> str:
    """Return the code in front of a label such as ``ITH3  / Veneto``; empty where there is none.

    >>> code_of("ITH3  / Veneto"), code_of(float("nan"))
    ('ITH3', '')
    """
    found = _CODE.match(cell) if isinstance(cell, str) else None
    return found[1] if found else ""


def nuts2_of(nuts2: str, nuts3: str, known: Container[str]) -> str:
    """Return the current NUTS 2 code of a place, by its NUTS 2 code or else by its NUTS 3 code; empty if neither helps.

    >>> nuts2_of("FR71", "FR716", {"FRK2"}), nuts2_of("LT00", "LT00A", {"LT01", "LT02"}), nuts2_of("LT00", "", {"LT01"})
    ('FRK2', 'LT01', '')
    """
    for code in (current_code(nuts2), current_code(nuts3)[:4]):
        if len(code) == 4 and code in known:
            return code
    return ""


def read_nuts(path: Path) -> pd.DataFrame:
    """Read the table of NUTS regions: nuts, level, country, name, lat, lon (label point, degrees, 4 decimals)."""
    raw = pd.read_csv(path, keep_default_na=False, dtype=str)
    return pd.DataFrame(
        {
            "nuts": raw["NUTS_ID"],
            "level": raw["LEVL_CODE"].astype(int),
            "country": raw["CNTR_CODE"],
            "name": raw["NAME_LATN"].str.strip(),
            "lat": raw["label_lat"].astype(float).round(4),
            "lon": raw["label_lon"].astype(float).round(4),
        }
    ).sort_values("nuts", ignore_index=True)
