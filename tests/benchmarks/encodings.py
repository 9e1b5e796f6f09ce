"""How often encodings are told rightly: ``python -m tests.benchmarks.encodings``.

Accepted files are those that are not asked about; right ones decode to exactly the text that was encoded.
"""

from __future__ import annotations

import io
from collections import Counter

from csv_preflight.model.finding import Stop
from csv_preflight.stages.source import examine, utf8_blocks
from tools.corpus import PARTS, Case, cases


def outcome(case: Case) -> str:
    """Return "right", "wrong" or "asked" of one file."""
    data = case.data
    found = examine(io.BytesIO(data))
    if isinstance(found, Stop):
        return "asked"
    text = b"".join(utf8_blocks(io.BytesIO(data), found.source)).decode()
    return "right" if text == case.text else "wrong"


def measure(part: str, seeds: int = 1) -> dict[str, Counter[str]]:
    """Return how many files of a part of the corpus were told rightly and wrongly, and asked about, by their kind."""
    found: dict[str, Counter[str]] = {}
    for case in cases(part, seeds):
        rows = "first non-ASCII byte late" if case.late else f"{case.rows:,} rows"
        kind = "Unicode" if case.is_unicode else f"legacy, {rows}"
        found.setdefault(kind, Counter())[outcome(case)] += 1
    return found


def main() -> None:
    print("\n| encodings | files | accepted | right of accepted |\n| --- | --- | --- | --- |")
    for part in PARTS:
        for kind, counts in sorted(measure(part).items()):
            total, right, accepted = counts.total(), counts["right"], counts["right"] + counts["wrong"]
            shares = f"{accepted / total:.1%} | {right / max(1, accepted):.2%}"
            print(f"| {part} locales: {kind} | {total:,} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
