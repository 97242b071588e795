"""Check a sound study of many rows with Synergy and with frictionless: CPU seconds, peak memory, ratio.

    python -m benchmarks.tables --rows 100000 --peer-python PYTHON

PYTHON is an interpreter that has the frictionless package (any other environment will do).
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

OURS = "import sys, synergy; p = synergy.check(sys.argv[1]); assert not p, p"
PEER = (
    "import sys; from frictionless import Package; "
    "report = Package(sys.argv[1] + '/datapackage.json').validate(); assert report.valid, report.flatten()[:3]"
)
# A tool may work in child processes: both are counted.
MEASURE = (
    "; import resource as r, json; use = [r.getrusage(who) for who in (r.RUSAGE_SELF, r.RUSAGE_CHILDREN)]; "
    "print(json.dumps([sum(u.ru_utime + u.ru_stime for u in use), max(u.ru_maxrss for u in use) / 1024]))"
)


def make_study(folder: Path, rows: int) -> None:
    """Write a sound study of that many participations of rows / 20 firms in 42 regions, and its descriptor."""
    import synergy
    from synergy.tables.descriptor import descriptor

    regions = [f"R{i:02d}" for i in range(42)]
    firms = max(rows // 20, 1)
    (folder / "regions.csv").write_text(
        "region_id,name,country,level\n" + "".join(f"{r},Region {r},X{i % 7},2\n" for i, r in enumerate(regions))
    )
    (folder / "priorities.csv").write_text(
        "priority_id,region_id,title,codes\n" + "".join(f"p{r},{r},Wood,nace:16\n" for r in regions)
    )
    (folder / "firms.csv").write_text(
        "firm_id,region_id,name,kind\n" + "".join(f"f{i},{regions[i % 42]},Firm {i},firm\n" for i in range(firms))
    )
    lines = (f"P{i // 7},f{(i * 7919) % firms},Programme,{2014 + i % 7},nace:{10 + i % 20},7\n" for i in range(rows))
    head = "project_id,firm_id,programme,year,theme,partners\n"
    (folder / "participations.csv").write_text(head + "".join(sorted(set(lines))))
    (folder / "datapackage.json").write_text(json.dumps(descriptor(synergy.load(folder))))


def measured(python: str, code: str, folder: Path) -> tuple[float, float]:
    """Return (CPU seconds, peak MiB) of one fresh process."""
    done = subprocess.run([python, "-c", code + MEASURE, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    cpu, memory = json.loads(done.stdout.strip().splitlines()[-1])
    return cpu, memory


def main() -> None:
    """Print one row per tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--peer-python", default=None, help="interpreter with frictionless; left out if not given")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        # In a process of its own: a child's peak memory is never below its parent's size at the fork.
        code = f"from benchmarks.tables.__main__ import *; make_study(Path({name!r}), {options.rows})"
        subprocess.run([sys.executable, "-c", code], check=True)
        cpu, memory = measured(sys.executable, OURS, Path(name))
        print(f"synergy check      {options.rows:>9} rows  {cpu:8.2f} CPU s  {memory:6.0f} MiB")
        if options.peer_python:
            other, more = measured(options.peer_python, PEER, Path(name))
            print(f"frictionless       {options.rows:>9} rows  {other:8.2f} CPU s  {more:6.0f} MiB")
            print(f"ratio              {other / cpu:.1f} times the CPU, {more / memory:.1f} times the memory")


if __name__ == "__main__":
    main()
