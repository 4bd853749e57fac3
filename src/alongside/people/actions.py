"""Verbs of the agency side: founding it, its programs, staff and teams; and the theme of one's own account."""

from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import ExclusionViolation

from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import RuleBroken
from alongside.foundations.held import held, next_edition
from alongside.foundations.ids import new_id
from alongside.foundations.roles import ADMINISTER, OWN_ACCOUNT, Role
from alongside.people.models import Account, Agency, Program, ProgramStaff, Staff, Team
from alongside.people.queries import email_taken, here_now

BESIDE_INVENTED = gettext_lazy(
    "A fictional agency lives in this data folder, and a real one may not stand beside it. Choose an empty folder"
    " (ALONGSIDE_DATA_DIR) or another database (ALONGSIDE_DATABASE_URL)."
)
BESIDE_REAL = gettext_lazy(
    "A real agency lives in this data folder, and a fictional one may not stand beside it. Choose an empty folder"
    " (ALONGSIDE_DATA_DIR) or another database (ALONGSIDE_DATABASE_URL)."
)


def set_up_actor(agency: UUID) -> Actor:
    """The actor of the command line: nobody's file is open to it, but it may set up `agency`."""
    return Actor(UUID(int=0), agency, UUID(int=0), "Set-up", frozenset({Role.ADMINISTRATOR}))


def agency_found(*, name: str, demonstration: bool = False, key: UUID | None = None) -> Agency:
    """Found an agency from the command line and return it. It is the one act that no one in it can do.

    Raises `RuleBroken` for an invented agency beside a real one, and for a real one beside an invented one: the invented
    one's staff sign in with a password that everybody knows, and without a second step.
    """
    agency = Agency(id=key or new_id(), name=name, demonstration=demonstration)
    try:
        with acting(set_up_actor(agency.pk)):
            agency.save(force_insert=True)
    except IntegrityError as refusal:
        if isinstance(refusal.__cause__, ExclusionViolation):
            raise RuleBroken(str(BESIDE_REAL if demonstration else BESIDE_INVENTED), "design section 4") from refusal
        raise
    return agency


@verb(ADMINISTER)
def staff_add(
    actor: Actor, *, name: str, email: str, password: str, roles: list[str], title: str = "",
    languages: list[str] | None = None, supervisor: Staff | None = None, trainee: bool = False,
    must_change: bool = False,
) -> Done[Staff]:  # fmt: skip
    """Add a member of staff with a sign-in; with `must_change` they choose their own password before anything else.

    Raises `RuleBroken` for a weak password, a taken e-mail, an unknown role.
    """
    unknown = set(roles) - {role.value for role in Role}
    if unknown or not roles:
        raise RuleBroken(_("Choose at least one role from the list."), "practice S1", "roles")
    if email_taken(email):
        raise RuleBroken(_("Somebody already signs in with this e-mail. Use another."), field="email")
    account = Account(email=email.lower(), must_change_password=must_change)
    _check_password(password, account)
    account.set_password(password)
    account.save()
    staff = Staff(
        agency_id=actor.agency, account=account, name=name, title=title, roles=roles, languages=languages or [],
        supervisor=supervisor, trainee=trainee,
    )  # fmt: skip
    staff.save(force_insert=True)
    return Done(staff, staff, _("Added %(name)s to the staff") % {"name": name})


@verb(ADMINISTER)
def staff_change(
    actor: Actor, *, staff: Staff, name: str, title: str, roles: list[str], languages: list[str],
    supervisor: Staff | None, trainee: bool, left_on: date | None, edition: int | None = None,
) -> Done[Staff]:  # fmt: skip
    """Change what is known of a member of staff. Raises `RuleBroken` when they would supervise themselves.

    Raises `ChangedByAnother` when `edition`, as a page read it, is no longer the stored one; so do the other two that
    take one, for a program and a team.
    """
    staff = held(staff)
    wanted = {"name": name, "title": title, "roles": roles, "languages": languages, "supervisor": supervisor,
              "trainee": trainee, "left_on": left_on}  # fmt: skip
    _next_edition(staff, edition, {key: now for key in wanted if (now := getattr(staff, key)) != wanted[key]})
    _keep_an_administrator(staff, roles, left_on)
    _not_for_oneself(actor, staff if roles != staff.roles or supervisor != staff.supervisor else None, supervisor)
    above = supervisor
    while above is not None:
        if above.pk == staff.pk:
            raise RuleBroken(
                _("Nobody can be in their own line of supervision. Choose someone else."), field="supervisor"
            )
        above = above.supervisor
    # Roles, supervisor and leaving decide who may open which record: the deed shows how each of them was.
    kept = ("name", "title", "roles", "languages", "supervisor", "trainee", "left_on")
    before = {key: getattr(staff, key) for key in kept}
    staff.name, staff.title, staff.roles, staff.languages = name, title, roles, languages
    staff.supervisor, staff.trainee, staff.left_on = supervisor, trainee, left_on
    staff.save()
    changes = {key: (old, getattr(staff, key)) for key, old in before.items() if old != getattr(staff, key)}
    return Done(staff, staff, _("Changed what is known of %(name)s") % {"name": name}, changes=changes)


@verb(ADMINISTER)
def password_set(actor: Actor, *, staff: Staff, password: str, must_change: bool = True) -> Done[Staff]:
    """Give a member of staff a new password, which they have to change before anything else when they sign in.

    Two people know it until then, so no deed under it would be theirs for certain (practice C5). An administrator's own
    is known to nobody else. Raises `RuleBroken` when it is weak.
    """
    _check_password(password, staff.account)
    staff.account.set_password(password)
    staff.account.must_change_password = must_change and actor.staff != staff.pk
    staff.account.save()
    return Done(staff, staff, _("Set a new password for %(name)s") % {"name": staff.name})


@verb(ADMINISTER)
def program_save(
    actor: Actor, *, program: Program, values: dict[str, object], edition: int | None = None
) -> Done[Program]:
    """Add a program, or change its name, model and spans of days."""
    added = program._state.adding
    if not added:
        program = held(program)
        _next_edition(program, edition, {key: now for key in values if (now := getattr(program, key)) != values[key]})
    changes = {
        key: (getattr(program, key, ""), value) for key, value in values.items() if getattr(program, key, None) != value
    }
    for key, value in values.items():
        setattr(program, key, value)
    program.agency_id = actor.agency
    program.save()
    said = _("Added the program %(name)s") if added else _("Changed the program %(name)s")
    return Done(program, program, said % {"name": program.name}, changes={} if added else changes)


@verb(ADMINISTER)
def program_staff_add(actor: Actor, *, program: Program, staff: Staff, role: str) -> Done[ProgramStaff]:
    """Let someone work in a program in a role. Doing it twice changes nothing."""
    _not_for_oneself(actor, staff)
    if role not in staff.roles:
        raise RuleBroken(_("They do not hold that role in the agency. Give it to them first."), "practice S1", "role")
    place, _made = ProgramStaff.objects.get_or_create(
        program=program, staff=staff, role=role, defaults={"agency_id": actor.agency}
    )
    return Done(place, place, _("%(name)s works in %(program)s") % {"name": staff.name, "program": program.name})


@verb(ADMINISTER)
def program_staff_remove(actor: Actor, *, place: ProgramStaff) -> Done[None]:
    """End someone's role in a program; what they saw because of it is closed to them at once."""
    key, said = (
        place.pk,
        _("%(name)s no longer works in %(program)s") % {"name": place.staff.name, "program": place.program.name},
    )
    place.delete()
    place.pk = key
    return Done(None, place, said)


@verb(ADMINISTER)
def team_save(actor: Actor, *, team: Team, name: str, members: list[Staff], edition: int | None = None) -> Done[Team]:
    """Add a team or change its name and members."""
    if not team._state.adding:
        team = held(team)
        there = sorted(team.members.all(), key=lambda one: one.name)
        theirs = {"name": team.name, "members": [one.name for one in there]}
        same = {"name": team.name == name, "members": {one.pk for one in there} == {one.pk for one in members}}
        _next_edition(team, edition, {key: value for key, value in theirs.items() if not same[key]})
    team.name, team.agency_id = name, actor.agency
    team.save()
    team.members.set(members)
    return Done(team, team, _("Saved the team %(name)s") % {"name": name})


@verb(OWN_ACCOUNT)
def theme_choose(actor: Actor, *, theme: str) -> Done[None]:
    """Choose light, dark or as the device for one's own account."""
    account = Account.objects.get(pk=actor.account)
    account.theme = theme if theme in ("light", "dark", "device") else "device"
    account.save(update_fields=["theme"])
    return Done(None, account, _("Chose how pages look"))


def _next_edition(row: Staff | Program | Team, read: int | None, theirs: dict[str, object]) -> None:
    """As `held.next_edition`; with nothing `read`, as from the command line, there is no page to be behind."""
    next_edition(row, row.edition if read is None else read, theirs)


def _keep_an_administrator(staff: Staff, roles: list[str], left_on: date | None) -> None:
    """Somebody has to be able to let people in, who is not about to leave either."""
    goes = Role.ADMINISTRATOR.value in staff.roles and (Role.ADMINISTRATOR.value not in roles or left_on is not None)
    others = Staff.objects.filter(roles__contains=[Role.ADMINISTRATOR.value], left_on=None).exclude(pk=staff.pk)
    if goes and not others.exists():
        raise RuleBroken(_("Nobody else administers the agency. Give someone else that role first."), field="roles")


def _not_for_oneself(actor: Actor, *concerned: Staff | None) -> None:
    """Roles, lines and places open records: another administrator gives them, unless there is none (practice C4)."""
    if actor.staff not in {one.pk for one in concerned if one is not None}:
        return
    others = here_now(actor.agency).filter(roles__contains=[Role.ADMINISTRATOR.value]).exclude(pk=actor.staff)
    if others.exists():
        raise RuleBroken(
            _("This would change what you may see yourself. Ask another administrator to do it."), "practice C4"
        )


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise RuleBroken(" ".join(weak.messages), field="password") from weak
