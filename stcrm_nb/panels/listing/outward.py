"""What leaves the list: the Python of its rows, a download of them, a view kept under a name."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from stcrm_nb.errors import ArgumentError
from stcrm_nb.frames.export import WRITERS, as_bytes
from stcrm_nb.panels.bar import tools
from stcrm_nb.panels.grid import Grid
from stcrm_nb.panels.listing.saved import SavedViews
from stcrm_nb.panels.listing.turns import target
from stcrm_nb.panels.mask import masked_frame
from stcrm_nb.panels.pane import Message, Node
from stcrm_nb.panels.source import Source
from stcrm_nb.panels.table import Table
from stcrm_nb.panels.view import View

MOST_BYTES = 50_000_000  # that travel to the browser
NAME = "view-name"  # key of the field in which a view gets its name


class Page(Protocol):
    """The list, as far as this needs it."""

    source: Source
    view: View
    grid: Grid

    def table(self) -> Table:
        """Return the rows."""
        ...

    def turn(self, view: View) -> None:
        """Show another view."""
        ...

    def draw_bar(self) -> None:
        """Draw the bar again."""
        ...

    def fetch(self, source: Source | None = None) -> None:
        """Fetch the rows of another source."""
        ...


class Outward:
    """Answers the menus at the right of the bar.

    Parameters
    ----------
    page : Page
        The list.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._saved = SavedViews()
        self.gestures: dict[str, Callable[[Message], None]] = {
            "download": lambda message: self.download(target(message)),
            "keep": self._keep,
            "recall": lambda message: self.recall(target(message)),
            "forget": self._forget,
        }

    def menus(self) -> list[Node]:
        """Return the menus."""
        page = self._page
        names = self._saved.names(page.source.plural)
        return [
            tools.views_menu(names, field=NAME),
            tools.export_menu(tuple(WRITERS), len(page.table().found)),
            tools.python_menu(page.table().code(page.view)),
        ]

    def download(self, kind: str) -> None:
        """Send the filtered rows to the browser as a file."""
        page = self._page
        frame = page.table().frame
        data = as_bytes(masked_frame(frame) if page.source.masked else frame, kind)
        if len(data) > MOST_BYTES:
            raise ArgumentError(
                f"{len(data) / 1e6:,.0f} MB are too many for the browser. Write the file where the notebook "
                f"runs: panel.export('{page.source.plural}.{kind}'), or narrow the rows."
            )
        name = f"{page.source.plural}-{date.today():%Y-%m-%d}.{kind}"  # noqa: DTZ011 - the user's own day
        page.grid.send({"download": name}, [data])

    def recall(self, name: str) -> None:
        """Show a view that was kept; what was fetched otherwise is fetched again."""
        page = self._page
        saved = self._saved.of(page.source.plural, name)
        source = page.source.instead(saved.given).holding(saved.view.needs)
        if source.code == page.source.code:
            page.turn(saved.view)
        else:
            page.view = saved.view
            page.fetch(source)

    def _keep(self, message: Message) -> None:
        page = self._page
        name = str(message.get("fields", {}).get(NAME, ""))
        self._saved.save(page.source.plural, name, view=page.view, given=page.source.given)
        page.draw_bar()

    def _forget(self, message: Message) -> None:
        self._saved.drop(self._page.source.plural, target(message))
        self._page.draw_bar()
