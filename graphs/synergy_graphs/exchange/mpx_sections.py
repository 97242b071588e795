"""The sections of an .mpx file, checked line by line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from synergy_graphs.exchange.plain_text import Findings, lines_of, suggestion, text_of

Record = tuple[int, list[str]]


class Edge(NamedTuple):
    """One line under #EDGES: its number, the actors, the layer, the values of the layer's edge attributes."""

    line: int
    source: str
    target: str
    layer: str
    values: list[str]


_SECTIONS = (
    *("VERSION", "TYPE", "LAYERS", "ACTOR ATTRIBUTES", "NODE ATTRIBUTES", "EDGE ATTRIBUTES"),
    *("ACTORS", "NODES", "EDGES"),
)
# Version 3 says vertex where the forms before it say node.
_OTHER_NAMES = {"VERTEX ATTRIBUTES": "NODE ATTRIBUTES", "VERTICES": "NODES"}
_DIRECTIONS = {"DIRECTED": True, "UNDIRECTED": False}
_LAYER_WORDS = {*_DIRECTIONS, "LOOPS", "NO LOOPS"}


class Sections:
    """What the lines of an .mpx file say; problems are noted in ``findings``, not raised."""

    def __init__(self, path: Path) -> None:
        self.findings = Findings(path)
        self.multilayer = False
        self.layers: dict[str, bool] = {}
        self.listed = False
        self.actor_attributes: list[str] = []
        self.node_attributes: dict[str, list[str]] = {}
        self.edge_attributes: dict[str, list[str]] = {}
        self.global_attributes: list[str] = []
        self.actors: list[Record] = []
        self.nodes: list[Record] = []
        self.edges: list[Edge] = []
        self.mentioned: list[str] = []

    def attributes_of(self, layer: str) -> list[str]:
        """Return the names of the edge attributes of a layer, its own before those of all layers."""
        return [*self.edge_attributes.get(layer, []), *self.global_attributes]

    def values(self, ids: list[str], attribute: str, otherwise: list[str]) -> list[str]:
        """Return an actor attribute for each id, or what stands in its place where the file does not say it."""
        if attribute not in self.actor_attributes:
            return otherwise
        at = 1 + self.actor_attributes.index(attribute)
        given = {fields[0]: fields[at] for _, fields in self.actors if len(fields) > at}
        return [given.get(node, default) for node, default in zip(ids, otherwise, strict=True)]


def read_sections(path: Path) -> Sections:
    """Read the file into sections; raises GraphError only when it is not a text file."""
    found = Sections(path)
    records: dict[str, list[Record]] = {name: [] for name in _SECTIONS}
    section = "EDGES"
    for number, line in lines_of(path):
        if line.startswith("--"):
            continue
        if line.startswith("#"):
            section, value = _section(found.findings, number, line[1:].strip())
            if value:
                records[section].append((number, [value]))
        elif section:
            records[section].append((number, [text_of(part) for part in line.split(",")]))
    for number, fields in records["TYPE"]:
        _type(found, number, fields)
    for number, fields in records["LAYERS"]:
        _layer(found, number, fields)
    for number, fields in records["ACTOR ATTRIBUTES"]:
        if _has(found.findings, number, "an actor attribute", fields, 2):
            found.actor_attributes.append(fields[0])
    for number, fields in records["NODE ATTRIBUTES"]:
        if _has(found.findings, number, "a node attribute", fields, 3):
            found.node_attributes.setdefault(fields[0], []).append(fields[1])
    for number, fields in records["EDGE ATTRIBUTES"]:
        _edge_attribute(found, number, fields)
    found.listed = bool(found.layers)
    found.actors, found.nodes = records["ACTORS"], records["NODES"]
    _check_actors(found)
    _check_nodes(found)
    for number, fields in records["EDGES"]:
        _edge(found, number, fields)
    return found


def _section(findings: Findings, number: int, heading: str) -> tuple[str, str]:
    words = " ".join(heading.upper().split())
    name = _OTHER_NAMES.get(words, words)
    if name in _SECTIONS:
        return name, ""
    first, _, rest = heading.partition(" ")
    if first.upper() in ("TYPE", "VERSION"):
        return first.upper(), rest.strip()
    hint = suggestion(words, [*_SECTIONS, *_OTHER_NAMES])
    findings.add(number, f"there is no section {'#' + heading!r}{hint}")
    return "", ""


def _type(found: Sections, number: int, fields: list[str]) -> None:
    kind = fields[0].lower()
    if kind not in ("multiplex", "multilayer"):
        found.findings.add(number, f"the type is {fields[0]!r}, expected multiplex or multilayer")
    found.multilayer = kind == "multilayer"


def _layer(found: Sections, number: int, fields: list[str]) -> None:
    name, words = fields[0], fields[1:]
    if words and words[0].upper() not in _LAYER_WORDS and found.multilayer:
        if words[0] != name:
            # How edges between two layers run; such edges themselves are refused.
            return
        words = words[1:]
    unknown = [word for word in words if word.upper() not in _LAYER_WORDS]
    directions = [word.upper() for word in words if word.upper() in _DIRECTIONS]
    if not name or unknown or len(directions) != 1:
        found.findings.add(number, f"expected a layer as 'name,DIRECTED' or 'name,UNDIRECTED', found {fields}")
    if name in found.layers:
        found.findings.add(number, f"the layer {name!r} is listed twice")
    if name:
        found.layers[name] = directions == ["DIRECTED"]


def _edge_attribute(found: Sections, number: int, fields: list[str]) -> None:
    if len(fields) == 2:
        found.global_attributes.append(fields[0])
    elif _has(found.findings, number, "an edge attribute", fields, 3):
        found.edge_attributes.setdefault(fields[0], []).append(fields[1])


def _has(findings: Findings, number: int, what: str, fields: list[str], expected: int) -> bool:
    if len(fields) != expected:
        findings.add(number, f"{what} has {len(fields)} fields, expected {expected}: {','.join(fields)}")
    return len(fields) == expected


def _check_actors(found: Sections) -> None:
    seen: dict[str, int] = {}
    for number, fields in found.actors:
        _has(found.findings, number, "an actor", fields, 1 + len(found.actor_attributes))
        _named(found, number, fields[0])
        if fields[0] in seen:
            found.findings.add(number, f"the actor {fields[0]!r} is listed before, in line {seen[fields[0]]}")
        seen.setdefault(fields[0], number)


def _check_nodes(found: Sections) -> None:
    # That an actor is present in a layer without ties is more than our layers say; the names are checked all the same.
    for number, fields in found.nodes:
        attributes = found.node_attributes.get(fields[1], []) if len(fields) > 1 else []
        if _has(found.findings, number, "a node", fields, 2 + len(attributes)):
            _known_layer(found, number, fields[1])
            _named(found, number, fields[0])


def _named(found: Sections, number: int, actor: str) -> None:
    if actor:
        found.mentioned.append(actor)
    else:
        found.findings.add(number, "an actor has no name")


def _known_layer(found: Sections, number: int, layer: str) -> None:
    """Note a layer that is missing from a list of layers; where there is no list, take it as undirected."""
    if layer in found.layers:
        return
    if not layer:
        found.findings.add(number, "a layer has no name")
    elif found.listed:
        hint = suggestion(layer, list(found.layers))
        found.findings.add(number, f"there is no layer {layer!r} under #LAYERS{hint}")
    else:
        found.layers[layer] = False


def _edge(found: Sections, number: int, fields: list[str]) -> None:
    ends = 4 if found.multilayer else 3
    if len(fields) < ends:
        form = "actor,layer,actor,layer" if found.multilayer else "actor,actor,layer"
        found.findings.add(number, f"expected an edge as {form!r}, found {','.join(fields)!r}")
        return
    source, target, layer = (fields[at] for at in ((0, 2, 1) if found.multilayer else (0, 1, 2)))
    for actor in (source, target):
        _named(found, number, actor)
    _known_layer(found, number, layer)
    if found.multilayer and fields[3] != layer:
        found.findings.add(number, f"the edge joins two layers, {layer!r} and {fields[3]!r}; ties are within a layer")
    elif _has(found.findings, number, "an edge", fields, ends + len(found.attributes_of(layer))):
        found.edges.append(Edge(number, source, target, layer, fields[ends:]))
