"""pyvis made safe: escaped, offline, constant time per tie, parallel ties kept."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from synergy.errors import GraphError
from synergy.maps.inline import content_hash, guarded_script, json_text, vis_network_script

_SCRIPTS = ("model.js", "picture.js", "labels.js", "panel.js", "search.js", "controls.js", "start.js")


class SafeNetwork(Network):  # type: ignore[misc]  # pyvis is untyped
    """A pyvis network whose page is ours: own autoescaping template, nothing fetched, physics off.

    pyvis itself looks through all nodes for each new node and through all ties for each new tie, and drops a
    second tie between the same two nodes; its template loads from foreign hosts and escapes nothing.
    """

    def __init__(self) -> None:
        super().__init__(cdn_resources="in_line")
        self._templates = PackageLoader("synergy.maps")
        self.templateEnv = Environment(
            loader=self._templates,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.path = "network.html"
        self.options = {"physics": {"enabled": False}}
        self._ties: dict[tuple[str, str], int] = {}

    def add_node(self, n_id: str, label: str = "", shape: str = "dot", color: str = "", **options: Any) -> None:
        """Add a node; the id stays the string it is. Raises GraphError when the id is there already."""
        if n_id in self.node_map:
            raise GraphError(f"node {n_id!r} is added twice")
        node = {**options, "id": n_id, "label": label, "shape": shape, "color": color}
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Add a tie and keep earlier ones between the same nodes; ``bend`` tells how far it curves from them.

        Raises GraphError when a node is not there.
        """
        for end in (source, to):
            if end not in self.node_map:
                raise GraphError(f"a tie names the node {end!r}, which was not added")
        pair = (source, to) if source <= to else (to, source)
        rank = self._ties.get(pair, 0)
        self._ties[pair] = rank + 1
        # 0, +1, -1, +2, …; the sign is the pair's, whichever way round this tie is given.
        bend = (rank + 1) // 2 * (1 if rank % 2 else -1) * (1 if pair[0] == source else -1)
        self.edges.append({**options, "from": source, "to": to, "bend": bend})

    def document(self, data: dict[str, Any], **context: Any) -> str:
        """Return the whole page: ``data`` joins nodes and ties as JSON, ``context`` goes to the template."""
        nodes, edges, *_ = self.get_network_data()
        own = "\n".join(self._source(name) for name in _SCRIPTS)
        scripts = (vis_network_script(), guarded_script(f'(() => {{\n"use strict";\n{own}\n}})();\n'))
        style = self._source("network.css")
        return str(
            self.templateEnv.get_template(self.path).render(
                **context,
                scripts=[Markup(script) for script in scripts],
                script_hashes=" ".join(map(content_hash, scripts)),
                style=Markup(style),
                style_hash=content_hash(style),
                data=Markup(json_text({**data, "nodes": nodes, "edges": edges, "options": self.options})),
            )
        )

    def _source(self, name: str) -> str:
        """Return a file beside the template as it stands, not as a template."""
        return self._templates.get_source(self.templateEnv, name)[0]
