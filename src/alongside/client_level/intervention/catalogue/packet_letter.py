"""What a referral itself says of the client, as items: one for each part of the record that it tells of (practice I4, C2)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.packet import PACKET, Item, PacketPart, told_lines
from alongside.documentation.models import ReferralOut
from alongside.people.models import Case


def _read(case: Case) -> Sequence[Item]:
    rows = ReferralOut.objects.filter(case=case).order_by("pk")
    return [item for row in rows for item in letter_items(row)]


def letter_items(row: ReferralOut) -> list[Item]:
    """What goes out with this referral."""
    said = told_lines((_("What they learn"), row.shares), (_("Service asked for"), row.service))
    title = _("Referral to %(name)s: %(part)s")
    return [
        Item(
            f"letter:{row.pk}:{part}", Category(part), title % {"name": row.organization, "part": Category(part).label}, said
        )
        for part in row.gives
    ]  # fmt: skip


PACKET.put(PacketPart("letter", "practice I4, C2", 95, Category.REFERRALS, gettext_lazy("Letters of referral"), _read))
