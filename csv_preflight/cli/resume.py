"""After a failed upload: what exists, and the command that sends the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from csv_preflight.cli.running import complain
from csv_preflight.shell import joined, program

if TYPE_CHECKING:
    from csv_preflight.upload.sending import UploadError


@dataclass(frozen=True, slots=True)
class Attempt:
    """An upload: the words of its command, the API key, and the number and fingerprint of its parts.

    from_stdin: the list came from the standard input.
    """

    arguments: Sequence[str]
    from_stdin: bool
    key: str = field(repr=False)
    count: int
    code: str

    def explain(self, error: UploadError) -> None:
        """Print the error and, with several parts, how to send the rest."""
        complain(str(error).replace(self.key, "•••"))
        if self.count > 1:
            complain(self._how_to_go_on(error))

    def _how_to_go_on(self, error: UploadError) -> str:
        done, count = error.failed - 1, self.count
        exist = f"parts 1 to {done} of {count} exist" if done > 1 else f"part 1 of {count} exists" if done else ""
        same = ", with the same list on the standard input" if self.from_stdin else ""
        if error.made == "no":
            exist = exist or f"none of the {count} parts exists"
            return f"{exist}; to go on with part {error.failed}{same}:\n  {self._command(error.failed)}"
        exist = f"{exist}, and perhaps part {error.failed}" if exist else f"perhaps part 1 of {count} exists"
        text = f"{exist}. If part {error.failed} does not{same}:\n  {self._command(error.failed)}"
        if error.failed < count:
            text += f"\nIf it does{same}:\n  {self._command(error.failed + 1)}"
        return text

    def _command(self, part: int) -> str:
        """Return the command of this run, quoted for a shell, starting with a part."""
        words = list(self.arguments)
        end = words.index("--") if "--" in words else len(words)
        options = [
            word
            for place, word in enumerate(words[:end])
            if "--from-part" not in words[max(place - 1, 0) : place + 1] and not word.startswith("--from-part=")
        ]
        go_on = ["--from-part", f"{part}:{self.code}"] if part > 1 else []
        return joined([*program(), *options, *go_on, *words[end:]])
