"""How each encoding's names are read: the golden file that shows what a change of the detection changes.

Names of every language, in every encoding that was made for it: which reading is the best, by how much it leads over
the next one that differs, and how much better it is than none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from csv_preflight.encoding.candidates import CANDIDATES
from csv_preflight.encoding.likelihood import gain
from csv_preflight.encoding.ranking import ranked
from tests.samples import ROOT
from tools.corpus import fits

NAMES = ROOT / "tests" / "encoding" / "names.toml"
GOLDEN = ROOT / "tests" / "encoding" / "readings.txt"


def readings() -> Iterator[str]:
    """Yield the lines of the golden file."""
    people = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    for candidate in CANDIDATES:
        for language in candidate.languages:
            names = [name for name in people[language].split(", ") if fits(name, candidate.name)]
            text = "".join(f"{name},+12025550101\n" for name in names if not name.isascii())
            if text:
                yield f"{candidate.name} {language}: {_read(text.encode(candidate.name), text)}\n"


def _read(data: bytes, text: str) -> str:
    best, *others = ranked(data)
    right = "right" if best.text == text else "wrong"
    behind = next((f"{best.score - other.score:.1f} behind" for other in others if other.text != best.text), "alone")
    return f"{best.encoding}, {right}, {behind}, {gain(best.text, best.encoding):.2f}"
