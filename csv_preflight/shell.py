"""Commands as the user's shell takes them: POSIX shells, and on Windows cmd or PowerShell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

WINDOWS = os.name == "nt"
Shell: TypeAlias = Literal["posix", "cmd", "powershell"]

# What PowerShell takes as it is in an argument; the comma would make an array, and @ % { and the like mean something.
# It cuts -a.csv and -a:b in two.
_PLAIN_IN_POWERSHELL = re.compile(r"(?!-[^.:]*[.:])[\w./\\:=+-]+", re.ASCII)
# What would break the line of a command.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What cmd acts upon, even within quotes where a quote has ended them.
_SPECIAL_IN_CMD = re.compile(r'[()%!^"<>&|]')


def shell_in_use() -> Shell:
    """Return the shell that a command is probably typed into.

    On Windows, MSYSTEM is set by Git Bash, PROMPT by cmd, and neither by PowerShell.
    """
    if not WINDOWS or "MSYSTEM" in os.environ:
        return "posix"
    return "cmd" if "PROMPT" in os.environ else "powershell"


def _escaped(word: str) -> str:
    """Return a word with control characters as bash, zsh and ksh read them between $' and '."""
    word = word.replace("\\", "\\\\").replace("'", "\\'")
    return _CONTROL.sub(lambda found: f"\\{ord(found[0]):03o}", word)


def quoted(word: str, shell: Shell | None = None) -> str:
    """Return a word as it is typed into a shell, by default the one in use.

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
    """Return a word for cmd and for what cuts a Windows command line into words.

    A quote inside ends what cmd takes for quoted, and a percent sign means something even within quotes: with one of
    them, everything that cmd acts upon gets its escape sign.
    """
    import subprocess

    line = subprocess.list2cmdline([word])
    if '"' in word or "%" in word:
        return _SPECIAL_IN_CMD.sub(r"^\g<0>", line)
    if line == word and (re.search(r"[,;=]", word) or _SPECIAL_IN_CMD.search(word)):
        return f'"{word}"'
    return line


def joined(words: Iterable[str], shell: Shell | None = None) -> str:
    """Return words as one command, for the shell in use unless another is named."""
    chosen = shell or shell_in_use()
    return " ".join(quoted(word, chosen) for word in words)
