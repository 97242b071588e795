"""A study: checked tables and the settings they are read with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from synergy.tables.located import Located

PARTS = ("similarity", "complementarity", "cooperation", "proximity")
LEARNING = "learning"
"""A further part of a pair's total, from the survey: it takes part only where the study gives it a weight."""


@dataclass(frozen=True)
class Weights:
    """How much each part counts in a pair's total; only their proportions matter.

    The defaults are the best on the earlier dates of the European backtest of all weights in tenths that leave no
    part out (docs/method.md): nearness and past projects foresee cooperation, what strategies share hardly does.
    ``learning`` is people's judgement and no backtest chose a weight for it: the study says it, or it takes no part.
    """

    similarity: float = 0.1
    complementarity: float = 0.1
    cooperation: float = 0.2
    proximity: float = 0.6
    learning: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the weights by part, learning only where it takes part."""
        weights = {part: float(getattr(self, part)) for part in PARTS}
        return weights | ({LEARNING: float(self.learning)} if self.learning > 0 else {})


@dataclass(frozen=True)
class TopicSettings:
    """How topics are found: see ``synergy.topics``."""

    resolution: float = 1.0
    runs: int = 20
    dropout: float = 0.1
    min_regions: int = 3
    min_countries: int = 2


@dataclass(frozen=True)
class BacktestSettings:
    """When a run cuts the study to test its own scores: a year or a day each; no cut, no test."""

    cut: str = ""
    until: str = ""


@dataclass(frozen=True)
class ConsortiaSettings:
    """Under which rule set a run looks for a consortium for each topic: a name, or a file; none, no consortia."""

    rules: str = ""


@dataclass(frozen=True)
class SurveySettings:
    """Whether survey, services and needs become layers of the graph; scores and topics use none of these layers."""

    layer: bool = False


@dataclass(frozen=True)
class Source:
    """Where a table comes from: title, date, and per column where it differs."""

    title: str
    date: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What ``study.toml`` says; every value has a default, so the file may be empty."""

    name: str = "study"
    title: str = ""
    description: str = ""
    seed: int = 1
    level: int | None = None
    inherit_from_level: int = 1
    weights: Weights = field(default_factory=Weights)
    topics: TopicSettings = field(default_factory=TopicSettings)
    sources: Mapping[str, Source] = field(default_factory=dict)
    backtest: BacktestSettings = field(default_factory=BacktestSettings)
    consortia: ConsortiaSettings = field(default_factory=ConsortiaSettings)
    survey: SurveySettings = field(default_factory=SurveySettings)


@dataclass(frozen=True, repr=False, eq=False)
class Study:
    """Checked tables plus settings; what every stage takes.

    ``tables`` maps each table of the schema to a typed frame with all of the schema's columns (those that
    were not given are all missing), indexed by ``row``: the line of the file on which the record starts.
    ``hashes`` holds the SHA-256 of each input file. Inputs are never modified: work on a copy.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    hashes: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        object.__setattr__(self, "hashes", MappingProxyType(dict(self.hashes)))

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @cached_property
    def located(self) -> Located:
        """The rows placed on the analysed regions; one object for all stages, so that each view is made once."""
        from synergy.tables.located import Located

        return Located(self)

    @property
    def title(self) -> str:
        """Title for people; the name when there is none."""
        return self.settings.title or self.settings.name

    def file_of(self, table: str) -> str:
        """Return the file name a table's rows are cited with."""
        return f"{table}.csv"

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(frame)} {name}" for name, frame in self.tables.items() if len(frame))
        return f"Study({self.settings.name!r}: {sizes})"
