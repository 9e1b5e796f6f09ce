"""Text that was decoded in the wrong encoding: recovered as Python's own codecs would."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from csv_preflight.misread import LENIENT, MISREAD_AS, as_utf8

LETTERS = "éüñЖдツ字—’ёіÀ😀aB ½€™ŠœП\u00a0"


def by_codecs(text: str, encodings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for encoding in encodings:
        try:
            yield encoding, text.translate(LENIENT.get(encoding, {})).encode(encoding).decode()
        except UnicodeError:
            continue


@pytest.mark.parametrize("encodings", [MISREAD_AS, ("cp1253", "cp1254", "cp866", "gbk")], ids=["common", "others"])
def test_texts_are_recovered_as_the_codecs_do(encodings: tuple[str, ...]) -> None:
    rng = random.Random("misread")
    found = 0
    for _ in range(20_000):
        text = "".join(rng.choices(LETTERS, k=rng.randint(1, 5)))
        if rng.random() < 0.5:
            text = text.encode().decode(rng.choice([*encodings, "cp1252"]), "replace")
        expected = list(by_codecs(text, encodings))
        assert list(as_utf8(text, encodings)) == expected, text
        found += bool(expected)
    assert found > 2_000
