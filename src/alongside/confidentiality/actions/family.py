"""The verb that writes down what somebody around the client may know, part by part (practice C8, I6)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Category, SharingWish
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, SignificantOther


@verb(WORK_CASE)
def sharing_set(
    actor: Actor, *, case: Case, other: SignificantOther, may_share: Sequence[str], edition: int = 0
) -> Done[SharingWish]:
    """Set which parts of the record this person may be told of; none is an answer too.

    Raises `RuleBroken` for somebody who must not know of the service, and for a part that is none.
    """
    kin = held(other)
    if kin.person_id != case.client_id:
        raise RuleBroken(_("That person belongs to another client."), "practice C8")
    if kin.must_not_know and may_share:
        raise RuleBroken(
            _("%(name)s must not learn of the service at all.") % {"name": kin.name}, "practice C8", "may_share"
        )
    if not set(may_share) <= set(Category.values):
        raise RuleBroken(_("Choose among the parts of the record."), "practice C8", "may_share")
    wish = SharingWish.objects.filter(other=kin).first()
    if wish is None:
        wish = SharingWish(person_id=case.client_id, other=kin, said_on=clock.today())
    else:
        wish = held(wish)
        next_edition(wish, edition, {"may_share": wish.may_share})
    before, wish.may_share = list(wish.may_share), list(may_share)
    wish.said_on, wish.written_by_id = clock.today(), actor.staff
    wish.save()
    said = _(
        "Wrote down what somebody around the client may know"
    )  # by no name: it may be the client's own family name
    return Done(wish, wish, said, case=case.pk, changes={"may_share": (", ".join(before), ", ".join(may_share))})
