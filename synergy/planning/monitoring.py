"""The monitoring table: baselines of today, or what changed since a table that an earlier run wrote."""

from __future__ import annotations

from dataclasses import dataclass

from synergy.planning.facts import Facts
from synergy.planning.indicators import Measured
from synergy.planning.previous import Before
from synergy.planning.template import IndicatorTemplate
from synergy.planning.words import BY_HAND
from synergy.tables.study import Study

COLUMNS = (
    "activity_id", "activity", "home", "about", "indicator_id", "indicator", "unit", "wanted", "table",
    "baseline", "baseline_date", "baseline_rows", "value_now", "date_now", "rows_now", "change", "verdict", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Indicator:
    """One line of the monitoring table; every number None while it is unknown.

    ``baseline_rows`` and ``rows_now`` are the rows of the table it is read from, then and now: where they differ, part
    of the change may be the data's.
    """

    template: IndicatorTemplate
    table: str
    baseline: float | None
    baseline_date: str
    baseline_rows: int | None
    now: float | None = None
    date: str = ""
    rows: int | None = None
    note: str = ""

    @property
    def change(self) -> float | None:
        """The value now less the baseline; unknown where one of them is."""
        return None if self.now is None or self.baseline is None else self.now - self.baseline

    def row(self, facts: Facts) -> tuple[object, ...]:
        """Return the line of the monitoring table: COLUMNS."""
        each, told = self.template, self.now is not None
        return (
            facts.activity_id, facts.name, facts.home, facts.about, each.key, each.title, each.unit, each.want,
            self.table or None, _plain(self.baseline), self.baseline_date or None, self.baseline_rows,
            _plain(self.now), self.date or None, self.rows, _plain(self.change),
            verdict(self.change, each.want) if told else None, self.note or None,
        )  # fmt: skip


def indicator(
    study: Study, template: IndicatorTemplate, today: Measured, before: Before | None, *, again: bool
) -> Indicator:
    """Return today's value as the baseline, or, of a later run (``again``), beside the baseline of the earlier table.

    An indicator that the earlier table lacks, or whose baseline was unknown there, gets today's value as its baseline.
    What people count by hand is taken over as they filled it in.
    """
    if template.measure == BY_HAND:
        if before is None:
            return Indicator(template, "", None, "", None, note=today.note)
        return Indicator(template, "", before.baseline, before.date, None, before.now, note=today.note)
    tables = today.table.split(";")
    date, rows = tables_date(study, tables), sum(len(study[table]) for table in tables)
    if before is None or before.baseline is None:
        known = "new since the earlier table" if before is None else "the earlier table had no baseline"
        note = "; ".join(filter(None, [today.note, known if again else ""]))
        return Indicator(template, today.table, today.value, date, rows, note=note)
    grown = ""
    if before.rows is not None and before.rows != rows:
        grown = f"{today.table}: {before.rows:,} rows then, {rows:,} now; part of a change may be the data's"

    note = "; ".join(filter(None, [today.note, grown]))
    return Indicator(template, today.table, before.baseline, before.date, before.rows, today.value, date, rows, note)


def verdict(change: float | None, want: str) -> str:
    """Return whether a change goes the way it is wanted to.

    >>> verdict(2, "up"), verdict(2, "down"), verdict(0, "up"), verdict(-1, "keep"), verdict(None, "up")
    ('as wanted', 'against', 'no change', 'against', 'unknown')
    """
    if change is None:
        return "unknown"
    if change == 0:
        return "as wanted" if want == "keep" else "no change"
    return "as wanted" if (change > 0) == (want != "down") else "against"


def tables_date(study: Study, tables: list[str]) -> str:
    """Return the dates of tables, each once: what study.toml says of the source, else the latest year, else '?'.

    Empty when none of them is known.
    """
    dates = sorted({_table_date(study, table) for table in tables})
    return "; ".join(date or "?" for date in dates) if any(dates) else ""


def _table_date(study: Study, table: str) -> str:
    source = study.settings.sources.get(table)
    if source and source.date:
        return source.date
    frame = study[table]
    years = frame["year"].dropna() if "year" in frame else ()
    return str(int(max(years))) if len(years) else ""


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
