"""Rows of notes on customers, locations and leads."""

from stcrm_nb.sandbox.generate.draws import Dice, Rows, child_id
from stcrm_nb.sandbox.generate.setting.replies import Row, not_later, stamps
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF_SECOND, DAY
from stcrm_nb.sandbox.generate.setting.staff import desk

TEXTS = {
    "customers": (
        "Prefers e-mail over phone.",
        "Called about the invoice; explained the trip charge.",
        "Spoke with the daughter, she decides.",
        "Asked us not to call before 10.",
        "Renewed the Comfort Club at the door.",
        "Paid by check, no. 2214.",
    ),
    "locations": (
        "Side gate sticks, lift and push.",
        "Furnace in the crawl space, bring knee pads.",
        "Dog is friendly but loud.",
        "Shut-off is behind the dryer.",
        "Second thermostat upstairs was replaced in 2024.",
        "Park in the alley; street is permit only.",
    ),
    "leads": (
        "Left a voicemail.",
        "Wants to compare with another quote.",
        "Call back after payday.",
        "Sent the rebate sheet by e-mail.",
        "Landlord has to approve first.",
        "No answer, tried twice.",
    ),
}
SHARES = {"customers": 0.16, "locations": 0.12, "leads": 0.30}
_PINNED, _LATER = 0.08, 60 * DAY


def lead_notes(dice: Dice, rows: Rows, *, answered: Rows) -> list[Row]:
    """Return the first note on these leads; it is written when somebody answers."""
    has = dice.chance("lead_notes", rows, SHARES["leads"]) & (answered < AS_OF_SECOND)
    return _rows(dice, "leads", rows[has], at=answered[has])


def notes(dice: Dice, kind: str, rows: Rows, *, since: Rows) -> list[Row]:
    """Return the notes on these records; `since` holds the seconds at which each record was made."""
    table = f"{kind[:-1]}_notes"
    has = dice.chance(table, rows, SHARES[kind])
    kept, begun = rows[has], since[has]
    wanted = begun + dice.waits(f"{table}.wait", kept, _LATER)
    at = not_later(dice, f"{table}.at", kept, since=begun, wanted=wanted)
    return _rows(dice, kind, kept, at=at)


def _rows(dice: Dice, kind: str, kept: Rows, *, at: Rows) -> list[Row]:
    table = f"{kind[:-1]}_notes"
    texts, pinned = dice.pick(f"{table}.text", kept, TEXTS[kind]), dice.chance(f"{table}.pin", kept, _PINNED)
    made, users = stamps(dice, f"{table}.made", kept, at=at), desk(dice, f"{table}.by", kept)
    return [
        {
            "id": child_id(table, row, 0),
            "text": text,
            "isPinned": pin,
            "createdById": user,
            "createdOn": moment,
            "modifiedOn": moment,
            f"{kind[:-1]}Id": parent,
        }
        for row, text, pin, user, moment, parent in zip(
            kept.tolist(),
            texts,
            pinned.tolist(),
            users.tolist(),
            made,
            dice.ids(kind, kept).tolist(),
            strict=True,
        )
    ]
