"""Header -> the role of each column, and its name in the clean file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from csv_preflight.countries import context_of
from csv_preflight.destinations import folded, refused, sendable_name
from csv_preflight.formulas import unescaped
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.layout import (
    FILE_COLUMN,
    REJECTS_COLUMNS,
    Added,
    Layout,
    OtherPhone,
    Stated,
)
from csv_preflight.model.settings import Settings
from csv_preflight.stages.columns.countries import find_countries, read_named
from csv_preflight.stages.columns.likely import data_in_header, number_above_numbers, title_above
from csv_preflight.stages.columns.names import clean_name, final_names, find_column, given_names
from csv_preflight.stages.columns.opt_outs import find_no_answers, likely_opt_outs, named_opt_outs
from csv_preflight.stages.columns.phones import is_clean, labels_of, likely_phone_names, phone_columns
from csv_preflight.stages.columns.restoring import raw_column
from csv_preflight.stages.columns.sent import calling_code_column, check_header, filled_columns, left_out, renamed
from csv_preflight.suggest import nearest


class Resolved(NamedTuple):
    """The layout, and the findings on the way."""

    layout: Layout
    findings: Findings


def resolve(header: Sequence[str], line: int, first: Batch, settings: Settings) -> Resolved | Stop:
    """Decide the role of each column.

    header: names as read, on physical line ``line``; first: some rows, to recognize columns by their cells.
    """
    findings = Findings()
    cleaned = [clean_name(name) for name in header]
    own = [index for index, name in enumerate(cleaned) if name in (FILE_COLUMN, *REJECTS_COLUMNS)]
    if own:
        cleaned = list(map(unescaped, cleaned))
    written = [index for index in range(len(header)) if index not in own]
    as_read, cleaned = cleaned, renamed(cleaned, line, settings, findings)
    if findings:
        return Stop(findings)
    names = [cleaned[index] for index in written]
    # Nor may a name look like data in the form that the profile takes.
    profile = settings.profile
    as_written = [sendable_name(name, profile) or name for name in cleaned]
    evidence = data_in_header(names) or data_in_header([as_written[index] for index in written])
    evidence = evidence or number_above_numbers(as_written, first)
    if evidence:
        findings.whole_file("C004", line=line, given=evidence)
    if evidence or _has_duplicates(names, line, settings, findings):
        return Stop(findings)

    asked = {clean_name(old): clean_name(new) for old, new in settings.renames.items()}

    def find(wanted: str | None, code: str, phone: int | None = None, place: int = 0) -> int | None:
        """Return the index of a column that the user named; report ``code`` if it does not exist.

        phone: the first phone column, if known; place: index of a further one.  None without a finding: the destination
        refuses that column, and an earlier run left it out.
        """
        if wanted is None:
            return None
        index = find_column(wanted, cleaned, profile)
        index = find_column(wanted, as_read, profile) if index is None else index
        index = find_column(asked.get(clean_name(wanted), wanted), cleaned, profile) if index is None else index
        calling = calling_code_column(cleaned, first, profile)

        def is_clean_by(column: int) -> bool:
            return is_clean(first, column, calling, plus=settings.plus)

        if index is None and code in ("C001", "C002"):
            given = given_names(wanted, code == "C001", profile, place, settings.phone_columns)
            places = [cleaned.index(name) for name in given if name in names]
            index = next((at for at in places if at != phone and is_clean_by(at if phone is None else phone)), None)
        is_spare = place > 0 or code == "C005"
        if index is None and is_spare and phone is not None and is_clean_by(phone):
            # An earlier run used the column and left it out.
            sent = [sendable_name(clean_name(name), profile) for name in (cleaned[phone], wanted)]
            if refused(sent, {0}, profile):
                return None
        if index is None:
            near = tuple(nearest(wanted, names))
            if code == "C001":
                others = [at for at in written if at != phone and cleaned[at] not in settings.phone_columns]
                likely = likely_phone_names(cleaned, others, first)
                near = tuple(name for name in near if name in likely) or likely or near
            problem = "near" if near else "none"
            findings.whole_file(code, line=line, problem=problem, wanted=wanted, near=near, names=tuple(names))
        return index

    phones = phone_columns(find, cleaned, written, line, first, settings, findings)
    phone = phones[0] if phones else None
    same = settings.identifier_column is not None and settings.identifier_column in settings.phone_columns[:1]
    identifier = phone if same else find(settings.identifier_column, "C002", phone)
    if settings.identifier_column is None and profile.identifier_column:
        identifier = next((index for index in written if as_written[index] == profile.identifier_column), None)
    calling_code = calling_code_column(cleaned, first, profile)
    region = find(settings.region_column, "C005", phone)
    aliases = dict(settings.country_names)
    stated = None if region is None else read_named(region, cleaned[region], first, line, findings, aliases)
    if region is None and calling_code is not None:
        region = calling_code
        stated = Stated(region, cleaned[region], context_of(first.columns[region].tolist(), aliases))
    opt_outs = named_opt_outs(cleaned, [find(name, "C012") for name in settings.opt_out_column])
    roles: dict[int | None, str] = {region: "region", identifier: "identifier", **dict.fromkeys(phones, "phone")}
    find_no_answers(opt_outs, first, roles, line, findings)
    if (phone is None or not cleaned[phone]) and (evidence := title_above(names)):
        findings = Findings()
        findings.whole_file("C004", line=line, given=evidence)
    if phone is None or findings:
        return Stop(findings)
    shown = tuple(written)
    without, found = left_out(cleaned, written, {phone, identifier, calling_code}, line, settings)
    findings += found
    written = [index for index in written if index not in without]
    names = [cleaned[index] for index in written]
    final = list(names)
    if not settings.keep_headers:
        final = final_names(names, written, phones, identifier, profile, calling_code)
    filled = filled_columns(cleaned, written, final, calling_code, settings)
    own_purpose = {"extension": filled.extension, "timezone": filled.timezone}
    for problem, index in own_purpose.items():
        others = (*phones, identifier, region, *((filled.extension,) if problem == "timezone" else ()))
        if isinstance(index, int) and index in others:
            findings.whole_file("C001", line=line, problem=problem, wanted=cleaned[index])
            return Stop(findings)
    final += filled.names
    wrong = check_header(final, [as_read[index] for index in written], line, settings)
    if wrong:
        return Stop(Findings([*findings, *wrong]))
    _find_cleaned(header, as_read, own, line, findings)
    sent = {identifier: "identifier", phone: "phone"}
    renames: dict[str, str] = {}
    for index, new in zip(written, final, strict=False):
        old = as_read[index]
        if old != new:
            renames[old or f"column {index + 1}"] = new
            findings.whole_file(
                "C102",
                line=line,
                column=old,
                field=index + 1,
                old=old,
                number=index + 1,
                new=new,
                use=sent.get(index, ""),
                given=_why_renamed(old, new, settings, asked=cleaned[index] == new),
            )
    for column, name in zip(filled.added, filled.names, strict=True):
        if column is not Added.EXTENSION:
            findings.whole_file("C103", line=line, column=name, name=name, why=column.value, profile=profile.name)
    if stated is None and settings.region_column is None:
        taken = (
            {index for index in (*phones, identifier) if index is not None} | {*own} | {one.index for one in opt_outs}
        )
        stated = next(iter(find_countries(cleaned, first, taken, aliases)), None)
    layout = Layout(
        phone,
        identifier,
        region,
        filled.extension,
        tuple(written),
        tuple(final),
        renames,
        is_rejects=bool(own),
        raw=raw_column(cleaned, own),
        stated=stated,
        opt_outs=opt_outs,
        likely_opt_outs=likely_opt_outs(
            cleaned, {*phones, identifier, region, filled.extension, *own, *(column.index for column in opt_outs)}
        ),
        shown=shown,
        added=filled.added,
        calling_code=filled.calling_code,
        timezone=filled.timezone,
        other_phones=tuple(OtherPhone(index, as_read[index] or f"column {index + 1}") for index in phones[1:]),
        labels=labels_of(as_read, phones, first),
    )
    return Resolved(layout, findings)


def _why_renamed(old: str, new: str, settings: Settings, *, asked: bool) -> dict[str, object]:
    profile = settings.profile
    pattern = profile.header_pattern
    fixed = (profile.phone_column, profile.identifier_column, profile.calling_code_column)
    if asked:
        why = "asked"
    elif new in fixed:
        why = "fixed"
    elif old in fixed:
        why = "taken"
    elif not old:
        why = "nameless"
    elif old.lower() == new:
        why = "lower"
    else:
        why = "letters" if pattern == "[A-Za-z0-9_]" else "characters"
    return {"column": "named" if old else "nameless", "why": why, "profile": profile.name, "allowed": pattern or ""}


def _has_duplicates(names: Sequence[str], line: int, settings: Settings, findings: Findings) -> bool:
    """Report columns with the same name.  names: those after --rename."""
    profile = settings.profile
    same = [folded(name, profile) for name in names]
    asked = {folded(clean_name(new), profile): f"{old}={new}" for old, new in settings.renames.items()}
    for name, count in Counter(same).items():
        if count > 1 and name:
            first = same.index(name)
            second = same.index(name, first + 1)
            shown = names[second]
            given = {"problem": "rename" if name in asked else "list", "name": shown, "given": asked.get(name, "")}
            findings.whole_file("C003", line=line, column=shown, first=first + 1, second=second + 1, given=given)
    return bool(findings)


def _find_cleaned(
    header: Sequence[str], cleaned: Sequence[str], own: Iterable[int], line: int, findings: Findings
) -> None:
    for place, (old, new) in enumerate(zip(header, cleaned, strict=True), start=1):
        if old != new:
            problem = "spaces" if old.strip() == new else "invisible"
            problem = "apostrophe" if old == f"'{new}" else problem
            findings.whole_file("C101", line=line, column=new, field=place, problem=problem, name=new)
    for index in own:
        findings.whole_file(
            "C101", line=line, column=cleaned[index], field=index + 1, problem="own", name=cleaned[index]
        )
