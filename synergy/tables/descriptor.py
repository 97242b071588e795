"""The schema as others read it: a Data Package descriptor and a page of documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from synergy.tables.schema import TABLES, Column, Table
from synergy.tables.study import Source, Study

PACKAGE_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_SCHEMA = "https://datapackage.org/profiles/2.0/dataresource.json"

_FIELD_TYPES = {
    "text": "string",
    "id": "string",
    "codes": "string",
    "url": "string",
    "integer": "integer",
    "number": "number",
    "year": "year",
    "date": "date",
    "moment": "string",
}


def descriptor(study: Study) -> dict[str, Any]:
    """Return the Data Package (version 2) descriptor of a study: its tables, columns, keys and sources.

    Only tables with rows are described, and of them only columns in which any row has a value, required ones
    always. Where a source differs by column, it stands in that field's ``sources``. The result is ready for
    ``json.dumps``.

    >>> import pandas as pd
    >>> from synergy.tables.read import load
    >>> study = load({
    ...     "regions": pd.DataFrame({"region_id": ["AT32"], "name": ["Salzburg"], "country": ["AT"], "level": [2]}),
    ...     "priorities": pd.DataFrame({"priority_id": ["p1"], "region_id": ["AT32"], "title": ["Health"]}),
    ... })
    >>> [resource["path"] for resource in descriptor(study)["resources"]]
    ['regions.csv', 'priorities.csv']
    """
    settings = study.settings
    tables = [table for table in TABLES if len(study[table.name])]
    package: dict[str, Any] = {
        "$schema": PACKAGE_SCHEMA,
        "name": re.sub(r"[^a-z0-9._-]+", "-", settings.name.casefold()).strip("-") or "study",
        "title": study.title,
    }
    if settings.description:
        package["description"] = settings.description
    if sources := _distinct([source for table in tables if (source := settings.sources.get(table.name))]):
        package["sources"] = sources
    package["resources"] = [_resource(study, table, {other.name for other in tables}) for table in tables]
    return package


def _distinct(sources: list[Source]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for source in sources:
        entry = _source(source.title, source.date)
        if source.title and entry not in found:
            found.append(entry)
    return found


def _source(title: str, date: str = "") -> dict[str, str]:
    return {"title": title, "date": date} if date else {"title": title}


def _resource(study: Study, table: Table, described: set[str]) -> dict[str, Any]:
    frame = study[table.name]
    source = study.settings.sources.get(table.name, Source(""))
    columns = [column for column in table.columns if column.required or frame[column.name].notna().any()]
    schema: dict[str, Any] = {
        "fields": [_field(column, source.columns.get(column.name, "")) for column in columns],
        # the file has all of these, in any order, and may have more
        "fieldsMatch": "subset",
        "missingValues": [""],
    }
    # A key with parts that may be empty is checked by us, but the standard knows no empty parts.
    # A required column is always described, so that such a key is whole.
    if all(table.column(name).required for name in table.key):
        schema["primaryKey"] = list(table.key)
    if keys := [_foreign_key(column, table) for column in columns if column.references in described]:
        schema["foreignKeys"] = keys
    resource: dict[str, Any] = {
        "$schema": RESOURCE_SCHEMA,
        "name": table.name,
        "type": "table",
        "path": study.file_of(table.name),
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    if digest := study.hashes.get(study.file_of(table.name)):
        resource["hash"] = f"sha256:{digest}"
    if source.title:
        resource["sources"] = [_source(source.title, source.date)]
    return {**resource, "schema": schema}


def _field(column: Column, source: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FIELD_TYPES[column.type],
        "description": column.description,
    }
    if column.type == "url":
        field["format"] = "uri"
    if column.unit:
        field["unit"] = column.unit
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    constraints |= {name: _tidy(limit) for name, limit in limits.items() if limit is not None}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    if source:
        field["sources"] = [_source(source)]
    return field


def _tidy(limit: float) -> float:
    return int(limit) if float(limit).is_integer() else limit


def _foreign_key(column: Column, table: Table) -> dict[str, Any]:
    target = next(other for other in TABLES if other.name == column.references)
    reference: dict[str, Any] = {"fields": [target.key[0]]}
    # A table that refers to itself leaves the resource out.
    if target.name != table.name:
        reference["resource"] = target.name
    return {"fields": [column.name], "reference": reference}


def schema_markdown() -> str:
    """Return the page that describes every table and column, written from the schema."""
    return "\n".join(line for table in TABLES for line in _table_lines(table)).rstrip() + "\n"


def _table_lines(table: Table) -> Iterator[str]:
    yield from (f"## `{table.name}.csv`: {table.title}", "", table.description, "")
    key = " + ".join(f"`{name}`" for name in table.key)
    yield f"{'Required' if table.required else 'Optional'}. One row per {key}."
    for group in table.one_of:
        yield f"Each row needs {' or '.join(f'`{name}`' for name in group)}."
    yield from ("", "| column | type | required | values | description |", "|---|---|---|---|---|")
    for column in table.columns:
        required = "yes" if column.required else ""
        yield f"| `{column.name}` | {column.type} | {required} | {_values(column)} | {column.description} |"
    yield ""


def _values(column: Column) -> str:
    if column.choices:
        return ", ".join(column.choices)
    if column.references:
        return f"a row of `{column.references}`"
    low, high = ("" if limit is None else f"{limit:g}" for limit in (column.minimum, column.maximum))
    limits = f"{low} … {high}" if low and high else f"≥ {low}" if low else ""
    return " ".join(part for part in (limits, column.unit) if part)
