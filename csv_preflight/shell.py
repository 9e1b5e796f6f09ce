"""Quote commands for the user's shell: POSIX shells, and on Windows cmd or PowerShell."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import Literal, TypeAlias

WINDOWS = os.name == "nt"
Shell: TypeAlias = Literal["posix", "cmd", "powershell"]

# What PowerShell takes literally in an argument: a comma would make an array, and @ % { and the like have a meaning.
# It splits -a.csv and -a:b in two.
_PLAIN_IN_POWERSHELL = re.compile(r"(?!-[^.:]*[.:])[\w./\\:=+-]+", re.ASCII)
# Characters that would break a command's line.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Characters with a meaning in cmd, even within quotes after an inner quote.
_SPECIAL_IN_CMD = re.compile(r'[()%!^"<>&|]')


def program() -> list[str]:
    """Return the words that start this program: as a module where it was, since the command may not be found there."""
    folder, name = os.path.split(sys.argv[0] if sys.argv else "")
    if name != "__main__.py" or os.path.basename(folder) != "csv_preflight":  # noqa: PTH119 - quicker to import
        return ["csv-preflight"]
    return ["py" if WINDOWS else sys.orig_argv[0], "-m", "csv_preflight"]


def shell_in_use() -> Shell:
    """Return the shell in which the user probably types commands.

    On Windows, Git Bash sets MSYSTEM, cmd sets PROMPT, and PowerShell sets neither.
    """
    if not WINDOWS or "MSYSTEM" in os.environ:
        return "posix"
    return "cmd" if "PROMPT" in os.environ else "powershell"


def _escaped(word: str) -> str:
    """Return a word in $'…' with escapes for control characters, for bash, zsh and ksh."""
    word = word.replace("\\", "\\\\").replace("'", "\\'")
    return _CONTROL.sub(lambda found: f"\\{ord(found[0]):03o}", word)


def quoted(word: str, shell: Shell | None = None) -> str:
    """Return a word quoted for a shell, by default the one in use.

    >>> quoted("my list.csv", "posix"), quoted("my list.csv", "cmd"), quoted("my list.csv", "powershell")
    ("'my list.csv'", '"my list.csv"', "'my list.csv'")
    """
    match shell or shell_in_use():
        case "posix":
            import shlex

            return f"$'{_escaped(word)}'" if _CONTROL.search(word) else shlex.quote(word)
        case "powershell":
            escaped = word.replace("'", "''").replace('"', '\\"')
            return word if _PLAIN_IN_POWERSHELL.fullmatch(word) else f"'{escaped}'"
        case _:
            return _quoted_for_cmd(word)


def _quoted_for_cmd(word: str) -> str:
    """Return a word quoted for cmd and for the parsing of a Windows command line.

    For cmd, an inner quote ends the quoting, and a percent sign has a meaning even within quotes: a word with one of
    them has all special characters escaped.
    """
    import subprocess

    line = subprocess.list2cmdline([word])
    if '"' in word or "%" in word:
        return _SPECIAL_IN_CMD.sub(r"^\g<0>", line)
    if line == word and (re.search(r"[,;=]", word) or _SPECIAL_IN_CMD.search(word)):
        return f'"{word}"'
    return line


def joined(words: Iterable[str], shell: Shell | None = None) -> str:
    """Return words as one command, by default for the shell in use."""
    chosen = shell or shell_in_use()
    return " ".join(quoted(word, chosen) for word in words)
