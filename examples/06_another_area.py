"""Run the whole chain on another area, into a temporary folder."""

import tempfile
from pathlib import Path

import synergy

with tempfile.TemporaryDirectory() as folder:
    result = synergy.run("data/baltic", Path(folder) / "out")
    print(result)
    print(sorted(path.name for path in (Path(folder) / "out").iterdir()))
