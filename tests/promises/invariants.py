"""What holds for every bytes and every settings: the promises that random and hostile lists are held against."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from csv_preflight import preflight
from csv_preflight.api import check_file, open_lists
from csv_preflight.config.settings import build_settings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.reports.advice import sent_names
from csv_preflight.result import Result
from tests.samples import ROOT

# Options as a user might combine them; the fuzz target takes one of them by the first byte of its input.
OPTIONS: tuple[Mapping[str, Any], ...] = (
    {"region": "US"},
    {},
    {"region": "GB", "identifier_column": "Name", "require_identifier": True},
    {"region": "DE", "keep": "last"},
    {"region": "US", "accept": "possible"},
    {"region": "IN", "profile": "vapi"},
    {"region": "US", "no_plus": True},
    {"region": "US", "extension_column": "Ext"},
    {"region": "US", "encoding": "cp1252"},
    {"region": "US", "delimiter": ";"},
    {"region_column": "Country", "region": "FR"},
    {"region": "US", "existing": (str(ROOT / "sample_data/lists/audience.csv"),)},
    {"region": "BR", "profile": "generic", "keep_headers": True, "strict": True},
    {"region": "US", "line_types": "!premium-rate", "countries": "US,GB", "max_rejects": "50%"},
    {"region": "US", "split": True, "max_rows": 2},
)


def hold(data: bytes, options: Mapping[str, Any]) -> Result:
    """Take a list through the pipeline and assert all that holds whatever it is; return the result.

    Nothing raises; every row read is clean or rejected, once; what is clean stays as it is to the byte when it
    is cleaned again; check finds nothing in it.
    """
    settings = build_settings({"phone_column": None, **options})
    result = preflight(data, replace(settings, max_findings=0))
    rows = result.report.rows
    assert rows.read == rows.clean + rows.rejected, rows
    lines = [*result.clean.index.tolist(), *result.rejects["preflight_line"].tolist()]
    assert len(lines) == len(set(lines)) == rows.read, (lines, rows)
    if result.ready:
        phone, identifier = sent_names(result.report)
        for _, clean, _ in result.upload_files():
            _stays_clean(clean, _again(settings, phone, identifier))
    return result


def _again(settings: Settings, phone: str, identifier: str | None) -> Settings:
    """The settings for the clean file: its columns by their new names, its dialect by itself, whole."""
    return replace(
        settings, phone_column=phone, identifier_column=identifier, encoding=None, delimiter=None, split=False
    )


def _stays_clean(clean: bytes, settings: Settings) -> None:
    checked = check_file(io.BytesIO(clean), "clean.csv", settings, open_lists(settings))
    found = [found.code for found in checked.findings if found.outcome is not Outcome.WARN]
    assert not found, (found, clean)
    second = preflight(clean, settings)
    assert second.ready, second.report.findings
    assert second.upload_file()[1] == clean
