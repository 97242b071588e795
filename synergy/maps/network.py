"""The interactive network page: one HTML file that opens offline."""

from __future__ import annotations

from collections import Counter
from typing import Any

from synergy.maps.page import MapPage
from synergy.maps.style import KindStyle, kind_styles, placed, radii, tie_style, width


def render(page: MapPage) -> str:
    """Return the page as a whole HTML document that needs no other file and asks no host for anything.

    Whatever stands in a label, id, fact or title is shown as text and never runs; a content security policy
    allows the page's own scripts by their hashes and nothing else. The same page gives the same bytes.

    >>> from synergy.maps.page import MapNode
    >>> html = render(MapPage("<Alps>", "", "", (MapNode("01", "Ain", "region", 0, 0, 1),), (), (), ()))
    >>> html[:15], "<h1>&lt;Alps&gt;</h1>" in html, '"id":"01"' in html
    ('<!doctype html>', True, True)
    """
    from synergy.maps.safe_network import SafeNetwork  # pyvis costs a quarter of a second: only when drawn

    kinds = kind_styles(node.kind for node in page.nodes)
    network = SafeNetwork()
    _add_nodes(network, page, {style.kind: style for style in kinds})
    _add_edges(network, page)
    counts = Counter(edge.layer for edge in page.edges)
    layers = [
        {
            "name": layer.name,
            "meaning": layer.meaning,
            "shown": layer.shown,
            "colour": tie_style(i).colour,
            "dashed": tie_style(i).dashed,
            "count": counts[layer.name],
        }
        for i, layer in enumerate(page.layers)
    ]
    groups = [{"id": group.id, "label": group.label, "facts": list(group.facts)} for group in page.groups]
    document = network.document(
        {"layers": layers, "groups": groups, "kinds": [style.kind for style in kinds]},
        page=page,
        kinds=kinds,
        layers=layers,
        rows=_table_rows(page, [style.kind for style in kinds]),
    )
    # A lone surrogate, as broken input can hold one, could not be written as UTF-8.
    return document.encode("utf-8", "replace").decode("utf-8")


def _add_nodes(network: Any, page: MapPage, styles: dict[str, KindStyle]) -> None:
    points = placed([node.x for node in page.nodes], [node.y for node in page.nodes])
    for node, (x, y), radius in zip(page.nodes, points, radii([node.size for node in page.nodes]), strict=True):
        style = styles[node.kind]
        network.add_node(
            node.id,
            label=node.label or node.id,
            shape=style.shape,
            color=style.colour,
            kind=node.kind,
            x=x,
            y=y,
            size=radius,
            groups=list(node.groups),
            facts=list(node.facts),
        )


def _add_edges(network: Any, page: MapPage) -> None:
    largest: dict[str, float] = {}
    for edge in page.edges:
        largest[edge.layer] = max(edge.weight, largest.get(edge.layer, 0.0))
    order = {layer.name: i for i, layer in enumerate(page.layers)}
    # Layer by layer, so that the first layer's ties are the straight ones.
    for edge in sorted(page.edges, key=lambda edge: order[edge.layer]):
        network.add_edge(
            edge.source,
            edge.target,
            layer=order[edge.layer],
            weight=edge.weight,
            width=width(edge.weight, largest[edge.layer]),
            facts=list(edge.facts),
        )


def _table_rows(page: MapPage, kinds: list[str]) -> list[dict[str, Any]]:
    rank = {kind: i for i, kind in enumerate(kinds)}
    names = {group.id: group.label for group in page.groups}
    ties: Counter[str] = Counter()
    for edge in page.edges:
        ties.update({edge.source, edge.target})
    return [
        {
            "index": i,
            "label": node.label or node.id,
            "id": node.id,
            "kind": node.kind,
            "topics": "; ".join(names[group] for group in node.groups),
            "ties": ties[node.id],
        }
        for i, node in sorted(
            enumerate(page.nodes), key=lambda item: (rank[item[1].kind], -item[1].size, item[1].label)
        )
    ]
