"""A process that adds notes, each once, over a line that loses replies; killed by the test beside it."""

import contextlib
import sys
from pathlib import Path

from stcrm_nb.client import Client
from stcrm_nb.config import Secret, Settings
from stcrm_nb.errors import StcrmError

LOCATION = 250200001


def connected(url: str, auth: str, home: Path, keys: list[str]) -> Client:
    tenant, client_id, client_secret, app_key = keys
    return Client(
        Settings(
            environment="demo",
            tenant=int(tenant),
            client_id=client_id,
            client_secret=Secret(client_secret),
            app_key=Secret(app_key),
            api_url=url,
            auth_url=auth,
            writable=True,
            home=home,
        )
    )


def written(crm: Client) -> set[str]:
    """The markers that the journal says are on the record."""
    done = crm.journal.frame(operation="Locations_CreateNote", outcome="done")
    return {call.partition("text='")[2].partition("'")[0] for call in done["call"]}


def work(crm: Client, count: int) -> None:
    """Add what is not there yet; after a lost reply look what became of it, and only then go on."""
    for number in range(count):
        marker = f"marker {number}"
        while marker not in written(crm):
            with contextlib.suppress(StcrmError):
                crm.locations.add_note(LOCATION, text=marker).apply()
            crm.journal.pending()
    print("finished", flush=True)


if __name__ == "__main__":
    address, token_address, folder, many, *rest = sys.argv[1:]
    work(connected(address, token_address, Path(folder), rest), int(many))
