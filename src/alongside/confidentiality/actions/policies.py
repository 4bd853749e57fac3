"""Verbs of policies: write a version, put it in force, acknowledge it, give a client a copy (practice C6)."""

from datetime import date

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Acknowledgment, Policy, PolicyCopy, PolicyVersion
from alongside.confidentiality.models.policy import PolicyState
from alongside.confidentiality.states import POLICY
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import ADMINISTER, OWN_ACCOUNT, WORK_CASE
from alongside.foundations.state import move
from alongside.people.access import must_be_in_its_life, must_be_open
from alongside.people.models import Case

SOURCE = "practice C6"


@verb(ADMINISTER)
def policy_add(
    actor: Actor, *, title: str, words: str, language: str, review_on: date, key: str = ""
) -> Done[PolicyVersion]:
    """Add a policy with its first draft; `key` says from which starter it was taken up.

    Raises `RuleBroken` for a title that stands already, for no words, and for a review that is not ahead.
    """
    _can_be(words, review_on)
    if Policy.objects.filter(agency_id=actor.agency, title=title).exists():
        raise RuleBroken(_("Another policy has this title. Choose a different one."), SOURCE, "title")
    policy = Policy(agency_id=actor.agency, title=title, key=key)
    policy.save(force_insert=True)
    version = _drafted(actor, policy, words, language, review_on)
    return Done(version, policy, _("Began the policy %(title)s") % {"title": title})


@verb(ADMINISTER)
def policy_write(
    actor: Actor, *, policy: Policy, words: str, language: str, review_on: date, edition: int = 0
) -> Done[PolicyVersion]:
    """Write the draft of a policy; where none is being written, begin the next version. What is in force stays as it is.

    Raises `RuleBroken` as `policy_add` does, and `ChangedByAnother` when someone saved since `edition` was read.
    """
    _can_be(words, review_on)
    policy = held(policy)
    draft = PolicyVersion.objects.filter(policy=policy, state=PolicyState.DRAFT).first()
    if draft is None:
        draft = _drafted(actor, policy, words, language, review_on)
        said = _("Began version %(n)d of the policy %(title)s")
    else:
        draft = held(draft)
        next_edition(draft, edition, {"words": draft.words, "language": draft.language, "review_on": draft.review_on})
        draft.words, draft.language, draft.review_on, draft.written_by_id = words, language, review_on, actor.staff
        draft.save()
        said = _("Went on writing version %(n)d of the policy %(title)s")
    return Done(draft, policy, said % {"n": draft.number, "title": policy.title})


@verb(ADMINISTER)
def policy_put_in_force(actor: Actor, *, version: PolicyVersion) -> Done[PolicyVersion]:
    """Put a draft in force from today; the version before it is replaced, and everyone is asked to read the new one.

    Raises `RuleBroken` when it is in force already, or still holds a blank in square brackets.
    """
    version = held(version, "policy")
    if "[" in version.words and version.state == PolicyState.DRAFT:
        raise RuleBroken(_("Something in square brackets is still to be decided. Write it in first."), SOURCE)
    before = PolicyVersion.objects.filter(policy=version.policy_id, state=PolicyState.IN_FORCE).exclude(pk=version.pk)
    if version.state == PolicyState.DRAFT:
        for old in before:
            move(actor, old, POLICY, "replace")
        version.in_force_on = clock.today()
        version.save(update_fields=["in_force_on"])
    move(actor, version, POLICY, "put in force")
    said = _("Put version %(n)d of the policy %(title)s in force")
    return Done(version, version.policy, said % {"n": version.number, "title": version.policy.title})


@verb(OWN_ACCOUNT)
def policy_acknowledge(actor: Actor, *, version: PolicyVersion) -> Done[Acknowledgment]:
    """Say that one has read a version in force. Doing it twice changes nothing.

    Raises `RuleBroken` when another version is in force by now.
    """
    version.refresh_from_db(fields=["state"])
    if version.state != PolicyState.IN_FORCE:
        raise RuleBroken(_("Another version is in force by now. Read that one."), SOURCE)
    row, _new = Acknowledgment.objects.get_or_create(
        version=version, staff_id=actor.staff, defaults={"agency_id": actor.agency, "at": clock.now()}
    )
    said = _("Read and acknowledged version %(n)d of the policy %(title)s")
    return Done(row, version.policy, said % {"n": version.number, "title": version.policy.title})


@verb(WORK_CASE)
def policy_copy_give(
    actor: Actor, *, case: Case, version: PolicyVersion, language: str, given_on: date
) -> Done[PolicyCopy]:
    """Write down that the client was given a copy of a version, in which language.

    Raises `RuleBroken` for a closed case, a version that is not in force, a day outside the life of the case.
    """
    must_be_open(case)
    if version.state != PolicyState.IN_FORCE:
        raise RuleBroken(_("This version is not in force. Give the one that is."), SOURCE, "version")
    must_be_in_its_life(case, given_on, SOURCE, "given_on")
    copy = PolicyCopy(case=case, version=version, language=language, given_on=given_on, by_id=actor.staff)
    copy.save(force_insert=True)
    said = _("Gave the client the policy %(title)s, version %(n)d")
    return Done(copy, copy, said % {"n": version.number, "title": version.policy.title}, case=case.pk)


def _drafted(actor: Actor, policy: Policy, words: str, language: str, review_on: date) -> PolicyVersion:
    number = PolicyVersion.objects.filter(policy=policy).count() + 1
    version = PolicyVersion(
        agency_id=actor.agency, policy=policy, number=number, words=words, language=language, review_on=review_on,
        written_by_id=actor.staff,
    )  # fmt: skip
    version.save(force_insert=True)
    return version


def _can_be(words: str, review_on: date) -> None:
    must_say(words, _("Write the policy."), SOURCE, "words")
    if review_on <= clock.today():
        raise RuleBroken(_("Choose a day ahead on which it is looked at again."), SOURCE, "review_on")
