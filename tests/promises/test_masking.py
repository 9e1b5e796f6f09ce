"""No rule's report quotes a cell: every sample is marked in every column, and looked for in every output."""

from __future__ import annotations

import io
import re

import pytest

from csv_preflight import preflight
from csv_preflight.api import check_file, open_lists, resolve_settings
from csv_preflight.inspection import inspect_file
from csv_preflight.inspection.text import render as inspected
from csv_preflight.model.report import Report
from csv_preflight.reports import github, json, markdown, sarif, terminal
from csv_preflight.reports.html import page
from tests.samples import ROOT, Sample, all_samples

MARK = "Quxwrothbjork"


def marked(data: bytes) -> bytes:
    """Each run of Latin letters below the first line becomes a mark, except for what makes a row what it is."""
    head, separator, rows = data.partition(b"\n")
    pattern = rb"(?<![A-Za-z\x80-\xff&+\\.@0-9'\"=*#-])(?!Name)[A-Z][a-z]{2,}(?![A-Za-z\x80-\xff@.(;])"
    return head + separator + re.sub(pattern, lambda found: MARK.encode() + found[0][:1], rows)


def test_samples_are_marked() -> None:
    assert sum(MARK.encode() in marked(sample.path.read_bytes()) for sample in all_samples()) >= 40


def outputs(report: Report) -> dict[str, str]:
    return {
        "terminal, check": terminal.render(report, checked=True),
        "terminal, clean": terminal.render(report, checked=False),
        "json": json.render(report),
        "github": github.render(report, checked=True),
        "sarif": sarif.render([report]),
        "markdown": markdown.render(report),
        "html": page.render(report),
    }


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_no_cell_is_shown(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    data = marked(sample.path.read_bytes())
    settings = resolve_settings(None, sample.settings)
    lists = open_lists(settings)
    checked = check_file(io.BytesIO(data), "list.csv", settings, lists)
    cleaned = preflight(data, **sample.settings).report
    shown = {**outputs(checked), **{f"{name}, preflight": text for name, text in outputs(cleaned).items()}}
    shown["inspect"] = inspected(inspect_file(io.BytesIO(data), "list.csv", settings))
    assert {name for name, text in shown.items() if MARK[:7] in text} == set()
