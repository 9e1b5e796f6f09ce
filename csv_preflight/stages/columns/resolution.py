"""Header -> the role of each column, and its name in the clean file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from csv_preflight.countries import context_of
from csv_preflight.destinations import folded, refused, sendable_name
from csv_preflight.formulas import unescaped
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.layout import FILE_COLUMN, REJECTS_COLUMNS, Layout, OtherPhone, Stated
from csv_preflight.model.opt_out import OptOutColumn
from csv_preflight.model.settings import Settings
from csv_preflight.stages.columns.countries import find_countries, read_named
from csv_preflight.stages.columns.likely import data_in_header, number_above_numbers, title_above
from csv_preflight.stages.columns.names import clean_name, final_names, find_column, given_names
from csv_preflight.stages.columns.opt_outs import find_no_answers, likely_opt_outs, named_opt_outs
from csv_preflight.stages.columns.phones import is_clean, labels_of, likely_phone_names, phone_columns
from csv_preflight.stages.columns.restoring import raw_column
from csv_preflight.stages.columns.sent import (
    Filled,
    asked_names,
    calling_code_column,
    check_header,
    filled_columns,
    left_out,
    renamed,
    report_added,
    report_cleaned,
    report_new_name,
)
from csv_preflight.suggest import nearest


class Resolved(NamedTuple):
    """The layout, and the findings on the way."""

    layout: Layout
    findings: Findings


class _Header(NamedTuple):
    """The names of the columns, cleaned.

    line: the physical line of the header.  as_read: as the list has them; names: after --rename.  own: indices of the
    columns that a rejects file has beside those of its list; written: indices of the others.
    """

    line: int
    as_read: Sequence[str]
    names: Sequence[str]
    own: Sequence[int]
    written: Sequence[int]

    @property
    def listed(self) -> list[str]:
        """The names of the list's own columns."""
        return [self.names[index] for index in self.written]

    def shown(self, index: int) -> str:
        """Return the name that reports give a column: that of the list, or its number if it has none."""
        return self.as_read[index] or f"column {index + 1}"


class _Roles(NamedTuple):
    """The columns with a role, by index.  phones: in the order in which they count; the first is sent."""

    phones: tuple[int, ...]
    identifier: int | None
    region: int | None
    calling_code: int | None
    stated: Stated | None
    opt_outs: tuple[OptOutColumn, ...]


class _Sent(NamedTuple):
    """The columns of the clean file.

    written: indices of those of the list; names: theirs, then those of the added ones.  filled: what the run fills.
    renames: new name by old name.
    """

    written: tuple[int, ...]
    names: tuple[str, ...]
    filled: Filled
    renames: dict[str, str]
    findings: Findings


def resolve(header: Sequence[str], line: int, first: Batch, settings: Settings) -> Resolved | Stop:
    """Decide the role of each column.

    header: names as read, on physical line ``line``; first: some rows, to recognize columns by their cells.
    """
    read = _read_header(header, line, first, settings)
    if isinstance(read, Stop):
        return read
    roles = _find_roles(read, first, settings)
    if isinstance(roles, Stop):
        return roles
    sent = _send(header, read, roles, settings)
    if isinstance(sent, Stop):
        return sent
    phone, *others = roles.phones
    filled, stated = sent.filled, roles.stated
    taken = {*roles.phones, *read.own, *(column.index for column in roles.opt_outs), roles.identifier}
    if stated is None and settings.region_column is None:
        aliases = dict(settings.country_names)
        stated = next(iter(find_countries(read.names, first, taken, aliases)), None)
    layout = Layout(
        phone,
        roles.identifier,
        roles.region,
        filled.extension,
        sent.written,
        sent.names,
        sent.renames,
        is_rejects=bool(read.own),
        raw=raw_column(read.names, read.own),
        stated=stated,
        opt_outs=roles.opt_outs,
        likely_opt_outs=likely_opt_outs(read.names, {*taken, roles.region, filled.extension}),
        shown=tuple(read.written),
        added=filled.added,
        calling_code=filled.calling_code,
        timezone=filled.timezone,
        other_phones=tuple(OtherPhone(index, read.shown(index)) for index in others),
        labels=labels_of(read.as_read, roles.phones, first),
    )
    return Resolved(layout, sent.findings)


def _read_header(header: Sequence[str], line: int, first: Batch, settings: Settings) -> _Header | Stop:
    """Return the names of the columns; stop if they are data, or if two are the same."""
    findings = Findings()
    as_read = [clean_name(name) for name in header]
    own = [index for index, name in enumerate(as_read) if name in (FILE_COLUMN, *REJECTS_COLUMNS)]
    if own:
        as_read = list(map(unescaped, as_read))
    names = renamed(as_read, line, settings, findings)
    if findings:
        return Stop(findings)
    written = [index for index in range(len(header)) if index not in own]
    listed = [names[index] for index in written]
    # Nor may a name look like data in the form that the profile takes.
    as_sent = [sendable_name(name, settings.profile) or name for name in names]
    evidence = data_in_header(listed) or data_in_header([as_sent[index] for index in written])
    evidence = evidence or number_above_numbers(names, first) or number_above_numbers(as_sent, first)
    if evidence:
        findings.whole_file("C004", line=line, given=evidence)
    if evidence or _has_duplicates(listed, line, settings, findings):
        return Stop(findings)
    return _Header(line, as_read, names, own, written)


class _Finder:
    """Finds the columns that the user names.

    header, first: of the list.  findings: take the rules about names that are not there.  calling_code: the index of
    the column of calling codes, if there is one.
    """

    def __init__(self, header: _Header, first: Batch, settings: Settings, findings: Findings) -> None:
        self._header, self._first, self._settings, self._findings = header, first, settings, findings
        self.calling_code = calling_code_column(header.names, first, settings.profile)

    def __call__(self, wanted: str | None, code: str, phone: int | None = None, place: int = 0) -> int | None:
        """Return the index of a column; report ``code`` if it does not exist.

        phone: the first phone column, if known; place: index of a further one.  None without a finding: the destination
        refuses that column, and an earlier run left it out.
        """
        if wanted is None:
            return None
        index = self._by_name(wanted)
        if index is None and code in ("C001", "C002"):
            index = self._by_given_name(wanted, code == "C001", phone, place)
        is_spare = place > 0 or code == "C005"
        if index is None and not (is_spare and phone is not None and self._was_left_out(wanted, phone)):
            self._report(wanted, code, phone)
        return index

    def _by_name(self, wanted: str) -> int | None:
        names, profile = self._header.names, self._settings.profile
        index = find_column(wanted, names, profile)
        index = find_column(wanted, self._header.as_read, profile) if index is None else index
        asked = asked_names(self._settings).get(clean_name(wanted), wanted)
        return find_column(asked, names, profile) if index is None else index

    def _by_given_name(self, wanted: str, is_phone: bool, phone: int | None, place: int) -> int | None:
        """Return the column whose name ``wanted`` an earlier run changed."""
        names = self._header.names
        given = given_names(wanted, is_phone, self._settings.profile, place, self._settings.phone_columns)
        places = [names.index(name) for name in given if name in self._header.listed]
        return next((at for at in places if at != phone and self._is_clean(at if phone is None else phone)), None)

    def _was_left_out(self, wanted: str, phone: int) -> bool:
        """Whether an earlier run used the column and left it out."""
        profile = self._settings.profile
        sent = [sendable_name(clean_name(name), profile) for name in (self._header.names[phone], wanted)]
        return self._is_clean(phone) and bool(refused(sent, {0}, profile))

    def _is_clean(self, phone: int) -> bool:
        return is_clean(self._first, phone, self.calling_code, plus=self._settings.plus)

    def _report(self, wanted: str, code: str, phone: int | None) -> None:
        names, written = self._header.names, self._header.written
        listed = tuple(self._header.listed)
        near = tuple(nearest(wanted, listed))
        if code == "C001":
            others = [at for at in written if at != phone and names[at] not in self._settings.phone_columns]
            likely = likely_phone_names(names, others, self._first)
            near = tuple(name for name in near if name in likely) or likely or near
        problem = "near" if near else "none"
        self._findings.whole_file(code, line=self._header.line, problem=problem, wanted=wanted, near=near, names=listed)


def _find_roles(header: _Header, first: Batch, settings: Settings) -> _Roles | Stop:
    """Return the columns with a role; stop if one is missing, or holds something else."""
    findings, names, line, profile = Findings(), header.names, header.line, settings.profile
    find = _Finder(header, first, settings, findings)
    phones = phone_columns(find, names, header.written, line, first, settings, findings)
    phone = phones[0] if phones else None
    same = settings.identifier_column is not None and settings.identifier_column in settings.phone_columns[:1]
    identifier = phone if same else find(settings.identifier_column, "C002", phone)
    if settings.identifier_column is None and profile.identifier_column:
        fixed = (
            at for at in header.written if (sendable_name(names[at], profile) or names[at]) == profile.identifier_column
        )
        identifier = next(fixed, None)
    region = find(settings.region_column, "C005", phone)
    aliases = dict(settings.country_names)
    stated = None if region is None else read_named(region, names[region], first, line, findings, aliases)
    if region is None and find.calling_code is not None:
        region = find.calling_code
        stated = Stated(region, names[region], context_of(first.columns[region].tolist(), aliases))
    opt_outs = named_opt_outs(names, [find(name, "C012") for name in settings.opt_out_column])
    others: dict[int | None, str] = {region: "region", identifier: "identifier", **dict.fromkeys(phones, "phone")}
    find_no_answers(opt_outs, first, others, line, findings)
    if (phone is None or not names[phone]) and (evidence := title_above(header.listed)):
        findings = Findings()
        findings.whole_file("C004", line=line, given=evidence)
    if phone is None or findings:
        return Stop(findings)
    return _Roles(phones, identifier, region, find.calling_code, stated, opt_outs)


def _send(header: Sequence[str], read: _Header, roles: _Roles, settings: Settings) -> _Sent | Stop:
    """Return the columns of the clean file and their names; stop if the destination does not take them."""
    names, line, phone, identifier = read.names, read.line, roles.phones[0], roles.identifier
    without, findings = left_out(names, read.written, {phone, identifier, roles.calling_code}, line, settings)
    written = [index for index in read.written if index not in without]
    final = [names[index] for index in written]
    if not settings.keep_headers:
        final = final_names(final, written, roles.phones, identifier, settings.profile, roles.calling_code)
    filled = filled_columns(names, written, final, roles.calling_code, settings)
    used = (*roles.phones, identifier, roles.region)
    for problem, index, others in (
        ("extension", filled.extension, used),
        ("timezone", filled.timezone, (*used, filled.extension)),
    ):
        if isinstance(index, int) and index in others:
            findings.whole_file("C001", line=line, problem=problem, wanted=names[index])
            return Stop(findings)
    wrong = check_header([*final, *filled.names], [read.as_read[index] for index in written], line, settings)
    if wrong:
        return Stop(Findings([*findings, *wrong]))
    report_cleaned(header, read.as_read, read.own, line, findings)
    renames: dict[str, str] = {}
    for index, new in zip(written, final, strict=True):
        if read.as_read[index] != new:
            renames[read.shown(index)] = new
            use = "phone" if index == phone else "identifier" if index == identifier else ""
            report_new_name(index, read.as_read[index], new, use, line, settings, findings, asked=names[index] == new)
    report_added(filled, line, settings, findings)
    return _Sent(tuple(written), (*final, *filled.names), filled, renames, findings)


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
