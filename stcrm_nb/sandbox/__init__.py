"""A tenant over real HTTP, for trying and for tests. Shares facts with the client, never code."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # the web server loads on first use
    from stcrm_nb.sandbox.serve import Sandbox, start

__all__ = ["Sandbox", "start"]

__getattr__ = lazy.names(__name__, {"Sandbox": "serve", "start": "serve"})
