"""Who works for the company. Most users have the id of their employee; three older ones do not."""

from typing import NamedTuple

import numpy as np

from stcrm_nb.sandbox.generate.draws import Dice, Rows


class Employee(NamedTuple):
    """Somebody in the office; `user` is what `createdById` of the records says."""

    id: int
    user: int
    first: str
    last: str
    role: str
    unit: int | None = None
    active: bool = True


class Technician(NamedTuple):
    """Somebody in a van."""

    id: int
    first: str
    last: str
    unit: int
    zone: int
    position: str = "Service"
    active: bool = True


EMPLOYEES = (
    Employee(18001, 18001, "Denise", "Kowalski", "CSR"),
    Employee(18002, 18002, "Marcus", "Bell", "CSR"),
    Employee(18003, 18003, "Priya", "Raman", "CSR"),
    Employee(18004, 18104, "Hannah", "Olson", "CSR"),
    Employee(18005, 18105, "José", "Quiñones", "CSR"),
    Employee(18006, 18006, "Tiffany", "Xiong", "CSR"),
    Employee(18007, 18007, "Greg", "O'Malley", "Dispatch"),
    Employee(18008, 18008, "Latoya", "Freeman", "Dispatch"),
    Employee(18009, 18109, "Ellen", "Vogel", "Accounting"),
    Employee(18010, 18010, "Tom", "Lindqvist", "SalesManager", 1),
    Employee(18011, 18011, "Renée", "Carter", "Owner"),
    Employee(18012, 18012, "Brandon", "Pike", "CSR", None, active=False),
    Employee(18099, 18099, "Integration", "User", "Admin"),
)
DESK = (0, 1, 2, 3, 4, 5, 7)
DESK_WEIGHTS = (0.24, 0.19, 0.17, 0.14, 0.12, 0.10, 0.04)
INTEGRATION_USER = 18099

TECHNICIANS = (
    Technician(19001, "Ray", "Dombrowski", 0, 0),
    Technician(19002, "Luis", "Maldonado", 0, 1),
    Technician(19003, "Kyle", "Erickson", 0, 3),
    Technician(19004, "Tou", "Vang", 0, 5),
    Technician(19005, "Sean", "Brennan", 1, 2, "Installer"),
    Technician(19006, "Małgorzata", "Nowak", 1, 3, "Installer"),
    Technician(19007, "Darnell", "Watson", 2, 0),
    Technician(19008, "Erin", "Schultz", 2, 4),
    Technician(19009, "Omar", "Hassan", 2, 5),
    Technician(19010, "Steve", "Novak", 3, 2),
    Technician(19011, "Nora", "Bjørnstad", 3, 3),
    Technician(19012, "Phil", "Arnold", 4, 1),
    Technician(19013, "Gary", "Haas", 5, 3, "Service", active=False),
)


def desk(dice: Dice, name: str, rows: Rows) -> Rows:
    """Return the user in the office who entered each row."""
    users = np.array([EMPLOYEES[place].user for place in DESK], dtype=np.int64)
    return users[dice.weighted(name, rows, DESK_WEIGHTS)]
