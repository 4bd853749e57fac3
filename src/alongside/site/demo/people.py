"""Invented names, in the scripts and languages of people an agency meets. None is of a real person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Names of one language: given names with pronouns, and family names."""

    language: str
    given: tuple[tuple[str, str], ...]
    family: tuple[str, ...]
    interpreter: str = "always"


def _she(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "she/her") for name in names)


def _he(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "he/him") for name in names)


ORIGINS: tuple[Origin, ...] = (
    Origin("Arabic", _she("Sama", "Rasha", "Nour", "Huda") + _he("Yusuf", "Karim", "Salim"), ("Othman", "Abdirahman", "Haddad", "Al-Khatib")),
    Origin("Vietnamese", _she("Trinh", "Lan", "Mai") + _he("Minh", "Khoa"), ("Lê Thị", "Phạm", "Đặng"), "sometimes"),
    Origin("Spanish", _she("Marisol", "Dolores", "Inés") + _he("Ramiro", "Tomás"), ("Quispe", "Etxeberria", "de la Fuente y Villanueva-Montenegro")),
    Origin("Ukrainian", _she("Oksana", "Daryna", "Lesia") + _he("Taras", "Bohdan"), ("Kovalenko", "Shevchuk", "Melnyk")),
    Origin("Tigrinya", _she("Selam", "Abrehet") + _he("Tadesse", "Kidane"), ("Woldu", "Gebremedhin", "Tesfay")),
    Origin("Dari", _she("Parwana", "Laila") + _he("Farhad", "Omid"), ("Rahimi", "Sediqi", "Nazari")),
    Origin("Korean", _she("Bo-ra", "Ha-neul") + _he("Jun-seo",), ("Seo", "Baek", "Nam"), "sometimes"),
    Origin("Polish", _she("Agnieszka", "Wanda") + _he("Zbigniew",), ("Wrona", "Jabłońska", "Sowa"), "sometimes"),
    Origin("English", _she("Rosalind", "Opal", "June") + _he("Wendell", "Amos", "Clyde") + (("River", "they/them"),), ("Oakes", "Birdsong", "Pettaway", "Lark"), "never"),
    Origin("Somali", _she("Hodan", "Ifrah") + _he("Abdi", "Warsame"), ("Guled", "Farah", "Jama")),
)  # fmt: skip

SAFE = (
    "Text only, weekdays before 14:00, and say “the library”. No voicemail, no letters.",
    "Call any day after 10:00. A message may be left.",
    "Letters may be sent. Her sister may take a message.",
    "Do not call the house. Mail goes to the shelter’s box.",
    "Call the daughter first; she interprets the appointment.",
    "",
)

SOURCES = (
    "St Brigid’s ward 4",
    "Eastfield Primary School",
    "Riverside shelter",
    "A neighbor",
    "Street outreach",
    "County court, family room",
)
