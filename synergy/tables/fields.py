"""Codes: what they are called and what broader field they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synergy.tables.codelists import NACE_PARENT, nace_codes
from synergy.tables.study import Study

CODED = (
    ("priorities", "codes"),
    ("clusters", "codes"),
    ("firms", "codes"),
    ("participations", "theme"),
    ("programmes", "codes"),
    ("proposals", "codes"),
    ("services", "codes"),
)


def split_codes(cell: object) -> tuple[str, ...]:
    """Return the codes of a cell, in their order, each once; an empty cell holds none.

    >>> split_codes("ecosystem:health; nace:21")
    ('ecosystem:health', 'nace:21')
    """
    if not isinstance(cell, str):
        return ()
    return tuple(dict.fromkeys(part for part in (piece.strip() for piece in cell.split(";")) if part))


def scheme_of(code: str) -> str:
    """Return the scheme of a code.

    >>> scheme_of("nace:28.9")
    'nace'
    """
    return code.partition(":")[0]


@dataclass(frozen=True)
class Fields:
    """Names of codes, the broader codes each is part of (one step up), and which are horizontal."""

    names: Mapping[str, str]
    broader: Mapping[str, tuple[str, ...]]
    horizontal: frozenset[str] = frozenset()

    @classmethod
    def of(cls, study: Study) -> Fields:
        """Read the study's own code list, then the built-in NACE Rev. 2 one where the study is silent."""
        names: dict[str, str] = {}
        broader: dict[str, tuple[str, ...]] = {}
        listed = study["codes"]
        for code, name, above in zip(listed["code"], listed["name"], listed["broader"], strict=True):
            names[code] = name
            broader[code] = split_codes(above)
        built_in = nace_codes()
        used = {code for table, column in CODED for cell in study[table][column] for code in split_codes(cell)} | set(
            study["activity"]["code"]
        )
        for code in sorted(used):
            _add_nace(code, built_in, names, broader)
        horizontal = frozenset(listed.loc[listed["use"] == "horizontal", "code"])
        return cls(names, broader, horizontal)

    def name(self, code: str) -> str:
        """Return the name of a code; the code itself when no list names it."""
        return self.names.get(code) or code

    def up(self, code: str) -> tuple[str, ...]:
        """Return every broader code of a code, nearest first, each once."""
        found: dict[str, None] = {}
        queue = list(self.broader.get(code, ()))
        while queue:
            above = queue.pop(0)
            if above not in found and above != code:
                found[above] = None
                queue.extend(self.broader.get(above, ()))
        return tuple(found)

    def broadest(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Drop each code that stands beside its own broader field: it says nothing more.

        >>> fields = Fields({}, {"nace:21": ("ecosystem:health",)})
        >>> fields.broadest(["ecosystem:health", "nace:21", "nace:62"])
        ('ecosystem:health', 'nace:62')
        """
        given = tuple(codes)
        return tuple(code for code in given if not set(self.up(code)) & set(given))

    def with_broader(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the codes and the broader fields they bring, where the row does not name its field itself.

        >>> up = {"nace:21": ("ecosystem:health",), "nace:32": ("ecosystem:health", "ecosystem:textiles")}
        >>> fields = Fields({}, up)
        >>> fields.with_broader(["nace:21"]), fields.with_broader(["ecosystem:health", "nace:32"])
        (('nace:21', 'ecosystem:health'), ('ecosystem:health', 'nace:32'))
        """
        given = tuple(codes)
        above = [up for code in self.broadest(given) for up in self.up(code)]
        return tuple(dict.fromkeys((*given, *above)))

    @property
    def tops(self) -> tuple[str, ...]:
        """The codes that have narrower ones and no broader one: the fields people speak of."""
        parents = {above for codes in self.broader.values() for above in codes}
        return tuple(sorted(code for code in parents if not self.broader.get(code)))


def _add_nace(
    code: str, built_in: Mapping[str, str], names: dict[str, str], broader: dict[str, tuple[str, ...]]
) -> None:
    """Add a NACE code and its chain of parents up to the division; a section is too broad to be a field."""
    bare = code.removeprefix("nace:")
    if bare == code or bare not in built_in:
        return
    names.setdefault(code, built_in[bare] or f"NACE {bare}")
    parent = NACE_PARENT.get(bare, "")
    if parent and not parent.isalpha():
        broader.setdefault(code, (f"nace:{parent}",))
        _add_nace(f"nace:{parent}", built_in, names, broader)
    else:
        broader.setdefault(code, ())
