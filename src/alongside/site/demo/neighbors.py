"""A second fictional agency, with which Harbour Lane has agreed to share: its worker reads a part of Sama's case."""

from datetime import timedelta
from uuid import uuid5

from alongside.confidentiality.actions import agreement_accept, agreement_offer, case_share, release_make, release_sign
from alongside.confidentiality.models import Agreement, CaseShare
from alongside.confidentiality.queries.sharing import SHOWN_PAGE, shared_in
from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.roles import Role
from alongside.people.actions import agency_found, program_save, program_staff_add, set_up_actor, staff_add
from alongside.people.models import Program, Staff
from alongside.site.demo.agency import PASSWORD, ROOT, Setting, as_actor, key_of
from alongside.site.demo.consents import terms
from alongside.site.demo.life import Life

NAME = "Northgate Housing Trust"
KEY = uuid5(ROOT, NAME)
WHY = "To find homes together, and keep them"
PEOPLE = (
    ("noor", "Noor Haddad", Role.CASE_MANAGER, "Housing adviser"),
    ("amos", "Amos Keller", Role.ADMINISTRATOR, "Administrator"),
)


def neighbors(setting: Setting, life: Life) -> None:
    """They are founded, both administrators agree, Sama signs, and Noor may read; a further offer still waits for Otto.

    Only the first of several fictional agencies has them.
    """
    if setting.agency.pk != key_of(0):
        return
    theirs, today = _founded(), clock.today()
    otto, amos = as_actor(setting.staff["otto"]), as_actor(theirs["amos"])
    with life.on(today - timedelta(days=40), who=otto) as actor:
        agreement = agreement_offer(actor, other=KEY, purpose=WHY, since=clock.today())
    with life.on(today - timedelta(days=38), who=amos) as actor:
        agreement = agreement_accept(actor, agreement=agreement)
    with life.on(today - timedelta(days=1), who=amos) as actor:
        agreement_offer(
            actor,
            other=setting.agency.pk,
            purpose="To help with the first months in a new home",
            since=today + timedelta(days=7),
        )
    _shared(life, agreement, theirs["noor"])


def _founded() -> dict[str, Staff]:
    home = agency_found(name=NAME, demonstration=True, key=KEY)
    set_up = set_up_actor(home.pk)
    staff = {
        short: staff_add(set_up, name=full, email=f"{short}@northgate.example", password=PASSWORD, roles=[role.value], title=title)
        for short, full, role, title in PEOPLE
    }  # fmt: skip
    program = program_save(set_up, program=Program(), values={"name": "Housing search"})
    program_staff_add(set_up, program=program, staff=staff["noor"], role=Role.CASE_MANAGER.value)
    return staff


def _shared(life: Life, agreement: Agreement, reader: Staff) -> CaseShare:
    """What they need to look for the home: who she is, how to reach her, what she needs, and how the search goes."""
    parts = ("identity", "contact", "needs", "notes", "referrals")
    with life.on(clock.today() - timedelta(days=19)) as actor:
        made = release_make(
            actor, case=life.case, terms=terms(parts, "To look for a flat with her", NAME, "local", 120)
        )
        release = release_sign(actor, release=made, signing=life.signing(), edition=made.edition)
    with life.on(clock.today() - timedelta(days=18)) as actor:
        return case_share(
            actor, case=life.case, agreement=agreement, release=release, staff=[reader.pk], until=clock.today() + timedelta(days=90),
            relevant="They choose the flats that she is shown.",
        )  # fmt: skip


def looked_at(setting: Setting) -> None:
    """Noor opened her needs twice, and the notes after the last visit."""
    if setting.agency.pk != key_of(0):
        return
    noor: Actor = as_actor(Staff.objects.using("owner").get(agency_id=KEY, account__email="noor@northgate.example"))
    with acting(noor):
        shown = shared_in()
    for ago, part in ((17, "needs"), (17, "contact"), (6, "needs"), (4, "notes")):
        with clock.held(clock.now().replace(hour=9, minute=20 + ago) - timedelta(days=ago)):
            for one in shown:
                looks.look(
                    looks.OPENED, actor=noor, case=one.case, page=SHOWN_PAGE + part, subject=(CaseShare, one.share)
                )
