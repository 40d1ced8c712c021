"""A set of changes on the screen: the plan with its question, and what came of each row. Pure."""

from dataclasses import dataclass

import pandas as pd

from stcrm_nb.changes.change import TONES
from stcrm_nb.changes.sets.change_set import ChangeSet
from stcrm_nb.panels.confirm import needs_phrase, phrase, phrase_field
from stcrm_nb.panels.pane import Node, node
from stcrm_nb.panels.source import Source

EXAMPLES, NOTES, FAULTS = 3, 4, 20  # shown of each; the frame has all
TO_SEND = ("planned", "not sent")


@dataclass(frozen=True, slots=True)
class Set:
    """What is known of a set of changes."""

    changes: ChangeSet
    source: Source
    nouns: tuple[str, str]
    busy: bool = False
    hint: str = ""

    def plan(self) -> Node:
        """Return what would be sent, how many, examples, and the question."""
        frame = self.changes.frame()
        todo = frame[frame["outcome"].isin(TO_SEND)]
        environment = self.source.settings.environment
        yes = f"{self._verb}: {self._counted(len(todo))}"
        return self._card(
            f"{self._verb}: {self._counted(len(frame))}",
            _badges(self.source, "planned, nothing sent", "warn"),
            _counts(frame),
            node("p", "Such as:", class_="quiet") if len(todo) else None,
            node("ul", *(node("li", text) for text in todo["change"].head(EXAMPLES))) if len(todo) else None,
            _notes(todo),
            node("p", self.hint, class_="bad", role="alert") if self.hint else None,
            phrase_field(phrase(environment, len(todo))) if needs_phrase(environment) and len(todo) else None,
            node(
                "div",
                node("button", yes, class_="danger", gesture="confirm", once=True, key="yes",
                     disabled=self.busy or not len(todo)),
                node("button", "Cancel", gesture="cancel", key="cancel", disabled=self.busy),
                node("span", "Sending one after the other, reading each back\N{HORIZONTAL ELLIPSIS}",
                     role="status") if self.busy else None,
                class_="buttons",
            ),
            tone=TONES.get(environment, "bad"),
        )  # fmt: skip

    def outcome(self) -> Node:
        """Return what came of each row, and the way back."""
        frame = self.changes.frame()
        done = int((frame["outcome"] == "done").sum())
        faults = frame[frame["error"].ne("") & ~frame["outcome"].isin(["done before"])]
        whole = not len(faults) and not frame["outcome"].isin(["not sent"]).any()
        rest = waiting_rows(self.changes)
        goes_on = f"Go on with the other {counted(rest, self.nouns)}"
        on = node("button", goes_on, gesture="goon", key="goon", class_="go")
        undo = node(
            "button", f"Undo: {self._counted(done)}", gesture="undo", key="undo",
            title="Plans what takes them back, and says what even that does not bring back",
        )  # fmt: skip
        return self._card(
            f"{self._verb}: {done:,} of {self._counted(len(frame))} done",
            _badges(
                self.source, "carried out" if whole else "not all carried out", "good" if whole else "warn"
            ),
            _counts(frame),
            _faults(faults),
            node("p", "What was not done stays selected.", class_="quiet") if not whole else None,
            node("div", on if rest else None, undo if done else None, _close(), class_="buttons"),
            tone="good" if whole else "warn",
        )

    def _card(self, title: str, *parts: Node | None, tone: str) -> Node:
        busy = "true" if self.busy else None
        return node(
            "div", node("h4", title), *parts, class_=f"card {tone}", role="group", aria_label=title,
            aria_busy=busy, key="plan", tabindex=-1,
        )  # fmt: skip

    @property
    def _verb(self) -> str:
        return self.changes.verb

    def _counted(self, rows: int) -> str:
        return counted(rows, self.nouns)


def counted(rows: int, nouns: tuple[str, str]) -> str:
    """Return a number with its noun.

    >>> counted(1, ("contact", "contacts")), counted(1200, ("contact", "contacts"))
    ('1 contact', '1,200 contacts')
    """
    return f"{rows:,} {nouns[rows != 1]}"


def waiting(text: str) -> Node:
    """Return the word that something is on its way."""
    return node(
        "div", node("p", text, role="status"), class_="card", aria_busy="true", key="plan", tabindex=-1
    )


def close() -> Node:
    """Return the button that puts a card away."""
    return node("div", _close(), class_="buttons")


def waiting_rows(changes: ChangeSet) -> int:
    """Return how many rows would be changed."""
    return int(changes.frame()["outcome"].isin(TO_SEND).sum())


def _close() -> Node:
    return node("button", "Close", gesture="cancel", key="cancel")


def _badges(source: Source, state: str, tone: str) -> Node:
    place = node("span", source.place, class_=f"badge {TONES.get(source.settings.environment, 'bad')}")
    return node("div", place, " ", node("span", state, class_=f"badge {tone}"), class_="badges")


def _counts(frame: pd.DataFrame) -> Node:
    """Return how many rows there are of each outcome."""
    counts = frame["outcome"].value_counts()
    rows = [
        node("tr", node("td", f"{count:,}", class_="number"), node("th", str(outcome), scope="row"))
        for outcome, count in counts.items()
        if count
    ]
    return node("table", node("tbody", *rows), class_="plain", aria_label="Rows by outcome")


def _notes(frame: pd.DataFrame) -> Node | None:
    """Return what the plans say beside, the most frequent first."""
    said = frame.loc[frame["notes"].ne(""), "notes"].value_counts()
    if said.empty:
        return None
    lines = [
        text if count == len(frame) else f"In {count:,} of {len(frame):,}: {text}"
        for text, count in said.head(NOTES).items()
    ]
    more = [f"{len(said) - NOTES:,} more notes on single records"] if len(said) > NOTES else []
    return node("ul", *(node("li", str(line)) for line in (*lines, *more)))


def _faults(faults: pd.DataFrame) -> Node | None:
    if faults.empty:
        return None
    rows = [
        node("tr", node("th", str(each["record"]), scope="row"), node("td", str(each["outcome"])),
             node("td", str(each["error"])))
        for _, each in faults.head(FAULTS).iterrows()
    ]  # fmt: skip
    head = [node("th", text, scope="col") for text in ("Record", "Outcome", "Why")]
    rest = len(faults) - FAULTS
    more = node("p", f"and {rest:,} more", class_="quiet") if rest > 0 else None
    table = node("table", node("thead", node("tr", *head)), node("tbody", *rows), class_="plain")
    return node("div", table, more, class_="scroll-x")
