"""The docs are true: generated pages are fresh, links lead somewhere, every command block and example runs."""

import re
import runpy
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*/README.md")]
)
EXAMPLES = sorted((ROOT / "examples").glob("[0-9]*.py"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list:
    return [
        pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")
        for page in PAGES
        for number, (kind, text) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), start=1)
        if kind == language
    ]


def test_generated_pages_are_fresh() -> None:
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    for name, text in generate["pages"]().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, f"{name}: run `python docs/generate.py`"


def test_descriptors_are_fresh() -> None:
    describe = runpy.run_path(str(ROOT / "data" / "describe.py"))
    for path, text in describe["descriptors"]().items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run `python data/describe.py`"


@pytest.mark.parametrize("text", blocks("python"))
def test_python_blocks_run(text: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    exec(compile(text, "docs", "exec"), {})


@pytest.mark.parametrize("text", blocks("toml"))
def test_settings_blocks_are_the_defaults_and_rule_files_are_sound(text: str) -> None:
    from dataclasses import replace

    from synergy.consortia.rules.read import parse_rules
    from synergy.tables.settings import parse_settings
    from synergy.tables.study import Settings

    if "[[rule]]" in text:
        assert len(parse_rules(text.encode())) == text.count("[[rule]]")
        return
    found, problems = parse_settings(text.encode())
    assert not problems
    assert replace(found, sources={}) == Settings()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples_run(
    example: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(checkout)
    runpy.run_path(str(example), run_name="__main__")
    assert capsys.readouterr().out.strip()


def test_every_language_of_a_block_is_known() -> None:
    kinds = {kind for page in PAGES for kind, _ in BLOCK.findall(page.read_text(encoding="utf-8"))}
    assert kinds <= {"", "sh", "python", "text", "toml", "csv"}, "a block that no test runs"
    assert shutil.which("make"), "the make blocks need make"
