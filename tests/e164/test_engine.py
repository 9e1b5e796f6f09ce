"""The engine says of every input exactly what phonenumbers says; and the test would notice if it did not."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType, phonenumberutil

from csv_preflight import e164, kernels
from csv_preflight.e164 import column, engine, metadata, patterns, single
from csv_preflight.e164.column import parse_column
from csv_preflight.e164.metadata import Tables
from csv_preflight.model.text_column import TextColumn
from tests.e164.inputs import EDGES, REGIONS, Input, everywhere, examples

Said = tuple[int, bool, str, int, str | None]
getattr(phonenumbers, "enable_pattern_cache", lambda: None)()


def answer(text: str, region: str | None) -> Said:
    """What phonenumbers says, each of its functions asked by itself."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        return e164.single.PARSE_ERROR + error.error_type, False, "", PhoneNumberType.UNKNOWN, None
    return (
        phonenumbers.is_possible_number_with_reason(number),
        phonenumbers.is_valid_number(number),
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.number_type(number),
        phonenumbers.region_code_for_number(number),
    )


def said(tables: Tables | None, given: Sequence[Input], least: int = 0) -> list[Said]:
    """What the engine says, in the form of ``answer``."""
    names: dict[str | None, int] = {}
    which = np.array([names.setdefault(region, len(names)) for _, region in given], np.intp)
    cells, regions = TextColumn.of([text for text, _ in given]), list(names) or [None]
    if tables is None:
        found = single.parse_column(cells, regions, which)
    else:
        found = parse_column(tables, cells, regions, which, least)
    numbers = [int(text[1:]) if 1 < len(text) <= 19 else 0 for text in found.e164.tolist()]
    assert found.number.tolist() == numbers
    regions = [found.regions[index] for index in found.region.tolist()]
    columns = (found.outcome, found.valid, found.e164, found.line_type)
    return list(zip(*(c.tolist() for c in columns), regions, strict=True))


def differences(tables: Tables | None, given: Sequence[Input], least: int = 0) -> list[tuple[Input, Said, Said]]:
    want = [answer(*pair) for pair in given]
    # The first call makes the tables; the compiled loop only follows what is there.
    twice = [said(tables, given, least) for _ in range(2)]
    return [entry for got in twice for entry in zip(given, got, want, strict=True) if entry[1] != entry[2]]


def check_everywhere(seed: int, per_region: int) -> int:
    tables, total = Tables(), 0
    for given_inputs in everywhere(seed, per_region):
        assert differences(tables, given_inputs) == []
        total += len(given_inputs)
    return total


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_engine_agrees_everywhere(seed: int) -> None:
    assert check_everywhere(seed, 205) >= 50_000


@pytest.mark.exam
@pytest.mark.parametrize("seed", range(100, 110))
def test_the_engine_agrees_everywhere_on_two_million_inputs(seed: int) -> None:
    assert check_everywhere(seed, 800) >= 200_000


@pytest.mark.parametrize("region", [*REGIONS[::12], None, "ZZ", "us", "001", ""], ids=str)
def test_edges(region: str | None) -> None:
    assert differences(Tables(), [(text, region) for text in EDGES]) == []
    assert differences(Tables(), [("", region)] * 100) == []


@pytest.mark.parametrize("region", ["US", "GB", "IT", "BR", "AR", "MX", "DE", "RU", "KR", None], ids=str)
def test_example_numbers_in_many_spellings(region: str | None) -> None:
    assert differences(Tables(), [(text, region) for text in examples()]) == []


def test_the_1374_example_numbers_in_national_format() -> None:
    tables, texts, want = Tables(), [], []
    for region in REGIONS:
        for kind in PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            if number:
                texts.append((phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL), region))
                want.append(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    assert len(texts) > 1_300
    assert [entry[2] for entry in said(tables, texts)] == want


@given(st.text(max_size=30), st.sampled_from([*REGIONS, None]))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, region: str | None) -> None:
    assert differences(e164.shared_tables(), [(text, region)]) == []


DIGITS_AND_FRIENDS = st.text(alphabet="0123456789+ -().x/", max_size=20)


@given(st.lists(st.tuples(DIGITS_AND_FRIENDS, st.sampled_from(["US", "GB", "IT", "AR", "BR", None])), max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_digits(given_inputs: list[Input]) -> None:
    assert differences(e164.shared_tables(), given_inputs) == []


@pytest.mark.parametrize("least", [0, 1, 5, 300, 10**9])
def test_small_groups_are_right_too(least: int) -> None:
    given_inputs = [pair for some in list(everywhere(7, 4))[:80] for pair in some]
    assert differences(Tables(), given_inputs, least) == []


def test_blocks_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column, "BLOCK", 7)
    assert differences(Tables(), [(text, "GB") for text in EDGES]) == []


# The test of the test: each of the engine's rules is broken by itself, and the differential test has to notice.


def _no_second_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.Digits.strip
    calls = []

    def strip(self: Any, plan: Any, start: Any, length: Any) -> Any:
        calls.append(1)
        return (start, length) if len(calls) % 2 else real(self, plan, start, length)

    monkeypatch.setattr(engine.Digits, "strip", strip)


def _set(target: Any, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(target, name, value)


def _strip_without_viability(monkeypatch: pytest.MonkeyPatch) -> None:
    always = lambda self, plan, start, length: np.ones(len(start), bool)  # noqa: E731
    monkeypatch.setattr(engine.Digits, "viable", always)


def _no_transform(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata._strip
    monkeypatch.setattr(metadata, "_strip", lambda meta, match: metadata.Strip(real(meta, match).end))


def _default_plan_for_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata.Tables, "main_plans", lambda self, codes: np.zeros(len(codes), np.int32))


def _no_leading_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.full_match_table

    def table(patterns: Any, label: Any, dead: Any, longest: int, open_ended: Any = ()) -> Any:
        return real(list(patterns)[: len(patterns) - len(open_ended)], label, dead, longest)

    monkeypatch.setattr(metadata, "full_match_table", table)


def _zero_behind_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.Digits.at
    monkeypatch.setattr(engine.Digits, "at", lambda self, where: np.maximum(real(self, where), 1))


def _no_longest_text(text: str) -> str:
    plain = text.translate(column._PLAINER)
    extended = column._EXTENSION.fullmatch(plain)
    return extended[1] if extended else plain


BREAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "national prefix stripped only once": _no_second_strip,
    "stripped whatever is viable": _strip_without_viability,
    "transform rules ignored": _no_transform,
    "another plan for an extracted code": _default_plan_for_codes,
    "own code never taken off": _set(engine, "_own_code_without_plus", lambda *_: None),
    "international prefix never stripped": _set(
        engine, "_international_prefix", lambda tables, parsed, rows, own: rows
    ),
    "international prefix stripped before a zero": _zero_behind_prefix,
    "stripped to what is too short": _set(engine, "_NOT_STRIPPED", np.zeros(16, bool)),
    "leading digits ignored": _no_leading_digits,
    "too long is no reason": _set(engine.ValidationResult, "TOO_LONG", 77),
    "one digit is a number": _set(engine, "MAX_DIGITS", 25),
    "letters are punctuation": _set(
        engine, "KINDS", np.where(engine.KINDS == engine._OTHER, engine._PUNCTUATION, engine.KINDS).astype(np.uint8)
    ),
    "semicolons are nothing": _set(
        engine, "KINDS", np.where(engine.KINDS == engine._HARD, engine._OTHER, engine.KINDS).astype(np.uint8)
    ),
    "texts are never too long": _set(column, "_plain", _no_longest_text),
    "any extension is dropped": _set(column, "_EXTENSION", re.compile(r"(.*?) *x.*")),
    "exotic spaces vanish": _set(column, "_PLAINER", str.maketrans(dict.fromkeys(column._ODD_PUNCTUATION, "1"))),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "compiled", None)
    BREAKS[name](monkeypatch)
    tables = Tables()
    seeds = [everywhere(seed, 40) for seed in (1, 2)]
    edges = [[(text, region) for text in EDGES] for region in ("GB", "US", "IT", None)]
    for given_inputs in (some for source in (edges, *seeds) for some in source):
        try:
            if differences(tables, given_inputs):
                return
        except (IndexError, AssertionError, ValueError):
            return
    pytest.fail("nobody would notice")


def some_inputs() -> list[Input]:
    rng = random.Random(5)
    return [rng.choice(some) for some in everywhere(5, 3)]


@pytest.mark.parametrize("name", metadata._PRIVATE)
def test_without_a_private_name_everything_goes_to_phonenumbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert metadata.can_be_followed()
    given_inputs = some_inputs()
    want = [answer(*pair) for pair in given_inputs]
    with monkeypatch.context() as patch:
        patch.delattr(phonenumberutil, name)
        assert not metadata.can_be_followed()
    assert said(None, given_inputs) == want


def test_without_a_private_name_the_package_does_without_its_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [text for text, region in some_inputs() if region == "GB"] + list(EDGES)
    monkeypatch.setattr(metadata, "can_be_followed", lambda: False)
    e164.shared_tables.cache_clear()
    try:
        assert e164.shared_tables() is None
        found = e164.parse_column(TextColumn.of(cells), ["GB"])
    finally:
        e164.shared_tables.cache_clear()
    assert found.e164.tolist() == [answer(cell, "GB")[2] for cell in cells]


@pytest.mark.parametrize("pattern", [r"(?=1)\d", r"1+", r"1*", r"a", r"\D", r"(?i:1)", r"1|2.", r"^1", "12$"])
def test_an_unknown_construct_is_not_followed(pattern: str) -> None:
    with pytest.raises(patterns.UnsupportedError):
        patterns.full_match_table([pattern], len, 0, 5)


def refuse(*_: object) -> None:
    raise patterns.UnsupportedError("for this test")


def test_a_region_that_can_not_be_followed_goes_to_phonenumbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "prefix_match_table", refuse)
    tables = Tables()
    assert differences(tables, some_inputs()) == []
    assert tables.plan("US") == metadata.NO_PLAN


def test_numbers_that_can_not_be_followed_go_to_phonenumbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "type_and_region", refuse)
    tables = Tables()
    assert differences(tables, some_inputs()) == []
    assert tables.number_starts(np.array([1, 44], np.int32)).tolist() == [metadata.NO_PLAN] * 2
    assert tables.plan("US") >= 0


# Each string of up to five of the digits 0, 1 and 2.
STRINGS = ["".join(digits) for size in range(6) for digits in itertools.product("012", repeat=size)]
SHAPES = st.recursive(
    st.sampled_from(["0", "1", "2", "[01]", "[1-2]", r"\d"]),
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("({})".format, inner),
        st.builds("{}(?:{})?".format, inner, inner),
        st.builds("(?:{}){{1,2}}".format, inner),
        st.builds("(?:{}){{2}}".format, inner),
    ),
    max_leaves=7,
)


def state_of(rows: list[list[int]], digits: str) -> int:
    state = 0
    for digit in digits:
        state = rows[state][int(digit)]
    return state


@given(st.lists(SHAPES, min_size=1, max_size=3), SHAPES)
@example(["1?2?3", "(?:1?|2?)0"], "0")
@example(["(1)2"], "0")
@example(["(?:12?|1)2"], "(?:0|01)1?")
@settings(max_examples=200, deadline=None)
def test_tables_of_any_patterns_match_what_re_matches(shapes: list[str], beginning: str) -> None:
    def matching(digits: str) -> tuple[bool, ...]:
        whole = [re.fullmatch(shape, digits) is not None for shape in shapes]
        return (*whole, re.match(beginning, digits) is not None)

    none = (False,) * (len(shapes) + 1)
    rows, values = patterns.full_match_table([*shapes, beginning], matching, none, 5, open_ended=[len(shapes)])
    for digits in STRINGS:
        assert values[state_of(rows, digits)] == matching(digits), digits


@given(SHAPES, st.sampled_from(["", "$"]))
@example("(?:12?|1)2", "")
@example("(1)?(2)0", "")
@example("(?:1|(?:1)2)", "$")
@settings(max_examples=200, deadline=None)
def test_tables_of_any_prefix_find_what_re_finds(shape: str, end: str) -> None:
    rows, results = patterns.prefix_match_table(shape + end)
    for digits in STRINGS:
        want = re.match(shape + end, digits)
        found = results[state_of(rows, digits)]
        assert (found is None) == (want is None), digits
        if found and want:
            assert found == (want.end(), spans(want)), digits


def spans(found: re.Match[str]) -> dict[int, int]:
    """Where the groups of a match begin and end, by the slots that the tables have for it."""
    places = {2 * group + side: found.span(group)[side] for group in range(1, found.re.groups + 1) for side in (0, 1)}
    return {slot: place for slot, place in places.items() if place >= 0}


PATTERNS = sorted(
    {
        description.national_number_pattern
        for region in REGIONS
        for description in [phonenumbers.PhoneMetadata.metadata_for_region(region).general_desc]
    }
)


@given(st.sampled_from(PATTERNS), st.text(alphabet="0123456789", max_size=15))
@settings(max_examples=300, deadline=None)
def test_tables_match_what_re_matches(pattern: str, digits: str) -> None:
    rows, values = patterns.full_match_table([pattern], lambda d: re.fullmatch(pattern, d) is not None, False, 17)
    assert values[state_of(rows, digits)] == (re.fullmatch(pattern, digits) is not None)


PREFIXES = sorted(
    {
        pattern
        for region in REGIONS
        for meta in [phonenumbers.PhoneMetadata.metadata_for_region(region)]
        for pattern in (meta.international_prefix, meta.national_prefix_for_parsing)
        if pattern
    }
)


@given(st.sampled_from(PREFIXES), st.text(alphabet="0123456789", max_size=15))
@settings(max_examples=300, deadline=None)
def test_prefix_tables_find_what_re_finds(pattern: str, digits: str) -> None:
    rows, results = patterns.prefix_match_table(pattern)
    want = re.match(pattern, digits)
    found = results[state_of(rows, digits)]
    assert (found is None) == (want is None)
    if found and want:
        assert found == (want.end(), spans(want))
