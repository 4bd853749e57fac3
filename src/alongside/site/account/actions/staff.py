"""Verbs of administrators on how their staff sign in."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.held import held, must_be_unchanged
from alongside.foundations.roles import ADMINISTER
from alongside.people.actions import password_set
from alongside.people.models import Agency, Staff
from alongside.people.models.agency import IDLE_LEAST, IDLE_MOST
from alongside.site.account.actions.door import tries_clear
from alongside.site.account.actions.places import end
from alongside.site.account.models import SignIn
from alongside.site.account.queries import DOORS


@verb(ADMINISTER)
def staff_sign_out(actor: Actor, *, staff: Staff) -> Done[int]:
    """Sign a member of staff out everywhere; how many places that were."""
    count = end(SignIn.objects.filter(staff_id=held(staff).pk, ended_at=None))
    return Done(count, staff, _("Signed %(name)s out everywhere") % {"name": staff.name})


@verb(ADMINISTER)
def door_open(actor: Actor, *, staff: Staff) -> Done[None]:
    """Lift a lock-out before its time."""
    staff = held(staff, "account")
    for kind in DOORS:
        tries_clear(kind, staff.account.email)
    return Done(None, staff, _("Let %(name)s try to sign in again") % {"name": staff.name})


@verb(ADMINISTER)
def second_step_take_away(actor: Actor, *, staff: Staff, password: str) -> Done[None]:
    """Take away every second step of somebody who lost their phone, with a new first password, and sign them out.

    Without the new password, whoever knows the old one would set up a second step of their own. An administrator's own
    is another's to take away. Raises `RuleBroken` for one's own and for a weak password.
    """
    if actor.staff == staff.pk:
        raise RuleBroken(
            _("This would open your own account with a password alone. Ask another administrator to do it."),
            "practice C4",
        )
    staff = held(staff, "account")
    password_set(actor, staff=staff, password=password)
    Authenticator.objects.filter(user_id=staff.account_id).delete()
    end(SignIn.objects.filter(staff_id=staff.pk, ended_at=None))
    return Done(None, staff, _("Took away the second step of %(name)s") % {"name": staff.name})


@verb(ADMINISTER)
def idle_minutes_set(actor: Actor, *, minutes: int, read: int) -> Done[Agency]:
    """Set after how many minutes an untouched page locks; `read` is what stood there when the page was read."""
    if not IDLE_LEAST <= minutes <= IDLE_MOST:
        raise RuleBroken(
            _("Choose between %(least)d and %(most)d minutes.") % {"least": IDLE_LEAST, "most": IDLE_MOST},
            "practice C4", "idle_minutes",
        )  # fmt: skip
    agency = held(Agency(pk=actor.agency))
    must_be_unchanged(agency, read, {"idle_minutes": agency.idle_minutes}, now=agency.idle_minutes)
    before, agency.idle_minutes = agency.idle_minutes, minutes
    agency.save(update_fields=["idle_minutes"])
    said = _("Set that untouched pages lock after %(n)d minutes") % {"n": minutes}
    return Done(agency, agency, said, changes={"idle_minutes": (before, minutes)})
