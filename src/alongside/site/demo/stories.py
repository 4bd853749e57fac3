"""What clients of the invented agency need, and how work toward it is written down."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One need and the plan for it. `measure` is (indicator, baseline, target); `notes` are lines of progress notes."""

    domain: str
    need: str
    words: str
    goal: str
    objective: str
    measure: tuple[str, str, str]
    activity: tuple[str, str, str]
    refer_to: tuple[str, str]
    notes: tuple[str, ...]
    strength: str
    barrier: str


STORIES: tuple[Story, ...] = (
    Story("environmental", "A safe place to live that lasts", "A door that I can lock.", "Hold my own tenancy by spring",
          "Sign a lease at or under $1,050 a month", ("Lease in hand", "no lease", "signed lease"),
          ("worker", "Goes through each lease together, with interpreter", "every two weeks"), ("Northgate Housing Trust", "Housing search"),
          ("Two flats seen; she liked Elm Street", "Landlord asked for a reference", "Wrote to the shelter for a reference", "Deposit talked through"),
          "Keeps every appointment", "No rental history in this country"),
    Story("economic", "Money for the deposit", "My mother ran a shop. I did the book.", "Have the deposit ready",
          "Save $900 for the deposit", ("Savings book", "$120", "$900"),
          ("client", "Sets $60 aside in the savings book", "weekly"), ("Harbor Credit Union", "Matched savings"),
          ("Savings book at $300", "A hard week, nothing set aside", "Savings book at $430"), "Good with money", "Part-time pay that changes from week to week"),
    Story("social", "English for everyday and for the clinic", "To tell the doctor myself.", "See the doctor without an interpreter",
          "Go from level A1 to A2 in the placement test", ("Placement test", "A1", "A2"),
          ("provider", "Evening class, twice a week", "twice a week"), ("Riverside Adult School", "English class"),
          ("Practices with a neighbor", "First class; liked the teacher", "Missed two classes, the bus"), "Talks with everyone in the building", "Night shifts"),
    Story("emotional", "Sleep, and rest from bad dreams", "Better. But I am afraid of winter.", "Sleep through most nights",
          "Nights of five hours or more, from 2 to 5 a week", ("Own sleep page", "2 nights", "5 nights"),
          ("provider", "Group on Thursdays", "weekly"), ("Willow Counseling", "Sleep group"),
          ("Four good nights this week", "The anniversary is near", "Moved rooms; quieter"), "Knows what calms her", "No counselor who speaks the language"),
    Story("legal", "Papers that let me work", "Then I can stand on my own.", "Be ready to take a job",
          "Hold a work permit", ("Permit", "none", "in hand"),
          ("worker", "Asks for a corrected letter", "until it comes"), ("Legal Aid Clinic", "Work permit"),
          ("Form filled in together", "Letter came with the wrong name", "Permit in hand"), "Keeps all letters in order", "An earlier letter was lost in the mail"),
    Story("physical", "Pain that lets me climb stairs again", "One floor, then two.", "Reach my own front door alone",
          "Climb two floors without stopping", ("Floors climbed", "0 floors", "2 floors"),
          ("family", "Walks with him after supper", "daily"), ("County Physiotherapy", "Home visits"),
          ("One floor with a rest", "Knee swollen, rested", "Two floors, slowly"), "Gets up early and walks", "The elevator is out most weeks"),
    Story("safety", "To know where the children are after school", "I only breathe when they are in.", "Children are safe until six",
          "Both children in the after-school club by March", ("Children in the club", "0 of 2", "2 of 2"),
          ("client", "Brings the school forms", "once"), ("Eastfield Primary School", "After-school club"),
          ("Forms brought", "One place given, one to wait for"), "Asks when she does not understand", "Only one place free"),
)  # fmt: skip
