"""``python -m tests.service``: try an upload without the real service."""

from __future__ import annotations

from contextlib import suppress

from tests.service.server import serve_by_hand

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        serve_by_hand()
