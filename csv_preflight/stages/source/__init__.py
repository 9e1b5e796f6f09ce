"""Bytes -> text: whether they are text at all, and in which encoding."""

from csv_preflight.stages.source.examining import Examined, examine
from csv_preflight.stages.source.text import utf8_blocks

__all__ = ["Examined", "examine", "utf8_blocks"]
