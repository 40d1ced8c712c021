"""The list of a panel: rows on their way, gestures, what is on the screen, changes of many rows."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # matplotlib loads with the first chart
    from stcrm_nb.panels.listing.trend import Axes, picture, trend_of

__all__ = ["Axes", "picture", "trend_of"]

__getattr__ = lazy.names(__name__, {"Axes": "trend", "picture": "trend", "trend_of": "trend"})
