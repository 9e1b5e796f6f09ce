"""Reports of a list that is only checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from csv_preflight.model.report import Report
from csv_preflight.model.settings import Settings
from csv_preflight.reports.forms import rendered, with_samples
from csv_preflight.writing.files import FileSet


def write_reports(sources: Sequence[BinaryIO], report: Report, targets: Sequence[str], settings: Settings) -> Report:
    """Write reports, all of them or none; return the report with as many findings as the settings want.

    sources: the files of the list; no target may be one.  Raises OSError for a target that cannot be written.
    """
    inputs = [path for file in sources[1:] if isinstance(path := getattr(file, "name", None), str)]
    if targets:
        from csv_preflight.writing.earlier import rejects_in

        report = replace(report, earlier_rejects=rejects_in(targets))
    with FileSet(sources[0], inputs) as files:
        files.check(targets)
        for target, text in rendered(report, targets, settings):
            files.open(target, "report").write(text)
        files.sync()
        files.commit()
    return with_samples(report, settings.samples)
