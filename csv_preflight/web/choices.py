"""The user's choices in the page -> Settings, and the command that does the same."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from csv_preflight import list_files
from csv_preflight.config.settings import build_settings
from csv_preflight.corrections_files import read_corrections
from csv_preflight.inspection import Inspection
from csv_preflight.lists import read_lists
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.settings import DEFAULT_PROFILE, Settings
from csv_preflight.reports.commands import command_line
from csv_preflight.summary import settings_in_report

# What a column of names is called, where it is not called after a part of one.
_NAMES = frozenset({"name", "full name", "full_name", "fullname", "customer name", "contact name"})


@dataclass(frozen=True, slots=True)
class AddedList:
    """A file given in addition to a list: its path, and its name.

    of_account: it was read from the service's account.
    """

    path: Path
    name: str
    of_account: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices in the form of a list, "" if nothing is chosen.

    suppress: suppression lists; existing: lists of an audience's members.  corrections: corrected rejects of the list.
    """

    phone_column: str = ""
    second_phone_column: str = ""
    identifier_column: str = ""
    region: str = ""
    region_column: str = ""
    profile: str = DEFAULT_PROFILE
    variables: str = ""
    opt_out_column: str = ""
    encoding: str = ""
    skip_lines: int = 0
    split: bool = False
    suppress: tuple[AddedList, ...] = ()
    existing: tuple[AddedList, ...] = ()
    corrections: tuple[AddedList, ...] = ()

    def settings(self) -> Settings:
        """Return the settings, without the additional files.  Raises SettingsError."""
        given = {
            "phone_column": [name for name in (self.phone_column, self.second_phone_column) if name],
            "identifier_column": self.identifier_column,
            "region": self.region,
            "region_column": self.region_column,
            "variables": self.variables,
            "opt_out_column": self.opt_out_column,
            "encoding": self.encoding,
            "skip_lines": self.skip_lines,
            "split": self.split,
        }
        return build_settings({"profile": self.profile, **{name: value for name, value in given.items() if value}})

    def options(self) -> dict[str, object]:
        """Return the equivalent options, by name."""
        options = settings_in_report(self.settings())
        given = {**self._numbers(), "corrections": self.corrections}
        return options | {name: [other.name for other in others] for name, others in given.items() if others}

    def command(self, name: str) -> str:
        """Return the command that does the same to a file as the page does to the list."""
        return command_line("clean", name, self.profile, self.options())

    def lists(self, settings: Settings) -> Lists:
        """Read the additional files.  Raises SettingsError."""
        corrections = [replace(read_corrections(str(one.path), settings), path=one.name) for one in self.corrections]
        return self._left_out(settings)._replace(corrections=tuple(corrections))

    @property
    def of_account(self) -> tuple[AddedList, ...]:
        """The lists that were read from the service's account."""
        return tuple(other for other in (*self.suppress, *self.existing) if other.of_account)

    def _numbers(self) -> dict[str, tuple[AddedList, ...]]:
        """Return the lists of people who are left out, by option."""
        return {"existing": self.existing, "suppress": self.suppress}

    def _left_out(self, settings: Settings) -> Lists:
        with ExitStack() as stack:
            files = {}
            for option, others in self._numbers().items():
                names = {str(other.path): other.name for other in others}
                files[option] = list(list_files.open_lists(names, option, stack, lambda file: file, names))
            return read_lists(files, settings)


def suggested(inspection: Inspection, skip_lines: int = 0) -> Choices:
    """Return the choices that follow from the list itself."""
    names = [column.name for column in inspection.columns if column.name.strip().casefold() in _NAMES]
    return Choices(
        phone_column=inspection.phone.name if inspection.phone else "",
        second_phone_column=inspection.phone.behind[0] if inspection.phone and inspection.phone.behind else "",
        identifier_column=names[0] if len(names) == 1 else "",
        region=inspection.suggested_region or "",
        region_column=inspection.suggested_region_column or "",
        skip_lines=skip_lines,
    )
