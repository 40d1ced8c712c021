"""What the user clicks."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # widgets load on first use
    from stcrm_nb.panels.browser import Browser

__all__ = ["Browser"]

__getattr__ = lazy.names(__name__, {"Browser": "browser"})
