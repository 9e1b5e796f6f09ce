"""Text that is not a table: what it is, and what to do."""

from __future__ import annotations

import re

from csv_preflight.stages.source.binary import EXCEL, Kind

_EXPORT = "export the list as CSV from the program that made it"
# A header such as <name>,<phone> has a delimiter after a tag in its first line; documents do not.
_NO_HEADER = r"(?![^\n]{0,4000}>[ ]?[,;\t|])"
# Expressions are compiled when a text begins with a character that they need: few do.
_COMMENTS = r"(?:<!--(?:[^-]|-(?!->)){0,4000}+-->\s{0,100})+"
_HTML = (
    r"<(?:!doctype html|(?:html|head|body)[\s>](?![,;\t|])|\?xml[^>]{0,200}\?>\s{0,20}<(?:!doctype )?html"
    rf"|{_NO_HEADER}(?:(?:table|tr|div|p|h[1-6]|pre|center|font|span|title|meta|link|style|script|form)[\s>]|br\s?/?>))"
)
_XML = (
    rf"<(?:\?xml\s|!doctype\s|{_NO_HEADER}[a-z][\w.:-]{{0,60}}(?:\s[^<>]{{0,500}})?"
    r"(?:/?>\s{0,100}<[a-z/!]|/>\s{0,100}\Z))"
)
_EXCEL_XML = r"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet"
_SCALAR = r'(?:"[^"\n]{0,200}"|-?[0-9.]{1,30}|true|false|null)'
_JSON = (
    r'\{\s{0,100}(?:"[^"\n]{0,200}"\s{0,20}:|\})|\[\s{0,100}(?:[\[{]|\])|[\[{][ \t]{0,100}\r?\n'
    rf"|\[\s{{0,100}}{_SCALAR}(?:\s{{0,20}},\s{{0,100}}{_SCALAR}){{0,500}}+\s{{0,20}}(?:\]\s{{0,100}}(?:\n|\Z)|,\s{{0,100}}\n)"
)

# Statements, after comments.
_SQL = (
    r"(?:(?:--[^\n]{0,300}\n|/\*[^*]{0,1000}+(?:\*(?!/)[^*]{0,1000}+){0,50}+\*/;?)\s{0,100}+){0,100}+"
    r"(?:INSERT (?:IGNORE )?INTO |CREATE (?:TABLE|DATABASE) |DROP TABLE |LOCK TABLES |USE `|SET [\w@.]{1,60} ?= ?"
    r"|COPY [^\s,;]{1,100} \([^)\n]{0,2000}\) FROM stdin)"
)
_SQL_BEGINS = ("--", "/*", "insert ", "create ", "drop ", "lock ", "use ", "set ", "copy ")
_LDIF = r"(?:version: 1\s{1,20})?dn:: ?\S|(?:version: 1\s{1,20})?dn: \w{1,30}="
_YAML = r"(?:---\s{0,20}\n)?- ['\"]?\w[^:,;\t|\n]{0,60}: [^\n]{0,500}\n  ['\"]?\w[^:,;\t|\n]{0,60}:(?:\s|\Z)"


def document_kind(beginning: str) -> Kind | None:
    """Return the kind of a document that is no table: HTML, XML, JSON, YAML, SQL, LDIF, a vCard or RTF.

    >>> document_kind('[{"name": "Ann"}]').name, document_kind("<name>,phone")
    ('JSON', None)
    """
    text = beginning.lstrip("\ufeff \t\r\n")
    return _markup(text) if text[:1] == "<" else _statements(text)


def _markup(text: str) -> Kind | None:
    if comments := re.match(_COMMENTS, text):
        return document_kind(text[comments.end() :])
    if re.match(_HTML, text, re.IGNORECASE):
        if re.search(r"<t[dh][\s>]", text, re.IGNORECASE):
            return Kind("an HTML page", "it holds a table: open it in a spreadsheet and save that as CSV UTF-8")
        return Kind("an HTML page", "export the list as CSV; if it was downloaded, sign in and download it again")
    if not re.match(_XML, text, re.IGNORECASE):
        return None
    return Kind("an Excel workbook in XML", EXCEL) if re.search(_EXCEL_XML, text) else Kind("XML", _EXPORT)


def _statements(text: str) -> Kind | None:
    word = text[:8].lower()
    if word == "begin:vc" and re.match(r"BEGIN:VCARD\s", text, re.IGNORECASE):
        return Kind("a vCard file", "export the contacts as CSV, not as vCard")
    if text.startswith("{\\rtf"):
        return Kind("an RTF document", "copy the table into a spreadsheet and save that as CSV UTF-8")
    if text[:1] in ("{", "[") and re.match(_JSON, text):
        return Kind("JSON", _EXPORT)
    if word.startswith(_SQL_BEGINS) and re.match(_SQL, text, re.IGNORECASE):
        return Kind("SQL", "export the table as CSV, not as a dump of the database")
    if word.startswith(("dn:", "version:")) and re.match(_LDIF, text, re.IGNORECASE):
        return Kind("LDIF", _EXPORT)
    return Kind("YAML", _EXPORT) if word.startswith("-") and re.match(_YAML, text) else None
