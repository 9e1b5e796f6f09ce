"""Header -> which column is what, and what it will be called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from csv_preflight.findings import Collector
from csv_preflight.model import Batch, Layout, Profile, Settings
from csv_preflight.suggest import nearest
from csv_preflight.text import TextColumn

REJECTS_COLUMNS = ("preflight_line", "preflight_code", "preflight_reason", "preflight_raw")

_ESCAPED = re.compile(r"''*[=+\-@\t\r\n]")

# Rows whose cells are looked at to tell phone numbers from other columns: enough for a share, and fast.
SAMPLE_ROWS = 1000
# A column looks like phone numbers when most of its cells do; one that is also named so, when a good part does.
MOSTLY = 0.6
PARTLY = 0.2

# A longer first cell is a list that was read with the wrong delimiter, or without line ends.
LONGEST_NAME = 1000

# Words for a telephone in column names, folded to lower case and without accents.
PHONE_WORDS = re.compile(
    r"phone|mobile|mobil|cell|tel(?!l)|handy|msisdn|whats ?app|rufnummer|celular|movil|portable|gsm|"
    r"cislo|komork|kinito|tilefon|puhelin|sdt|dien thoai|nomor|ponsel|"
    r"телефон|мобил|τηλεφων|κινητ|电话|手机|電話|手機|携帯|전화|휴대|फोन|मोबाइल|هاتف|جوال|موبايل|טלפון|נייד|โทร"
)
NUMBER_WORDS = re.compile(r"^(?:contact|customer|client|caller|dial)?[ _-]*(?:number|numero|no|nr|num)\.?$")


def fold(name: str) -> str:
    """Return a name in lower case and without accents, for comparing words.

    >>> fold("Teléfono")
    'telefono'
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def named_like_phone(name: str) -> bool:
    """Return whether a column name says that it holds phone numbers."""
    folded = fold(name)
    return bool(PHONE_WORDS.search(folded) or PHONE_WORDS.search(name) or NUMBER_WORDS.match(folded))


_PHONE_CELL = re.compile(r"[+(\[]?[-0-9 ().\[\]/\u2010-\u2015\u00a0+]{6,30}(?:(?:x|ext\.?|#) ?[0-9]{1,6})?")
_NOT_PHONE = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|-?[0-9]+[.,][0-9]{1,2}"
)
_DAMAGED = re.compile(r"[0-9][.,][0-9]+[eE]\+?[0-9]{1,2}")
_SPREADSHEET_INTEGER = re.compile(r"\+?[0-9]{7,15}\.0")


def looks_like_phone(cell: str) -> bool:
    """Return whether a cell has the shape of a phone number: 7 to 16 digits and the usual punctuation.

    >>> [looks_like_phone(cell) for cell in ("(202) 555-0143", "2024-01-31", "Ann", "4.15555E+09")]
    [True, False, False, True]
    """
    cell = cell.strip().removeprefix("'").removeprefix("tel:")
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    if _DAMAGED.fullmatch(cell) or _SPREADSHEET_INTEGER.fullmatch(cell):
        return True
    if not _PHONE_CELL.fullmatch(cell) or _NOT_PHONE.fullmatch(cell):
        return False
    return 7 <= sum(map(str.isdigit, cell)) <= 16


def phone_shares(header: Sequence[str], batch: Batch) -> list[float]:
    """Return for each column the share of its filled cells, among the first rows, that look like phone numbers."""
    shares = []
    first = np.arange(min(len(batch), SAMPLE_ROWS))
    for column in batch.columns[: len(header)]:
        cells = [cell for cell in column.take(first).tolist() if cell.strip()]
        shares.append(sum(map(looks_like_phone, cells)) / len(cells) if cells else 0.0)
    return shares


def likely_phone_columns(header: Sequence[str], shares: Sequence[float]) -> list[int]:
    """Return the columns that look like phone numbers: by name and content, else content, else name alone."""
    named = [index for index, name in enumerate(header) if named_like_phone(name)]
    both = [index for index in named if shares[index] >= PARTLY]
    content = [index for index, share in enumerate(shares) if share >= MOSTLY]
    return both or content or named


def clean_name(name: str) -> str:
    r"""Return a header cell without outer whitespace, control and invisible characters; inner runs become a space.

    >>> clean_name(" phone\\u200b number\\n")
    'phone number'
    """
    visible = (" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc"))
    cleaned = "".join(visible)
    return " ".join(cleaned.split()) if cleaned != name else cleaned.strip()


def allowed_name(name: str, pattern: str | None) -> str:
    """Return name with every run of characters outside the profile's set as an underscore; "" if none is left.

    >>> allowed_name("Teléfono (móvil)", "[A-Za-z0-9_]")
    'Telefono_movil'
    """
    if not pattern or (name and re.fullmatch(f"{pattern}*", name)):
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "_".join(part for part in re.split(f"(?!{pattern}).", plain, flags=re.DOTALL) if part)


def resolve(header: Sequence[str], line: int, first: Batch, settings: Settings, findings: Collector) -> Layout | None:
    """Decide which column is what; None after a stop finding.

    header: names as read, from physical line ``line``; first: some rows, to tell columns by their contents.
    """
    cleaned = [clean_name(name) for name in header]
    findings.name_columns(cleaned)
    own = [index for index, name in enumerate(cleaned) if name in REJECTS_COLUMNS]
    from_rejects = len(own) == len(REJECTS_COLUMNS)
    dropped = set(own) if from_rejects else set()
    written = [index for index in range(len(header)) if index not in dropped]
    names = [cleaned[index] for index in written]
    # A name must not look like data once it is written as the profile takes it, either.
    as_written = [allowed_name(name, settings.profile.header_pattern) for name in names]
    evidence = data_in_header(names) or data_in_header(as_written)
    if evidence:
        findings.whole_file("C004", line=line, evidence=evidence)
    if evidence or _has_duplicates(names, line, findings):
        return None

    def find(wanted: str | None, code: str) -> int | None:
        """Index of a column that the user named; reports ``code`` if there is none."""
        if wanted is None:
            return None
        index = find_column(wanted, cleaned, settings.profile.header_pattern)
        if index is None:
            findings.whole_file(code, line=line, **_missing(code, wanted, names))
        return index

    phone = _phone_column(find, cleaned, written, line, first, settings, findings)
    identifier = find(settings.identifier_column, "C002")
    if settings.identifier_column is None and settings.profile.identifier_column in names:
        identifier = cleaned.index(settings.profile.identifier_column or "")
    region = find(settings.region_column, "C005")
    if findings.stopped or phone is None:
        return None
    _report_cleaned(header, cleaned, own if from_rejects else [], line, findings)
    final = list(names) if settings.keep_headers else _final_names(names, written, phone, identifier, settings.profile)
    renames = {old: new for old, new in zip(names, final, strict=True) if old != new}
    for old, new in renames.items():
        what = "names of letters, digits and _ only" if settings.profile.header_pattern else "that name"
        findings.whole_file("C102", line=line, column=old, old=old or "a column without name", new=new, allowed=what)
    extension = find_column(settings.extension_column, cleaned, None) if settings.extension_column else None
    if settings.extension_column and extension is None:
        extension = -1
        final.append(allowed_name(settings.extension_column, settings.profile.header_pattern))
    return Layout(phone, identifier, region, extension, tuple(written), tuple(final), renames, from_rejects)


def restore(batch: Batch, layout: Layout) -> Batch:
    """Return the batch of a corrected rejects file without the apostrophes that made its cells formula-safe."""
    if not layout.from_rejects:
        return batch
    columns = []
    for column in batch.columns:
        cells = column.tolist()
        escaped = [row for row, cell in enumerate(cells) if _ESCAPED.match(cell)]
        restored = TextColumn.of([cells[row][1:] for row in escaped])
        columns.append(column.replaced(np.array(escaped, np.intp), restored) if escaped else column)
    return replace(batch, columns=tuple(columns))


def find_column(wanted: str, names: Sequence[str], pattern: str | None) -> int | None:
    """Return the index of a column by its name, or by the name that clean has given it."""
    for spelling in (wanted, clean_name(wanted), allowed_name(clean_name(wanted), pattern)):
        if spelling in names:
            return list(names).index(spelling)
    return None


def _phone_column(
    find: Callable[[str | None, str], int | None],
    cleaned: Sequence[str],
    written: Sequence[int],
    line: int,
    first: Batch,
    settings: Settings,
    findings: Collector,
) -> int | None:
    if settings.phone_column is not None:
        return find(settings.phone_column, "C001")
    if settings.profile.phone_column in cleaned:
        return list(cleaned).index(settings.profile.phone_column or "")
    unread = unread_delimiter(cleaned[0]) if len(cleaned) == 1 else None
    if unread:
        problem = "the file was read as one column"
        remedy = f"if {unread!r} separates its fields, give --delimiter {unread!r}"
        findings.whole_file("C001", line=line, problem=problem, remedy=remedy)
        return None
    candidates = likely_phone_columns(cleaned, phone_shares(cleaned, first))
    candidates = [index for index in candidates if index in written]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        problem = "more than one column looks like phone numbers"
        remedy = " or ".join(f"--phone-column {_quoted(cleaned[index])}" for index in candidates[:5])
        findings.whole_file("C001", line=line, problem=problem, remedy=f"say which: {remedy}")
    else:
        problem = "no column looks like phone numbers"
        listed = _listed(cleaned[index] for index in written)
        findings.whole_file(
            "C001", line=line, problem=problem, remedy=f"name it with --phone-column; there are {listed}"
        )
    return None


def unread_delimiter(header: str) -> str | None:
    """Return a character that seems to separate the names of a header that was read as one column.

    >>> unread_delimiter("Name~Phone~City"), unread_delimiter("Phone number")
    ('~', None)
    """
    for candidate in "~^:#*":
        parts = header.split(candidate)
        if len(parts) > 1 and all(part.strip() for part in parts):
            return candidate
    return None


def _missing(code: str, wanted: str, names: Sequence[str]) -> dict[str, Any]:
    near = nearest(wanted, names)
    remedy = f"did you mean {' or '.join(map(_quoted, near))}?" if near else f"there are {_listed(names)}"
    if code == "C001":
        return {"problem": f"there is no column {_quoted(wanted)}", "remedy": remedy}
    return {"name": _quoted(wanted), "remedy": remedy}


def _quoted(name: str) -> str:
    return f"'{name}'"


def _listed(names: Iterable[str], most: int = 12) -> str:
    listed = [_quoted(name) for name in names]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def data_in_header(names: Sequence[str]) -> str:
    """Return what shows that a header is no header but somebody's row, or nothing.

    >>> data_in_header(["Ann", "+1 202 555 0143"]), data_in_header(["Name", "Phone"])
    ('field 2 holds a phone number', '')
    """
    for place, name in enumerate(map(clean_name, names), start=1):
        if len(name) > LONGEST_NAME:
            return f"field {place} holds {len(name):,} characters"
        if looks_like_phone(name) and not re.fullmatch(r"[0-9]{1,8}", name):
            return f"field {place} holds a phone number"
        if re.fullmatch(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*\.[A-Za-z]{2,}", name):
            return f"field {place} holds an e-mail address"
    return ""


def _has_duplicates(names: Sequence[str], line: int, findings: Collector) -> bool:
    for name, count in Counter(names).items():
        if count > 1 and name:
            first = names.index(name)
            second = names.index(name, first + 1)
            findings.whole_file("C003", line=line, column=name, first=first + 1, second=second + 1, name=_quoted(name))
    return findings.stopped


def _report_cleaned(
    header: Sequence[str], cleaned: Sequence[str], own: Iterable[int], line: int, findings: Collector
) -> None:
    for old, new in zip(header, cleaned, strict=True):
        if old != new:
            what = "outer spaces" if old.strip() == new else "line breaks or invisible characters"
            problem = f"the column name had {what}; it is written as {_quoted(new)}"
            findings.whole_file("C101", line=line, column=new, problem=problem)
    for index in own:
        problem = f"{cleaned[index]} is a column of csv-preflight's own rejects file; it is left out"
        findings.whole_file("C101", line=line, column=cleaned[index], problem=problem)


def _final_names(
    names: Sequence[str], written: Sequence[int], phone: int, identifier: int | None, profile: Profile
) -> list[str]:
    """Return the names as they are written: what the profile fixes, then what it allows, each only once."""
    fixed = {phone: profile.phone_column, identifier: profile.identifier_column}
    wanted = []
    for index, name in zip(written, names, strict=True):
        wanted.append(fixed.get(index) or allowed_name(name, profile.header_pattern) or f"column_{index + 1}")
    # A name that stays as it is, or that the profile fixes, is never taken by one that has to change.
    kept = [w for w, name, index in zip(wanted, names, written, strict=True) if w == name or fixed.get(index)]
    taken = set(kept)
    final = []
    for index, name, want in zip(written, names, wanted, strict=True):
        unique, number = want, 2
        while want != name and not fixed.get(index) and unique in taken:
            unique, number = f"{want}_{number}", number + 1
        taken.add(unique)
        final.append(unique)
    return final
