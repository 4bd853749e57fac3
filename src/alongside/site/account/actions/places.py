"""Verbs on the places where one is signed in oneself."""

from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.held import held
from alongside.foundations.roles import OWN_ACCOUNT
from alongside.people.models import Staff
from alongside.site.account.models import SignIn


def end(rows: QuerySet[SignIn]) -> int:
    """End sign-ins at once: the sessions themselves go, so that the next request of each is a stranger's."""
    Session.objects.filter(session_key__in=[row.session_key for row in rows if row.session_key]).delete()
    return rows.filter(ended_at=None).update(ended_at=clock.now(), session_key="")


@verb(OWN_ACCOUNT)
def place_sign_out(actor: Actor, *, sign_in: SignIn) -> Done[None]:
    """Sign oneself out in one place."""
    end(SignIn.objects.filter(pk=held(sign_in).pk, staff_id=actor.staff))
    return Done(None, sign_in, _("Signed out in one place"))


@verb(OWN_ACCOUNT)
def others_sign_out(actor: Actor, *, stays: UUID | None) -> Done[int]:
    """Sign oneself out everywhere but in the place `stays`; how many places that were."""
    mine = SignIn.objects.filter(staff_id=actor.staff, ended_at=None)
    count = end(mine.exclude(pk=stays) if stays else mine)
    said = ngettext("Signed out in %(n)d other place", "Signed out in %(n)d other places", count) % {"n": count}
    return Done(count, Staff.objects.get(pk=actor.staff), said)


@verb(OWN_ACCOUNT)
def password_own_changed(actor: Actor, *, stays: UUID | None) -> Done[None]:
    """One's own password was changed: whoever came in elsewhere by the old one is out."""
    mine = SignIn.objects.filter(staff_id=actor.staff, ended_at=None)
    end(mine.exclude(pk=stays) if stays else mine)
    return Done(None, Staff.objects.get(pk=actor.staff), _("Changed their own password"))


@verb(OWN_ACCOUNT)
def device_answer(actor: Actor, *, sign_in: SignIn, mine: bool) -> Done[None]:
    """Say whether a sign-in from a new device was one's own; one that was not ends at once."""
    sign_in = held(sign_in)
    sign_in.answered_at = clock.now()
    sign_in.save(update_fields=["answered_at"])
    if not mine:
        end(SignIn.objects.filter(pk=sign_in.pk, staff_id=actor.staff))
    said = (
        _("Said that a new device was their own") if mine else _("Said that a sign-in from a new device was not theirs")
    )
    return Done(None, sign_in, said)
