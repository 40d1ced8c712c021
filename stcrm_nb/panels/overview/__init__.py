"""The page for a Monday morning, in a cell."""

from stcrm_nb.panels.overview.page import Overview

__all__ = ["Overview"]
