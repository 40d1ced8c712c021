"""The chart of the rows that a list shows: pickers and a picture."""

import base64
from collections.abc import Callable, Mapping

from stcrm_nb.panels import listing
from stcrm_nb.panels.columns import heading
from stcrm_nb.panels.find.columns import choices
from stcrm_nb.panels.listing.outward import Page
from stcrm_nb.panels.pane import Message, Node, Pane, node

IMAGE = "data:image/png;base64,"
CHARTED = ("leads", "bookings")
PERIODS = {"D": "Day", "W": "Week", "MS": "Month", "QS": "Quarter"}


class ChartPart:
    """Draws a trend of the rows that pass search and filters, as long as it is open.

    Parameters
    ----------
    page : Page
        The list.
    hear : callable
        Runs a gesture in the panel's guard.
    """

    def __init__(self, page: Page, hear: Callable[[Message], None]) -> None:
        self._page = page
        self.open = False
        self._freq, self._by = "W", "status"
        self.pane = Pane(hear, label="Chart")
        self.gestures: dict[str, Callable[[Message], None]] = {
            "chart": lambda _: self._toggle(),
            "chartas": self._change,
        }

    @property
    def offered(self) -> bool:
        """Whether there is a chart of such rows."""
        return self._page.source.plural in CHARTED

    def draw(self) -> None:
        """Draw it again, if it is open."""
        if not self.open:
            self.pane.draw()
            return
        frame = self._page.table().frame
        by = self._by if self._by in frame else ""
        drawn = listing.picture(self._page.source.plural, frame, freq=self._freq, by=by or None)
        told = f"{self._page.source.plural.capitalize()} a {PERIODS[self._freq].lower()}"
        split = f" by {heading(by).lower()}" if by else ""
        self.pane.draw(
            node(
                "div",
                node("h4", f"Chart of the {len(frame):,} {self._page.source.plural} shown"),
                _select("Period", self._freq, PERIODS),
                _select(
                    "Split by",
                    by,
                    {"": "Nothing"} | {each: heading(each) for each in choices(frame)},
                ),
                node("button", "Close chart", gesture="chart", key="chart-close"),
                class_="head",
            ),
            node(
                "img",
                src=IMAGE + base64.b64encode(drawn).decode("ascii"),
                alt=f"{told}{split}: {len(frame):,} rows",
                class_="chart",
            ),
        )

    def _toggle(self) -> None:
        self.open = not self.open
        self.draw()

    def _change(self, message: Message) -> None:
        fields = message.get("fields", {})
        freq, by = str(fields.get("chart-period", "W")), str(fields.get("chart-split", ""))
        self._freq = freq if freq in PERIODS else "W"
        self._by = by
        self.draw()


def _select(label: str, chosen: str, options: Mapping[str, str]) -> Node:
    items = [node("option", text, value=value, selected=value == chosen) for value, text in options.items()]
    key = f"chart-{label.split(maxsplit=1)[0].lower()}"
    return node("label", label, node("select", *items, key=key, gesture="chartas"), class_="field")
