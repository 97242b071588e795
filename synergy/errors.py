"""The exception tree; a user sees the message and the exit code, never a traceback.

SynergyError              everything that is raised on purpose (root lives in the engine)
├── GraphError            a layer or graph breaks its contract                    exit 1
├── DataError             the tables have problems; carries all of them           exit 1
└── UsageError            the call is wrong: no such study, name, option          exit 2
    ├── UnknownName       a region, topic, rule or layer that is not there
    ├── Infeasible        rules and wishes of a consortium that cannot hold together
    └── OutputRefused     writing would overwrite or lose something of the user's
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from synergy_graphs.errors import GraphError, SynergyError

if TYPE_CHECKING:
    from synergy.consortia.infeasible import Repair
    from synergy.consortia.rules.form import Rule
    from synergy.tables.problems import Problems

__all__ = [
    "DataError",
    "GraphError",
    "Infeasible",
    "OutputRefused",
    "SynergyError",
    "UnknownName",
    "UsageError",
    "closest",
]


class DataError(SynergyError, ValueError):
    """The study's tables have problems; ``.problems`` holds every one of them."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems))
        self.problems = problems


class UsageError(SynergyError, ValueError):
    """The call itself is wrong: a missing folder, an unknown option value, an impossible request."""


class UnknownName(UsageError, LookupError):
    """A name that is not there, told with what is and with the nearest spelling."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = closest(name, names)
        hint = f" Did you mean {near!r}?" if near else ""
        shown = ", ".join(names[:8]) + (f", … ({len(names)} in all)" if len(names) > 8 else "")
        super().__init__(f"there is no {what} {name!r}.{hint} Known: {shown or 'none'}")
        self.name = name
        self.hint = near

    def __str__(self) -> str:
        return str(self.args[0])


class Infeasible(UsageError):
    """Rules and wishes that no consortium of the pool can keep together.

    ``clash`` is the smallest set of them that cannot hold together, ``repairs`` are changes of which each is enough.
    """

    def __init__(self, message: str, clash: tuple[Rule, ...] = (), repairs: tuple[Repair, ...] = ()) -> None:
        super().__init__(message)
        self.clash = clash
        self.repairs = repairs


class OutputRefused(UsageError):
    """Writing there would overwrite or lose something that Synergy did not make."""


def closest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name nearest to ``name``, compared without case, or None.

    >>> closest("regoin_id", ["region_id", "name"])
    'region_id'
    """
    by_fold: dict[str, str] = {}
    for candidate in sorted(name for name in known if name):
        by_fold.setdefault(candidate.casefold(), candidate)
    found = get_close_matches(name.casefold(), list(by_fold), n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None
