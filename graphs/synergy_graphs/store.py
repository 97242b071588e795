"""A graph as a folder of Parquet files."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from synergy_graphs.errors import GraphError
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes

_NODES = pa.schema([("id", pa.string()), ("kind", pa.string()), ("label", pa.string())])
_LAYERS = pa.schema(
    [
        ("name", pa.string()),
        ("directed", pa.bool_()),
        ("meaning", pa.string()),
        ("unit", pa.string()),
        ("source", pa.string()),
    ]
)
_EDGES = pa.schema([("layer", pa.string()), ("source", pa.string()), ("target", pa.string()), ("weight", pa.float64())])


def write_parquet(graph: MultilayerGraph, folder: str | PathLike[str]) -> None:
    """Write ``nodes.parquet``, ``layers.parquet`` and ``edges.parquet`` into a folder, made if need be.

    nodes: id, kind, label, in node order. layers: name, directed, meaning, unit, source, in layer order. edges:
    layer, source, target (ids), weight, sorted by layer, then position; an undirected tie once. Nothing is lost,
    and the same graph gives the same bytes.

    >>> import tempfile
    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.1])}, n_nodes=3)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_parquet(graph, folder)
    ...     read_parquet(folder) == graph
    True
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    ids = np.array(graph.nodes.ids, dtype=object)
    edges = [
        pa.table(
            [
                pa.array([layer.name] * rows.size, pa.string()),
                pa.array(ids[rows], pa.string()),
                pa.array(ids[cols], pa.string()),
                pa.array(weights),
            ],
            schema=_EDGES,
        )
        for layer in graph
        for rows, cols, weights in [layer.edges()]
    ]
    nodes = [list(part) for part in (graph.nodes.ids, graph.nodes.kinds, graph.nodes.labels)]
    layers = [[getattr(layer, name) for layer in graph] for name in _LAYERS.names]
    _write(pa.table(nodes, schema=_NODES), target / "nodes.parquet")
    _write(pa.table(layers, schema=_LAYERS), target / "layers.parquet")
    _write(pa.concat_tables([_EDGES.empty_table(), *edges]), target / "edges.parquet")


def read_parquet(folder: str | PathLike[str]) -> MultilayerGraph:
    """Read the graph that ``write_parquet`` wrote.

    Raises GraphError when a file is missing, is not Parquet, lacks a column, or names an unknown node or layer.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_parquet(MultilayerGraph.from_edges({"near": ([0], [1], [0.1])}, n_nodes=3), folder)
    ...     read_parquet(folder)
    MultilayerGraph(3 nodes: 3 node; 1 layer: near 1)
    """
    source = Path(folder)
    nodes = _read(source / "nodes.parquet", _NODES)
    layers = _read(source / "layers.parquet", _LAYERS)
    edges = _read(source / "edges.parquet", _EDGES)
    index = Nodes(*(tuple(nodes[name].to_pylist()) for name in _NODES.names))
    names = edges["layer"].to_pylist()
    number = {name: at for at, name in enumerate(layers["name"].to_pylist())}
    strangers = sorted(set(names) - set(number))
    if strangers:
        raise GraphError(f"{source / 'edges.parquet'} holds ties of a layer {strangers[0]!r} that layers.parquet lacks")
    ends = [
        np.array([index.position(node) for node in edges[end].to_pylist()], dtype=np.int64)
        for end in ("source", "target")
    ]
    weights = edges["weight"].to_numpy()
    numbers = np.array([number[name] for name in names], dtype=np.int64)
    made = []
    for at, row in enumerate(layers.to_pylist()):
        mine = numbers == at
        made.append(
            Layer.of_edges(
                row["name"],
                ends[0][mine],
                ends[1][mine],
                weights[mine],
                n_nodes=len(index),
                directed=row["directed"],
                meaning=row["meaning"],
                unit=row["unit"],
                source=row["source"],
            )
        )
    return MultilayerGraph(index, tuple(made))


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _read(path: Path, schema: pa.Schema) -> pa.Table:
    if not path.is_file():
        raise GraphError(f"there is no file {path}")
    try:
        table = pq.read_table(path, partitioning=None)
    except pa.ArrowInvalid as problem:
        raise GraphError(f"{path} is not a Parquet file that can be read: {problem}") from problem
    missing = [name for name in schema.names if name not in table.column_names]
    if missing:
        raise GraphError(f"{path} lacks the column {missing[0]!r}; it has {', '.join(table.column_names)}")
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as problem:
        raise GraphError(f"{path} holds columns of another type than expected: {problem}") from problem
