"""Check and clean a contact list before it is uploaded to a voice-campaign API.

    from csv_preflight import preflight

    result = preflight("contacts.csv", region="US")
    result.raise_if_not_ready()
    client.atoms.audience.create_audience_with_csv_upload(..., file=result.upload_file())

``preflight`` works in memory, ``clean_file`` from file to file, and ``inspect`` describes a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csv_preflight._version import __version__
from csv_preflight.errors import NotReadyError, PreflightError, SettingsError, WorkbookError

if TYPE_CHECKING:
    from csv_preflight.api import clean_file, inspect, preflight
    from csv_preflight.applied import Applied
    from csv_preflight.config.overrides import Overrides
    from csv_preflight.inspection import Certainty, ColumnGuess, Inspection, PhoneGuess, RegionGuess
    from csv_preflight.model.note import (
        CostlyLines,
        LostPlus,
        OptOutsUnused,
        OtherCountry,
        OtherEncoding,
        OtherIdentifier,
        TimezonesKept,
        UnknownCountries,
        VariablesUnknown,
    )
    from csv_preflight.model.profile import Profile
    from csv_preflight.model.report import (
        CountryCount,
        EarlierRejects,
        Input,
        InputFile,
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
    from csv_preflight.model.rule import Outcome, Rule
    from csv_preflight.model.settings import Settings
    from csv_preflight.planning import Plan, plan
    from csv_preflight.result import Result
    from csv_preflight.workbooks.conversion import Conversion, convert

__all__ = [
    "Applied",
    "Certainty",
    "ColumnGuess",
    "Conversion",
    "CostlyLines",
    "CountryCount",
    "EarlierRejects",
    "Input",
    "InputFile",
    "Inspection",
    "Limit",
    "LineTypeCount",
    "LostPlus",
    "NamesToSend",
    "NotReadyError",
    "OptOutsUnused",
    "OtherCountry",
    "OtherEncoding",
    "OtherIdentifier",
    "Outcome",
    "Output",
    "Overrides",
    "PhoneGuess",
    "Plan",
    "PreflightError",
    "Profile",
    "Reason",
    "RegionGuess",
    "Report",
    "Result",
    "Rows",
    "Rule",
    "RuleFindings",
    "Sample",
    "Settings",
    "SettingsError",
    "TimezonesKept",
    "Tool",
    "UnknownCountries",
    "VariableColumn",
    "VariablesUnknown",
    "WorkbookError",
    "__version__",
    "clean_file",
    "convert",
    "inspect",
    "plan",
    "preflight",
]

_NAMES = {
    "api": ("clean_file", "inspect", "preflight"),
    "applied": ("Applied",),
    "config.overrides": ("Overrides",),
    "inspection": ("Certainty", "ColumnGuess", "Inspection", "PhoneGuess", "RegionGuess"),
    "model.note": (
        "CostlyLines", "LostPlus", "OtherCountry", "OtherEncoding", "OptOutsUnused", "OtherIdentifier", "TimezonesKept",
        "UnknownCountries", "VariablesUnknown",
    ),
    "model.profile": ("Profile",),
    "model.report": (
        "CountryCount", "EarlierRejects", "Input", "InputFile", "Limit", "LineTypeCount", "NamesToSend", "Output",
        "Reason", "Report", "Rows", "RuleFindings", "Sample", "Tool", "VariableColumn",
    ),
    "model.rule": ("Outcome", "Rule"),
    "model.settings": ("Settings",),
    "planning": ("Plan", "plan"),
    "result": ("Result",),
    "workbooks.conversion": ("Conversion", "convert"),
}  # fmt: skip
# Modules that need an extra.
_ENGINES = frozenset({"dask", "spark"})
_HOMES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import public names when they are first used: ``--help`` should not wait for numpy."""
    from importlib import import_module

    if name in _ENGINES:
        return import_module(f"csv_preflight.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"csv_preflight.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
