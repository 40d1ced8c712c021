"""What keeps a workbench in order: a check-up of the connection, notebooks without secrets."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # loaded on first use
    from stcrm_nb.upkeep.doctor import diagnose
    from stcrm_nb.upkeep.notebook import scan_notebook, strip_notebook

__all__ = ["diagnose", "scan_notebook", "strip_notebook"]

__getattr__ = lazy.names(
    __name__, {"diagnose": "doctor", "scan_notebook": "notebook", "strip_notebook": "notebook"}
)
