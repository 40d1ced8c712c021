"""One change on the screen: shown, asked about, applied once, reported."""

from typing import Literal

from stcrm_nb.catalogue.parameters import CONTACT_TYPE
from stcrm_nb.changes.change import TONES, Change, Receipt
from stcrm_nb.panels.columns import spoken
from stcrm_nb.panels.guard import alert
from stcrm_nb.panels.pane import Node, node

State = Literal["asking", "applying", "done", "failed"]
SENDING = "Sending and reading back\N{HORIZONTAL ELLIPSIS}"
TYPED = "confirm-phrase"  # key of the field in which production wants its own name and the record's id


class Confirm:
    """Asks about one change. Nothing is sent before `apply`, and `apply` works once.

    Parameters
    ----------
    change : Change
        What would be done.
    """

    def __init__(self, change: Change) -> None:
        self.change = change
        self.state: State = "asking"
        self.receipt: Receipt | None = None
        self.error: Exception | None = None
        self._hint = ""

    def accept(self, typed: str = "") -> bool:
        """Take the user's yes; False if it was given before, or production was not confirmed."""
        if self.state != "asking":
            return False
        wanted = phrase(self.change.environment, self.change.record_id)
        if needs_phrase(self.change.environment) and typed.strip() != wanted:
            self._hint = f"Type {wanted!r} to confirm. Nothing was sent."
            return False
        self.state = "applying"
        return True

    def apply(self) -> None:
        """Apply the accepted change; what goes wrong is kept in `error` and drawn."""
        try:
            named = self.change.record_id if needs_phrase(self.change.environment) else None
            self.receipt = self.change.apply(confirm=named)
        except Exception as error:  # noqa: BLE001 - the record page goes on: it reads what is there now
            self.error, self.state = error, "failed"
        else:
            self.state = "done"

    def draw(self) -> Node:
        """Return the plan with its question, or what came of it."""
        if self.receipt is not None:
            return _receipt(self.receipt)
        if self.error is not None:
            return node(
                "div", alert(self.error), _buttons(_button("Close", "cancel")), key="plan", tabindex=-1
            )
        return self._plan()

    def _plan(self) -> Node:
        change, busy = self.change, self.state == "applying"
        yes = f"{change.verb}\N{HORIZONTAL ELLIPSIS}" if busy else change.verb
        return node(
            "div",
            node("h4", change.title),
            node("div", _badge(change.place.words, TONES.get(change.environment, "bad")), " ",
                 _badge("planned, nothing sent", "warn"), class_="badges"),
            _rows(change.rows, ("Now", "Afterwards")),
            node("ul", *(node("li", note) for note in change.notes)) if change.notes else None,
            node("p", self._hint, class_="bad", role="alert") if self._hint else None,
            phrase_field(phrase(change.environment, change.record_id))
            if needs_phrase(change.environment) else None,
            _buttons(
                node("button", yes, class_="danger", gesture="confirm", once=True, disabled=busy, key="yes"),
                _button("Cancel", "cancel", disabled=busy),
                node("span", SENDING, role="status") if busy else None,
            ),
            class_=f"card {TONES.get(change.environment, 'bad')}",
            role="group",
            aria_label=change.title,
            aria_busy="true" if busy else None,
            key="plan",
            tabindex=-1,
        )  # fmt: skip


def needs_phrase(environment: str) -> bool:
    """Tell whether a yes must be typed there."""
    return environment == "production"


def phrase(environment: str, what: object) -> str:
    """Return what must be typed: where it happens, and the record's id or the number of rows."""
    return f"{environment} {what}"


def phrase_field(wanted: str) -> Node:
    """Return the field that takes it."""
    label = f"This is {wanted.partition(' ')[0]}. Type {wanted!r} to confirm:"
    return node("label", label, node("input", key=TYPED, autocomplete="off"), class_="field")


def _receipt(receipt: Receipt) -> Node:
    return node(
        "div",
        node("h4", receipt.title),
        node(
            "div", _badge(receipt.outcome, "good"), " ", _badge(receipt.place.words, "good"), class_="badges"
        ),
        node("p", "Read back from the service and noted in the journal.", role="status", class_="quiet"),
        _rows(receipt.rows, ("Before", "After")),
        _buttons(_button("Close", "cancel")),
        class_="card good",
        key="plan",
        tabindex=-1,
    )


def _rows(rows: tuple[tuple[str, object, object], ...], headings: tuple[str, str]) -> Node:
    head = node("tr", *(node("th", text, scope="col") for text in ("What", *headings)))
    body = [
        node("tr", node("th", label, scope="row"), node("td", _text(before)), node("td", _text(after)))
        for label, before, after in rows
    ]
    return node("table", node("thead", head), node("tbody", *body), class_="plain")


def _text(value: object) -> Node | str:
    if value is None:
        return node("span", "\N{EN DASH}", class_="quiet")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return spoken(str(value)) if value in CONTACT_TYPE.values else str(value)


def _badge(text: str, tone: str) -> Node:
    return node("span", text, class_=f"badge {tone}")


def _button(text: str, gesture: str, *, disabled: bool = False) -> Node:
    return node("button", text, gesture=gesture, disabled=disabled, key=gesture)


def _buttons(*buttons: Node | None) -> Node:
    return node("div", *buttons, class_="buttons")
