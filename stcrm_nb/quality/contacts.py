"""Phone numbers and e-mail addresses that are none, that stand twice, that may not be used so. Pure."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import phonenumbers
from email_validator import EmailNotValidError, validate_email

from stcrm_nb.quality.finding import Finding

PHONES = ("Phone", "MobilePhone", "Fax")
MARKETING = "preferences_marketing_updates_enabled"
PREFERENCES = "preferences_"
MOST_NAMED = 5  # owners named in evidence


def normal(values: "pd.Series[str]", types: "pd.Series[str]", region: str) -> "pd.Series[str]":
    """Return each number in E.164 form and each address in lower case; missing where it is none.

    Each different value is looked at once.
    """
    table = pd.DataFrame({"value": values.astype("str"), "phone": types.astype("str").isin(PHONES)})
    known = table.drop_duplicates().dropna(subset=["value"])
    told = {
        (value, is_phone): _phone(value, region) if is_phone else _address(value)
        for value, is_phone in zip(known["value"], known["phone"], strict=True)
    }
    found = [told.get(each) for each in zip(table["value"], table["phone"], strict=True)]
    return pd.Series(found, index=values.index, dtype="str")


def contact_findings(contacts: pd.DataFrame, customers: pd.DataFrame) -> Iterator[Finding]:
    """Yield what is wrong with the contacts of customers; `normal` is each contact in its normal form."""
    rows = contacts[contacts["customer_id"].notna()]
    yield from _invalid(rows)
    yield from _twice(rows)
    yield from _shared(rows)
    yield from _of_gone_customers(rows, customers)
    yield from _unwanted(rows, customers)


def _invalid(rows: pd.DataFrame) -> Iterator[Finding]:
    bad = rows[rows["normal"].isna()]
    for row in _records(bad):
        kind = "phone number" if str(row["type"]) in PHONES else "e-mail address"
        evidence = f"{row['type']}: {_quoted(row['value'])} is no {kind}"
        yield _removal(row, f"invalid {kind}", evidence=evidence, severity="medium")


def _twice(rows: pd.DataFrame) -> Iterator[Finding]:
    """Find what stands on a record more than once: the oldest stays."""
    ordered = rows.dropna(subset=["normal"]).sort_values("id", kind="stable")
    first = ordered.groupby(["customer_id", "normal"])["id"].transform("first")
    again = (ordered["id"] != first).to_numpy(dtype=bool)
    for row, kept in zip(_records(ordered[again]), first[again], strict=True):
        evidence = f"{row['type']}: {_quoted(row['value'])} is contact {kept} too"
        yield _removal(row, "contact stands twice", evidence=evidence, severity="low")


def _shared(rows: pd.DataFrame) -> Iterator[Finding]:
    there = rows.dropna(subset=["normal"]).drop_duplicates(["customer_id", "normal"])
    shared = there[there.duplicated("normal", keep=False)].sort_values("normal", kind="stable")
    owners: dict[str, list[int]] = {}
    for value, owner in zip(shared["normal"].tolist(), shared["customer_id"].tolist(), strict=True):
        owners.setdefault(value, []).append(owner)
    for value, several in owners.items():
        for owner in several:
            others = [str(each) for each in several if each != owner]
            more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
            evidence = f"{value} is a contact of {', '.join(others[:MOST_NAMED])}{more} too"
            yield Finding(
                "customers", int(owner), "contact shared by customers", evidence, "low", other=int(others[0])
            )


def _of_gone_customers(rows: pd.DataFrame, customers: pd.DataFrame) -> Iterator[Finding]:
    counts = rows["customer_id"].value_counts()
    merged = customers["merged_to_id"].notna()
    gone = customers[(merged | ~customers["active"].fillna(value=True)) & customers["id"].isin(counts.index)]
    for row in _records(gone):
        owner, count = int(row["id"]), counts[row["id"]]
        into = None if pd.isna(row["merged_to_id"]) else int(row["merged_to_id"])
        kind = "a merged" if into else "an inactive"
        told = f"the customer was merged into {into}" if into else "the customer is inactive"
        evidence = f"{count} contacts, and {told}"
        yield Finding("customers", owner, f"contacts on {kind} customer", evidence, "low", other=into)


def _unwanted(rows: pd.DataFrame, customers: pd.DataFrame) -> Iterator[Finding]:
    """Find e-mail addresses that get marketing although their customer wants no mail."""
    if MARKETING not in rows:
        return
    silent = customers.loc[customers["do_not_mail"].fillna(value=False), "id"]
    told = rows[rows[MARKETING].fillna(value=False) & rows["customer_id"].isin(silent)]
    names = [name for name in rows.columns if name.startswith(PREFERENCES)]
    told = told[told["type"].astype("str") == "Email"]
    flags = told[names].fillna(value=False).astype("bool")
    for row, wanted_now in zip(_records(told), _records(flags), strict=True):
        wanted = {name.removeprefix(PREFERENCES): value for name, value in wanted_now.items()}
        yield Finding(
            "customers",
            int(row["customer_id"]),
            "marketing in spite of do-not-mail",
            f"contact {row['id']} gets marketing updates, and the customer is marked do-not-mail",
            "high",
            "update_contact",
            {
                "id": int(row["customer_id"]),
                "contact_id": int(row["id"]),
                "preferences": wanted | {"marketing_updates_enabled": False},
            },
        )


def _removal(row: dict[str, Any], problem: str, *, evidence: str, severity: str) -> Finding:
    owner, contact = int(row["customer_id"]), int(row["id"])
    given = {"id": owner, "contact_id": contact}
    return Finding("customers", owner, problem, evidence, severity, "remove_contact", given)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _quoted(value: object) -> str:
    return repr(value[:60]) if isinstance(value, str) else "nothing"


def _phone(value: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _address(value: str) -> str | None:
    try:
        return validate_email(value.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None
