"""Text in XML files: nothing breaks out, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from synergy_graphs.errors import GraphError

# Characters that no XML 1.0 file may hold, not even as a reference; and our own escape sign before what looks like one.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
_MARKUP = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def escaped(text: str) -> str:
    """Return text that may stand in an XML attribute or element, and comes back whole through ``restored``.

    Characters that XML cannot hold become ``_xHHHH_``, as in Office Open XML; markup and white space that a parser
    would change become references.

    >>> escaped("<b> a&b \\x00 _x0041_")
    '&lt;b&gt; a&amp;b _x0000_ _x005F_x0041_'
    """
    return _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text).translate(_MARKUP)


def restored(text: str | None) -> str:
    """Return the text that ``escaped`` was given, from what an XML parser made of it.

    >>> restored("_x0000_ _x005F_x0041_")
    '\\x00 _x0041_'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text or "")


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Write lines as UTF-8 with plain line feeds on every system."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def root_of(path: Path, tag: str) -> ElementTree.Element:
    """Return the root element of an XML file, tags without namespace; raises GraphError if it is not ``tag``."""
    if not path.is_file():
        raise GraphError(f"there is no file {path}")
    try:
        root = ElementTree.parse(path).getroot()
    except (ElementTree.ParseError, UnicodeDecodeError) as problem:
        raise GraphError(f"{path} is not XML that can be read: {problem}") from problem
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if root.tag != tag:
        raise GraphError(f"{path} starts with <{root.tag}>, expected <{tag}>")
    return root
