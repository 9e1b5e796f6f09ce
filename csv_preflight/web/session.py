"""The state that all addresses of a session share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from csv_preflight.web.held import HeldList, HeldLists
from csv_preflight.web.pages import Pages
from csv_preflight.web.sending import Uploads

# Seconds that an answer waits for a job, so that a short one needs no waiting page.
PATIENCE = 1.0


@dataclass(frozen=True)
class Session:
    """The lists and uploads of a session.  base: the beginning of its addresses; end: stops the server."""

    lists: HeldLists
    base: str
    end: Callable[[], None]
    uploads: Uploads = field(default_factory=Uploads)

    @property
    def pages(self) -> Pages:
        """The pages of the session."""
        return Pages(self.base)

    def held(self, request: Request) -> HeldList:
        """Return the list that a request is about; 404 if there is none."""
        held = self.lists.get(request.path_params["key"])
        if held is None:
            raise HTTPException(404)
        return held

    def to(self, held: HeldList, page: str = "") -> Response:
        """Redirect to a page of a list."""
        return RedirectResponse(f"{self.base}/lists/{held.key}/{page}", 303)

    def to_start(self) -> Response:
        """Redirect to the first page."""
        return RedirectResponse(f"{self.base}/", 303)


def page(text: str, status: int = 200) -> Response:
    """Return a page as the answer to a request."""
    return HTMLResponse(text, status)
