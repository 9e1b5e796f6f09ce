"""Check and clean a contact list before it is uploaded to a voice-campaign API.

from csv_preflight import preflight

result = preflight("contacts.csv", region="US")
result.raise_if_not_ready()
client.atoms.audience.create_audience_with_csv_upload(..., file=result.upload_file())
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csv_preflight._version import __version__
from csv_preflight.errors import NotReadyError, PreflightError, SettingsError, WorkbookError

if TYPE_CHECKING:
    from csv_preflight.api import clean_file, preflight
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings
    from csv_preflight.result import Result
    from csv_preflight.workbooks.conversion import Conversion, convert

__all__ = [
    "Conversion",
    "NotReadyError",
    "PreflightError",
    "Report",
    "Result",
    "Settings",
    "SettingsError",
    "WorkbookError",
    "__version__",
    "clean_file",
    "convert",
    "preflight",
]

_HOMES = {
    "Conversion": "csv_preflight.workbooks.conversion",
    "Report": "csv_preflight.model.report",
    "Result": "csv_preflight.result",
    "Settings": "csv_preflight.model.settings",
    "clean_file": "csv_preflight.api",
    "convert": "csv_preflight.workbooks.conversion",
    "preflight": "csv_preflight.api",
}


def __getattr__(name: str) -> Any:
    """Import public names when they are first used: ``--help`` should not wait for numpy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
