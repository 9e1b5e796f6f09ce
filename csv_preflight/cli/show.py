"""The commands inspect, rules and profiles."""

from __future__ import annotations

import sys
from typing import Any

import click
from click.shell_completion import CompletionItem

from csv_preflight.cli.arguments import lists_named
from csv_preflight.cli.options import (
    PATH,
    Command,
    complete_profile,
    printed_again,
    read_configuration,
    read_options,
    refuse_second_stdin,
    with_options,
)
from csv_preflight.cli.progress import ProgressLine
from csv_preflight.cli.running import (
    ERROR,
    FINDINGS,
    READY,
    columns_of,
    exit_code,
    failing_alone,
    for_stream,
    opened,
    stdin_name,
)
from csv_preflight.reports.printable import printable


@click.command(cls=Command, example="csv-preflight inspect contacts.csv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@with_options("inspect")
@click.option("--output-format", type=click.Choice(["text", "json"]), help="Format of what is printed [default: text].")
def inspect(files: tuple[str, ...], **options: Any) -> int:
    """Show what FILE is: encoding, columns, phone numbers, countries."""
    from csv_preflight.inspection import Inspection, inspect_file
    from csv_preflight.inspection.text import render, render_totals
    from csv_preflight.model.failure import Failure
    from csv_preflight.reports.commands import STDIN_AGAIN
    from csv_preflight.reports.json import dumps, render_failure

    files = lists_named(files)
    given, settings = read_options(options)
    refuse_second_stdin(files, settings)
    found: list[Inspection] = []
    code = READY
    as_json = given.get("output_format") == "json"
    again = printed_again({"config": given.get("config"), "stdin_name": stdin_name(given) if "-" in files else None})
    for path in files:
        with failing_alone(several=len(files) > 1) as failed, opened(path, given) as (source, name):
            with ProgressLine(given) as progress:
                inspection = inspect_file(progress.watched(source), name, settings, options=again)
            apart = "\n" if found and not as_json else ""
            text = "" if as_json else f"{apart}{render(inspection, columns_of(sys.stdout))}".rstrip("\n")
            click.echo(text or dumps(inspection.to_dict()))
            if text and path == "-" and inspection.suggested_command:
                click.echo(for_stream(f"({STDIN_AGAIN})", sys.stdout))
            found.append(inspection)
            code = max(code, READY if inspection.readable else FINDINGS)
        if failed:
            code = ERROR
            if as_json:
                click.echo(render_failure(Failure(path, failed[0])), nl=False)
    if len(files) > 1 and found and not as_json:
        click.echo(for_stream(f"\n{render_totals(found, len(files))}", sys.stdout, files))
    return exit_code(code, given)


def _complete_code(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the rules with a prefix of their code, for the shell's completion."""
    from csv_preflight.rules import RULES

    return [CompletionItem(rule.code, help=rule.name) for rule in RULES if rule.code.startswith(begun.upper())]


@click.command(cls=Command, example="csv-preflight rules P003 P008")
@click.argument("codes", nargs=-1, metavar="[CODE]...", shell_complete=_complete_code)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Format of what is printed.")
def rules(codes: tuple[str, ...], output_format: str) -> int:
    """List every rule, or explain some of them."""
    from csv_preflight.reports.catalogue import rules_json, rules_text

    wanted = list(dict.fromkeys(map(_rule_code, codes)))
    click.echo(rules_json(wanted) if output_format == "json" else rules_text(wanted), nl=False)
    return READY


def _rule_code(code: str) -> str:
    from csv_preflight.rules import RULES
    from csv_preflight.suggest import did_you_mean

    for rule in RULES:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule.code
    hint = did_you_mean(code, [rule.name for rule in RULES] + [rule.code for rule in RULES])
    raise click.UsageError(f"there is no rule {printable(code)}{hint}")


@click.command(cls=Command, example="csv-preflight profiles vapi")
@click.argument("name", required=False, shell_complete=complete_profile)
@with_options("profiles")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Format of what is printed.")
def profiles(name: str | None, config: str | None, output_format: str) -> int:
    """List the destinations and their limits, or explain one."""
    from csv_preflight.destinations import built_in_profiles, find_profile
    from csv_preflight.reports.destinations import profile_text, profiles_json, profiles_text

    _, own = read_configuration(config)
    known = {**built_in_profiles(), **own}
    chosen = known if name is None else {name: find_profile(name, known)}
    if output_format == "json":
        click.echo(profiles_json(chosen), nl=False)
    else:
        click.echo(profiles_text(known) if name is None else profile_text(chosen[name]), nl=False)
    return READY
