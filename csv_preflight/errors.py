"""The exceptions of the library.

    PreflightError
    ├── SettingsError (also a ValueError)   a setting that cannot be used
    ├── NotReadyError                       raise_if_not_ready() on a list that is not ready
    └── WorkbookError                       a workbook that cannot be converted

Problems with the content of a list are findings, not exceptions.  A path that cannot be read or written raises
OSError.  Any other exception is a bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csv_preflight.model.report import Report

__all__ = ["NotReadyError", "PreflightError", "SettingsError", "WorkbookError"]


class PreflightError(Exception):
    """Any error that csv-preflight raises on purpose.  report: of the run, None without one."""

    report: Report | None = None


class SettingsError(PreflightError, ValueError):
    """A setting, option or configuration file that cannot be used."""


class WorkbookError(PreflightError):
    """A workbook that cannot be converted: no workbook, damaged, protected, too large, or with several sheets."""


class NotReadyError(PreflightError):
    """The list is not ready to upload; ``report`` says why."""

    report: Report

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report

    def __reduce__(self) -> tuple[type[NotReadyError], tuple[str, Report]]:
        """Pickle it with its report."""
        return type(self), (str(self), self.report)
