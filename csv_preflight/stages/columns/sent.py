"""The columns that are sent: without refused ones, with added ones, within the destination's limits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from csv_preflight.countries import context_of
from csv_preflight.destinations import exceeded_limits, folded, missing, refused, sendable_name
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Added, Column
from csv_preflight.model.profile import Profile
from csv_preflight.model.settings import Settings
from csv_preflight.stages.columns.names import clean_name, find_column, free_name
from csv_preflight.suggest import nearest, rename_of

# A column with that name holds calling codes if this share of its distinct cells are codes or countries.
MOSTLY = 0.5


def asked_names(settings: Settings) -> dict[str, str]:
    """Return the new names of --rename by the old ones, cleaned."""
    return {clean_name(old): clean_name(new) for old, new in settings.renames.items()}


def renamed(cleaned: Sequence[str], line: int, settings: Settings, findings: Findings) -> list[str]:
    """Return the names of the columns after --rename; report a column that does not exist.

    If the new name already exists, an earlier run renamed the column.
    """
    asked = asked_names(settings)
    for (old, new), given in zip(asked.items(), settings.rename, strict=False):
        if old not in cleaned and new not in cleaned:
            near = tuple(nearest(old, cleaned))
            findings.whole_file(
                "C008",
                line=line,
                problem="rename-near" if near else "rename",
                wanted=old,
                near=near,
                new=new,
                given={"given": given, "rename": rename_of(near, new)},
            )
    return [asked.get(name, name) for name in cleaned]


def left_out(
    names: Sequence[str], written: Sequence[int], kept: Collection[int | None], line: int, settings: Settings
) -> tuple[frozenset[int], Findings]:
    """Return the columns that the destination refuses, and C009 for each.

    names: of all columns, after --rename; written: indices of those to be written; kept: those that the run needs.
    """
    findings = Findings()
    profile = settings.profile
    vouched = {folded(name, profile) for name in settings.template_variables}

    def is_kept(index: int) -> bool:
        return index in kept or not vouched.isdisjoint({folded(names[index], profile), sendable(index)})

    def sendable(index: int) -> str:
        return folded(sendable_name(names[index], profile), profile)

    places = refused(
        [sendable_name(names[index], profile) for index in written],
        {place for place, index in enumerate(written) if is_kept(index)},
        profile,
    )
    for place in places:
        name = names[written[place]]
        findings.whole_file("C009", line=line, column=name, given=_refusal(name, names, profile))
    return frozenset(written[place] for place in places), findings


def _refusal(name: str, names: Sequence[str], profile: Profile) -> Mapping[str, object]:
    """Return the parameters of C009 for a column."""
    given = {"name": name, "profile": profile.name, "why": "unknown", "reason": profile.refused_why}
    if profile.allowed is None:
        known = folded(name, profile) in {folded(one, profile) for one in profile.refused}
        return {**given, "why": ("reason" if profile.refused_why else "refused") if known else "other"}
    free = [one for one in profile.allowed if one not in names]
    near = tuple(nearest(name, free, most=1))
    return {**given, "why": "near" if near else "unknown", "near": near, "rename": f"{name}={near[0]}" if near else ""}


def calling_code_column(names: Sequence[str], first: Batch, profile: Profile) -> int | None:
    """Return the index of the column of calling codes, if the destination wants one and the list has it.

    A column of that name with other contents is replaced by one that is added.
    """
    wanted = profile.calling_code_column
    if not wanted or wanted not in names:
        return None
    index = names.index(wanted)
    cells = {cell.strip() for cell in first.columns[index].tolist()} - {""}
    context = context_of(cells)
    codes = sum(bool(context.regions(cell)) or cell.lstrip("+").isdecimal() for cell in cells)
    return index if codes >= MOSTLY * len(cells) else None


class Filled(NamedTuple):
    """The columns that the run fills; added, names: those of them that the source does not have."""

    extension: Column | None
    calling_code: Column | None
    timezone: Column | None
    added: tuple[Added, ...]
    names: tuple[str, ...]


def filled_columns(
    names: Sequence[str], written: Sequence[int], final: Sequence[str], calling_code: Column | None, settings: Settings
) -> Filled:
    """Return the columns that the run fills.

    names: of all columns; written: indices of those that are sent; final: their names then; calling_code: the column
    of the list, if any.
    """
    profile = settings.profile
    added: list[Added] = []
    new: list[str] = []

    def column_for(wanted: str | None, column: Added) -> Column | None:
        if not wanted:
            return None
        index = find_column(wanted, names, None)
        if index is not None:
            return index
        clean = clean_name(wanted)
        name = clean if settings.keep_headers else sendable_name(clean, profile) or column
        if name in final:
            return written[list(final).index(name)]
        added.append(column)
        new.append(free_name(name, {folded(one, profile) for one in (*final, *new)}, profile=profile))
        return column

    extension = column_for(settings.extension_column, Added.EXTENSION)
    if profile.calling_code_column and calling_code is None:
        calling_code = Added.CALLING_CODE
        added.append(Added.CALLING_CODE)
        new.append(profile.calling_code_column)
    timezone = column_for(settings.add_timezone, Added.TIMEZONE)
    return Filled(extension, calling_code, timezone, tuple(added), tuple(new))


def check_header(final: Sequence[str], listed: Sequence[str], line: int, settings: Settings) -> Findings:
    """Return C008 and C010 for names that the destination does not take.

    final: the names in the clean file; listed: of the same columns in the list.
    """
    findings = Findings()
    profile = settings.profile
    # Each column is suggested for one name only.
    spare = [name for name in listed if name not in settings.renames]
    for group in missing(final, profile):
        near = tuple(dict.fromkeys(name for wanted in group for name in nearest(wanted, spare)))
        spare = [name for name in spare if name not in near]
        findings.whole_file(
            "C008",
            line=line,
            problem="near" if near else "none",
            wanted=group,
            near=near,
            rename=rename_of(near, group[0]),
            profile=profile.name,
            names=tuple(listed),
        )
    for limit in exceeded_limits(final, profile):
        findings.whole_file(
            "C010",
            line=line,
            column=limit.name,
            problem=limit.kind,
            name=limit.name,
            found=limit.found,
            most=limit.most,
            profile=profile.name,
        )
    return findings


def report_cleaned(
    header: Sequence[str], cleaned: Sequence[str], own: Iterable[int], line: int, findings: Findings
) -> None:
    """Report the names that are cleaned, and the columns of a rejects file that are left out.  own: their indices."""
    for place, (old, new) in enumerate(zip(header, cleaned, strict=True), start=1):
        if old != new:
            problem = "spaces" if old.strip() == new else "invisible"
            problem = "apostrophe" if old == f"'{new}" else problem
            findings.whole_file("C101", line=line, column=new, field=place, problem=problem, name=new)
    for index in own:
        findings.whole_file(
            "C101", line=line, column=cleaned[index], field=index + 1, problem="own", name=cleaned[index]
        )


def report_new_name(
    index: int, old: str, new: str, use: str, line: int, settings: Settings, findings: Findings, *, asked: bool
) -> None:
    """Report that a column gets another name.

    use: "phone" or "identifier" if it is sent as that, else ""; asked: by --rename.
    """
    profile, number = settings.profile, index + 1
    given = {
        "column": "named" if old else "nameless",
        "why": "asked" if asked else _why_renamed(old, new, profile),
        "profile": profile.name,
        "allowed": profile.header_pattern or "",
        "old": old,
        "number": number,
        "new": new,
        "use": use,
    }
    findings.whole_file("C102", line=line, column=old, field=number, given=given)


def _why_renamed(old: str, new: str, profile: Profile) -> str:
    fixed = (profile.phone_column, profile.identifier_column, profile.calling_code_column)
    if new in fixed:
        return "fixed"
    if old in fixed:
        return "taken"
    if not old:
        return "nameless"
    if old.lower() == new:
        return "lower"
    return "letters" if profile.header_pattern == "[A-Za-z0-9_]" else "characters"


def report_added(filled: Filled, line: int, settings: Settings, findings: Findings) -> None:
    """Report the columns that are added, but for extensions, which the user named."""
    for column, name in zip(filled.added, filled.names, strict=True):
        if column is not Added.EXTENSION:
            profile = settings.profile.name
            findings.whole_file("C103", line=line, column=name, name=name, why=column.value, profile=profile)
