"""Where credentials are kept and found: named profiles, the system's keyring, `.env` files, a prompt."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # a keyring is asked only where a profile is used
    from stcrm_nb.credentials import env_file, keys
    from stcrm_nb.credentials.profiles import Profile, load, names, remove, save
    from stcrm_nb.credentials.sources import Found, gather

__all__ = ["Found", "Profile", "env_file", "gather", "keys", "load", "names", "remove", "save"]

__getattr__ = lazy.names(
    __name__,
    {
        "Found": "sources",
        "Profile": "profiles",
        "env_file": "",
        "gather": "sources",
        "keys": "",
        "load": "profiles",
        "names": "profiles",
        "remove": "profiles",
        "save": "profiles",
    },
)
