"""The page for people without a terminal.  The only package that imports a web framework."""

from csv_preflight.web.server import serve

__all__ = ["serve"]
