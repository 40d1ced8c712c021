"""People: names, phones and e-mail addresses, all invented."""

import unicodedata
from dataclasses import dataclass

import numpy as np

from stcrm_nb.sandbox.generate.draws import Dice, Rows

FIRST_NAMES = tuple(
    """
    Aaliyah Aaron Abigail Adam Adrián Aisha Alan Alejandra Alex Alice Alyssa Amanda Amy Ana Andrea
    Andrew André Angela Anita Ann Anthony Antonio Ashley Barbara Beatriz Ben Beth Björn Bo Brandon
    Brenda Brian Bruce Carl Carlos Carmen Carol Catherine Chantal Charles Cheng Chloë Chris
    Christine Cindy Colleen Craig Cynthia Daniel Darnell David Dawn Deborah Denise Dennis Diego
    Dolores Donna Doug Duc Dwayne Eduardo Eileen Elena Elise Elizabeth Ellen Emily Emma Eric Erin
    Esperanza Ethan Eva Fatima Felicia François Frank Gabriela Gary George Gerald Gloria Grace Greg
    Hannah Harold Hassan Heather Héctor Helen Henry Hiroshi Hugo Ian Imani Inés Irene Isabel Ivan
    Jack Jacob Jamal James Jane Janet Jason Jasmine Jean Jeff Jennifer Jérôme Jerry Jessica Jim Joan
    Joe John José Joyce Juan Judy Julia Karen Kathleen Keisha Keith Kelly Kenji Kevin Kim Kyle
    Lakshmi Larry Laura Lena Leo Leticia Lien Linda Lisa Lorenzo Luis Lynn Małgorzata Marcus
    Margaret María Marie Mark Martha Mary Matt Maureen Mei Melissa Michael Michelle Miguel Mohammed
    Molly Monica Nancy Natalie Nathan Neha Nicole Nikhil Noah Nora Olivia Omar Oscar Pamela Patricia
    Patrick Paul Peggy Peter Phil Phuong Priya Rachel Rafael Ralph Ramón Ray Rebecca Renée Ricardo
    Rita Rob Roberto Roger Rosa Ruth Ryan Samuel Sandra Sanjay Sara Scott Sean Sharon Sheila Shirley
    Simone Siobhán Sofía Sonia Stacy Stanisław Stephanie Steve Susan Søren Tamika Tanya Teresa Terry
    Theo Thomas Thuy Tiffany Tim Todd Tomás Tony Tracy Tyler Valerie Vanessa Veronica Victor Vincent
    Vivian Walter Wendy William Xavier Ximena Yolanda Yusuf Zachary Zoë
    """.split()
)
LAST_NAMES = tuple(
    """
    Abbott Adeyemi Aguilar Ahmed Alvarez Andersen Anderson Arnold Bailey Banerjee Barnes Bauer
    Becker Bell Bennett Berg Bianchi Bjørnstad Boyd Brennan Brooks Brown Burke Byrne Cabrera
    Campbell Carlson Carter Castillo Chang Chen Christensen Clark Cohen Coleman Collins Conti Cook
    Cooper Cruz Czajkowski D'Amico D'Angelo Dahl Davis Delgado Desai Diaz Dombrowski Donnelly Dubois
    Dvořák Edwards Ellis Engel Erickson Espinoza Evans Fernández Fischer Fitzgerald Flores Foster
    Fox Franklin Fujimoto Gallagher García Gibson Gómez Gonzalez Gordon Graham Grant Green Gruber
    Guerrero Gupta Gustafson Haas Hall Hansen Harris Hassan Hayes Henderson Hernández Hoffman Horvat
    Howard Hughes Hussein Ibarra Ivanov Jackson Jankowski Jensen Jimenez Johansson Johnson Jones
    Joshi Kaplan Kelly Kennedy Kim Klein Kovač Kowalski Kozłowski Krause Krueger Kumar Lambert
    Larson Le Lee Levine Lewandowski Lewis Lindqvist Lopez Lucas Lund Lynch MacDonald Maldonado
    Marino Marquez Martin Martínez McBride McCarthy McGinnis Meyer Miller Mitchell Moore Morales
    Moreau Morgan Morris Müller Murphy Muñoz Myers Nakamura Nelson Nguyen Nguyễn Nielsen Novak Nowak
    O'Brien O'Connor O'Hara O'Neill Oberg Okafor Olson Ortiz Osborne Owens Park Parker Patel
    Pedersen Peña Pérez Perry Peterson Pham Phillips Piotrowski Popescu Powell Price Quinn Quiñones
    Ramirez Ramos Rao Reed Reyes Reynolds Rivera Roberts Robinson Rodriguez Rogers Romano Rosen
    Rossi Ruiz Russo Ryan Saito Salazar Sanchez Sandoval Santos Schaefer Schmidt Schneider Schröder
    Schultz Sharma Shapiro Silva Singh Smith Snyder Sorensen Soto Stein Stewart Strand Sullivan
    Suzuki Svensson Swanson Tanaka Taylor Thomas Thompson Torres Tran Turner Ueda Vang Vargas
    Vasquez Vogel Wagner Walker Wallace Walsh Wang Ward Washington Watson Weber Weiss West White
    Williams Wilson Wójcik Wolf Wong Wright Xiong Yamamoto Yang Young Zając Zamora Zhang Ziegler
    Zimmerman
    """.split()
)
FIRM_FIRST = (
    "Lakefront", "North Shore", "Prairie", "Badger", "Great Lakes", "Old Mill", "Harbor", "Fox Valley",
    "Kettle Moraine", "Third Ward", "Capitol", "Riverwest", "Grant Park", "Pabst Hill", "Cedar Ridge",
    "Four Lakes", "Lincoln Square",
)  # fmt: skip
FIRM_LAST = (
    "Bakery", "Dental Group", "Brewing Co.", "Storage", "Auto Body", "Fitness", "Daycare", "Print Shop",
    "Diner", "Veterinary Clinic", "Law Offices, LLC", "Church", "Hardware & Supply", "Coffee Roasters",
    "Montessori School",
)  # fmt: skip
MANAGER_LAST = ("Property Management", "Realty Partners", "Residential", "Apartments, LLC", "Housing Group")
AREA_CODES = (312, 773, 847, 630, 414, 262, 608)
EXCHANGES = (555, 556, 554, 557, 553, 558, 552, 559, 551, 550)
_MAIL_HOSTS = ("example.com", "example.org", "example.net")
_LINES, _STRIDE = 10_000, 7_919
_FOLD = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "'": "", " ": ""})


@dataclass(frozen=True, slots=True)
class People:
    """The people of one group, such as the customers; row by row.

    Parameters
    ----------
    dice : Dice
        The tenant's draws.
    group : str
        Keeps the draws of different groups apart.
    """

    dice: Dice
    group: str

    def first_names(self, rows: Rows) -> list[str]:
        """Return a first name a row."""
        return self.dice.pick(f"{self.group}.first", rows, FIRST_NAMES)

    def last_names(self, rows: Rows) -> list[str]:
        """Return a last name a row."""
        return self.dice.pick(f"{self.group}.last", rows, LAST_NAMES)

    def partners(self, rows: Rows) -> list[str]:
        """Return the first name of the other person of the house."""
        return self.dice.pick(f"{self.group}.partner", rows, FIRST_NAMES)

    def names(self, rows: Rows) -> list[str]:
        """Return full names; every seventh is a couple."""
        couple = self.dice.chance(f"{self.group}.couple", rows, 0.14).tolist()
        parts = zip(self.first_names(rows), self.partners(rows), self.last_names(rows), couple, strict=True)
        return [
            f"{first} & {partner} {last}" if both else f"{first} {last}"
            for first, partner, last, both in parts
        ]

    def firms(self, rows: Rows) -> list[str]:
        """Return names of businesses."""
        first = self.dice.pick(f"{self.group}.firm", rows, FIRM_FIRST)
        last = self.dice.pick(f"{self.group}.line", rows, FIRM_LAST)
        return [f"{a} {b}" for a, b in zip(first, last, strict=True)]

    def managers(self, rows: Rows) -> list[str]:
        """Return names of property managers."""
        last = self.dice.pick(f"{self.group}.kind", rows, MANAGER_LAST)
        return [f"{a} {b}" for a, b in zip(self.last_names(rows), last, strict=True)]

    def phones(self, rows: Rows, slot: int = 0) -> list[str]:
        """Return ten digits a row; no two rows of a small tenant share a number (exchange 555)."""
        number = 2 * rows + slot
        block, line = number // _LINES, (number * _STRIDE + self.dice.seed) % _LINES
        area = self.dice.pick(f"{self.group}.area", rows, AREA_CODES)
        exchange = np.array(EXCHANGES)[block % len(EXCHANGES)].tolist()
        return [f"{a}{x}{n:04d}" for a, x, n in zip(area, exchange, line.tolist(), strict=True)]

    def mails(self, rows: Rows) -> list[str]:
        """Return an e-mail address a row, at hosts that do not exist."""
        host = self.dice.pick(f"{self.group}.host", rows, _MAIL_HOSTS)
        tail = self.dice.below(f"{self.group}.tail", rows, 900).tolist()
        parts = zip(self.first_names(rows), self.last_names(rows), tail, host, strict=True)
        return [mail(first, last, number, host=at) for first, last, number, at in parts]


def mail(first: str, last: str, number: int, *, host: str) -> str:
    """Return an address made of a name; two of three carry a number.

    >>> mail("Zoë", "O'Brien", 12, host="example.org")
    'zoe.obrien12@example.org'
    """
    tail = str(number) if number % 3 != 1 else ""
    return f"{_ascii(first)}.{_ascii(last)}{tail}@{host}"


def _ascii(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.translate(_FOLD))
    return "".join(letter for letter in folded if letter.isascii()).lower()


def spell_anew(name: str, form: int) -> str:
    """Return a name as a second clerk would have typed it."""
    first, _, last = name.rpartition(" ")
    forms = (
        f"{first[:1]}. {last}",
        f"{last}, {first}",
        name.upper(),
        "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)) + " ",
        f"{first}  {last}",
    )
    return forms[form % len(forms)]


def dialled(digits: str, form: int) -> str:
    """Return ten digits in one of the ways people type them.

    >>> [dialled("6085550100", form) for form in (0, 8, 9)]
    ['6085550100', '608-555-0100', '(608) 555-0100']
    """
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    if form < 7:  # noqa: PLR2004 seven of ten
        return digits
    return f"({area}) {exchange}-{line}" if form == 9 else f"{area}-{exchange}-{line}"  # noqa: PLR2004
