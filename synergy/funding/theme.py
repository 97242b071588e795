"""What the call is about, and how far a programme's themes cover it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.errors import UnknownName
from synergy.tables.fields import Fields
from synergy.tables.located import Located
from synergy.topics import Topics
from synergy.wording.codes import code_shares, code_similarity


@dataclass(frozen=True)
class Theme:
    """A topic or a code as the subject of a call.

    ``regions`` hold or declare it, empty for a code; ``evidence`` are sentences on what speaks for it.
    """

    theme_id: str
    name: str
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    evidence: tuple[str, ...] = ()


def theme_of(located: Located, name: str, topics: Topics | None = None) -> Theme:
    """Return the theme of a topic id, or of a code that the study knows; UnknownName for anything else.

    A topic stands for the codes that it is named after; its regions are its members, then those that only declare it.
    """
    fields = located.fields
    if topics is not None and name in set(topics.frame["topic_id"]):
        row = topics.frame.set_index("topic_id").loc[name]
        inside = [node.removeprefix("code:") for node, where in topics.nodes.items() if where == name]
        named = set(row["fields"].split(";"))
        regions = [*split_list(row["regions"]), *split_list(row["declares_only"])]
        codes = tuple(sorted(code for code in inside if fields.name(code) in named))
        return Theme(name, row["name"], codes, tuple(regions), tuple(_evidence(row)))
    if name in fields.names:
        return Theme(name, fields.name(name), (name,), ())
    raise UnknownName("topic or code", name, [*([] if topics is None else topics.frame["topic_id"]), *fields.names])


def _evidence(row: pd.Series) -> Iterator[str]:
    """Say in short sentences what the tables hold on a topic."""
    leaders = len(split_list(row["leaders"]))
    yield f"{row['n_regions']} regions of {row['n_countries']} countries hold it, {leaders} of them as leaders."
    only = len(split_list(row["declares_only"]))
    if only:
        yield f"{only} more name it in their strategy alone."
    yield (
        f"The tables name {row['n_clusters']} cluster organisations, {row['n_firms']} organisations and "
        f"{row['n_projects']} projects on it."
    )
    yield f"{row['untapped_pairs']} pairs of regions across a border fit and have no joint project on it yet."
    yield (
        f"Its score is {row['score']:.2f}, and {row['score_low']:.2f} to {row['score_high']:.2f} under other weights "
        "of its parts."
    )


def split_list(cell: object) -> tuple[str, ...]:
    """Return the ids of a cell of a result, none where it is empty."""
    return tuple(each for each in cell.split(";") if each) if isinstance(cell, str) else ()


def coverage(theme: Iterable[str], codes: Iterable[str], fields: Fields) -> float | None:
    """Return how far codes cover a theme: sum over its codes c of share(c) x max over p of similarity(c, p).

    From 0 to 1; None where either is not known. Shares are those of ``code_shares``, the similarity is that of
    ``code_similarity``: 1 where one code is the other or lies in it. It is not symmetric: a programme that funds much
    more than the theme covers it as well as one that funds nothing else.

    >>> fields = Fields({}, {"n:10.1": ("n:10",), "n:10.2": ("n:10",), "n:62": ()})
    >>> coverage(["n:10.1", "n:62"], ["n:10"], fields), coverage(["n:10.1"], ["n:10.2", "n:62"], fields)
    (0.5, 0.5)
    """
    wanted, given = sorted(set(theme)), sorted(set(codes))
    if not wanted or not given:
        return None
    likeness = code_similarity([*wanted, *given], fields)[: len(wanted), len(wanted) :]
    shares = code_shares(wanted, fields)
    return float(np.array([shares[code] for code in wanted]) @ likeness.max(axis=1))
