"""How long one attempt may take and how much it may bring."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, without a byte, and in all; bytes of a body once unpacked (requirement T4).

    `pages` is how long a walk may be: one that goes on beyond it is stuck, not long (requirement P1).
    """

    connect: float = 10.0
    read: float = 100.0  # the service itself gives up after 100
    call: float = 110.0
    body: int = 64 << 20
    pages: int = 100_000
