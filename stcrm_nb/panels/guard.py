"""Every callback of a panel runs here, so that no error ends in a log that nobody opens."""

import traceback
from collections.abc import Callable

from stcrm_nb.errors import ChangeError, StcrmError
from stcrm_nb.panels.pane import Node, node

EFFECTS = {
    "none": "Nothing was changed.",
    "done": "The change was made all the same.",
    "unknown": "It is not known whether the change was made.",
}


class Guard:
    """Runs callbacks and keeps the error of the last one; None after one that went well."""

    def __init__(self) -> None:
        self.last_error: Exception | None = None

    def run(self, act: Callable[[], object], *, show: Callable[[Node], None]) -> None:
        """Run a callback; hand what goes wrong to `show`, as an alert."""
        self.last_error = None
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must see it here
            self.last_error = error
            show(alert(error))


def alert(error: Exception) -> Node:
    """Return an error for people: what happened, what was changed, and the folded traceback."""
    known = isinstance(error, StcrmError)
    title = "That did not work" if known else f"Unexpected {type(error).__name__}"
    effect = EFFECTS[error.effect] if isinstance(error, ChangeError) and error.effect != "none" else None
    advice = (
        None
        if known
        else "This is a fault of the panel. Run the cell again; the details below help to report it."
    )
    trace = "".join(traceback.format_exception(error))
    return node(
        "div",
        node("h4", title, class_="bad"),
        node("p", str(error)),
        node("p", effect) if effect else None,
        node("p", advice) if advice else None,
        node("details", node("summary", "Details", key="trace"), node("pre", trace), key="error"),
        class_="card bad",
        role="alert",
    )
