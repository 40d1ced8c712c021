"""A connection to a server of a test's own, with canaries for secrets."""

from pathlib import Path

from stcrm_nb.config import Secret, Settings


def settings_of(url: str, home: Path) -> Settings:
    """Settings of tenant 42 at a loopback server; cache and pace go to `home`."""
    return Settings(
        environment="integration",
        tenant=42,
        client_id="cid.canary",
        client_secret=Secret("cs.canary-secret"),
        app_key=Secret("ak.canary-key"),
        api_url=url,
        auth_url=url,
        home=home,
    )
