"""The compiled loops of ``_kernels.c``, if available: several times as fast as the numpy code beside each call.

That code does exactly the same if the extension could not be compiled or ``CSV_PREFLIGHT_COMPILED=0`` is set; the tests
compare the two.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any


def _compiled() -> Any:
    if os.environ.get("CSV_PREFLIGHT_COMPILED") == "0":
        return None
    try:
        return import_module("csv_preflight._kernels")
    except ImportError:
        return None


compiled = _compiled()
