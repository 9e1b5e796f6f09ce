"""Read TOML files, with readable errors."""

from __future__ import annotations

import re
from pathlib import Path

from csv_preflight.errors import SettingsError

_UNQUOTED = re.compile(r"\s*(?P<key>[\w.-]+)\s*=\s*(?P<value>[^\s\"'\[{#][^#\"'\[{]*?)\s*(?:#.*)?")
_LINE = re.compile(r"at line (\d+)")


def load_toml(path: Path) -> dict[str, object]:
    """Return the document of a TOML file; SettingsError if it is not one."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}{_hint(text, str(error))}") from error


def _hint(text: str, message: str) -> str:
    """Return a hint for a text without quotes."""
    at = _LINE.search(message)
    lines = text.splitlines()
    found = _UNQUOTED.fullmatch(lines[int(at[1]) - 1]) if at and int(at[1]) <= len(lines) else None
    return f'; text needs quotes: {found["key"]} = "{found["value"]}"' if found else ""
