"""The destinations, as text, as JSON and for the documentation: what their documents say, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

from csv_preflight.destinations import built_in_profiles
from csv_preflight.model.profile import Profile
from csv_preflight.reports.screen import WIDTH, wrapped


def profiles_text(profiles: Mapping[str, Profile]) -> str:
    """Return all profiles, one line each."""
    names, sizes = max(map(len, profiles)), max(len(_short_size(profile)) for profile in profiles.values())
    lines = []
    for name, profile in profiles.items():
        start = f"{name:<{names}}  {_short_size(profile):<{sizes}}  "
        lines += wrapped(f"{start}{profile.title}", WIDTH, indent=len(start))
    return "\n".join([*lines, "", "csv-preflight profiles NAME explains one.", ""])


def profile_text(profile: Profile) -> str:
    """Return all that is known about one profile, with its source."""
    facts = [("profile", profile.name), ("title", profile.title), *facts_of(profile)]
    facts += [("source", profile.source or "unknown"), ("date", profile.date or "unknown")]
    width = max(len(name) for name, _ in facts) + 2
    lines = [line for name, text in facts for line in wrapped(f"{name + ':':<{width}}{text}", WIDTH, indent=width)]
    lines += [line for note in profile.notes for line in wrapped(f"note: {note}", WIDTH, indent=6)]
    return "\n".join([*lines, ""])


def profiles_json(profiles: Mapping[str, Profile]) -> str:
    """Return profiles as JSON: a list of objects, with null or empty values where the documents say nothing."""
    return json.dumps([asdict(profile) for profile in profiles.values()], indent=2, ensure_ascii=False) + "\n"


def destinations_markdown() -> str:
    """Return the page of the documentation, without its heading."""
    profiles = built_in_profiles()
    lines = ["| profile | destination | one file takes |", "| --- | --- | --- |"]
    lines += [f"| [{name}](#{name}) | {profile.title} | {_size(profile)} |" for name, profile in profiles.items()]
    for name, profile in profiles.items():
        lines += ["", f"## {name}", "", f"{profile.title}.", ""]
        lines += [f"- {key}: {text}" for key, text in facts_of(profile)]
        lines += [f"- {note}" for note in profile.notes]
        source = f"{profile.source}, {profile.date}" if profile.source else profile.date
        lines += ["", f"Source of all of this: {source}."] if source else []
    return "\n".join(lines).replace("{{", "`{{").replace("}}", "}}`") + "\n"


def facts_of(profile: Profile) -> list[tuple[str, str]]:
    """Return what is known about a destination, as labels and sentences; sizes even if unknown."""
    facts = [("one file", _size(profile)), ("phone column", _phone_column(profile)), ("numbers", _numbers(profile))]
    return facts + [(name, text) for name, tell in _TOLD if (text := tell(profile))]


def _size(profile: Profile) -> str:
    size = f"{profile.max_bytes:,} bytes" if profile.max_bytes else "size unknown"
    rows = f"{profile.max_rows:,} rows" if profile.max_rows else "rows unknown"
    return f"{size}, {rows}"


def _short_size(profile: Profile) -> str:
    """Return what is known of the size of a file, in little space."""
    size, unit = profile.max_bytes or 0, 1_000_000
    bytes_ = "" if not size else f"{size // unit:,} MB" if size % unit == 0 else f"{size:,} bytes"
    rows = f"{profile.max_rows:,} rows" if profile.max_rows else ""
    return ", ".join(filter(None, (bytes_, rows))) or "size unknown"


def _phone_column(profile: Profile) -> str:
    if profile.phone_column is None:
        return "any name"
    return f"{profile.phone_column}{', in any case' if profile.any_case else ''}"


def _numbers(profile: Profile) -> str:
    if profile.calling_code_column:
        form = f"the national number, with the country code in {profile.calling_code_column}"
    else:
        form = "+ and digits" if profile.plus else "digits with the country code, without +"
    return f"{form}; of {', '.join(profile.countries)} only" if profile.countries else form


def _header(profile: Profile) -> str:
    parts = [
        f"at most {profile.max_columns:,} columns" if profile.max_columns else "",
        f"names of the characters {profile.header_pattern}" if profile.header_pattern else "",
        "names in lower case" if profile.lower_case else "",
        f"names of at most {profile.max_name_length:,} characters" if profile.max_name_length else "",
    ]
    return "; ".join(filter(None, parts))


def _cells(profile: Profile) -> str:
    parts = [
        f"at most {profile.max_cell_length:,} characters" if profile.max_cell_length else "",
        *(f"{name}: at most {most:,} characters" for name, most in profile.longest.items()),
        "" if profile.quotes else "none in quotes",
    ]
    return "; ".join(filter(None, parts))


def _identifier(profile: Profile) -> str:
    most = profile.identifier_max_length
    longest = f"at most {most:,} characters" if most else ""
    return ", ".join(filter(None, [profile.identifier_column or "", longest]))


def _required(profile: Profile) -> str:
    spelled = " (its documents do not say how they are spelled)" if profile.any_spelling else ""
    names = [*profile.required, *([" or ".join(profile.one_of) + ", never both"] if profile.one_of else [])]
    return f"{', '.join(names)}{spelled}" if names else ""


def _other_columns(profile: Profile) -> str:
    if profile.allowed is not None:
        known = f"only {', '.join(profile.allowed)} and those named" if profile.allowed else "only those named"
        return f"{known} with --variables; others are left out"
    if profile.refused:
        return f"{', '.join(profile.refused)} are left out: {profile.refused_why or 'it refuses them'}"
    return ""


def _variables(profile: Profile) -> str:
    parts = [
        f"a prompt writes one as {profile.variables}",
        "each is filled in every row" if profile.variables_filled else "",
        f"it fills these itself: {', '.join(profile.reserved)}" if profile.reserved else "",
    ]
    return "; ".join(filter(None, parts)) if any(parts[1:]) or profile.variables == "{name}" else ""


def _line_types(profile: Profile) -> str:
    names = [name.lstrip("!") for name in profile.line_types]
    if not names:
        return ""
    all_but = "all but " if profile.line_types[0].startswith("!") else "only "
    return f"{all_but}{', '.join(names)}, unless --line-types says otherwise"


_TOLD: tuple[tuple[str, Callable[[Profile], str]], ...] = (
    ("one upload is called", lambda profile: profile.called),
    ("line types", _line_types),
    ("identifier", _identifier),
    ("required columns", _required),
    ("other columns", _other_columns),
    ("header", _header),
    ("cells", _cells),
    ("variables", _variables),
)
