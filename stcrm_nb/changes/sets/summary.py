"""A set of changes in words: how many of what, examples, what to know, what comes next."""

from collections import Counter
from collections.abc import Sequence

from stcrm_nb import markup
from stcrm_nb.changes.change import TONES, Place, Row
from stcrm_nb.changes.sets.item import OUTCOMES, TO_SEND, Item

EXAMPLES = 3
ROWS_SHOWN = 4
NOTES_SHOWN = 6
CALLS_EACH = 3  # one that writes; before and after it one that reads
PACE = 50  # calls a second, of all processes together


def as_text(items: Sequence[Item], place: Place) -> str:
    """Return the preview, or what came of the set, for a terminal."""
    lines = [f"{_head(items)}, in {place.words}"]
    lines += [f"  {count:>6,}  {outcome}{told}" for outcome, count, told in _counts(items)]
    for item in _examples(items):
        lines.append(f"  such as: {item.title}")
        lines += [f"    {label}: {_plain(old)} -> {_plain(new)}" for label, old, new in _rows(item)]
        lines += [f"    {_more(item)}"] if _more(item) else []
    lines += [f"  * {note}" for note in _notes(items)]
    return "\n".join([*lines, f"  {_next_step(items, place)}"])


def as_html(items: Sequence[Item], place: Place) -> str:
    """Return the same as a card."""
    waiting = any(item.outcome in TO_SEND for item in items)
    state = markup.badge("planned, nothing sent", "warn") if waiting else markup.badge("carried out", "good")
    badges = [state, markup.badge(place.words, TONES.get(place.environment, "bad"))]
    counts = markup.table([(f"{count:,}", outcome + told) for outcome, count, told in _counts(items)])
    examples = "".join(
        f'<p class="quiet">{markup.escape(item.title)}</p>'
        + markup.table(_rows(item), headers=("", "Now", "Afterwards"))
        + markup.bullets([_more(item)] if _more(item) else [])
        for item in _examples(items)
    )
    step = f'<p class="quiet">{markup.escape(_next_step(items, place))}</p>'
    tone: markup.Tone = "warn" if waiting else "good"
    return markup.card(
        _head(items), counts, examples, markup.bullets(_notes(items)), step, tone=tone, badges=badges
    )


def _head(items: Sequence[Item]) -> str:
    rows = sum(len(item.rows) for item in items)
    verbs = Counter(item.verb for item in items)
    told = ", ".join(verb.lower() for verb in verbs)
    return f"{rows:,} change{'s' if rows != 1 else ''}: {told}"


def _counts(items: Sequence[Item]) -> list[tuple[str, int, str]]:
    """Return how many rows there are of each outcome, with the first reason for what did not work."""
    counts = Counter[str]()
    reasons: dict[str, str] = {}
    for item in items:
        counts[item.outcome] += len(item.rows)
        if item.error:
            reasons.setdefault(item.outcome, item.error)
    return [
        (outcome, counts[outcome], f": {reasons[outcome]}" if outcome in reasons else "")
        for outcome in OUTCOMES
        if counts[outcome]
    ]


def _examples(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.change is not None and item.outcome in TO_SEND][:EXAMPLES]


def _rows(item: Item) -> tuple[Row, ...]:
    return item.change.rows[:ROWS_SHOWN] if item.change else ()


def _more(item: Item) -> str:
    more = len(item.change.rows) - ROWS_SHOWN if item.change else 0
    return f"and {more} more" if more > 0 else ""


def _notes(items: Sequence[Item]) -> list[str]:
    """Return what the plans say, each once, with the number of plans that say it."""
    plans = [item.change for item in items if item.change is not None and item.outcome in TO_SEND]
    said = Counter(note for change in plans for note in change.notes)
    least = 1 if len(plans) <= EXAMPLES else 2
    common = [(note, count) for note, count in said.most_common(NOTES_SHOWN) if count >= least]
    shown = [
        note if count == len(plans) else f"In {count:,} of {len(plans):,}: {note}" for note, count in common
    ]
    more = len(said) - len(common)
    return [*shown, *([f"{more:,} more notes on single changes: frame() has them."] if more else [])]


def _next_step(items: Sequence[Item], place: Place) -> str:
    todo = [item for item in items if item.outcome in TO_SEND]
    if not todo:
        return "Nothing is left to send. frame() tells what came of each row; undo() plans the way back."
    if not place.writable:
        return "Read-only connection: open it with stcrm.connect(..., writable=True) to apply."
    calls = CALLS_EACH * len(todo)
    seconds = max(1, round(calls / PACE))
    rows = sum(len(item.rows) for item in todo)
    confirm = f", confirm={rows}" if place.environment == "production" else ""
    return (
        f"To carry it out: apply(dry_run=False{confirm}). That is {len(todo):,} writes with what is read "
        f"before and after, {seconds:,} s at least."
    )


def _plain(value: object) -> str:
    return "-" if value is None else str(value)
