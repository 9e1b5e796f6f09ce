"""Serve the page on a port of this machine until the user ends it, there or with Ctrl-C."""

from __future__ import annotations

import contextlib
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator

from csv_preflight.errors import SettingsError

LOOPBACK = "127.0.0.1"


def serve(port: int, *, open_browser: bool, announce: Callable[[str], None]) -> None:
    """Serve the page until it is ended.

    port: 0 for any free one.  open_browser: show the page at once.  announce: called with its address, which nobody
    else must see.  Raises SettingsError if the extra is not installed, OSError if the port is taken.
    """
    try:
        import python_multipart  # noqa: F401 - the framework needs it for files
        import starlette  # noqa: F401
        import uvicorn
    except ModuleNotFoundError as error:
        if error.name not in ("python_multipart", "starlette", "uvicorn"):
            raise
        raise SettingsError("serve needs a web framework: pip install 'csv-preflight-contacts[web]'") from error
    from csv_preflight.web.app import make_app
    from csv_preflight.web.folder import private_folder
    from csv_preflight.web.guard import Keys

    with private_folder() as folder, contextlib.closing(_bound(port)) as listening:
        port = listening.getsockname()[1]
        keys, hosts = Keys(), (f"{LOOPBACK}:{port}", f"localhost:{port}")

        def end() -> None:
            server.should_exit = True

        app = make_app(folder, keys, hosts, end)
        # No access log, since addresses have the secret.  Unfinished downloads are not waited for.
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ws="none",
                timeout_graceful_shutdown=2,
                lifespan="off",
            )
        )
        announce(f"http://{LOOPBACK}:{port}/{keys.secret}/")
        if open_browser:
            webbrowser.open(f"http://{LOOPBACK}:{port}/open/{keys.once}")
        with _closed_terminal(end):
            server.run(sockets=[listening])


@contextlib.contextmanager
def _closed_terminal(end: Callable[[], None]) -> Iterator[None]:
    """End the server when the terminal is closed, as on other signals; then handle the signal."""
    number = getattr(signal, "SIGHUP", None)
    before = signal.getsignal(number) if number is not None else signal.SIG_IGN
    if number is None or before in (signal.SIG_IGN, None):
        yield
        return
    closed: list[int] = []

    def close(*_: object) -> None:
        closed.append(1)
        end()

    signal.signal(number, close)
    try:
        yield
    finally:
        signal.signal(number, before)
    if closed:
        signal.raise_signal(number)


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen()
    except OSError as error:
        listening.close()
        error.filename = f"port {port}"
        raise
    return listening
