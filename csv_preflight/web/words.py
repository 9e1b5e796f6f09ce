"""The page's own words, for people who have never opened a terminal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from csv_preflight.inspection import Inspection
from csv_preflight.model.report import Report
from csv_preflight.web.looking import Look

ENCODINGS: Mapping[str, str] = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Western European, Windows",
    "mac-roman": "Western European, older Mac",
    "cp850": "Western European, older programs (DOS)",
    "iso8859-15": "Western European with €, Linux",
    "cp1250": "Central European, Windows",
    "iso8859-2": "Central European, Linux",
    "cp852": "Central European, older programs (DOS)",
    "cp1251": "Cyrillic, Windows",
    "koi8-r": "Cyrillic, Russian (KOI8)",
    "cp866": "Cyrillic, older programs (DOS)",
    "cp1253": "Greek, Windows",
    "cp1254": "Turkish, Windows",
    "cp1255": "Hebrew, Windows",
    "cp1256": "Arabic, Windows",
    "cp1257": "Baltic, Windows",
    "cp1258": "Vietnamese, Windows",
    "cp874": "Thai, Windows",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC)",
    "gb18030": "Chinese, simplified (GB)",
    "big5": "Chinese, traditional (Big5)",
    "cp949": "Korean",
}
LABELS: Mapping[str, str] = defaultdict(str, ENCODINGS)
KINDS: Mapping[str, str] = {
    "phone": "phone numbers",
    "country": "countries",
    "email": "e-mail addresses",
    "url": "web addresses",
    "date": "dates",
    "number": "numbers",
    "text": "text",
    "empty": "nothing: it is empty",
}
# The labels of command-line options in the page.
_LABELS: Mapping[str, str] = {
    "phone-column": "Phone numbers are in",
    "identifier-column": "What the agent calls people by is in",
    "region": "Numbers without a country code are from",
    "region-column": "Each person’s country is in",
    "profile": "You will upload the list to",
    "variables": "Fields that the agent’s script fills in",
    "suppress": "People who must not be called",
    "existing": "People who are in the audience already",
    "opt-out-column": "Who has opted out, or agreed to calls, is in",
    "encoding": "Special letters are written as",
    "skip-lines": "Lines above the column names",
    "split": "cut it into several files",
    "corrections": "The corrected file",
    "show-values": "Show values",
}
_COMMANDS: Mapping[str, str] = {"inspect": "the page of the list", "clean": "“Check the list”"}
_COMMAND = re.compile(f"csv-preflight ({'|'.join(_COMMANDS)})(?![\\w-])")
_OPTION = re.compile(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)")
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def in_page(text: str) -> str:
    """Return a text with the labels of the form instead of options and commands.

    >>> in_page("give the right one with --encoding")
    'give the right one with “Special letters are written as”'
    """
    text = _COMMAND.sub(lambda found: _COMMANDS[found[1]], text)
    return _OPTION.sub(lambda found: f"“{_LABELS[found[1]]}”" if found[1] in _LABELS else found[0], text)


def for_page(report: Report) -> Report:
    """Return a report whose messages use the labels of the form."""
    findings = [
        replace(finding, samples=tuple(replace(one, detail=in_page(one.detail)) for one in finding.samples))
        for finding in report.findings
    ]
    return replace(report, findings=tuple(findings))


def encoding(name: str | None) -> str:
    """Return a name of an encoding for people."""
    return LABELS[(name or "").lower()] or ("plain letters" if name == "ascii" else name or "")


def letters(inspection: Inspection) -> str:
    """Return a sentence about how a list was read."""
    delimiter = inspection.input.delimiter or ""
    between = _SEPARATORS.get(delimiter, f"“{delimiter}”")
    return f"Columns are separated by {between}; letters are read as {encoding(inspection.input.encoding)}."


def phone_hint(look: Look) -> str:
    """Return a sentence about other columns that might hold the numbers."""
    phone = look.inspection.phone
    if phone is None:
        return "No column looks like phone numbers."
    numbers = [column.name for column in look.columns if column.looks_like == "phone"]
    others = [name for name in dict.fromkeys((*phone.others, *numbers)) if name != phone.name]
    if not others:
        return "This is the column that looks like phone numbers."
    names = ", ".join(f"“{name}”" for name in others)
    verb = "look" if len(others) > 1 else "looks"
    return f"{names} {verb} like phone numbers, too: is it another number of the same people?"


def counted(report: Report) -> str:
    """Return a sentence about how many rows would be ready, or the problem."""
    rows = report.rows
    if not report.ready:
        stop = next((finding for finding in report.findings if finding.outcome == "stop"), None)
        return f"Not ready: {stop.title[0].lower()}{stop.title[1:]}." if stop else "Not ready."
    verb = "is" if rows.clean == 1 else "are"
    return f"With these answers, {rows.clean:,} of {rows.read:,} rows {verb} ready."


def doubt(inspection: Inspection, names: Mapping[str, str]) -> str:
    """Return a sentence about the countries that a list may be from, "" if it is clear."""
    if not inspection.regions or inspection.suggested_region or inspection.suggested_region_column:
        return ""
    close = [
        guess.region for guess in inspection.regions if guess.valid_share >= 0.9 * inspection.regions[0].valid_share
    ]
    likely = list(dict.fromkeys((inspection.regions[0].region, *(inspection.other_regions or close))))
    either = " or ".join(names.get(region, region) for region in likely)
    return (
        f"Some numbers have no country code. They may be from {either}, and the list does not tell which. "
        "Choose a country below only if you know it."
    )
