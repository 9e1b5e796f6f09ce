"""Encodings on the corpus: what is accepted is right, most is accepted, and Unicode always is."""

from __future__ import annotations

import io
from collections import Counter
from itertools import cycle

import pytest

from csv_preflight.encoding import ranking
from csv_preflight.encoding.candidates import CANDIDATES
from csv_preflight.encoding.digest import digest_of
from tests.benchmarks.encodings import measure, outcome
from tests.encoding.readings import GOLDEN, readings
from tools.corpus import PARTS, UNICODE, Case, contact_list, fits

# Of the files that are accepted; of the legacy ones of 50 rows and more, and of those of 5.
LEAST_RIGHT, LEAST_ACCEPTED, LEAST_ACCEPTED_SMALL = 0.998, 0.98, 0.94


@pytest.mark.parametrize("part", PARTS)
def test_a_sample_of_lists_is_read_rightly_or_asked_about(part: str) -> None:
    found: Counter[str] = Counter()
    unicode = cycle(UNICODE)
    for locale, encodings in list(PARTS[part].items())[::6]:
        text = contact_list(locale, 50, 0)
        for encoding in (*encodings, next(unicode)):
            if fits(text, encoding):
                case = Case(locale, encoding, 50, text)
                found[outcome(case)] += 1
                if case.is_unicode:
                    assert outcome(case) == "right", encoding
    assert not found["wrong"]
    assert found["right"] >= 0.9 * found.total() > 10


def test_names_are_read_as_before() -> None:
    """What a change of the detection changes is to be read as a diff: python -m tools.golden."""
    assert list(readings()) == GOLDEN.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize(("locale", "encoding"), [("pl_PL", "iso8859-2"), ("de_DE", "cp850"), ("ru_RU", "koi8-r")])
def test_the_first_look_leaves_out_nothing_that_matters(locale: str, encoding: str) -> None:
    digest = digest_of(io.BytesIO(contact_list(locale, 1000, 1).encode(encoding, errors="ignore"))).text
    assert len(digest) > ranking.FIRST_LOOK + 1000
    every = sorted(ranking._scored(digest, CANDIDATES), key=lambda reading: -reading.score)
    found = ranking.ranked(digest)
    assert [reading.encoding for reading in found[:2]] == [reading.encoding for reading in every[:2]]
    assert len(found) < len(every)


@pytest.mark.exam
@pytest.mark.parametrize("part", PARTS)
def test_the_corpus_is_read_rightly_or_asked_about(part: str) -> None:
    legacy, large, small = Counter[str](), Counter[str](), Counter[str]()
    for kind, counts in measure(part).items():
        if kind.startswith("Unicode"):
            assert set(counts) == {"right"}, kind
            continue
        legacy += counts
        if kind.endswith(" 5 rows"):
            small += counts
        else:
            large += counts
    assert legacy["right"] >= LEAST_RIGHT * (legacy["right"] + legacy["wrong"])
    assert large["right"] + large["wrong"] >= LEAST_ACCEPTED * large.total()
    assert small["right"] + small["wrong"] >= LEAST_ACCEPTED_SMALL * small.total()
