"""What people call encodings: what is taken, and what is suggested."""

from __future__ import annotations

import codecs
import re

import pytest

from csv_preflight import SettingsError
from csv_preflight.stages.source.names import CALLED, IN_USE, codec_name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ansi", "cp1252"),
        ("ANSI", "cp1252"),
        ("excel", "cp1252"),
        ("unicode", "utf-16"),
        ("Unicode Text", "utf-16"),
        ("UTF-8-BOM", "utf-8-sig"),
        ("utf8 with bom", "utf-8-sig"),
        ("mac", "mac-roman"),
        ("Mac OS Roman", "mac-roman"),
        ("utf-9", "utf-8"),
        ("cp-1252", "cp1252"),
        ("widnows-1251", "windows-1251"),
        ("gb-18030", "gb18030"),
    ],
)
def test_the_encoding_that_was_meant_is_suggested(name: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=rf"^encoding: {name!r} is not a text encoding; did you mean {meant}\?$"):
        codec_name(name)


@pytest.mark.parametrize("name", ["hex", "hex-codec", "rot13", "base64", "zip", "x", "", "ebcdic", "\udcff"])
def test_what_is_like_no_encoding_has_no_suggestion(name: str) -> None:
    with pytest.raises(SettingsError) as error:
        codec_name(name)
    assert "did you mean" not in str(error.value)


NAMES = ("ansi", "mbcs", "oem", "excel", "idna", "punycode", "undefined", "hex", "mac", "bom", "utf-81", "cp-1250")


@pytest.mark.parametrize("name", NAMES)
def test_a_suggestion_is_an_encoding_in_use_and_not_the_word_itself(name: str) -> None:
    with pytest.raises(SettingsError) as error:
        codec_name(name)
    found = re.search(r"did you mean (\S+)\?", str(error.value))
    if found:
        assert found[1] in IN_USE
        assert found[1] != name
        assert codec_name(found[1])


def test_what_is_suggested_is_known() -> None:
    assert {*CALLED.values()} <= {*IN_USE}
    for name in IN_USE:
        assert codecs.lookup(name)._is_text_encoding
    for name in CALLED:
        with pytest.raises(SettingsError):
            codec_name(name)


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "raw_unicode_escape"])
def test_some_of_pythons_encodings_are_for_no_list(name: str) -> None:
    with pytest.raises(SettingsError, match="is not an encoding of lists"):
        codec_name(name)
