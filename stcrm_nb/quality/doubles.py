"""Customers who are likely one person: a common contact or place, and much the same name. Pure."""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz, utils

from stcrm_nb.quality.finding import Finding

ALIKE = 88.0  # of 100: from here on two customers are told
NAME, STREET, REACH = 0.55, 0.30, 0.15  # what name, street and a common phone or address weigh
TWO_SHARED, INITIAL = 85.0, 90.0  # what two common contacts, and an initial with the same last name, count
LARGEST = 40  # customers that share one key; more share an office, not a life


def double_findings(customers: pd.DataFrame, contacts: pd.DataFrame) -> Iterator[Finding]:
    """Yield pairs of unmerged customers who are likely one; the later is told, with the earlier.

    Parameters
    ----------
    customers : DataFrame, one row a customer
        Of `crm.customers.list(active="Any")`.
    contacts : DataFrame, one row a contact
        With `customer_id` and `normal`, the contact in its normal form.

    Yields
    ------
    Finding
        Its evidence holds the score, 0 to 100, and what agrees.
    """
    alive = customers[customers["merged_to_id"].isna()]
    texts = alive[["name", "address_street", "address_zip"]].astype("str").fillna("").to_numpy().tolist()
    facts = {
        owner: (_plain(name), _plain(street), code[:5])
        for owner, (name, street, code) in zip(alive["id"].tolist(), texts, strict=True)
    }
    reached: dict[int, set[str]] = {}
    known = contacts.dropna(subset=["normal", "customer_id"])
    for owner, contact in zip(known["customer_id"].tolist(), known["normal"].tolist(), strict=True):
        if owner in facts:
            reached.setdefault(owner, set()).add(contact)
    for one, other in sorted(_pairs(facts, reached)):
        found = _compared(facts[one], facts[other], reached.get(one, set()) & reached.get(other, set()))
        if found is not None:
            score, agree = found
            evidence = f"{score:.0f} of 100 like {one}: {agree}"
            yield Finding("customers", other, "likely duplicate", evidence, "medium", other=one)


def _pairs(facts: dict[int, tuple[str, str, str]], reached: dict[int, set[str]]) -> set[tuple[int, int]]:
    """Return the pairs that are worth comparing: those that share a contact, or a street and its number."""
    keys: dict[object, set[int]] = {}
    for owner, (name, street, code) in facts.items():
        if street:
            keys.setdefault((code, street[:8]), set()).add(owner)
        if name and code:
            keys.setdefault((code, "".join(sorted(name.split())[:1])), set()).add(owner)
    for owner, held in reached.items():
        for each in held:
            keys.setdefault(each, set()).add(owner)
    return {
        pair
        for owners in keys.values()
        if 1 < len(owners) <= LARGEST
        for pair in combinations(sorted(owners), 2)
    }


def _compared(
    one: tuple[str, str, str], other: tuple[str, str, str], shared: set[str]
) -> tuple[float, str] | None:
    """Return how alike two customers are and what agrees; None if they are not alike enough."""
    if not one[0] or not other[0]:
        return None
    name = _name_ratio(one[0], other[0])
    street = fuzz.ratio(one[1], other[1]) if one[1] and other[1] else 0.0
    common = 100.0 if shared else 0.0
    beside = STREET * street + REACH * common
    if len(shared) > 1:  # two common contacts say as much as a common street: people move
        beside = max(beside, (STREET + REACH) * TWO_SHARED)
    score = NAME * name + beside
    if one[2] == other[2]:
        score = max(score, (NAME * name + STREET * street) / (NAME + STREET))
    if score < ALIKE:
        return None
    parts = [f"name {name:.0f}", f"street {street:.0f}"]
    return score, ", ".join([*parts, *([f"shared {', '.join(sorted(shared)[:2])}"] if shared else [])])


def _name_ratio(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 100, in whatever order; an initial stands for its name.

    >>> _name_ratio("a thompson", "abigail thompson"), _name_ratio("morales rafael", "rafael morales")
    (90.0, 100.0)
    """
    alike = max(fuzz.token_sort_ratio(one, other), fuzz.ratio(one, other))
    mine, theirs = one.split(), other.split()
    shortened = 1 in (len(mine[0]), len(theirs[0])) and mine[0][0] == theirs[0][0]
    return max(alike, INITIAL) if shortened and mine[-1] == theirs[-1] and mine != theirs else float(alike)


def _plain(text: str) -> str:
    return str(utils.default_process(text))
