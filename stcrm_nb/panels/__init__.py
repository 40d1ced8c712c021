"""What the user clicks."""

from stcrm_nb.panels.browser import Browser

__all__ = ["Browser"]
