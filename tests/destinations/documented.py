"""What each destination's documents say, as a reader of its own: written from them, and from nothing of the program.

Each check takes a file as it is sent and the variables of the template, and returns what the destination would refuse.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

Table = tuple[list[str], list[list[str]]]
Check = Callable[[list[str], list[list[str]], Sequence[str]], "list[str]"]

E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
MB = 1_000_000


def objections(profile: str, data: bytes, variables: Sequence[str] = ()) -> list[str]:
    """Everything that the destination would object to in a file; none where it takes it."""
    size, rows, check = DOCUMENTED[profile]
    found = []
    if size is not None and len(data) > size:
        found.append(f"{len(data)} bytes")
    header, *people = _read(data)
    if rows is not None and len(people) > rows:
        found.append(f"{len(people)} rows")
    if not people:
        found.append("no rows")
    if len(set(header)) < len(header):
        found.append("a name twice")
    if any(not name for name in header):
        found.append("a column without a name")
    return found + check(header, people, variables)


def _read(data: bytes) -> list[list[str]]:
    assert not data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert b"\0" not in data
    return rows


def _cells(header: list[str], rows: list[list[str]], name: str) -> list[str]:
    return [row[header.index(name)] for row in rows]


def _numbers(cells: list[str]) -> list[str]:
    found = [] if all(map(E164.fullmatch, cells)) else ["a number that is not E.164"]
    return found + (["a number twice"] if len(set(cells)) < len(cells) else [])


def phone_in(name: str) -> Check:
    """A column of exactly this name has E.164 numbers."""

    def check(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
        return _numbers(_cells(header, rows, name)) if name in header else [f"no column {name}"]

    return check


def phone_anywhere(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    """Some column has E.164 numbers, whatever it is called."""
    return [] if any(not _numbers(_cells(header, rows, name)) for name in header) else ["no column of numbers"]


def each(*checks: Check) -> Check:
    return lambda header, rows, variables: [one for check in checks for one in check(header, rows, variables)]


def names_match(pattern: str) -> Check:
    return lambda header, rows, variables: [name for name in header if not re.fullmatch(pattern, name, re.DOTALL)]


def at_most(columns: int | None = None, name: int | None = None, cell: int | None = None) -> Check:
    def check(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
        found = [f"{len(header)} columns"] if columns and len(header) > columns else []
        found += [f"a name of {len(one)}" for one in header if name and len(one) > name]
        return found + [f"a cell of {len(one)}" for row in rows for one in row if cell and len(one) > cell]

    return check


def cells_in(name: str, most: int) -> Check:
    def check(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
        cells = _cells(header, rows, name) if name in header else []
        return [f"a cell of {len(one)} in {name}" for one in cells if len(one) > most]

    return check


def only(*names: str) -> Check:
    """No other column, except for those that the user has declared."""
    return lambda header, rows, variables: [name for name in header if name not in (*names, *variables)]


def without(*names: str) -> Check:
    return lambda header, rows, variables: [name for name in header if name in names and name not in variables]


def has_filled(*names: str) -> Check:
    def check(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
        found = [f"no column {name}" for name in names if name not in header]
        return found + [
            f"an empty {name}"
            for name in names
            if name in header
            for cell in _cells(header, rows, name)
            if not cell.strip()
        ]

    return check


def folded(names: list[str]) -> list[str]:
    return [name.strip().lower() for name in names]


def dograh(header: list[str], rows: list[list[str]], variables: Sequence[str]) -> list[str]:
    """source_sync.py: names trimmed and lower-cased, repeats refused, each variable a column that is always filled."""
    names = folded(header)
    found = ["a name twice"] if len(set(names)) < len(names) else []
    return found + has_filled("phone_number", *folded([*variables]))(names, rows, ())


def notify(header: list[str], rows: list[list[str]], variables: Sequence[str]) -> list[str]:
    names = folded(header)
    if names.count("phone number") != 1:
        return ["no column phone number, or two"]
    return has_filled("phone number", *folded([*variables]))(names, rows, ()) + _numbers(
        _cells(names, rows, "phone number")
    )


def salesforce(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    found = has_filled("_MobileNumber", "_Locale", "_ContactKey")(header, rows, ())
    if not found and not all(re.fullmatch("[1-9][0-9]{6,14}", cell) for cell in _cells(header, rows, "_MobileNumber")):
        found.append("a number that is not digits with the country code")
    return found + [name for name in header if " " in name]


def interakt(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    found = has_filled("Phone Number", "Country Code")(header, rows, ())
    if found:
        return found
    pairs = list(zip(_cells(header, rows, "Country Code"), _cells(header, rows, "Phone Number"), strict=True))
    found += [] if all(re.fullmatch("[1-9][0-9]{0,2}", code) for code, _ in pairs) else ["a country code"]
    return found + _numbers([f"+{code}{rest}" for code, rest in pairs])


def words(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def talkdesk(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    """First and last name, however they are spelled."""
    names = [words(name) for name in header]
    found = has_filled("firstname", "lastname")(names, rows, ())
    return found + [one for name in ("firstname", "lastname") for one in cells_in(name, 80)(names, rows, ())]


def braze(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    ids = [name for name in header if words(name) == "externalid"]
    aliases = [name for name in header if "alias" in words(name)]
    return ["an external id and an alias"] if ids and aliases else []


def vapi(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    found = [name for name in header if name != name.lower()]
    return found + [f"a number of {len(cell)}" for cell in _cells(header, rows, "number") if not 3 <= len(cell) <= 40]


def aircall(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    phones = [name for name in ("phone1", "phone2", "phone3", "phone4") if name in header]
    filled = [cell for name in phones for cell in _cells(header, rows, name) if cell]
    return [] if phones and all(map(E164.fullmatch, filled)) else ["a number that is not E.164"]


def no_quotes(header: list[str], rows: list[list[str]], _: Sequence[str]) -> list[str]:
    cells = [*header, *(cell for row in rows for cell in row)]
    return [cell for cell in cells if re.search('[,"\r\n]', cell)]


BYTES_AND_ROWS = tuple[int | None, int | None, Check]
DOCUMENTED: Mapping[str, BYTES_AND_ROWS] = {
    "smallest-atoms": (5 * MB, 10_000, each(phone_anywhere, names_match("[A-Za-z0-9_]+"))),
    "vapi": (5 * MB, 10_000, each(phone_in("number"), vapi, cells_in("name", 40))),
    "retell": (None, None, phone_in("phone number")),
    "bolna-batch": (None, None, phone_in("contact_number")),
    "bolna-workflow": (
        32 * MB,
        150_000,
        each(phone_in("mobile_number"), only("reference_id", "mobile_number", "name", "email")),
    ),
    "elevenlabs": (
        None,
        None,
        each(phone_in("phone_number"), without("language", "first_message", "system_prompt", "voice_id")),
    ),
    "bland-sms": (None, None, phone_in("phone_number")),
    "bland-voice": (None, None, phone_in("phone_number")),
    "dograh": (10 * MB, None, each(phone_anywhere, dograh)),
    "exotel": (60 * MB, 100_000, phone_in("number")),
    "genesys-cloud": (None, 1_000_000, each(phone_anywhere, at_most(columns=50, name=128, cell=512))),
    "amazon-connect": (1000 * MB - 1, None, each(phone_anywhere, names_match("[^.]+"))),
    "talkdesk": (None, 250_000, each(phone_anywhere, talkdesk)),
    "aircall": (MB - 1, None, each(phone_in("phone1"), aircall)),
    "twilio-engage": (
        100 * MB,
        1_000_000,
        each(phone_anywhere, lambda header, rows, known: [] if len(header) <= 1 + len(known) else ["unknown column"]),
    ),
    "salesforce-mobile": (20 * MB, None, salesforce),
    "hubspot": (20 * MB, 1_048_576, each(phone_anywhere, at_most(columns=999))),
    "braze": (500 * MB, None, each(phone_in("phone"), braze)),
    "interakt": (None, None, interakt),
    "aisensy": (None, 200_000, each(phone_anywhere, has_filled("Name"))),
    "onesignal": (None, None, each(phone_in("phone_number"), no_quotes)),
    "constant-contact": (4 * MB - 1, 39_999, phone_anywhere),
    "govuk-notify": (None, 100_000, notify),
    "generic": (None, None, phone_anywhere),
}
