"""The SHA-256 of a file's blocks, computed on a second core where that pays."""

from __future__ import annotations

import hashlib
from threading import Thread

# Hashing a block of this many bytes takes ten times as long as starting a thread for it.
LARGE = 1 << 19


class Sha256:
    """The hash of blocks, added in order.  A large block must not change until the next one is added.

    >>> digest = Sha256()
    >>> digest.update(b"Name,phone")
    >>> digest.hexdigest()[:16]
    '8502b236c9e8d147'
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._thread: Thread | None = None

    def update(self, block: bytes | memoryview) -> None:
        """Add a block.  A large one is hashed while the caller goes on."""
        self._wait()
        if len(block) < LARGE:
            self._hash.update(block)
        else:
            self._thread = Thread(target=self._hash.update, args=(block,))
            self._thread.start()

    def hexdigest(self) -> str:
        """Return the hash of the blocks so far."""
        self._wait()
        return self._hash.hexdigest()

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
