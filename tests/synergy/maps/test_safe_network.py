import time

import pytest

from synergy.errors import SynergyError
from synergy.maps.safe_network import SafeNetwork


def network_of(*ids: str) -> SafeNetwork:
    network = SafeNetwork()
    for node in ids:
        network.add_node(node, label=node)
    return network


def test_ids_that_look_like_numbers_stay_apart():
    assert [node["id"] for node in network_of("01", "1", "1.0").nodes] == ["01", "1", "1.0"]


def test_an_empty_label_stays_empty():
    network = SafeNetwork()
    network.add_node("a", label="")
    assert network.nodes[0]["label"] == ""


def test_a_repeated_node_is_refused():
    with pytest.raises(SynergyError, match="'a' is added twice"):
        network_of("a", "a")


def test_a_tie_to_nowhere_is_refused():
    with pytest.raises(SynergyError, match="'b'"):
        network_of("a").add_edge("a", "b")


def test_parallel_ties_bend_apart_whichever_way_round():
    network = network_of("a", "b")
    for source, to in (("a", "b"), ("b", "a"), ("a", "b"), ("b", "a")):
        network.add_edge(source, to)
    seen_from_a = [edge["bend"] * (1 if edge["from"] == "a" else -1) for edge in network.edges]
    assert seen_from_a == [0, 1, -1, 2]


def test_a_tie_takes_constant_time():
    network = network_of(*(str(i) for i in range(300)))
    start = time.process_time()
    for i in range(40_000):
        network.add_edge(str(i % 300), str(i * 7 % 300))
    # Looking through all ties each time, as pyvis does, takes minutes.
    assert time.process_time() - start < 5
    assert network.num_edges() == 40_000
