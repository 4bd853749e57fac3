"""Outreach of the invented agency: rounds on which people were met before anyone was a client."""

from datetime import UTC, datetime, time, timedelta

from alongside.client_level.engagement.actions import outreach_record
from alongside.client_level.engagement.models import Outreach
from alongside.foundations import clock
from alongside.site.demo.agency import Setting, as_actor

ROUNDS = (
    (41, "Harbor library, reading room", "partner", 9, "Arabic, English", "", "A talk about papers and English classes.", "Is it free? Does the county hear of it?"),
    (27, "Saturday market", "event", 23, "English, Spanish, Dari", "", "A stand with our card in six languages.", ""),
    (18, "+1 555-014-7700, the night line", "phone", 1, "Tigrinya", "a man who did not give his name", "A way to the night shelter.", "He will call again when he has a bed."),
    (10, "Ferry landing, evening round", "street", 6, "English, Arabic", "", "Soup, blankets, and to be taken in by us.", "One wants help with a letter of the county."),
)  # fmt: skip
"""How many days ago, where, how, how many, in which languages, who, what was offered, what they said."""


def rounds(setting: Setting) -> Outreach:
    """Record them as intake does; gives back the last one, from which somebody comes."""
    ines, kept = as_actor(setting.staff["ines"]), []
    for days, place, how, met, languages, who, offered, said in ROUNDS:
        on = clock.today() - timedelta(days=days)
        with clock.held(datetime.combine(on, time(19, 10), UTC)):
            values = {"on": on, "place": place, "how": how, "met": met, "languages": languages, "who": who,
                      "offered": offered, "said": said}  # fmt: skip
            kept.append(outreach_record(ines, program=setting.programs[0], values=values))
    return kept[-1]
