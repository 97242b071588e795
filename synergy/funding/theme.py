"""What the call is about, and how far a programme's themes cover it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from synergy.errors import UnknownName
from synergy.tables.fields import Fields
from synergy.tables.located import Located
from synergy.topics import Topics
from synergy.wording.codes import code_shares, code_similarity


@dataclass(frozen=True)
class Theme:
    """A topic or a code as the subject of a call; ``regions`` hold or declare it, empty for a code."""

    theme_id: str
    name: str
    codes: tuple[str, ...]
    regions: tuple[str, ...]


def theme_of(located: Located, name: str, topics: Topics | None = None) -> Theme:
    """Return the theme of a topic id, or of a code that the study knows; UnknownName for anything else.

    A topic stands for the codes that it is named after; its regions are its members, then those that only declare it.
    """
    fields = located.fields
    if topics is not None and name in set(topics.frame["topic_id"]):
        row = topics.frame.set_index("topic_id").loc[name]
        inside = [node.removeprefix("code:") for node, where in topics.nodes.items() if where == name]
        named = set(row["fields"].split(";"))
        regions = [each for cell in (row["regions"], row["declares_only"]) for each in str(cell or "").split(";") if each]
        return Theme(name, row["name"], tuple(sorted(c for c in inside if fields.name(c) in named)), tuple(regions))
    if name in fields.names:
        return Theme(name, fields.name(name), (name,), ())
    raise UnknownName("topic or code", name, [*([] if topics is None else topics.frame["topic_id"]), *fields.names])


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
