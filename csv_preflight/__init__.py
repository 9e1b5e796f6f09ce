"""Check and clean a contact list before it is uploaded to a voice-campaign API.

    from csv_preflight import preflight

    result = preflight("contacts.csv", region="US")
    result.raise_if_not_ready()
    client.atoms.audience.create_audience_with_csv_upload(..., file=result.upload_file())

``preflight`` works in memory, ``clean_file`` from file to file, and ``inspect`` says what a list is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csv_preflight._version import __version__
from csv_preflight.errors import NotReadyError, PreflightError, SettingsError, WorkbookError

if TYPE_CHECKING:
    from csv_preflight.api import clean_file, inspect, preflight
    from csv_preflight.config.overrides import Overrides
    from csv_preflight.inspection import Certainty, ColumnGuess, Inspection, PhoneGuess, RegionGuess
    from csv_preflight.model.note import (
        CostlyLines,
        LostPlus,
        OtherCountry,
        OtherEncoding,
        OtherIdentifier,
        UnknownCountries,
        VariablesUnknown,
    )
    from csv_preflight.model.profile import Profile
    from csv_preflight.model.report import (
        CountryCount,
        Input,
        Limit,
        LineTypeCount,
        NamesToSend,
        Output,
        Reason,
        Report,
        Rows,
        RuleFindings,
        Sample,
        Tool,
        VariableColumn,
    )
    from csv_preflight.model.rule import Outcome
    from csv_preflight.model.settings import Settings
    from csv_preflight.result import Result
    from csv_preflight.workbooks.conversion import Conversion, convert

__all__ = [
    "Certainty",
    "ColumnGuess",
    "Conversion",
    "CostlyLines",
    "CountryCount",
    "Input",
    "Inspection",
    "Limit",
    "LineTypeCount",
    "LostPlus",
    "NamesToSend",
    "NotReadyError",
    "OtherCountry",
    "OtherEncoding",
    "OtherIdentifier",
    "Outcome",
    "Output",
    "Overrides",
    "PhoneGuess",
    "PreflightError",
    "Profile",
    "Reason",
    "RegionGuess",
    "Report",
    "Result",
    "Rows",
    "RuleFindings",
    "Sample",
    "Settings",
    "SettingsError",
    "Tool",
    "UnknownCountries",
    "VariableColumn",
    "VariablesUnknown",
    "WorkbookError",
    "__version__",
    "clean_file",
    "convert",
    "inspect",
    "preflight",
]

_NAMES = {
    "api": ("clean_file", "inspect", "preflight"),
    "config.overrides": ("Overrides",),
    "inspection": ("Certainty", "ColumnGuess", "Inspection", "PhoneGuess", "RegionGuess"),
    "model.note": (
        "CostlyLines", "LostPlus", "OtherCountry", "OtherEncoding", "OtherIdentifier", "UnknownCountries",
        "VariablesUnknown",
    ),
    "model.profile": ("Profile",),
    "model.report": (
        "CountryCount", "Input", "Limit", "LineTypeCount", "NamesToSend", "Output", "Reason", "Report", "Rows",
        "RuleFindings", "Sample", "Tool", "VariableColumn",
    ),
    "model.rule": ("Outcome",),
    "model.settings": ("Settings",),
    "result": ("Result",),
    "workbooks.conversion": ("Conversion", "convert"),
}  # fmt: skip
_HOMES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import public names when they are first used: ``--help`` should not wait for numpy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"csv_preflight.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
