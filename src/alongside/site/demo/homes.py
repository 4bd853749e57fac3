"""With whom a fictional client lives: alone, in families of two languages, with friends, with somebody who has moved out."""

from datetime import timedelta

from alongside.client_level.engagement.actions import household_member_add, household_member_end
from alongside.site.demo.life import Life
from alongside.site.demo.people import ORIGINS

ROLES = ("spouse", "child", "child", "mother", "father-in-law", "partner", "sister", "a friend who shares the rent")


def at_home(life: Life) -> None:
    """Some live alone, most with one to four others; now and then one of them has left."""
    dice = life.dice
    if dice.random() < 0.35:
        return
    origin = next((one for one in ORIGINS if one.language == life.client.language), ORIGINS[0])
    family = life.client.preferred_name.split(" ", 1)[-1]
    with life.on(life.day) as actor:
        for role in dice.sample(ROLES, dice.randrange(1, 5)):
            kin = origin if dice.random() < 0.85 else dice.choice(ORIGINS)
            given, pronouns = dice.choice(kin.given)
            years = dice.randrange(1, 17) if role == "child" else dice.randrange(19, 80)
            since = life.day - timedelta(days=dice.randrange(10, 300))
            member = household_member_add(
                actor, case=life.case, role=role, since=since,
                person={"preferred_name": f"{given} {family if kin is origin else dice.choice(kin.family)}", "pronouns": pronouns,
                        "birth_date": since - timedelta(days=365 * years), "birth_date_estimated": role != "child",
                        "language": kin.language},
            )  # fmt: skip
            if dice.random() < 0.1:
                household_member_end(actor, case=life.case, member=member, until=life.day)
