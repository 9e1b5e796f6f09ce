"""The command line."""

from csv_preflight.cli.program import group, main

__all__ = ["group", "main"]
