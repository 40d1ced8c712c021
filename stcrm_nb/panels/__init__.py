"""What the user clicks."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # widgets load on first use
    from stcrm_nb.panels.browser import Browser, browse
    from stcrm_nb.panels.find.engine import Engine
    from stcrm_nb.panels.overview import Overview
    from stcrm_nb.panels.view import Filter, Sort, View

__all__ = ["Browser", "Engine", "Filter", "Overview", "Sort", "View", "browse"]

__getattr__ = lazy.names(
    __name__,
    {
        "Browser": "browser",
        "browse": "browser",
        "Engine": "find.engine",
        "Filter": "view",
        "Overview": "overview",
        "Sort": "view",
        "View": "view",
    },
)
