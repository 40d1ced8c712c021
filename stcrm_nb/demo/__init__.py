"""The demo for whoever has no account: notebooks in a folder, JupyterLab, or one quick check of all rooms."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # loaded on first use
    from stcrm_nb.demo.lab import copy_notebooks, open_notebooks
    from stcrm_nb.demo.tour import check

__all__ = ["check", "copy_notebooks", "open_notebooks"]

__getattr__ = lazy.names(__name__, {"check": "tour", "copy_notebooks": "lab", "open_notebooks": "lab"})
