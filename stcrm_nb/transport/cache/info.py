"""What the cache holds and how often it helped, for people."""

from dataclasses import dataclass
from datetime import datetime

from stcrm_nb import markup


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What the cache holds and how often it helped, in this session.

    `rows` counts kept replies, `bytes` their bodies, `hit_rate` the share of reads since `connect` that it
    answered (None before the first), `oldest` is when the oldest kept reply was fetched (UTC).
    """

    rows: int
    bytes: int
    hits: int
    misses: int
    oldest: datetime | None

    @property
    def hit_rate(self) -> float | None:
        """Hits among all reads, 0 to 1."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {text}" for name, text in self._shown())

    def _repr_html_(self) -> str:
        return markup.card("Cache", markup.table(self._shown()))

    def _shown(self) -> list[tuple[str, str]]:
        rate = "no read yet" if self.hit_rate is None else f"{self.hit_rate:.0%} of {self.hits + self.misses}"
        oldest = f"{self.oldest:%Y-%m-%d %H:%M} UTC" if self.oldest else "none"
        return [
            ("Kept replies", f"{self.rows:,}"),
            ("Size", f"{self.bytes / 1e6:,.1f} MB"),
            ("Answered", rate),
            ("Oldest", oldest),
        ]
