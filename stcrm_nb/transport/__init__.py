"""One request, there and back: bytes in, bytes out. What sends and what keeps load on first use."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # requests, tenacity, requests-cache: not needed where everything is at hand
    from stcrm_nb.transport.cache.bodies import Bodies
    from stcrm_nb.transport.wire.exchange import Wire
    from stcrm_nb.transport.wire.progress import Bar, bar

__all__ = ["Bar", "Bodies", "Wire", "bar"]

__getattr__ = lazy.names(
    __name__,
    {"Bar": "wire.progress", "Bodies": "cache.bodies", "Wire": "wire.exchange", "bar": "wire.progress"}
)
