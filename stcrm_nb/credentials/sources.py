"""Finds credentials: arguments, environment, `.env`, profile and keyring, then a question. In this order."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stcrm_nb import credentials
from stcrm_nb.config import VARIABLES, Credentials
from stcrm_nb.credentials import profiles
from stcrm_nb.credentials.profiles import SECRETS, Profile
from stcrm_nb.credentials.prompt import asked, can_ask
from stcrm_nb.errors import ConfigError

DEFAULT = "default"  # the profile that is taken if none is named
ENV, FILE, PROFILE, KEYRING, ASKED = "environment", ".env", "profile", "keyring", "asked"
PLACES = {ENV: "the environment", FILE: "the .env file"}
IDENTITY = ("tenant", "client_id", "environment")  # what tells one tenant from another
NAMES = {**VARIABLES, "environment": "STCRM_ENVIRONMENT", "time_zone": "STCRM_TIMEZONE"}
OTHERS = ("STCRM_HOME", "STCRM_PROFILE")
OURS = frozenset({*NAMES.values(), *OTHERS})
SECRET = frozenset(VARIABLES[each] for each in SECRETS)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found and where.

    Parameters
    ----------
    variables : mapping
        Values under the names of the environment variables; kept out of the repr.
    places : mapping
        Where each value came from: argument, environment, .env, profile, keyring or asked.
    profile : Profile or None
        The profile, if there is one.
    """

    variables: Mapping[str, str] = field(repr=False)
    places: Mapping[str, str]
    profile: Profile | None = None


def gather(
    name: str | None,
    given: Credentials,
    *,
    variables: Mapping[str, str] = os.environ,
    folder: Path | None = None,
    ask: Callable[[str], str] | None = None,
) -> Found:
    """Find what a connection needs; the first source that has a value gives it.

    Parameters
    ----------
    name : str or None
        Which profile; None takes STCRM_PROFILE, else one called "default" if there is one.
    given : Credentials
        What the caller passed. It is not looked at again, but wins.
    variables : mapping
        The environment.
    folder : Path, optional
        Where `.env` is looked for, and above; default: the working directory.
    ask : callable, optional
        Asks for one value by its name; default: a question where somebody can answer, hidden for secrets.

    Returns
    -------
    Found

    Raises
    ------
    ConfigError
        There is no such profile, or environment and profile speak of different tenants.
    """
    lines = _env_file(folder or Path.cwd())
    own = {key: value for key, value in variables.items() if key in OURS and value.strip()}
    both = {**lines, **own}
    places = {key: (ENV if key in own else FILE) for key in both}
    alone = name is None and all(given.get(each) for each in VARIABLES)  # the arguments need no profile
    profile = None if alone else _profile(name, {**both, **_spelled(given)}, places)
    if profile is not None:
        for key, value in _of_profile(profile).items():
            if key not in both:
                both[key], places[key] = value, KEYRING if key in SECRET else PROFILE
    missing = [each for each in VARIABLES if not given.get(each) and VARIABLES[each] not in both]
    question = ask or (asked if can_ask() else None)
    if question is not None:
        for each in missing:
            both[VARIABLES[each]], places[VARIABLES[each]] = question(each), ASKED
    places |= dict.fromkeys(_spelled(given), "argument")
    return Found(both, places, profile)


def _env_file(folder: Path) -> dict[str, str]:
    """Return our lines of the nearest `.env`, here or above; nothing is put into the environment."""
    for each in (folder, *folder.parents):
        file = each / ".env"
        if file.is_file():
            return credentials.env_file.lines_of(file, OURS)
    return {}


def _profile(name: str | None, known: Mapping[str, str], places: Mapping[str, str]) -> Profile | None:
    """Return the profile that is named; else the default one, unless the rest speaks of another tenant."""
    wanted = name or known.get("STCRM_PROFILE")
    if wanted:
        profile = profiles.load(wanted, known)
        _refuse_two(profile, known, places)
        return profile
    complete = all(variable in known for variable in VARIABLES.values())
    if complete or DEFAULT not in profiles.names(known):
        return None
    profile = profiles.load(DEFAULT, known)
    return None if _differs(profile, known) else profile


def _differs(profile: Profile, known: Mapping[str, str]) -> list[str]:
    """Return what tells the profile's tenant from the one that other sources speak of."""
    pairs = ((each, known.get(NAMES[each]), str(getattr(profile, each))) for each in IDENTITY)
    return [each for each, other, own in pairs if other is not None and other.strip() != own]


def _of_profile(profile: Profile) -> dict[str, str]:
    """Return the profile's values and secrets under the names of the variables."""
    plain = {"tenant": str(profile.tenant), "client_id": profile.client_id,
             "environment": profile.environment, "time_zone": profile.time_zone}  # fmt: skip
    secrets = {each: credentials.keys.secret_of(profile.name, each) for each in SECRETS}
    return {NAMES[each]: value for each, value in {**plain, **secrets}.items() if value}


def _spelled(given: Credentials) -> dict[str, str]:
    return {NAMES[key]: str(value) for key, value in given.items() if key in NAMES and value}


def _refuse_two(profile: Profile, known: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Refuse to mix the credentials of two tenants, or of a tenant's two environments."""
    for each in _differs(profile, known):
        where, other = PLACES.get(places.get(NAMES[each], ""), "an argument"), known[NAMES[each]].strip()
        raise ConfigError(
            f"Profile {profile.name!r} has {each} {getattr(profile, each)}, but {where} says {other}. "
            f"Credentials of two tenants are not mixed: unset {NAMES[each]}, or leave the profile out. "
            "Nothing was sent."
        )
