"""Asks a real IPython kernel for completions."""

import os
import queue
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).parents[2]
OPENED = "import stcrm_nb as stcrm; crm = stcrm.connect('demo')"


def completions(code: str) -> list[str]:
    """Return what Tab offers behind a piece of code."""
    manager, client = start_new_kernel(cwd=str(ROOT), env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        reply = client.execute_interactive(OPENED, timeout=60, silent=True)
        if reply["content"]["status"] != "ok":
            raise RuntimeError(reply["content"])
        client.complete(code, len(code))
        return list(client.get_shell_msg(timeout=60)["content"]["matches"])
    except queue.Empty:
        return []
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
