"""How long one attempt may take and how much it may bring."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, without a byte, and in all; bytes of a body once unpacked (requirement T4)."""

    connect: float = 10.0
    read: float = 100.0  # the service itself gives up after 100
    call: float = 110.0
    body: int = 64 << 20
