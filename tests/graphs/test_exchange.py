"""Nothing is lost through any door, and others can read what is written."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from xml.etree import ElementTree

import igraph
import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import synergy_graphs
from synergy_graphs import (
    GraphError,
    Layer,
    MultilayerGraph,
    Nodes,
    from_igraph,
    from_networkx,
    read_gexf,
    read_graphml,
    read_json,
    read_parquet,
    to_igraph,
    to_networkx,
    write_gexf,
    write_graphml,
    write_json,
    write_parquet,
)

FILES = {
    "graphml": (write_graphml, read_graphml),
    "gexf": (write_gexf, read_gexf),
    "json": (write_json, read_json),
    "parquet": (write_parquet, read_parquet),
}
text = st.text(max_size=8) | st.sampled_from(["_x0041_", "_x005F_x0041_", "<script>", "]]>", "\x00", "\ufffe", " \r\n"])


@st.composite
def graphs(draw):
    ids = draw(st.lists(text.filter(bool), unique=True, max_size=5))
    n = len(ids)
    nodes = Nodes(tuple(ids), *(tuple(draw(st.lists(text, min_size=n, max_size=n))) for _ in range(2)))
    layers = []
    for name in draw(st.lists(text.filter(bool), unique=True, max_size=3)):
        end = st.integers(0, n - 1) if n else st.nothing()
        ties = draw(st.lists(st.tuples(end, end, st.floats(1e-300, 1e300)), max_size=6)) if n else []
        i, j, w = (np.array([tie[at] for tie in ties], dtype=kind) for at, kind in enumerate((int, int, float)))
        words = {word: draw(text) for word in ("meaning", "unit", "source")}
        layers.append(Layer.of_edges(name, i, j, w, n_nodes=n, directed=draw(st.booleans()), **words))
    return MultilayerGraph(nodes, tuple(layers))


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_files_give_any_graph_back(tmp_path, kind, graph):
    write, read = FILES[kind]
    write(graph, tmp_path / kind)
    assert read(tmp_path / kind) == graph


@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_networkx_and_igraph_give_any_graph_back(graph):
    assert from_networkx(to_networkx(graph)) == graph
    assert from_igraph(to_igraph(graph)) == graph


@pytest.mark.parametrize("kind", FILES)
def test_toys_come_back(toy, kind, tmp_path):
    write, read = FILES[kind]
    write(toy, str(tmp_path / kind))
    assert read(str(tmp_path / kind)) == toy
    assert from_networkx(to_networkx(toy)) == toy
    assert from_igraph(to_igraph(toy)) == toy


def same(ours, theirs, ids=str):
    """Whether networkx read the same ties from a file as it is handed directly."""

    def ties(net):
        ends = sorted if not net.is_directed() else list
        return sorted((*ends([u, v]), data["layer"], data["weight"]) for u, v, data in net.edges(data=True))

    return (
        theirs.is_directed() == ours.is_directed()
        and dict(theirs.nodes(data="kind")) == dict(ours.nodes(data="kind"))
        and dict(theirs.nodes(data="label")) == dict(ours.nodes(data="label"))
        and ties(theirs) == ties(ours)
    )


def mixed(directed):
    nodes = Nodes.of(["01", "1", "é&<b>"], kinds=["region", "firm", "firm"], labels=["<script>", "Ö", "x"])
    edges = {"near": ([0, 1], [1, 2], [0.1, 0.2]), "tells": ([0, 1, 2], [1, 0, 2], [1.0, 2.0, 3.0])}
    return MultilayerGraph.from_edges(edges, nodes=nodes, directed=["tells"] if directed else False)


@pytest.mark.parametrize("directed", [False, True])
def test_networkx_reads_our_files(tmp_path, directed):
    graph = mixed(directed)
    ours = to_networkx(graph)
    write_graphml(graph, tmp_path / "g.graphml")
    write_gexf(graph, tmp_path / "g.gexf")
    write_json(graph, tmp_path / "g.json")
    assert same(ours, nx.read_graphml(tmp_path / "g.graphml"))
    assert same(ours, nx.read_gexf(tmp_path / "g.gexf"))
    linked = nx.node_link_graph(json.loads((tmp_path / "g.json").read_text(encoding="utf-8")), edges="edges")
    assert same(ours, linked)
    assert from_networkx(linked) == graph


def test_igraph_reads_our_graphml(tmp_path):
    # No & in an id: igraph's own reader leaves '&#38;' in its place.
    graph = mixed(True).subgraph([1, 0])
    write_graphml(graph, tmp_path / "g.graphml")
    net = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    assert net.vs["id"] == list(graph.nodes.ids)
    assert net.vs["label"] == list(graph.nodes.labels)
    assert net.es["weight"] == to_igraph(graph).es["weight"]


def test_we_read_networkx_files(tmp_path):
    graph = mixed(False).select(["near"])
    net = to_networkx(graph)
    del net.graph["layers"]
    nx.write_graphml(net, tmp_path / "g.graphml")
    nx.write_gexf(net, tmp_path / "g.gexf")
    (tmp_path / "g.json").write_text(json.dumps(nx.node_link_data(net, edges="links")), encoding="utf-8")
    assert read_graphml(tmp_path / "g.graphml") == graph
    assert read_gexf(tmp_path / "g.gexf") == graph
    assert read_json(tmp_path / "g.json") == graph


def test_an_undirected_tie_can_be_walked_both_ways_in_a_directed_whole():
    net = to_networkx(mixed(True))
    assert net.is_directed()
    assert net.edges["01", "1", "near"] == net.edges["1", "01", "near"] == {"layer": "near", "weight": 0.1}
    assert not to_networkx(mixed(False)).is_directed()


def test_foreign_graphs_get_sensible_defaults():
    graph = from_networkx(nx.karate_club_graph())
    assert (graph.n_nodes, graph.layer_names, graph.n_edges) == (34, ("ties",), 78)
    keyed = nx.MultiGraph()
    keyed.add_edge("a", "b", key="near")
    keyed.add_edge("a", "b", key="near too", weight=2)
    assert from_networkx(keyed).layer_names == ("near", "near too")
    assert from_networkx(nx.DiGraph([(1, 2)]))["ties"].directed
    assert from_igraph(igraph.Graph.Ring(3, directed=True)).nodes.ids == ("0", "1", "2")


def test_two_weights_for_one_undirected_tie_are_refused():
    net = to_networkx(mixed(True))
    net.edges["01", "1", "near"]["weight"] = 5.0
    with pytest.raises(GraphError, match=r"'01' and '1' weighs 5 one way and 0\.1 the other"):
        from_networkx(net)
    net.remove_edge("1", "01", key="near")
    assert from_networkx(net)["near"].edges()[2].tolist() == [5.0, 0.2]


def test_lost_directions_are_refused():
    with pytest.raises(GraphError, match="lost their direction"):
        from_networkx(to_networkx(mixed(True)).to_undirected())


def test_ids_that_become_one_are_refused():
    with pytest.raises(GraphError, match="repeated, first '1'"):
        from_networkx(nx.Graph([(1, "1")]))


def test_no_label_becomes_markup(tmp_path):
    nodes = Nodes.of(["<script>alert(1)</script>", 'a" onload="x'], labels=["]]><script>", "&lt;"])
    graph = MultilayerGraph.from_edges({"<script>": ([0], [1])}, nodes=nodes)
    for kind in ("graphml", "gexf"):
        FILES[kind][0](graph, tmp_path / kind)
        raw = (tmp_path / kind).read_text(encoding="utf-8")
        assert "<script" not in raw
        assert "]]>" not in raw
        assert not [e for e in ElementTree.fromstring(raw).iter() if e.tag.endswith("}script") or "onload" in e.attrib]


def test_files_hold_no_date_and_plain_line_ends(tmp_path):
    for kind in ("graphml", "gexf", "json"):
        FILES[kind][0](mixed(True), tmp_path / kind)
        raw = (tmp_path / kind).read_bytes()
        assert b"\r" not in raw
        assert b"date" not in raw


SCRIPT = """
import sys
from synergy_graphs import MultilayerGraph, Nodes, write_gexf, write_graphml, write_json, write_parquet
nodes = Nodes.of([f"n{i}" for i in range(9)], kinds=["a", "b", "c"] * 3)
g = MultilayerGraph.from_edges({n: (range(8), range(1, 9)) for n in "xyz"}, nodes=nodes, directed={"x", "z"})
for kind, write in (("graphml", write_graphml), ("gexf", write_gexf), ("json", write_json), ("parquet", write_parquet)):
    write(g, sys.argv[1] + "/" + kind)
"""


def test_the_same_bytes_in_every_process(tmp_path):
    found = set()
    for seed in "012":
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], env={"PYTHONHASHSEED": seed}, check=True)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        assert len(files) == 6
        found.add(tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))
    assert len(found) == 1


BAD_XML = ["", "<html/>", "<graphml", "<graphml/>", "<gexf/>", "\x00"]


@pytest.mark.parametrize("content", BAD_XML)
@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_what_is_not_a_graph_in_xml_is_told(tmp_path, kind, content):
    (tmp_path / "g").write_text(content)
    with pytest.raises(GraphError, match="g "):
        FILES[kind][1](tmp_path / "g")


@pytest.mark.parametrize(
    "content",
    [
        '<graphml><graph edgedefault="directed"><node id="a"/><edge source="a" target="b"/></graph></graphml>',
        '<graphml><graph edgedefault="directed"><node id="a"/><node id="a"/></graph></graphml>',
        '<graphml><graph edgedefault="directed"><node/></graph></graphml>',
        '<graphml><key id="w" attr.name="weight"/><graph edgedefault="directed"><node id="a"/>'
        '<edge source="a" target="a"><data key="w">heavy</data></edge></graph></graphml>',
    ],
)
def test_a_broken_graph_in_xml_is_told(tmp_path, content):
    (tmp_path / "g").write_text(content)
    with pytest.raises(GraphError, match="g: "):
        read_graphml(tmp_path / "g")


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"nodes": [{}], "edges": []}', '{"nodes": 3, "edges": []}', '{"nodes": []}', "\x00"]
)
def test_what_is_not_node_link_json_is_told(tmp_path, content):
    (tmp_path / "g").write_text(content)
    with pytest.raises(GraphError, match="not node-link JSON"):
        read_json(tmp_path / "g")


@pytest.mark.parametrize("kind", FILES)
def test_a_missing_file_is_told(tmp_path, kind):
    with pytest.raises(GraphError, match="there is no file"):
        FILES[kind][1](tmp_path / "none")


def test_parquet_with_other_types_is_told(tmp_path):
    write_parquet(mixed(True), tmp_path)
    edges = pq.read_table(tmp_path / "edges.parquet")
    pq.write_table(edges.set_column(3, "weight", pa.array(["x"] * len(edges))), tmp_path / "edges.parquet")
    with pytest.raises(GraphError, match="another type than expected"):
        read_parquet(tmp_path)


def test_parquet_problems_are_told(tmp_path):
    write_parquet(mixed(True), tmp_path)
    (tmp_path / "layers.parquet").write_bytes((tmp_path / "nodes.parquet").read_bytes())
    with pytest.raises(GraphError, match="lacks the column 'name'"):
        read_parquet(tmp_path)
    (tmp_path / "nodes.parquet").write_text("no")
    with pytest.raises(GraphError, match="not a Parquet file"):
        read_parquet(tmp_path)


def test_parquet_that_names_an_unknown_layer_is_told(tmp_path):
    write_parquet(mixed(True), tmp_path)
    other = tmp_path / "other"
    write_parquet(mixed(True).select(["near"]), other)
    (tmp_path / "layers.parquet").write_bytes((other / "layers.parquet").read_bytes())
    with pytest.raises(GraphError, match="a layer 'tells'"):
        read_parquet(tmp_path)


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, synergy_graphs; "
        "print([m for m in ('igraph', 'networkx', 'pyarrow', 'pandas', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_every_exported_name_is_there():
    assert [name for name in synergy_graphs.__all__ if not hasattr(synergy_graphs, name)] == []
    assert synergy_graphs.__all__ == sorted(synergy_graphs.__all__)
    assert set(synergy_graphs.__all__) <= set(dir(synergy_graphs))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        synergy_graphs.nothing  # noqa: B018
