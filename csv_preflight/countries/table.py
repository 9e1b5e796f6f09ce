"""The table of country names (names.txt) and the languages that use them (languages.txt).

Made by tools/countries.py.  Plain text, which takes some 10 ms to read and is read only for a list
with a column of countries.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from csv_preflight.country_names import NAMES

LANGUAGES = Path(__file__).with_name("languages.txt")
# Two characters stand for a set of languages.
DIGITS = "".join(map(chr, range(35, 127)))


@lru_cache(maxsize=1)
def _blocks() -> tuple[list[str], str]:
    """Return the block of each region and the one of names that several regions share."""
    _, *blocks = NAMES.read_text(encoding="utf-8").split("\n=")
    return blocks[:-1], blocks[-1]


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    """Return folded names and codes to regions; several regions are separated by a space."""
    result: dict[str, str] = {}
    blocks, shared = _blocks()
    for block in blocks:
        head, *keys = block.split("\n")
        result.update(dict.fromkeys(keys, head[:2]))
    for line in shared.split("\n")[1:]:
        key, regions, *_ = line.split("\t")
        result[key] = regions
    return MappingProxyType(result)


@lru_cache(maxsize=1)
def codes() -> Mapping[str, tuple[str, str]]:
    """Return the alpha-3 and the numeric code of each region, "-" for none."""
    heads = (block.partition("\n")[0].split(" ", 3) for block in _blocks()[0])
    return MappingProxyType({head[0]: (head[1], head[2]) for head in heads})


@lru_cache(maxsize=1)
def shared_names() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return, for each name of several regions, the languages in which it means each; none if these do not decide."""
    result = {}
    for line in _blocks()[1].split("\n")[1:]:
        key, regions, *used = line.split("\t")
        result[key] = {region: frozenset(of.split()) for region, of in zip(regions.split(), used, strict=True)}
    return MappingProxyType(result)


@lru_cache(maxsize=1)
def languages() -> Mapping[str, frozenset[str]]:
    """Return the languages of each name of one region; none for codes and for names added by hand."""
    sets, _, places = LANGUAGES.read_text(encoding="utf-8").partition("\n\n")
    numbered = [frozenset(line.split()) for line in sets.split("\n")]
    base = len(DIGITS)
    which = dict(zip(DIGITS, range(base), strict=True))
    keys = [key for block in _blocks()[0] for key in block.split("\n")[1:]]
    pairs = zip(places[::2], places[1::2], strict=False)
    return MappingProxyType(
        {key: numbered[which[high] * base + which[low]] for key, (high, low) in zip(keys, pairs, strict=False)}
    )
