import json
import os
import re
import subprocess
import sys
from dataclasses import replace

from synergy.maps.network import render
from synergy.maps.page import MapEdge, MapGroup, MapLayer, MapNode, MapPage

PAGE = MapPage(
    "Alps & more",
    "sub",
    "note",
    (
        MapNode("01", "Ain", "region", 0.0, 0.0, 3.0, ("t",), ("fact",)),
        MapNode("1", "", "firm", 1.0, 1.0, 1.0),
    ),
    (MapEdge("01", "1", "far", 1.0), MapEdge("1", "01", "near", 4.0, ("seen",)), MapEdge("01", "1", "near", 1.0)),
    (MapLayer("near", "closeness", True), MapLayer("far", "", False)),
    (MapGroup("t", "Topic", ("why",)),),
)


def data_of(html: str) -> dict:
    return json.loads(re.search(r'id="map-data">(.*?)</script>', html, re.DOTALL)[1])


def test_everything_given_is_in_the_data():
    data = data_of(render(PAGE))
    assert [(n["id"], n["label"], n["kind"], n["groups"], n["facts"]) for n in data["nodes"]] == [
        ("01", "Ain", "region", ["t"], ["fact"]),
        ("1", "1", "firm", [], []),
    ]
    assert [(e["from"], e["to"], e["layer"], e["weight"], e["facts"]) for e in data["edges"]] == [
        ("1", "01", 0, 4.0, ["seen"]),
        ("01", "1", 0, 1.0, []),
        ("01", "1", 1, 1.0, []),
    ]
    assert [(layer["name"], layer["shown"], layer["count"]) for layer in data["layers"]] == [
        ("near", True, 2),
        ("far", False, 1),
    ]
    assert data["groups"] == [{"id": "t", "label": "Topic", "facts": ["why"]}]
    assert data["options"] == {"physics": {"enabled": False}}


def test_the_policy_allows_the_pages_own_scripts_by_hash_only():
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', render(PAGE))[1]
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 3
    assert "http" not in policy


def test_nothing_is_loaded_from_anywhere():
    html = re.sub(r"<script>.*?</script>", "", render(PAGE), flags=re.DOTALL)
    assert re.findall(r"""(?:src|href|action)\s*=\s*["']?([^"'\s>]*)""", html) == ["data:,", "#table"]
    assert not re.search(r"@import|url\(|https?://", html)


def test_titles_are_escaped():
    html = render(replace(PAGE, title="</title><script>x</script>"))
    assert "<title>&lt;/title&gt;&lt;script&gt;" in html


def test_a_lone_surrogate_can_be_written():
    html = render(replace(PAGE, title="a\ud800b", nodes=(replace(PAGE.nodes[0], label="\ud800"),), edges=()))
    assert "<title>a?b</title>" in html
    html.encode("utf-8")


def test_an_empty_page_carries_no_script():
    html = render(MapPage("t", "", "", (), (), (), ()))
    assert "the network is empty" in html
    assert "<script" not in html


def test_the_bytes_are_the_same_at_any_hash_seed():
    code = (
        "from synergy.maps.page import *; from synergy.maps.network import render; import hashlib;"
        "n = [MapNode(str(i), f'N{i}', f'k{i % 9}', i * i % 7, i, i % 4, ('b', 'a')) for i in range(40)];"
        "e = [MapEdge(str(i), str(i * 3 % 40), 'xyz'[i % 3], i) for i in range(40)];"
        "p = MapPage('t', '', '', n, e, [MapLayer(c, c, True) for c in 'xyz'], [MapGroup(c, c, ()) for c in 'ab']);"
        "print(hashlib.sha256(render(p).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_pyvis_is_loaded_only_when_a_page_is_drawn():
    code = "import sys, synergy.maps.network; sys.exit(any(m in sys.modules for m in ('pyvis', 'IPython', 'networkx')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
