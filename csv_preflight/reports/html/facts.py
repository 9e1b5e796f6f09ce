"""The page's facts about the list: its columns, the use of limits, and the file."""

from __future__ import annotations

from csv_preflight.country_names import english_names
from csv_preflight.model.report import Report
from csv_preflight.reports.advice import counted
from csv_preflight.reports.commands import FILES, written
from csv_preflight.reports.roles import phone_roles
from csv_preflight.stages.columns import clean_name

_ENCODING_SOURCES = {
    "bom": "the byte order mark says so",
    "utf-8": "every byte of the file fits",
    "utf-16-pattern": "told by its zero bytes",
    "detected": "the likeliest reading of its letters",
    "option": "as given",
}
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


def columns(report: Report) -> list[dict[str, object]]:
    """Return each column's name as read, the name it is sent under, and its role."""
    roles: dict[str | None, list[str]] = {name: [role] for name, role in phone_roles(report).items()}
    roles.setdefault(report.input.identifier_column, []).append("identifier")
    for one in report.variables:
        roles.setdefault(one.column, []).append(f"variable {one.variable}")
    shown = []
    for place, name in enumerate(report.input.columns, start=1):
        cleaned = clean_name(name)
        sent = report.header_renames.get(cleaned or f"column {place}", cleaned)
        out = name in report.left_out
        role = "left out" if out else ", ".join(roles.get(name, ["variable"]))
        shown.append({"name": name, "sent": "" if out else sent, "changed": sent != name and not out, "role": role})
    added = [one for one in report.variables if not one.column]
    shown += [{"name": "", "sent": one.written, "changed": True, "role": f"variable {one.variable}"} for one in added]
    return shown


def limits(report: Report) -> list[dict[str, object]]:
    """Return the use of each limit of the destination; of several files, the largest."""
    parts = written(report, "clean")
    found: list[dict[str, object]] = []
    for limit in report.limits:
        used, most = limit.used, limit.most
        if len(parts) > 1:
            used = max(one.rows if limit.name == "rows" else one.bytes for one in parts)
        over = most is not None and used > most
        found.append(
            {"name": limit.name, "used": used, "most": most, "share": used / most if most else 0.0, "over": over}
        )
    return found


def facts(report: Report) -> list[tuple[str, str]]:
    """Return the facts about the file and the run, as names and values."""
    known = report.input
    encoding = known.encoding and f"{known.encoding} ({_ENCODING_SOURCES.get(known.encoding_source or '', '')})"
    delimiter = known.delimiter and _DELIMITERS.get(known.delimiter, known.delimiter)
    settings = ", ".join(_setting(name, value) for name, value in report.settings.items() if name not in FILES)
    tool = report.tool
    entries = (
        ("File", known.path),
        ("Size", counted(known.bytes, "byte")),
        ("Encoding", encoding),
        ("Fields separated by", delimiter),
        ("Line endings", known.line_ending),
        ("Blank lines dropped", f"{report.rows.blank:,}" if report.rows.blank else None),
        ("Destination", report.profile),
        ("Options", settings or None),
        ("Checked", report.created_at.replace("T", " ").replace("Z", " UTC")),
        ("With", f"{tool.name} {tool.version}, phonenumbers {tool.phonenumbers}"),
        ("SHA-256 of the file", known.sha256),
    )
    return [(name, value) for name, value in entries if value]


def _setting(name: str, value: object) -> str:
    if value is True:
        return name
    if name == "region" and (country := english_names().get(str(value))):
        return f"{name} {value} ({country})"
    return f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
