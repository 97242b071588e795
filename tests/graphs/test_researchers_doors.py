"""Multiplex files, edge lists, matrices and tables: what they hold comes back, what they cannot take is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synergy_graphs import (
    GraphError,
    Layer,
    MultilayerGraph,
    Nodes,
    from_frame,
    from_scipy,
    read_edge_list,
    read_mpx,
    to_frames,
    to_scipy,
    write_edge_list,
    write_mpx,
)

AUCS = Path(__file__).resolve().parents[3] / "shared" / "sources" / "multiplex" / "aucs.mpx"
hostile = [
    ",",
    " ",
    "#x",
    "--x",
    " x ",
    "_x002C_",
    "_x_",
    "_x005F_x_",
    "Köln 😀",
    "_xD83D_",
    "a,b\tc",
    "\r",
    "\x85",
    "\u2028",
    "\ufeff",
    "NA",
    "\x00",
    "#EDGES",
    "1e5",
]
text = st.text(max_size=6) | st.sampled_from(hostile)


@st.composite
def graphs(draw, words=True):
    ids = draw(st.lists(text.filter(bool), unique=True, max_size=5))
    n = len(ids)
    nodes = Nodes(tuple(ids), *(tuple(draw(st.lists(text, min_size=n, max_size=n))) for _ in range(2)))
    layers = []
    for name in draw(st.lists(text.filter(bool), unique=True, max_size=3)):
        end = st.integers(0, n - 1) if n else st.nothing()
        ties = draw(st.lists(st.tuples(end, end, st.floats(1e-300, 1e300)), max_size=6)) if n else []
        i, j, w = (np.array([tie[at] for tie in ties], dtype=kind) for at, kind in enumerate((int, int, float)))
        said = {word: draw(text) for word in ("meaning", "unit", "source")} if words else {}
        layers.append(Layer.of_edges(name, i, j, w, n_nodes=n, directed=draw(st.booleans()), **said))
    return MultilayerGraph(nodes, tuple(layers))


def directed_names(graph):
    return [layer.name for layer in graph if layer.directed]


fast = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fast
@given(graph=graphs(words=False))
def test_mpx_gives_any_graph_back_but_for_words(tmp_path, graph):
    write_mpx(graph, tmp_path / "g.mpx")
    assert read_mpx(tmp_path / "g.mpx") == graph


@fast
@given(graph=graphs(words=False), separator=st.sampled_from([" ", "\t", ","]))
def test_edge_lists_give_all_ties_back(tmp_path, graph, separator):
    write_edge_list(graph, tmp_path / "g.edges", separator=separator)
    tied = graph.select(layer.name for layer in graph if layer.n_edges)
    options = {"separator": separator, "directed": directed_names(tied)}
    assert read_edge_list(tmp_path / "g.edges", nodes=graph.nodes, **options) == tied
    alone = read_edge_list(tmp_path / "g.edges", **options)
    assert {*map(tuple, alone.to_frame().itertuples(index=False))} <= {
        (layer, *ends, weight)
        for layer, s, t, weight in graph.to_frame().itertuples(index=False)
        for ends in ((s, t), (t, s))
    }
    assert alone.n_edges == graph.n_edges


@fast
@given(graph=graphs())
def test_tables_and_matrices_give_any_graph_back(graph):
    tables = to_frames(graph)
    assert from_frame(tables.ties, nodes=tables.nodes, layers=tables.layers) == graph
    plain = from_scipy(to_scipy(graph), nodes=graph.nodes, directed=directed_names(graph))
    assert to_frames(plain).ties.equals(tables.ties)
    assert plain.nodes == graph.nodes


def test_toys_come_back(toy, tmp_path):
    tables = to_frames(toy)
    assert from_frame(tables.ties, nodes=tables.nodes, layers=tables.layers) == toy
    write_mpx(toy, str(tmp_path / "g.mpx"))
    assert to_frames(read_mpx(str(tmp_path / "g.mpx"))).ties.equals(tables.ties)


def test_aucs_is_read():
    if not AUCS.is_file():
        pytest.skip("the example file aucs.mpx lies beside the repository, and is not there")
    graph = read_mpx(AUCS, kind="group", label="role")
    assert {layer.name: layer.n_edges for layer in graph} == {
        **{"lunch": 193, "facebook": 124, "coauthor": 21},
        **{"leisure": 88, "work": 194},
    }
    assert (graph.n_nodes, graph.nodes.kinds[0], graph.nodes.labels[0]) == (61, "G1", "Associate")
    assert not any(layer.directed for layer in graph)
    assert {float(weight) for layer in graph for weight in layer.edges()[2]} == {1.0}


FULL = """-- made by hand
#VERSION
3.0
#TYPE
multiplex
#LAYERS
near,UNDIRECTED,LOOPS
tells,DIRECTED
#ACTOR ATTRIBUTES
label,STRING
age,NUMERIC
#VERTEX ATTRIBUTES
tells,seen,NUMERIC
#EDGE ATTRIBUTES
tells,mood,STRING
weight,NUMERIC
#ACTORS
ann,Ann,7
bob, Bob ,8
#VERTICES
ann,near
bob,tells,3
#EDGES
ann,bob,near,2.5
bob,ann,near,2.5
ann,ann,near,1
bob,ann,tells,fine,4
cy,ann,tells,bad,1
"""


def test_a_full_mpx_is_read(tmp_path):
    (tmp_path / "g.mpx").write_text(FULL.replace("\n", "\r\n"))
    graph = read_mpx(tmp_path / "g.mpx")
    assert (graph.nodes.ids, graph.nodes.labels) == (("ann", "bob", "cy"), ("Ann", "Bob", "cy"))
    assert graph["near"].matrix.toarray().tolist() == [[1, 2.5, 0], [2.5, 0, 0], [0, 0, 0]]
    assert graph["tells"].matrix.toarray().tolist() == [[0, 0, 0], [4, 0, 0], [1, 0, 0]]
    assert read_mpx(tmp_path / "g.mpx", kind="age").nodes.kinds == ("7", "8", "node")


def test_a_multilayer_file_within_layers_is_read(tmp_path):
    content = (
        "#TYPE multilayer\n#LAYERS\na,a,DIRECTED\nb,b,UNDIRECTED\na,b,DIRECTED\n#NODES\nx,a\n#EDGES\nx,a,y,a\ny,b,z,b\n"
    )
    (tmp_path / "g.mpx").write_text(content)
    graph = read_mpx(tmp_path / "g.mpx")
    assert (graph.layer_names, graph.nodes.ids, graph["a"].directed) == (("a", "b"), ("x", "y", "z"), True)
    (tmp_path / "g.mpx").write_text(content + "x,a,y,b\n")
    with pytest.raises(GraphError, match=r"g\.mpx:11: the edge joins two layers, 'a' and 'b'"):
        read_mpx(tmp_path / "g.mpx")


BROKEN = """#TYPE
bipartite
#LAYERS
near,UNDIRECTED
near,SIDEWAYS
#ACTOR ATTRIBUTES
kind
#EDGE ATTRIBUTES
weight,NUMERIC
#ACTORS
ann
ann
#EDGE
lost,lost
#NODES
ann
#EDGES
ann,bob
ann,bob,nearr,1
ann,bob,near,heavy
ann,bob,near,-1
ann,,near,1
ann,bob,near,2,3
bob,ann,near,9
"""


def test_all_problems_of_an_mpx_are_told_with_their_lines(tmp_path):
    (tmp_path / "g.mpx").write_text(BROKEN)
    with pytest.raises(GraphError) as caught:
        read_mpx(tmp_path / "g.mpx")
    told = str(caught.value).removeprefix(str(tmp_path)).replace(f"{tmp_path}/", "").splitlines()
    assert [line.split(": ")[0].removeprefix("/") for line in told] == [
        f"g.mpx:{n}" for n in (2, 5, 5, 7, 12, 13, 16, 18, 19, 20, 21, 22, 23, 24)
    ]
    assert told[3].endswith("an actor attribute has 1 fields, expected 2: kind")
    assert told[4].endswith("the actor 'ann' is listed before, in line 11")
    assert told[5].endswith("there is no section '#EDGE'; did you mean 'EDGES'?")
    assert told[8].endswith("there is no layer 'nearr' under #LAYERS; did you mean 'near'?")
    assert told[9].endswith("the weight is 'heavy', expected a positive number")
    assert told[13].endswith("the tie of 'bob' and 'ann' in 'near' weighs 9 here and 1 before")


def test_many_problems_are_counted(tmp_path):
    (tmp_path / "g.mpx").write_text("\n".join(["a,b"] * 30))
    with pytest.raises(GraphError, match="and 10 more problems"):
        read_mpx(tmp_path / "g.mpx")


@pytest.mark.parametrize("read", [read_mpx, read_edge_list])
def test_what_is_no_text_file_is_told(tmp_path, read):
    with pytest.raises(GraphError, match="there is no file"):
        read(tmp_path / "none")
    (tmp_path / "g").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GraphError, match="not UTF-8"):
        read(tmp_path / "g")


def test_edge_lists_of_others_are_read(tmp_path):
    (tmp_path / "g").write_text("# layer node node weight\n1  7\t3\n1 3 7\n\n2 3 9 0.5\n2 3 9 0.5\n")
    graph = read_edge_list(tmp_path / "g")
    assert (graph.layer_names, graph.nodes.ids) == (("1", "2"), ("7", "3", "9"))
    assert graph.to_frame()["weight"].tolist() == [1.0, 1.0]
    assert read_edge_list(tmp_path / "g", directed=True)["1"].n_edges == 2


def test_all_problems_of_an_edge_list_are_told_with_their_lines(tmp_path):
    (tmp_path / "g").write_text("near a b 1\nnear a\nnear a b c d\nnear a b nan\nnear alpina b\n")
    with pytest.raises(GraphError) as caught:
        read_edge_list(tmp_path / "g", nodes=Nodes.of(["a", "b", "alpine"]))
    told = str(caught.value).replace(f"{tmp_path}/", "").splitlines()
    assert [line.split(": ")[0] for line in told] == ["g:2", "g:3", "g:4", "g:5"]
    assert told[3] == "g:5: there is no node 'alpina'; did you mean 'alpine'?"


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        ("near a b\n", {"separator": ";"}, "expected a blank, a tab or a comma"),
        ("near a b\n", {"directed": ["neer"]}, "has no layer 'neer'; did you mean 'near'"),
        ("near a b 1\nnear b a 2\n", {}, "weighs 1 one way and 2 the other"),
        ("near,a,\n", {"separator": ","}, "g:1: expected layer, source, target"),
    ],
)
def test_an_impossible_edge_list_is_told(tmp_path, content, options, says):
    (tmp_path / "g").write_text(content)
    with pytest.raises(GraphError, match=says):
        read_edge_list(tmp_path / "g", **options)


def test_mpx_is_plain_ascii_and_has_each_actor_in_a_layer(tmp_path):
    nodes = Nodes.of(["Köln", "c d", "😀"], labels=["", "x", "y"])
    write_mpx(MultilayerGraph.from_edges({"a": ([0], [1])}, nodes=nodes), tmp_path / "g.mpx")
    lines = (tmp_path / "g.mpx").read_bytes().decode("ascii").splitlines()
    assert "K_x00F6_ln,node,_x_" in lines
    assert lines[lines.index("#VERTICES") + 1] == "_xD83D__xDE00_,a"
    assert lines[-1] == "K_x00F6_ln,c_x0020_d,a,1.0"


def test_no_text_leaves_its_field(tmp_path):
    nodes = Nodes.of(["a\n#EDGES\nx,y,z", "-- b"], labels=["l,\r\n", ""])
    graph = MultilayerGraph.from_edges({"#TYPE multilayer": ([0], [1])}, nodes=nodes)
    write_mpx(graph, tmp_path / "g.mpx")
    assert (tmp_path / "g.mpx").read_text().splitlines().count("#EDGES") == 1
    write_edge_list(graph, tmp_path / "g.edges")
    assert len((tmp_path / "g.edges").read_text().splitlines()) == 1


SCRIPT = """
import sys
from synergy_graphs import MultilayerGraph, Nodes, write_edge_list, write_mpx
nodes = Nodes.of([f"n{i}" for i in range(9)], kinds=["a", "b", "c"] * 3)
g = MultilayerGraph.from_edges({n: (range(8), range(1, 9)) for n in "xyz"}, nodes=nodes, directed={"x", "z"})
write_mpx(g, sys.argv[1] + "/g.mpx")
write_edge_list(g, sys.argv[1] + "/g.edges")
"""


def test_the_same_bytes_in_every_process(tmp_path):
    found = set()
    for seed in "01":
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], env={"PYTHONHASHSEED": seed}, check=True)
        found.add(tuple((folder / name).read_bytes() for name in ("g.mpx", "g.edges")))
    assert len(found) == 1
    assert b"\r" not in b"".join(*found)


def test_matrices_are_copies():
    graph = MultilayerGraph.from_edges({"t": ([0], [1])}, n_nodes=2)
    to_scipy(graph)["t"].data[:] = 5
    assert graph["t"].edges()[2].tolist() == [1.0]
    assert from_scipy({}).n_nodes == 0


@pytest.mark.parametrize(
    ("matrices", "options", "says"),
    [
        ({"a": np.eye(2), "b": np.eye(3)}, {}, "'b' has 3 nodes, the graph 2"),
        ({"a": np.array([[0, 1], [0, 0]])}, {}, "not symmetric"),
        ({"a": sp.csr_array((2, 3))}, {}, "expected square"),
        ({"a": np.eye(2)}, {"directed": ["b"]}, "'b' that is not there"),
    ],
)
def test_impossible_matrices_are_told(matrices, options, says):
    with pytest.raises(GraphError, match=says):
        from_scipy(matrices, **options)


def test_a_plain_table_is_enough():
    graph = from_frame(pd.DataFrame({"source": [1, 1], "target": ["b", "c"], "note": ["x", "y"]}))
    assert (graph.nodes.ids, graph.layer_names, graph.n_edges) == (("1", "b", "c"), ("ties",), 2)
    both = from_frame(graph.to_frame(), directed=["ties"])
    assert both["ties"].directed
    assert from_frame(graph.to_frame(), directed=True)["ties"].directed


def test_all_problems_of_tables_are_told_with_their_rows():
    ties = pd.DataFrame(
        {
            "layer": ["near", "far", None],
            "source": ["a", "alpina", 2.5],
            "target": ["b", "b", ""],
            "weight": [1.0, -1.0, float("nan")],
        }
    )
    nodes = pd.DataFrame({"id": ["a", "b", "a", "alpine"], "label": ["", "B", None, "x"]})
    layers = pd.DataFrame({"name": ["near"], "directed": ["yes"]})
    with pytest.raises(GraphError) as caught:
        from_frame(ties, nodes=nodes, layers=layers, directed=True)
    assert str(caught.value).splitlines() == [
        "ties row 2: source is 2.5, expected text",
        "ties row 2: target is empty, expected text",
        "ties row 2: layer is empty, expected text",
        "ties row 1: weight is -1.0, expected a positive number",
        "ties row 2: weight is empty, expected a positive number",
        "ties row 1: there is no source 'alpina'; did you mean 'alpine'?",
        "ties row 1: there is no layer 'far'",
        "directed is given beside layers, which has its own column for it",
        "nodes row 2: id 'a' stands before, in row 0",
        "nodes row 2: label is empty, expected text",
        "layers row 0: directed is 'yes', expected true or false",
    ]


def test_missing_columns_are_told():
    with pytest.raises(GraphError, match="no column 'source'; there are sorce, target; did you mean 'sorce'"):
        from_frame(pd.DataFrame({"sorce": ["a"], "target": ["b"]}))
    with pytest.raises(GraphError, match="2 columns 'target'"):
        from_frame(pd.DataFrame([["a", "b", "c"]], columns=["source", "target", "target"]))
    with pytest.raises(GraphError, match="'neer' that is not there; did you mean 'near'"):
        from_frame(pd.DataFrame({"layer": ["near"], "source": ["a"], "target": ["b"]}), directed=["neer"])


def test_the_input_is_left_alone():
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    before = ties.copy()
    from_frame(ties)
    pd.testing.assert_frame_equal(ties, before)
