"""What sends: sockets, credentials, pace and patience. Not loaded where everything is at hand."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # requests, tenacity, pyrate-limiter, tqdm
    from stcrm_nb.transport.wire.exchange import Wire
    from stcrm_nb.transport.wire.progress import Bar, bar

__all__ = ["Bar", "Wire", "bar"]

__getattr__ = lazy.names(__name__, {"Bar": "progress", "Wire": "exchange", "bar": "progress"})
