"""Text that is not a table: what it is, and what to do."""

from __future__ import annotations

import re

from csv_preflight.stages.source.binary import EXCEL, Kind

_EXPORT = "export the list as CSV from the program that made it"
# A header such as <name>,<phone> has a delimiter after a tag in its first line; documents do not.
_NO_HEADER = r"(?![^\n]{0,4000}>[ ]?[,;\t|])"
_COMMENTS = re.compile(r"(?:<!--(?:[^-]|-(?!->)){0,4000}+-->\s{0,100})+")
_HTML = re.compile(
    r"<(?:!doctype html|(?:html|head|body)[\s>](?![,;\t|])|\?xml[^>]{0,200}\?>\s{0,20}<(?:!doctype )?html"
    rf"|{_NO_HEADER}(?:(?:table|tr|div|p|h[1-6]|pre|center|font|span|title|meta|link|style|script|form)[\s>]|br\s?/?>))",
    re.IGNORECASE,
)
_XML = re.compile(
    rf"<(?:\?xml\s|!doctype\s|{_NO_HEADER}[a-z][\w.:-]{{0,60}}(?:\s[^<>]{{0,500}})?(?:/?>\s{{0,100}}<[a-z/!]|/>\s{{0,100}}\Z))",
    re.IGNORECASE,
)
_EXCEL_XML = re.compile(r"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet")
_SCALAR = r'(?:"[^"\n]{0,200}"|-?[0-9.]{1,30}|true|false|null)'
_JSON = re.compile(
    r'\{\s{0,100}(?:"[^"\n]{0,200}"\s{0,20}:|\})|\[\s{0,100}(?:[\[{]|\])|[\[{][ \t]{0,100}\r?\n'
    rf"|\[\s{{0,100}}{_SCALAR}(?:\s{{0,20}},\s{{0,100}}{_SCALAR}){{0,500}}+\s{{0,20}}(?:\]\s{{0,100}}(?:\n|\Z)|,\s{{0,100}}\n)"
)

# Statements, after comments.
_SQL = re.compile(
    r"(?:(?:--[^\n]{0,300}\n|/\*[^*]{0,1000}+(?:\*(?!/)[^*]{0,1000}+){0,50}+\*/;?)\s{0,100}+){0,100}+"
    r"(?:INSERT (?:IGNORE )?INTO |CREATE (?:TABLE|DATABASE) |DROP TABLE |LOCK TABLES |USE `|SET [\w@.]{1,60} ?= ?"
    r"|COPY [^\s,;]{1,100} \([^)\n]{0,2000}\) FROM stdin)",
    re.IGNORECASE,
)
_LDIF = re.compile(r"(?:version: 1\s{1,20})?dn:: ?\S|(?:version: 1\s{1,20})?dn: \w{1,30}=", re.IGNORECASE)
_YAML = re.compile(
    r"(?:---\s{0,20}\n)?- ['\"]?\w[^:,;\t|\n]{0,60}: [^\n]{0,500}\n  ['\"]?\w[^:,;\t|\n]{0,60}:(?:\s|\Z)"
)


def document_kind(beginning: str) -> Kind | None:
    """Return the kind of a document that is no table: HTML, XML, JSON, YAML, SQL, LDIF, a vCard or RTF.

    >>> document_kind('[{"name": "Ann"}]').name, document_kind("<name>,phone")
    ('JSON', None)
    """
    text = beginning.lstrip("\ufeff \t\r\n")
    if comments := _COMMENTS.match(text):
        text = text[comments.end() :]
    if _HTML.match(text):
        if re.search(r"<t[dh][\s>]", text, re.IGNORECASE):
            return Kind("an HTML page", "it holds a table: open it in a spreadsheet and save that as CSV UTF-8")
        return Kind("an HTML page", "export the list as CSV; if it was downloaded, sign in and download it again")
    if text[:1] == "<" and _XML.match(text):
        if _EXCEL_XML.search(text):
            return Kind("an Excel workbook in XML", EXCEL)
        return Kind("XML", _EXPORT)
    if re.match(r"BEGIN:VCARD\s", text, re.IGNORECASE):
        return Kind("a vCard file", "export the contacts as CSV, not as vCard")
    if text.startswith("{\\rtf"):
        return Kind("an RTF document", "copy the table into a spreadsheet and save that as CSV UTF-8")
    if text[:1] in ("{", "[") and _JSON.match(text):
        return Kind("JSON", _EXPORT)
    if _SQL.match(text):
        return Kind("SQL", "export the table as CSV, not as a dump of the database")
    if _LDIF.match(text):
        return Kind("LDIF", _EXPORT)
    return Kind("YAML", _EXPORT) if _YAML.match(text) else None
