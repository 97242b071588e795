"""Outputs appear whole or not at all, and nothing of the user's is overwritten or lost."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from synergy.errors import OutputRefused

MANIFEST = "run.json"
STAGING = ".synergy-staging-"


@contextlib.contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well it takes the place of ``target`` in one step.

    ``target`` may be absent, empty, or the untouched result of an earlier run (its ``run.json`` lists every file
    with its SHA-256). Anything else is refused with the file's name, before any work is done and again before the
    change. Until that step the old result stays; a process that is killed leaves at most a hidden staging folder
    beside it, which the next run removes.
    """
    target = target.absolute()
    refuse_foreign(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale(target.parent)
        staging = Path(tempfile.mkdtemp(prefix=f"{STAGING}{os.getpid()}-", dir=target.parent))
    except OSError as error:
        raise OutputRefused(f"cannot write beside {target}: {error.strerror or error}") from None
    try:
        staging.chmod(0o755)
        yield staging
        refuse_foreign(target)
        _take_place(staging, target)
    except OSError as error:
        raise OutputRefused(f"cannot write {target}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def whole_file(target: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file in one step (UTF-8, LF); an existing file is refused unless ``overwrite``."""
    if target.is_dir():
        raise OutputRefused(f"{target} is a folder, expected a file name")
    if target.exists() and not overwrite:
        raise OutputRefused(f"{target} exists; choose another name, or say --overwrite")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=STAGING, dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise OutputRefused(f"cannot write {target}: {error.strerror or error}") from None


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder by its relative path, sorted; the manifest left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in zip(names, files, strict=True)
        if name != MANIFEST
    }


def refuse_foreign(target: Path) -> None:
    """Raise OutputRefused when the folder holds a file that is not as an earlier run left it."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise OutputRefused(f"{target} is a file, expected a folder")
    if not any(target.iterdir()):
        return
    listed = _listed(target / MANIFEST)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if name == MANIFEST or (path.is_dir() and not path.is_symlink()):
            continue
        if name not in listed:
            raise OutputRefused(f"{target} holds {name!r}, which no earlier run wrote; choose another --out")
        if hashlib.sha256(path.read_bytes()).hexdigest() != listed[name]:
            raise OutputRefused(f"{target / name} was changed since it was written; move it or choose another --out")


def _listed(manifest: Path) -> Mapping[str, str]:
    try:
        outputs = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
        return {str(name): str(digest) for name, digest in outputs.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _take_place(staging: Path, target: Path) -> None:
    if target.is_symlink():
        target = target.resolve()
    if not target.exists():
        staging.rename(target)
    elif not any(target.iterdir()):
        target.rmdir()
        staging.rename(target)
    elif not _exchange(staging, target):
        old = Path(tempfile.mkdtemp(prefix=f"{STAGING}{os.getpid()}-", dir=target.parent)) / target.name
        target.rename(old)
        staging.rename(target)
        shutil.rmtree(old.parent, ignore_errors=True)


def _exchange(staging: Path, target: Path) -> bool:
    """Swap two folders in one step where the system can (Linux renameat2, macOS renamex_np)."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        a, b = os.fsencode(staging), os.fsencode(target)
        if sys.platform == "darwin":
            return int(libc.renamex_np(a, b, 2)) == 0
        return int(libc.renameat2(-100, a, -100, b, 2)) == 0
    except (OSError, AttributeError, TypeError):
        return False


def _remove_stale(folder: Path) -> None:
    """Remove staging folders whose process is gone."""
    for path in sorted(folder.glob(f"{STAGING}*-*")):
        owner = path.name.removeprefix(STAGING).partition("-")[0]
        if path.is_dir() and owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
