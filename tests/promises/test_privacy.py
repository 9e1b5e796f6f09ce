"""No name and no number of a list is printed or reported, except for the last two letters or digits.

Every command, every output format and every report is taken from the program, so that a new one is tried too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from csv_preflight.cli import group
from csv_preflight.reports.forms import SUFFIXES
from csv_preflight.rules import RULES
from tests.commands import BY_NAME

# Marked: no other text has these in it.  Each is looked for in pieces of this many characters.
PIECE = 5
NAMES = ("Quxzwilhelmina Wrothbjork", "Øyzvindqar Ghlümpfner", "Žyxolantha", "Квжызуля Щъэховна", "鷲尾瑠璃子太郎")
NUMBERS = ("2025550186", "2025550178", "2079460958", "7946871234", "9876501234", "3023125987")

# A list whose rows are rejected, fixed or named in every way: the name, and a phone cell made of a number.
CELLS = (
    "{n}", "({n:.3}) 555-{n:.4}", "+1{n}", "+1 {n} ext. 123", "tel:+1{n}", "'+1{n}", '="+1{n}"', "{n}.0", "\u200b+1{n}",
    "{n:.1}.{n}E+09", "+1{n} / +1{n}", "1800FLOWERS{n}", "+1{n}O", "+999{n}", "+1{n}{n}", "{n:.5}", "call {n}",
    "me@{n}.com", "2024-01-31 {n}", "§{n}", "{n}{n}{n}", "+44{n}", "+1900{n:.7}", "49151{n:.8}",
)  # fmt: skip
ROWS = tuple(
    f'"{name}",{phone},"{name} of {number}"'
    for (place, cell), name in zip(enumerate(CELLS * 2), itertools.cycle(NAMES), strict=False)
    for number in (NUMBERS[place % len(NUMBERS)],)
    for phone in ('"' + cell.format(n=number).replace('"', '""') + '"',)
)
BROKEN = (
    f"{NAMES[0]}", f"{NAMES[1]},+1{NUMBERS[0]},x,y", f'{NAMES[2]},5"{NUMBERS[1]},x', f"{NAMES[3]}\0,+1{NUMBERS[2]},x",
    f'{NAMES[4]},+1{NUMBERS[3]},"{NAMES[0]}\n{NAMES[1]},+1{NUMBERS[1]},x\n{NAMES[2]},+1{NUMBERS[2]},x"',
    f"={NAMES[0]},+12025550195,x", f" {NAMES[1]} ,+12025550194,x", f"JosÃ© {NAMES[0]},+12025550199,",
    ",+12025550198,", f"A\u0430{NAMES[0]},+12025550197,x", f"{NAMES[0] * 20},+12025550196,x",
    f"{NAMES[0]},,{NUMBERS[0]}", "", f'{NAMES[3]},+1{NUMBERS[5]},"{NAMES[0]}',
)  # fmt: skip
HEADER = "Name,phone,note"


def text(*rows: str, header: str = HEADER, newline: str = "\n") -> bytes:
    return newline.join([header, *rows, ""]).encode()


LISTS = {
    "every kind of row": text(*ROWS, *BROKEN),
    "no header": text(*ROWS[:5], header=f"{NAMES[0]},+1{NUMBERS[0]},x"),
    "no header, an address": text(*ROWS[:5], header=f"{NAMES[0]},ann.{NAMES[0].lower().split()[1]}@example.com,x"),
    "another delimiter": text(*(row.replace('","', '";"') for row in ROWS), header="Name;phone;note"),
    "one column": text(*NAMES, *NUMBERS, header="phone"),
    "unclear encoding": b"Name,phone\n" + b"".join(
        bytes(f"{NAMES[0]} ", "ascii") + bytes([0xD0 + n, 0xE0 + n]) + f",+1{NUMBERS[n]}\n".encode() for n in range(5)
    ),
    "no encoding": b"Name,phone\n" + NAMES[0].encode() + b"\x81\x8d\x90 \xff,+1" + NUMBERS[0].encode() + b"\n",
    "cut UTF-8": text(*ROWS)[:-3] + "é".encode()[:1],
    "UTF-16": text(*ROWS).decode().encode("utf-16"),
    "bare CR": text(*ROWS, newline="\r"),
    "one line": (f"{NAMES[0]},+1{NUMBERS[0]}," * 3000).encode(),
    "a page": f"<html><body>{NAMES[0]} +1{NUMBERS[0]}</body></html>".encode(),
    "a binary file": bytes(range(32)) * 4 + NAMES[0].encode() + NUMBERS[0].encode(),
    "opt-outs": text(*(f"{name},+1{number},{name}" for name, number in zip(NAMES, NUMBERS, strict=False)),
                     f"{NAMES[0]},+1{NUMBERS[0]},",
                     header="Name,phone,opted out"),
    "other countries": text(
        *(
            f"{name},({number[:3]}) {number[3:6]}-{number[6:]},Deutschland"
            for name, number in zip(NAMES, NUMBERS, strict=False)
        ),
        header="Name,phone,Land",
    ),
    "all rejected": text(*(f"{name},{number[:4]}" for name, number in zip(NAMES, NUMBERS, strict=False))),
}  # fmt: skip
OPTIONS = {
    "as it is": (),
    "a region and an identifier": ("--region", "US", "--identifier-column", "Name", "--strict"),
    "policies": (
        "--region", "DE", "--phone-column", "phone", "--identifier-column", "Name", "--require-identifier",
        "--line-types", "mobile", "--countries", "!GB", "--keep", "last", "--extension-column", "Ext",
    ),
    "lists": ("--region", "US", "--existing", "{existing}", "--suppress", "{suppress}", "--max-rejects", "5%"),
    "opt-outs": ("--region", "US", "--opt-out-column", "opted out", "--only", "{suppress}"),
    "a broken list": ("--region", "US", "--suppress", "{broken}"),
    "encodings": ("--encoding", "cp1252", "--delimiter", ";", "--region", "US", "--split", "--max-rows", "2"),
}  # fmt: skip


def formats(command: str) -> list[str]:
    """The forms of output that a command offers."""
    for parameter in BY_NAME[command].params:
        if parameter.name == "output_format":
            assert isinstance(parameter.type, click.Choice)
            return list(map(str, parameter.type.choices))
    return []


def pieces(secrets: Iterable[str]) -> Iterator[str]:
    """Every piece of a secret, as text and as a hexadecimal dump."""
    for secret in secrets:
        for start in range(len(secret) - PIECE + 1):
            piece = secret[start : start + PIECE].casefold()
            if " " not in piece:
                yield from (piece, piece.encode().hex(" "), piece.encode().hex())


# The rules' own examples are fictional numbers, too, and stand in some reports.
DOCUMENTED = " ".join(f"{rule.message} {rule.why} {rule.example} {rule.remedy}" for rule in RULES).casefold()
PIECES = tuple(piece for piece in dict.fromkeys(pieces((*NAMES, *NUMBERS))) if piece not in DOCUMENTED)
ANY_PIECE = re.compile("|".join(map(re.escape, PIECES)))


def leaks(shown: str) -> list[str]:
    """Every piece of a name or number in a text, and every mask that leaves more than two characters."""
    shown = re.sub(r"[0-9a-f]{32,64}", "", shown)  # hashes
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), shown)
    return ANY_PIECE.findall(unescaped.casefold()) + re.findall(r"•[^\W_]{3,}", unescaped)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the lists of the options."""
    (tmp_path / "existing.csv").write_bytes(text(f"{NAMES[0]},+1{NUMBERS[0]},x", f"{NAMES[1]},no{NUMBERS[0]},x"))
    (tmp_path / "suppress.txt").write_bytes("\n".join([*NUMBERS[1:], NAMES[0], ""]).encode())
    (tmp_path / "broken.csv").write_bytes(LISTS["unclear encoding"])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown_by(place: Path, *arguments: str) -> tuple[str, set[str]]:
    """All that a command prints and reports, and the codes in it; the CSV outputs are not looked at."""
    result = CliRunner().invoke(group, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        from csv_preflight import PreflightError

        assert isinstance(result.exception, PreflightError), result.exception
        return str(result.exception), set()
    shown = result.output
    for path in place.glob("report*"):
        shown += path.read_text(encoding="utf-8")
        path.unlink()
    return shown, set(re.findall(r"\b[A-Z][0-9]{3}\b", shown))


def arguments_of(command: str, options: Iterable[str]) -> list[str]:
    files = {"existing": "existing.csv", "suppress": "suppress.txt", "broken": "broken.csv"}
    words = [option.format(**files) for option in options]
    if command == "clean":
        words += [word for suffix in SUFFIXES for word in ("--report", f"report{suffix}")]
    elif "--split" in words:
        words.remove("--split")
    return words


def runs() -> list[tuple[str, str, str]]:
    """Every command with every format and every set of options."""
    return [
        (command, form, label)
        for command in ("check", "clean", "inspect")
        for form in formats(command)
        for label in OPTIONS
    ]


def look(name: str, chosen: Iterable[tuple[str, str, str]], place: Path) -> None:
    Path("list.csv").write_bytes(LISTS[name])
    for command, form, label in chosen:
        words = arguments_of(command, OPTIONS[label])
        shown, _ = shown_by(place, command, "list.csv", "--output-format", form, "--max-findings", "0", *words)
        assert shown
        assert not leaks(shown), (command, form, label)


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_a_list_is_shown(name: str, place: Path) -> None:
    start = list(LISTS).index(name)
    look(name, runs()[start % 5 :: 5], place)


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_several_files_as_one_list_is_shown(name: str, place: Path) -> None:
    Path("first.csv").write_bytes(text(*ROWS[:3]))
    Path("list.csv").write_bytes(LISTS[name])
    for command, form in (("check", "text"), ("clean", "json"), ("check", "github"), ("clean", "sarif")):
        words = arguments_of(command, OPTIONS["a region and an identifier"])
        files = ("first.csv", "list.csv", "--as-one", "--output-format", form, "--max-findings", "0")
        shown, _ = shown_by(place, command, *files, *words)
        assert "list.csv" in shown
        assert not leaks(shown), (command, form)


@pytest.mark.exam
@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_a_list_is_shown_in_any_combination(name: str, place: Path) -> None:
    look(name, runs(), place)


def test_the_lists_above_have_every_reject(place: Path) -> None:
    found: set[str] = set()
    for data in LISTS.values():
        Path("list.csv").write_bytes(data)
        for options in OPTIONS.values():
            found |= shown_by(place, "clean", "list.csv", *arguments_of("clean", options))[1]
    rejects = {rule.code for rule in RULES if rule.outcome == "reject"}
    # The last four are limits of other destinations.
    assert rejects - found <= {
        "R007",
        "I005",
        "V004",
        "V005",
        "V006",
    }
    assert {"F001", "F002", "F005", "C004", "D004", "I002", "I003", "I004", "I101"} <= found


@pytest.mark.parametrize("command", ["rules", "profiles"])
def test_what_is_shown_without_a_list_is_public(command: str, place: Path) -> None:
    for form in formats(command) or [""]:
        shown, _ = shown_by(place, command, *(("--output-format", form) if form else ()))
        assert not set(leaks(shown)) & set(pieces(NAMES))


def test_the_leaks_are_found_that_are_looked_for() -> None:
    assert leaks("it is 2025550186") == ["55018"]
    assert leaks(NAMES[0].upper())
    assert leaks("••••143") == ["•143"]
    assert leaks(NUMBERS[0].encode().hex(" "))
    assert not leaks("••••43 on line 20,255")
