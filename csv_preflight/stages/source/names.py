"""People's names for encodings, as given with --encoding."""

from __future__ import annotations

import codecs

from csv_preflight.errors import SettingsError
from csv_preflight.suggest import did_you_mean, simplified

# In use for lists, under the names that programs show; a misspelt name is compared with these.
IN_USE = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "latin-1",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258",
    "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-13",
    "iso-8859-15", "iso-8859-16", "cp437", "cp850", "cp852", "cp866", "koi8-r", "koi8-u",
    "mac-roman", "mac-cyrillic", "mac-greek", "mac-latin2", "mac-turkish",
    "cp932", "shift_jis", "euc-jp", "iso2022-jp", "gb18030", "gbk", "gb2312", "big5", "cp950", "cp949", "euc-kr",
)  # fmt: skip
# Other names by people and programs, without case, spaces and punctuation.
CALLED = {
    "ansi": "cp1252", "windows": "cp1252", "win": "cp1252", "excel": "cp1252", "western": "cp1252",
    "westerneuropean": "cp1252", "dos": "cp437", "oem": "cp437", "msdos": "cp437",
    "unicode": "utf-16", "unicodetext": "utf-16", "ucs2": "utf-16",
    "utf8bom": "utf-8-sig", "utf8withbom": "utf-8-sig", "bom": "utf-8-sig", "csvutf8": "utf-8",
    "mac": "mac-roman", "macos": "mac-roman", "macosroman": "mac-roman", "apple": "mac-roman",
    "japanese": "cp932",
}  # fmt: skip
# Python codecs that exist on one system only, or are not for lists.
_NOT_HERE = frozenset(("idna", "punycode", "undefined", "mbcs", "oem"))
_NOT_FOR_LISTS = frozenset(("raw-unicode-escape", "unicode-escape", "utf-7"))


def codec_name(name: str) -> str:
    """Return the Python codec for an encoding's name, without variants that write a byte order mark.

    Any other name raises SettingsError, with the encoding that was probably meant.

    >>> codec_name("Latin-1"), codec_name("UTF-8-SIG")
    ('iso8859-1', 'utf-8')
    """
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError for characters that no name can have
        info = None
    if info is None or not info._is_text_encoding or info.name in _NOT_HERE:
        raise SettingsError(f"encoding: {name!r} is not a text encoding{_suggestion(name)}")
    if info.name in _NOT_FOR_LISTS:
        raise SettingsError(f"encoding: {name!r} is not an encoding of lists")
    return {"utf-8-sig": "utf-8"}.get(info.name, info.name)


def _suggestion(name: str) -> str:
    meant = CALLED.get(simplified(name))
    return f"; did you mean {meant}?" if meant else did_you_mean(name, IN_USE)
