"""Counting what is found: every problem counts, the first thousand of a kind in a file are listed."""

from __future__ import annotations

from collections import defaultdict

from synergy.tables.problems import Problem, Problems

LISTED = 1000
"""How many problems of one code in one file are listed."""


class Tally:
    """Collects problems in the order of their rows and keeps memory bounded however many there are."""

    def __init__(self) -> None:
        self._listed: dict[tuple[str, str], dict[str | None, list[Problem]]] = defaultdict(lambda: defaultdict(list))
        self._totals: dict[tuple[str, str], int] = defaultdict(int)

    def add(self, problem: Problem) -> None:
        """Count a problem, and list it while there is room."""
        kind = (problem.file, problem.code)
        self._totals[kind] += 1
        listed = self._listed[kind][problem.column]
        # One more than is shown: the row of the first unlisted one is where the "more" line stands.
        if len(listed) <= LISTED:
            listed.append(problem)

    def add_unlisted(self, file: str, code: str, count: int) -> None:
        """Count problems that were found but need no listing, as the list is full already."""
        self._totals[file, code] += count

    def problems(self) -> Problems:
        """Return all problems, with one line for those beyond the listed ones."""
        result: list[Problem] = []
        for (file, code), by_column in self._listed.items():
            found = sorted((p for part in by_column.values() for p in part), key=lambda p: (p.row or 0, p.column or ""))
            result += found[:LISTED]
            more = self._totals[file, code] - LISTED
            if more > 0:
                first = found[LISTED]
                result.append(Problem(file, first.row, None, code, f"{more} more like these", first.expected))
        return Problems(tuple(result))
