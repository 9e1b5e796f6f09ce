"""The command upload: clean, show, ask, send."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from csv_preflight.cli.asking import asking
from csv_preflight.cli.clean import MOST_FAULTY
from csv_preflight.cli.failing import DOCUMENTS
from csv_preflight.cli.options import PATH, Command, read_options, refuse_second_stdin, with_options
from csv_preflight.cli.progress import ProgressLine
from csv_preflight.cli.running import ERROR, FINDINGS, READY, Printer, for_stream, opened
from csv_preflight.cli.targets import check_outputs, targets_of
from csv_preflight.cli.writing import report_leftovers, write_or_ask

if TYPE_CHECKING:
    from csv_preflight.cli.resume import Attempt
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings
    from csv_preflight.upload.sending import Audience, Part

# Parts of a list are named one by one up to this many.
_MOST_PARTS = 12


def _from_part(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, str] | None:
    """Parse where an upload continues: the number of a part, and the fingerprint of all parts at that time."""
    found = re.fullmatch(r"([1-9][0-9]{0,5}):([0-9a-f]{12})", value or "", re.ASCII)
    if value is not None and not found:
        raise click.BadParameter(
            "write N:CODE, as the upload that failed printed it; to send one part alone, upload its file"
        )
    return (int(found[1]), found[2]) if found else None


@click.command(
    cls=Command, own="Audience", example='csv-preflight upload contacts.csv --region US --name "June customers"'
)
@click.argument("file", type=PATH)
@click.option("--name", required=True, help="Name of the new audience.")
@click.option("--description", help="Description of the new audience.")
@click.option("--yes", "-y", is_flag=True, help="Upload without asking.")
@click.option("--api-key-file", metavar="FILE", help="File with the API key, instead of SMALLEST_API_KEY.")
@click.option(
    "--existing-audience", metavar="ID", multiple=True, help="Leave out the members of an audience (repeatable)."
)
@click.option("--suppress-dnc", is_flag=True, help="Leave out the numbers of the account's do-not-call list.")
@click.option("--from-part", metavar="N:CODE", callback=_from_part, help="Continue a failed upload, as it told you to.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(1),
    default=120.0,
    help="Wait this long for an answer [default: 120].",
)
@with_options("upload")
@click.pass_obj
def upload(
    arguments: list[str],
    /,
    file: str,
    name: str,
    description: str | None,
    yes: bool,
    api_key_file: str | None,
    existing_audience: tuple[str, ...],
    suppress_dnc: bool,
    from_part: tuple[int, str] | None,
    timeout: float,
    **options: Any,
) -> int:
    """Clean FILE, then create an audience from it at the service."""
    from functools import partial

    from csv_preflight.api import open_lists
    from csv_preflight.cli.resume import Attempt
    from csv_preflight.cli.unsent import Own, after_sending, before_sending
    from csv_preflight.reports.commands import paths
    from csv_preflight.upload import connection, sending

    if options["output"] == "-":
        raise click.UsageError("upload writes the clean file to disk; it cannot be used with -o -")
    sending.check_texts(name, description)
    given, settings = read_options(options)
    refuse_second_stdin([file], settings)
    json_wanted = given.get("output_format") == "json"
    machine = given.get("output_format") in ("json", *DOCUMENTS)
    out = sys.stderr if machine or not (yes or sys.stdout.isatty()) else sys.stdout
    if not yes and not (sys.stdin.isatty() and out.isatty()):
        raise click.UsageError("there is no terminal to ask on: give --yes to upload without being asked")
    if from_part and not settings.split:
        raise click.UsageError("--from-part needs --split")
    if not settings.plus:
        raise click.UsageError("the service requires the plus sign: upload cannot be used with no-plus")
    sending.check_profile(settings.profile.name)
    check_outputs(given, options["output"], options["rejects"])
    key = connection.api_key(api_key_file)
    client = click.get_current_context().with_resource(connection.connected(key))
    present = [_members(client, audience, timeout) for audience in existing_audience]
    never = _do_not_call(client, timeout) if suppress_dnc else []
    with ProgressLine(given) as progress:
        lists = open_lists(settings, present, progress.watched, never)

    def approve(report: Report) -> None:
        if from_part and sending.fingerprint(report) != from_part[1]:
            raise click.ClickException(_OTHER_LIST)

    with opened(file, given) as (source, source_name):
        targets = targets_of(file, given, options["output"], options["rejects"], in_place=False)
        report_leftovers([targets])
        clean = partial(
            write_or_ask,
            file=source,
            name=source_name,
            targets=targets,
            lists=lists,
            given=given,
            on_report=approve,
            most_faulty=MOST_FAULTY,
        )
        report = clean(settings, asks=False) if yes else asking(source, source_name, file, given, settings, clean, {})
    own = Own(name, description, api_key_file, existing_audience, suppress_dnc)
    with Printer(given, sys.stdout, [file]) as printer:
        printer.show(report, checked=False, sends=own.words())
    if not report.ready:
        click.echo("nothing was uploaded", file=out)
        return FINDINGS
    parts = sending.parts_on_disk(report, name)
    sending.check_fit(parts, report)
    first = from_part[0] if from_part else 1
    if first > len(parts):
        raise click.UsageError(f"there are {len(parts)} parts, no part {first}")
    click.echo(for_stream(_announced(report, parts[first - 1 :]), out), file=out)
    if not yes:
        if text := before_sending(report, own):
            click.echo(for_stream(text, out, paths(report)), file=out)
        if not _confirmed(out):
            return FINDINGS
    words = [*arguments, *_answered(settings, report)]
    attempt = Attempt(words, file == "-", key, len(parts), sending.fingerprint(report))

    def show_created(audience: sending.Audience) -> None:
        click.echo(_created(audience), file=out)
        if json_wanted:
            click.echo(_created_json(audience))

    send = partial(sending.send, client, parts, report, description, first=first, timeout=timeout)
    if not _sent(send, attempt, parts, first, show_created):
        return ERROR
    if text := after_sending(report, own):
        click.echo(for_stream(text, out, paths(report)), file=out)
    return READY


def _sent(
    send: Callable[..., object],
    attempt: Attempt,
    parts: Sequence[Part],
    first: int,
    show: Callable[[Audience], None],
) -> bool:
    """Send the parts from number ``first`` on; return whether all were, and else explain what exists.

    send: takes ``on_created``, which is called with each audience; show: likewise.
    """
    from csv_preflight.upload import sending

    created: list[Audience] = []

    def on_created(audience: Audience) -> None:
        created.append(audience)
        show(audience)

    try:
        send(on_created=on_created)
    except sending.UploadError as error:
        attempt.explain(error)
        return False
    except (KeyboardInterrupt, SystemExit):
        place = first + len(created)
        if place <= len(parts):
            known = sending.what_is_known("interrupted before the answer", "perhaps", parts[place - 1].name)
            attempt.explain(sending.UploadError(known, "perhaps", created, place))
        raise
    return True


_OTHER_LIST = (
    "the list or the options are no longer those of the upload that failed: people could be left out or sent twice. "
    "Nothing was written or uploaded. To send another list, give the files of the parts that were uploaded with "
    "--suppress, and another directory with --out-dir"
)


def _answered(settings: Settings, report: Report) -> list[str]:
    """Return the option for a phone column chosen by the user, so that it is not asked again."""
    if settings.phone_columns or "phone-column" not in report.settings:
        return []
    return [word for name in report.input.phone_columns for word in ("--phone-column", name)]


def _confirmed(out: TextIO) -> bool:
    agreed = False
    try:
        agreed = click.confirm("upload?", err=out is sys.stderr)
    finally:
        if not agreed:
            click.echo("nothing was uploaded", file=out)
    return agreed


def _members(client: Any, audience: str, timeout: float) -> tuple[BinaryIO, str]:
    """Return the members of an audience as a list of numbers, with its name in messages."""
    from csv_preflight.upload.members import members

    return _as_list(members(client, audience, timeout)), f"audience {audience}"


def _do_not_call(client: Any, timeout: float) -> list[tuple[BinaryIO, str]]:
    """Return the account's do-not-call list as a list of numbers, with its name in messages; none if it is empty."""
    from csv_preflight.upload.dnc import do_not_call

    numbers = do_not_call(client, timeout)
    return [(_as_list(numbers), "the account's do-not-call list")] if numbers else []


def _as_list(numbers: Sequence[str]) -> BinaryIO:
    import io

    from csv_preflight.upload.number_list import number_list

    return io.BytesIO(number_list(numbers))


def _announced(report: Report, parts: Sequence[Part]) -> str:
    """Return a text about what will be sent, and where."""
    from urllib.parse import urlsplit

    from csv_preflight.reports.advice import counted, sent_names
    from csv_preflight.reports.printable import printable
    from csv_preflight.upload.connection import base_url

    phone, identifier = sent_names(report)
    columns = f"phone column {phone!r}" + (f", identifier column {identifier!r}" if identifier else "")
    lines = [f"will be sent to {urlsplit(base_url()).hostname}, with {columns}:"]
    shown = parts if len(parts) <= _MOST_PARTS else (parts[0], parts[-1])
    if len(parts) > len(shown):
        rows, size = sum(part.rows for part in parts), sum(len(part.data) for part in parts)
        lines.append(f"  {len(parts):,} audiences, {rows:,} rows, {size:,} bytes in all; the first and the last:")
    lines += [f"  audience {part.name!r}: {counted(part.rows, 'row')}, {len(part.data):,} bytes" for part in shown]
    if rejected := report.rows.rejected:
        lines.append(f"  {counted(rejected, 'rejected row')} will not be sent")
    return "\n".join(map(printable, lines))


def _created(audience: Any) -> str:
    from csv_preflight.reports.advice import counted
    from csv_preflight.reports.printable import printable

    return printable(f"created audience {audience.name!r} ({audience.id}): {counted(audience.rows, 'row')}")


def _created_json(audience: Any) -> str:
    import json

    return json.dumps({"audience": {"id": audience.id, "name": audience.name, "rows": audience.rows}})
