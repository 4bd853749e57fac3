"""Who the client is, how to reach them safely, and the people around them, as items that can leave (practice C2, E6)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.packet import PACKET, Item, PacketPart, told_lines
from alongside.foundations.templatetags.house import full_day
from alongside.people.models import Case, ContactPoint, SignificantOther


def _identity(case: Case) -> Sequence[Item]:
    who = case.client
    lines = {
        "name": (_("Goes by"), told_lines((_("Goes by"), who.preferred_name), (_("Pronouns"), who.pronouns))),
        "legal": (_("Legal name"), told_lines((_("Legal name"), who.legal_name))),
        "birth": (_("Birth date"), told_lines((_("Born"), full_day(who.birth_date)))),
        "language": (
            _("Language and interpreter"),
            told_lines(
                (_("Speaks"), who.language), (_("Reads"), who.reads_language), (_("Interpreter"), who.get_interpreter_display())
            ),
        ),
        "service": (
            _("That they receive services here"),
            told_lines((_("Program"), case.program.name), (_("Since"), full_day(case.opened_on))),
        ),
    }  # fmt: skip
    return [Item(f"identity:{key}", Category.IDENTITY, title, told) for key, (title, told) in lines.items() if told]


def _contact(case: Case) -> Sequence[Item]:
    found = []
    if case.client.safe_contact:
        told = told_lines((_("Contact safely"), case.client.safe_contact))
        found.append(Item("contact:rule", Category.CONTACT, _("The rule for safe contact"), told))
    for way in ContactPoint.objects.filter(person=case.client, safe=True).order_by("pk"):
        lines = told_lines(
            (way.get_kind_display(), way.value),
            (_("Who answers"), way.who_answers),
            (_("When it is safe"), way.when_safe),
        )
        found.append(Item(f"contact:{way.pk}", Category.CONTACT, str(way.get_kind_display()), lines))
    return found


def _people(case: Case) -> Sequence[Item]:
    rows = SignificantOther.objects.filter(person=case.client).order_by("pk")
    return [
        Item(
            f"people:{row.pk}", Category.PEOPLE, row.name,
            told_lines((_("Who they are"), row.relation), (_("Helps with"), row.helps)),
        )
        for row in rows
    ]  # fmt: skip


WHO, REACH, AROUND = (
    gettext_lazy("Who they are"),
    gettext_lazy("How to reach them safely"),
    gettext_lazy("People around"),
)
PACKET.put(PacketPart("identity", "practice C2, E6", 10, Category.IDENTITY, WHO, _identity))
PACKET.put(PacketPart("contact", "practice C2, E6", 20, Category.CONTACT, REACH, _contact))
PACKET.put(PacketPart("people", "practice C2, C8", 30, Category.PEOPLE, AROUND, _people))
