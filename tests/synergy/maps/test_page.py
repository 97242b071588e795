from dataclasses import replace

import pytest

from synergy.errors import SynergyError
from synergy.maps.page import MapEdge, MapGroup, MapLayer, MapNode, MapPage

NODE = MapNode("a", "A", "region", 0, 0, 1)
PAGE = MapPage("t", "", "", (NODE, replace(NODE, id="b")), (), (MapLayer("near", "", True),), (MapGroup("g", "G", ()),))
TIE = MapEdge("a", "b", "near", 1.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nodes": (NODE, NODE)}, "node id 'a' is given 2 times"),
        ({"layers": PAGE.layers * 2}, "layer 'near' is given 2 times"),
        ({"groups": PAGE.groups * 3}, "topic id 'g' is given 3 times"),
        ({"nodes": (replace(NODE, x=float("nan")),)}, "node 'a' has x nan"),
        ({"nodes": (replace(NODE, y=float("inf")),)}, "y inf"),
        ({"nodes": (replace(NODE, size=-1.0),)}, "size -1.0"),
        ({"nodes": (replace(NODE, groups=("h",)),)}, "names the topic 'h'"),
        ({"edges": (replace(TIE, source="c"),)}, "names the node 'c'"),
        ({"edges": (replace(TIE, target="1"),)}, "names the node '1'"),
        ({"edges": (replace(TIE, layer="far"),)}, "names the layer 'far'"),
        ({"edges": (replace(TIE, weight=float("nan")),)}, "has weight nan"),
        ({"edges": (replace(TIE, weight=-0.5),)}, "has weight -0.5"),
    ],
)
def test_a_broken_page_is_refused_with_its_place(change, message):
    with pytest.raises(SynergyError, match=message):
        replace(PAGE, **change)


def test_parallel_ties_and_loops_are_fine():
    page = replace(PAGE, edges=[TIE, TIE, replace(TIE, target="a")])
    assert len(page.edges) == 3
    assert isinstance(page.edges, tuple)
