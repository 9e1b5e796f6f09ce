"""Shorter names for the files of a run, where a screen has too little room for their paths."""

from __future__ import annotations

import os
from dataclasses import replace

from csv_preflight.config.table import OPTIONS
from csv_preflight.model.report import Report


def nearer(report: Report) -> Report:
    """Return a report whose absolute paths are relative to the working directory if they are below it.

    Its commands work there all the same.
    """
    try:
        here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - ends with a separator
    except OSError:  # it was removed
        return report

    def near(path: str) -> str:
        below = path.removeprefix(here)
        return path if below in ("", "-") else below

    def changed(value: object) -> object:
        if isinstance(value, list):
            return [changed(one) for one in value]
        return near(value) if isinstance(value, str) else value

    of_files = {option.name for option in OPTIONS if option.is_path}
    settings = {name: changed(value) if name in of_files else value for name, value in report.settings.items()}
    return replace(
        report,
        input=replace(report.input, path=near(report.input.path)),
        inputs=tuple(replace(one, path=near(one.path)) for one in report.inputs),
        outputs=tuple(replace(one, path=near(one.path)) for one in report.outputs),
        settings=settings,
    )
