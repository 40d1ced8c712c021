"""Where credentials are kept and found: named profiles, the system's keyring, `.env` files, a prompt."""

from stcrm_nb.credentials.profiles import Profile, load, names, remove, save
from stcrm_nb.credentials.sources import Found, gather

__all__ = ["Found", "Profile", "gather", "load", "names", "remove", "save"]
