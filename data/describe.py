"""Write each study's ``datapackage.json`` from the schema and its ``study.toml``: ``python data/describe.py``."""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent


def descriptors() -> dict[Path, str]:
    """Return the text of every study's descriptor by path."""
    import synergy
    from synergy.tables.descriptor import descriptor

    folders = sorted(path.parent for path in HERE.glob("*/study.toml"))
    return {
        folder / "datapackage.json": json.dumps(descriptor(synergy.load(folder)), ensure_ascii=False, indent=2) + "\n"
        for folder in folders
    }


if __name__ == "__main__":
    for path, text in descriptors().items():
        path.write_text(text, encoding="utf-8", newline="\n")
