"""Identifier cells -> clean names, or a finding.

Nearly all names are plain: those are passed with a look at their bytes alone; the others are examined one
distinct cell at a time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn

_FORMULA = re.compile(r"[=+\-@\t\r\n](?=.)", re.DOTALL)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)

# Invisible characters that are a part of how names are written: joiners of Indic and Persian names.
_JOINERS = "\u200c\u200d"
_BLACK_FLAG = "\U0001f3f4"
# Longer cells are not kept in the cache: nothing grows with them.
LONGEST_KEPT = 250
# The encodings that UTF-8 text is most often read as by mistake.
_MISREAD_AS = ("latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
# cp1252 is Latin-1 with other characters for the control codes, where most readers let through those it lacks.
_LENIENT = {"latin-1": {ord(bytes([code]).decode("cp1252", "ignore") or "\0"): code for code in range(0x80, 0xA0)}}
# UTF-8 takes at least two bytes for what is not ASCII.
_ALONE = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
_HIGHEST = "\u25ff"
# Phonetic letters, and scripts that nobody is named in: what comes out by chance (Plášťovce, WĘŻYK).
_NO_NAMES = re.compile("[\u0250-\u02af\u1400-\u177f]")


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier after examination: as it is written, and the rules that were found with their details."""

    text: str
    fixed: bool
    formula: bool
    mixed: str
    mojibake: bool


def examine(cell: str) -> Name:
    r"""Return what is to be said of an identifier.

    >>> examine(" Ann\u200b ").text, examine("=1+2").formula, examine("\u0410nn").mixed, examine("JosÃ©").mojibake
    ('Ann', True, 'Cyrillic', True)
    """
    return _kept(cell) if len(cell) <= LONGEST_KEPT else _examine(cell)


def _examine(cell: str) -> Name:
    text = cleaned(cell)
    formula = bool(_FORMULA.match(text)) and not _E164.fullmatch(text)
    return Name(text, text != cell, formula, mixed_script(text), is_mojibake(cell))


_kept = lru_cache(maxsize=1 << 14)(_examine)


def cleaned(text: str) -> str:
    """Return text without outer whitespace, control, zero-width and bidi characters; line breaks become spaces."""
    if not text.isprintable():
        text = re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", text)
        flag = text.find(_BLACK_FLAG)
        kept = []
        for place, character in enumerate(text):
            if unicodedata.category(character) not in ("Cc", "Cf") or _joins(text, place, flag):
                kept.append(character)
        text = "".join(kept)
    return text.strip()


def _joins(text: str, place: int, flag: int) -> bool:
    """Whether a zero-width joiner stands between letters of a script that needs it, or within an emoji."""
    if 0xE0020 <= ord(text[place]) <= 0xE007F:  # the flags of England, Scotland and Wales
        return 0 <= flag < place
    if text[place] not in _JOINERS or not 0 < place < len(text) - 1:
        return False
    before, after = text[place - 1], text[place + 1]
    return ord(before) >= 0x0590 and ord(after) >= 0x0590


def mixed_script(text: str) -> str:
    """Return "Cyrillic" or "Greek" if a word mixes such letters with Latin ones; "" otherwise.

    Words joined by a hyphen or apostrophe are words of their own: a double name may be written in two scripts.
    """
    if text.isascii():
        return ""
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if "LATIN" in scripts:
            for script in ("CYRILLIC", "GREEK"):
                if script in scripts:
                    return script.title()
    return ""


def is_mojibake(text: str) -> bool:
    """Return whether a word of a text is UTF-8 that was read in another encoding, or has replacement characters.

    Such a word gives UTF-8 again if it is encoded as it was read.  By chance a real name does that too, but then
    hardly ever with letters of one script.

    >>> is_mojibake("JosÃ©"), is_mojibake("РћР»СЊРіР°"), is_mojibake("José Ольга"), is_mojibake("Aðólfsson")
    (True, True, False, False)
    """
    if text.isascii():
        return False
    return "\ufffd" in text or any(map(_is_misread, text.split(" ")))


def _is_misread(word: str) -> bool:
    if word.isascii() or max(word) > _HIGHEST or _ALONE.search(word):
        return False
    for encoding in _MISREAD_AS:
        try:
            decoded = word.translate(_LENIENT.get(encoding, {})).encode(encoding).decode()
        except UnicodeError:
            continue
        if not _has_latin_and_other(decoded) and not _NO_NAMES.search(decoded):
            return True
    return False


def _has_latin_and_other(word: str) -> bool:
    scripts = {
        unicodedata.name(letter, "").partition(" ")[0] for letter in word if unicodedata.category(letter)[0] in "LM"
    }
    return len(scripts) > 1 and "LATIN" in scripts


def check(batch: Batch, layout: Layout, settings: Settings) -> tuple[Batch, Findings]:
    """Return the batch with the identifiers cleaned; rows without one are rejected if the settings say so."""
    findings = Findings()
    if layout.identifier is None or not len(batch):
        return batch, findings
    column = batch.clean.get(layout.identifier, batch.columns[layout.identifier]).packed()
    odd = np.flatnonzero(_is_odd(column))
    examined = [examine(cell) for cell in column.take(odd).tolist()]
    changed = [place for place, name in enumerate(examined) if name.fixed]
    clean = column
    if changed:
        clean = column.replaced(odd[changed], TextColumn.of([examined[place].text for place in changed]))
    at = layout.identifier

    def rows(*places: int) -> NDArray[np.intp]:
        return odd[list(places)] if places else np.zeros(0, np.intp)

    missing = np.flatnonzero(clean.lengths == 0)
    findings.rows("I001", batch, missing, column=at)
    findings.rows("I101", batch, rows(*changed), column=at)
    findings.rows("I002", batch, rows(*(p for p, name in enumerate(examined) if name.formula)), column=at)
    mixed = [place for place, name in enumerate(examined) if name.mixed]
    findings.rows("I003", batch, rows(*mixed), column=at, parameters=lambda i: {"script": examined[mixed[i]].mixed})
    findings.rows("I004", batch, rows(*(p for p, name in enumerate(examined) if name.mojibake)), column=at)
    kept = clean.lengths > 0 if settings.require_identifier else np.ones(len(batch), bool)
    if (most := settings.profile.identifier_max_length) is not None:
        kept &= _check_lengths(batch, clean, at, most, settings.profile.name, findings)
    if changed:
        batch = replace(batch, clean={**batch.clean, at: clean})
    return batch if kept.all() else batch.take(kept), findings


def _is_odd(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell (packed) has anything but printable ASCII, outer spaces or a formula's first character."""
    plain = np.zeros(256, bool)
    plain[0x20:0x7F] = True
    strange = np.flatnonzero(~plain.take(cells.data))
    odd = np.zeros(len(cells), bool)
    odd[np.searchsorted(cells.ends, strange, side="right")] = True
    suspicious = np.zeros(256, bool)
    suspicious[list(b" =+-@")] = True
    filled = np.flatnonzero(cells.lengths > 0)
    odd[filled] |= suspicious[cells.data[cells.starts[filled]]]
    odd[filled] |= cells.data[cells.ends[filled] - 1] == ord(" ")
    return odd


def _check_lengths(
    batch: Batch, clean: TextColumn, at: int, most: int, profile: str, findings: Findings
) -> NDArray[np.bool_]:
    """Return whether each identifier is short enough; reports the others."""
    fits = np.ones(len(clean), bool)
    longer = np.flatnonzero(clean.lengths > most)
    sizes = np.array([len(cell) for cell in clean.take(longer).tolist()], np.int64)
    longer, sizes = longer[sizes > most], sizes[sizes > most]
    fits[longer] = False
    findings.rows(
        "I005",
        batch,
        longer,
        column=at,
        parameters=lambda i: {"length": int(sizes[i]), "most": most, "profile": profile},
    )
    return fits
