"""Texts, tables and graphs as files: UTF-8, LF, floats exact."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from synergy_graphs import MultilayerGraph
from synergy_graphs.exchange import write_gexf, write_graphml, write_json
from synergy_graphs.store import write_parquet


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with LF."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def to_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text: LF, missing empty, floats in their shortest exact form.

    >>> to_csv(pd.DataFrame({"a": [0.1, None], "b": ["x", "y,z"]}))
    'a,b\\n0.1,x\\n,"y,z"\\n'
    """
    return str(frame.to_csv(index=False, lineterminator="\n"))


def write_graph(graph: MultilayerGraph, folder: Path) -> None:
    """Write graph.graphml, graph.gexf, graph.json and graph.parquet/."""
    write_graphml(graph, folder / "graph.graphml")
    write_gexf(graph, folder / "graph.gexf")
    write_json(graph, folder / "graph.json")
    write_parquet(graph, folder / "graph.parquet")
