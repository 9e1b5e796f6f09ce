"""A list whose cells, names and file attack whatever shows them, and its report."""

from __future__ import annotations

from csv_preflight import preflight
from csv_preflight.model.report import Report

ESCAPES = "\x1b[31mred\x1b]0;title\x07\x9b2J"
BIDI = "\u202egnp.exe\u2066\u200b"
MARKUP = "<script>document.title='pwned'</script><img src=x onerror=document.title='pwned'>"
ATTRIBUTE = '" onmouseover="document.title=\'pwned\'" x="'
SCRIPT_END = "</script><script>document.title='pwned'</script><!--<script>"
COMMAND = "a\n::error file=x.py,line=1::pwned"
OLD_COMMAND = "x ##[add-mask]y"
MARKDOWN = "`|[x](javascript:alert(1)) ![i](http://example.com/i.png) @everyone | <b>"
FORMULA = '=HYPERLINK("http://example.com";"x")'
TEMPLATE = "{{ 7 * 7 }}{% for x in y %}"
ENTITY = "&lt;b&gt;&#x202e;"

CELLS = {
    "escape sequences": ESCAPES,
    "bidi": BIDI,
    "markup": MARKUP,
    "attribute": ATTRIBUTE,
    "script end": SCRIPT_END,
    "workflow command": COMMAND,
    "older workflow command": OLD_COMMAND,
    "markdown": MARKDOWN,
    "formula": FORMULA,
    "template": TEMPLATE,
    "entity": ENTITY,
}
NAMES = ("note <b>|`x`", "::error::x", "##[group]", "\u202eevil")
PATH = "::error::<b>|\x1b[2J\u202e.csv"
MISSING = "evil\x1b[2J\n::error::pwned"


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def data() -> bytes:
    """One row a cell: as the identifier of a good row, and as the phone of a bad one."""
    header = ["Name", "phone", *NAMES]
    rows = []
    for place, cell in enumerate(CELLS.values()):
        rows.append([cell, f"202-555-01{place:02}", "", "", "", ""])
        rows.append(["Ann", cell, "", "", "", ""])
    return "".join(",".join(map(quoted, row)) + "\r\n" for row in [header, *rows]).encode()


def report(*, show_values: bool) -> Report:
    result = preflight(
        data(), phone_column="phone", identifier_column="Name", region="US", show_values=show_values, max_findings=0
    )
    from dataclasses import replace

    return replace(result.report, input=replace(result.report.input, path=PATH))
