"""Asks for what is missing, in a terminal or a notebook; secrets are not shown while they are typed."""

import getpass
import sys

from stcrm_nb.errors import ConfigError

QUESTIONS = {
    "tenant": "Tenant (its number)",
    "client_id": "Client ID",
    "client_secret": "Client secret (not shown)",
    "app_key": "App key (not shown)",
}
HIDDEN = ("client_secret", "app_key")


def can_ask() -> bool:
    """Whether somebody can answer: a terminal, or a notebook whose frontend takes input."""
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell is not None else None
    kernel = getattr(found, "kernel", None)
    if kernel is not None:
        return bool(getattr(kernel, "_allow_stdin", False))
    return sys.stdin is not None and sys.stdin.isatty()


def asked(name: str) -> str:
    """Ask for one value.

    Raises
    ------
    ConfigError
        Nothing was typed.
    """
    text = f"{QUESTIONS[name]}: "
    answer = (getpass.getpass(text) if name in HIDDEN else input(text)).strip()
    if not answer:
        raise ConfigError(f"No {QUESTIONS[name].split(' (')[0].lower()} was typed. Nothing was sent.")
    return answer
