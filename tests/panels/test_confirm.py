"""Confirmation where it matters most: in production, the record's id must be typed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stcrm_nb.catalogue import LOCATIONS
from stcrm_nb.changes.change import Change, Place, Receipt
from stcrm_nb.errors import OutcomeUnknownError
from stcrm_nb.panels.confirm import Confirm

PRODUCTION = Place("production", 7, "Lakeshore (production)", writable=True)


def plan(place: Place, sent: list[int], fault: Exception | None = None) -> Change:
    def carry_out(change: Change) -> Receipt:
        sent.append(change.record_id)
        if fault:
            raise fault
        return Receipt("c1", change.title, "done", change.rows, place, datetime(2026, 9, 30, tzinfo=UTC))

    return Change(
        operation=LOCATIONS.operation("remove_contact"),
        record_id=5,
        title="Remove contact <b>x</b> from location 5",
        verb="Remove contact",
        call="crm.locations.remove_contact(5, 7)",
        line="DELETE locations/5/contacts/7",
        before={"id": 7},
        after=None,
        rows=(("Contact", "<b>x</b>", None),),
        notes=("It is the last contact.",),
        place=place,
        read_back=lambda _body: None,
        look=lambda: {"id": 7},
        carry_out=carry_out,
        age=lambda: 0.0,
        connection=None,
    )


@pytest.mark.parametrize("typed", ["", "5", "7", "integration 5"])
def test_production_is_not_confirmed_without_its_name_and_the_id(typed: str) -> None:
    sent: list[int] = []
    confirm = Confirm(plan(PRODUCTION, sent))
    assert not confirm.accept(typed)
    assert "Type 'production 5' to confirm" in str(confirm.draw())
    assert sent == []


def test_production_is_confirmed_by_its_name_and_the_id_and_shown_in_its_colour() -> None:
    sent: list[int] = []
    confirm = Confirm(plan(PRODUCTION, sent))
    assert "card bad" in str(confirm.draw())
    assert confirm.accept(" production 5 ")
    confirm.apply()
    assert sent == [5]
    assert confirm.receipt is not None


def test_yes_is_taken_once() -> None:
    sent: list[int] = []
    confirm = Confirm(plan(replace(PRODUCTION, environment="demo"), sent))
    assert [confirm.accept(), confirm.accept()] == [True, False]
    confirm.apply()
    assert not confirm.accept()
    assert sent == [5]


def test_while_it_is_sent_the_button_is_off_and_says_so() -> None:
    confirm = Confirm(plan(replace(PRODUCTION, environment="demo"), []))
    confirm.accept()
    drawn = str(confirm.draw())
    assert "'aria-busy': 'true'" in drawn
    assert "'disabled': True" in drawn


def test_an_unknown_outcome_is_not_called_a_failure_without_effect() -> None:
    fault = OutcomeUnknownError("No reply came.", effect="unknown")
    confirm = Confirm(plan(replace(PRODUCTION, environment="demo"), [], fault))
    confirm.accept()
    confirm.apply()
    drawn = str(confirm.draw())
    assert "It is not known whether the change was made." in drawn
    assert "'role': 'alert'" in drawn


def test_text_of_customers_stays_text() -> None:
    drawn = Confirm(plan(PRODUCTION, [])).draw()
    assert drawn["children"][0]["children"] == ["Remove contact <b>x</b> from location 5"]
