"""Putting scripts, styles and data into one HTML file, so that nothing in them can break out."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

from synergy.errors import SynergyError


def vis_network_script() -> str:
    """Return the complete vis-network build that the installed pyvis carries, ready to be inlined.

    pyvis ships several versions; the newest is taken. Its stylesheet is not: it dresses only the tooltip,
    navigation and editing controls, none of which the page uses. Raises SynergyError when there is none.
    """
    library = files("pyvis") / "templates" / "lib"
    builds = {}
    for folder in library.iterdir() if library.is_dir() else ():
        version = re.fullmatch(r"vis-(\d+)\.(\d+)\.(\d+)", folder.name)
        build = folder / "vis-network.min.js"
        if version and build.is_file():
            builds[tuple(map(int, version.groups()))] = build
    if not builds:
        raise SynergyError("the installed pyvis carries no vis-network build; pyvis 0.3.2 does")
    text = builds[max(builds)].read_text(encoding="utf-8")
    # A source map would be asked for over the network by an open developer console.
    return guarded_script(re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE))


def guarded_script(text: str) -> str:
    r"""Return JavaScript that cannot end the ``<script>`` element it stands in.

    Inside string and template literals and regular expressions, where such text can stand, ``\/`` means ``/``.

    >>> guarded_script('let a = "</script>";')
    'let a = "<\\/script>";'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)
    return text.replace("<!--", "<\\!--")


def json_text(value: Any) -> str:
    r"""Return JSON that is safe inside a ``<script>`` element and pure ASCII.

    >>> json_text({"label": "</script>"})
    '{"label":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def content_hash(text: str) -> str:
    """Return the content-security-policy source that allows exactly this inline script or style.

    >>> content_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
