"""What keeps replies, and whole walks, on this machine. What no reply needs is not loaded."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # requests-cache
    from stcrm_nb.transport.cache.bodies import Bodies

__all__ = ["Bodies"]

__getattr__ = lazy.names(__name__, {"Bodies": "bodies"})
