"""upload: clean, show, ask, send."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from csv_preflight.cli.clean import check_reports, targets_of, write
from csv_preflight.cli.options import (
    DISPLAY_OPTIONS,
    FORMAT_OPTION,
    OUTPUT_OPTIONS,
    PATH,
    SETTINGS_OPTIONS,
    read_options,
    with_options,
)
from csv_preflight.cli.running import ERROR, FINDINGS, READY, Printer, complain, opened

if TYPE_CHECKING:
    from csv_preflight.model import Profile, Report
    from csv_preflight.upload import Part, UploadError


@click.command()
@click.argument("file", type=PATH)
@click.option("--name", required=True, help="Name of the new audience.")
@click.option("--description", help="Description of the new audience.")
@click.option("--yes", "-y", is_flag=True, help="Upload without asking.")
@click.option("--api-key-file", metavar="FILE", help="File with the API key, in place of SMALLEST_API_KEY.")
@click.option("--existing-audience", metavar="ID", multiple=True, help="Leave out its members (repeatable).")
@click.option("--from-part", metavar="N", type=click.IntRange(1), default=1, help="With --split, go on with part N.")
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(1), default=120.0, help="Wait for an answer [default: 120]."
)
@with_options(OUTPUT_OPTIONS, SETTINGS_OPTIONS, FORMAT_OPTION, DISPLAY_OPTIONS)
def upload(
    file: str,
    name: str,
    description: str | None,
    yes: bool,
    api_key_file: str | None,
    existing_audience: tuple[str, ...],
    from_part: int,
    timeout: float,
    **options: Any,
) -> int:
    """Clean FILE, then create an audience of its rows with the service's SDK; with --split one from each part."""
    from csv_preflight import upload as uploading
    from csv_preflight.library import open_lists

    if options["output"] == "-":
        raise click.UsageError("upload writes the clean file to the disk: -o - does not go with it")
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask on: give --yes to upload without being asked")
    given, settings = read_options(options)
    if from_part > 1 and not settings.split:
        raise click.UsageError("--from-part goes with --split")
    if settings.profile.name != "smallest-atoms" and settings.profile.name in _built_in_profiles():
        raise click.UsageError(f"upload sends to Smallest AI Atoms; {settings.profile.name} is another destination")
    check_reports(given)
    client = uploading.connect(uploading.api_key(api_key_file))
    present = [_members(client, audience, timeout) for audience in existing_audience]
    lists = open_lists(settings, present)
    to = sys.stderr if given.get("output_format") in ("json", "sarif") else sys.stdout
    with opened(file, given) as (source, source_name):
        targets = targets_of(file, source_name, given, options["output"], options["rejects"], in_place=False)
        before = _hashes(targets.clean, from_part)
        report = write(source, source_name, file, settings, targets, lists, given)
    with Printer(given, sys.stdout) as printer:
        printer.show(report, checked=False)
    if not report.ready:
        click.echo("nothing was uploaded", file=to)
        return FINDINGS
    parts = uploading.parts_on_disk(report, name)
    if before != [output.sha256 for output in report.outputs if output.kind == "clean"][: from_part - 1]:
        raise click.ClickException(
            f"the parts before part {from_part} are not those of the last upload: the list or the options have "
            "changed. Nothing was uploaded; compare the audiences in the console with the list"
        )
    rest = parts[from_part - 1 :]
    if not rest:
        raise click.UsageError(f"there are {len(parts)} parts, no part {from_part}")
    click.echo(_announced(report, rest), file=to)
    if not yes and not click.confirm("upload?", err=to is sys.stderr):
        click.echo("nothing was uploaded", file=to)
        return FINDINGS

    def told(audience: uploading.Audience) -> None:
        click.echo(f"created audience {audience.name!r} ({audience.id}): {audience.rows:,} rows", file=to)

    try:
        uploading.send(client, parts, report, description, first=from_part, timeout=timeout, told=told)
    except uploading.UploadError as error:
        complain(str(error))
        if len(parts) > 1:
            complain(_how_to_go_on(error, len(parts)))
        return ERROR
    return READY


def _built_in_profiles() -> Mapping[str, Profile]:
    from csv_preflight.config import built_in_profiles

    return built_in_profiles()


def _members(client: Any, audience: str, timeout: float) -> tuple[BinaryIO, str]:
    """Return the members of an audience as a list of numbers, with its name in messages."""
    import io

    from csv_preflight.output.tables import quoted
    from csv_preflight.upload import members

    numbers = members(client, audience, timeout)
    text = "".join(f"{quoted(number)}\n" for number in ("phone", *numbers))
    return io.BytesIO(text.encode()), f"audience {audience}"


def _hashes(clean: str, part: int) -> list[str]:
    """Return the hashes of the parts on the disk before a part: those that were uploaded the last time."""
    import hashlib

    from csv_preflight.output.files import part_name

    paths = [Path(part_name(clean, number)) for number in range(1, part)]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def _announced(report: Report, parts: Sequence[Part]) -> str:
    """Say what will be sent, and where to."""
    from urllib.parse import urlsplit

    from csv_preflight.output.advice import sent_names
    from csv_preflight.output.printable import printable
    from csv_preflight.upload import base_url

    phone, identifier = sent_names(report)
    columns = f"phone column {phone!r}" + (f", identifier column {identifier!r}" if identifier else "")
    rejected = report.rows.rejected
    lines = [f"will be sent to {urlsplit(base_url()).hostname}, with {columns}:"]
    lines += [f"  audience {part.name!r}: {part.rows:,} rows, {len(part.data):,} bytes" for part in parts]
    if rejected:
        lines.append(f"  {rejected:,} rejected row{'s' * (rejected != 1)} will not be sent")
    return printable("\n".join(lines)).replace("\\n", "\n")


def _how_to_go_on(error: UploadError, count: int) -> str:
    """Say which parts exist, and how to send the rest."""
    import shlex

    done = error.failed - 1
    exist = f"parts 1 to {done} of {count} exist" if done else f"none of the {count} parts is known to exist"
    arguments = sys.argv[1:]
    if "--from-part" in arguments:
        place = arguments.index("--from-part")
        del arguments[place : place + 2]
    arguments = [argument for argument in arguments if not argument.startswith("--from-part=")]

    def command(part: int) -> str:
        return f"\n  csv-preflight {shlex.join([*arguments, '--from-part', str(part)])}"

    if error.made == "no":
        return f"{exist}; to go on with part {error.failed}:{command(error.failed)}"
    text = f"{exist}, and perhaps part {error.failed}. If it does not:{command(error.failed)}"
    return text if error.failed == count else f"{text}\nif it does:{command(error.failed + 1)}"
