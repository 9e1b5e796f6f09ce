"""Commands as shells take them: cut into words again, as each shell and each program on Windows does it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from csv_preflight import shell
from csv_preflight.shell import joined, program, shell_in_use

WORDS = [
    pytest.param(["csv-preflight", "clean", "contacts.csv"], id="plain"),
    pytest.param(["clean", "my list.csv", "--phone-column", "Phone Number"], id="spaces"),
    pytest.param(["--countries", "US,CA", "--line-types", "!fixed-line"], id="commas"),
    pytest.param(["--rename", "Tel.=phone", "--delimiter", ";"], id="signs"),
    pytest.param(["it's.csv", "100%.csv", "a&b.csv", "$x.csv", "`x`.csv", "(1).csv", "a^b|c.csv"], id="hostile"),
    pytest.param(["C:\\Users\\Ann Lee\\list.csv", "C:\\out\\"], id="Windows paths"),
    pytest.param(["", "Straße.csv", "電話"], id="empty, and letters"),
    pytest.param(["--", "-a.csv", "--b:c", "-"], id="dashes"),
    pytest.param(['say "hi"', 'a\\"b'], id="quotes"),
]


def words_on_windows(line: str) -> list[str]:
    """Cut a command line as programs on Windows do it (CommandLineToArgvW)."""
    words, at = [], 0
    while at < len(line):
        while at < len(line) and line[at] == " ":
            at += 1
        if at == len(line):
            break
        word, quoted = "", False
        while at < len(line) and (quoted or line[at] != " "):
            slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
            at += slashes
            if at < len(line) and line[at] == '"':
                word += "\\" * (slashes // 2)
                if slashes % 2:
                    word += '"'
                else:
                    quoted = not quoted
                at += 1
            elif slashes:
                word += "\\" * slashes
            else:
                word += line[at]
                at += 1
        words.append(word)
    return words


def after_cmd(line: str) -> str:
    """Return a line as cmd hands it on; a sign that it would act upon is a mistake."""
    out, quoted, at = "", False, 0
    while at < len(line):
        one = line[at]
        if one == "^" and not quoted:
            at += 1
            out += line[at]
        else:
            quoted ^= one == '"'
            assert quoted or one not in "&|<>()%!", line
            assert one != "%", line
            out += one
        at += 1
    return out


def words_of_powershell(line: str) -> list[str]:
    """Cut a line into words as PowerShell does it, and their quotes as the program after it."""
    found = re.findall(r"'(?:[^']|'')*'|[^ ']+", line)
    assert " ".join(found) == line
    plain = [one[1:-1].replace("''", "'") if one.startswith("'") else one for one in found]
    bare = [one for one in found if not one.startswith("'")]
    assert not [one for one in bare if one.startswith("-") and set(one) & set(".:")]  # cut in two
    assert not [one for one in bare if set(one) & set('$`@,;|&<>(){}#"~!')]
    return [one.replace('\\"', '"') for one in plain]


@pytest.mark.parametrize("words", WORDS)
def test_a_posix_shell_gets_the_words(words: list[str]) -> None:
    assert shlex.split(joined(words, "posix")) == words


@pytest.mark.parametrize("words", WORDS)
def test_cmd_gets_the_words(words: list[str]) -> None:
    assert words_on_windows(after_cmd(joined(words, "cmd"))) == words


@pytest.mark.parametrize("words", WORDS[:-1])
def test_powershell_gets_the_words(words: list[str]) -> None:
    assert words_of_powershell(joined(words, "powershell")) == words


@pytest.mark.parametrize(
    ("environment", "shell"),
    [({"PROMPT": "$P$G"}, "cmd"), ({}, "powershell"), ({"MSYSTEM": "MINGW64", "PROMPT": "$P$G"}, "posix")],
)
def test_the_shell_of_windows_is_told_by_what_it_sets(
    environment: dict[str, str], shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PROMPT", "MSYSTEM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("csv_preflight.shell.WINDOWS", True)
    assert shell_in_use() == shell


@pytest.mark.parametrize(
    ("started", "python", "windows", "words"),
    [
        pytest.param("/usr/bin/csv-preflight", "/usr/bin/python3", False, ["csv-preflight"], id="the command"),
        pytest.param(
            "/lib/csv_preflight/__main__.py", "python3", False, ["python3", "-m", "csv_preflight"], id="module"
        ),
        pytest.param("C:/lib/csv_preflight/__main__.py", "C:/p.exe", True, ["py", "-m", "csv_preflight"], id="Windows"),
        pytest.param("/lib/uvicorn/__main__.py", "python3", False, ["csv-preflight"], id="another module"),
    ],
)
def test_commands_start_the_program_as_it_was_started(
    started: str, python: str, *, windows: bool, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [started])
    monkeypatch.setattr(sys, "orig_argv", [python])
    monkeypatch.setattr(shell, "WINDOWS", windows)
    assert program() == words


def test_what_is_printed_by_the_module_works_where_there_is_no_command(tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,phone\nAnn,202-555-0101\n", encoding="utf-8")
    command = [sys.executable, "-m", "csv_preflight", "check", str(path), "--region", "US"]
    text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    again = shlex.split(text.splitlines()[-1].removeprefix("next: "))
    assert again[:4] == [sys.executable, "-m", "csv_preflight", "clean"]
    assert subprocess.run(again, capture_output=True, check=False, env={"PATH": ""}).returncode == 0
