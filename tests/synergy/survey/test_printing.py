"""The questionnaire to print: everything is asked, in every language, and texts are no markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from synergy import UnknownName, UsageError
from synergy.survey import load_instrument, questionnaire


@pytest.mark.parametrize("language", load_instrument().languages)
def test_every_item_is_asked_once_on_the_whole_scale(language: str) -> None:
    shipped = load_instrument()
    page = questionnaire(language=language)
    assert page.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in page
    for code in shipped.items:
        assert page.count(f">{code}</td>") == 1
    assert page.count('class="ring"') == 6 * len(shipped.items)
    for text in (*shipped.areas.values(), *shipped.directions.values(), *shipped.stakeholders.values()):
        assert text.of(language) in page.replace("&#39;", "'")
    assert "http" not in page


def test_markdown_has_a_row_of_boxes_for_every_item() -> None:
    text = questionnaire(language="sl", form="markdown")
    rows = [line for line in text.splitlines() if line.count("☐ |") == 6]
    assert len(rows) == len(load_instrument().items)
    assert text.startswith("# StressTest: grozdi")
    assert text.count("\n## ") == 5


def test_texts_are_no_markup_and_untranslated_ones_are_marked(tmp_path: Path) -> None:
    cells = [(a, d) for a in load_instrument().areas for d in load_instrument().directions]
    items = "".join(
        f'[item.Q{n}]\narea = "{area}"\ndirection = "{way}"\ntext = "<b>{n}</b> | one"\n'
        for n, (area, way) in enumerate(cells)
    )
    own = tmp_path / "own.toml"
    own.write_text('title = "A & B"\nlanguage = "en"\n' + items, encoding="utf-8")
    page = questionnaire(load_instrument(own), "de")
    assert "A &amp; B" in page
    assert '<span lang="en">&lt;b&gt;0&lt;/b&gt;' in page
    assert "\\| one" in questionnaire(load_instrument(own), form="markdown")


def test_a_language_or_form_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'de'"):
        questionnaire(language="deu")
    with pytest.raises(UsageError, match="html or markdown"):
        questionnaire(form="pdf")  # type: ignore[arg-type]
