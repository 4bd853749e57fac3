"""Health information: the core elements and the required statements of a HIPAA authorization.

Source: 45 CFR 164.508(c)(1) (a specific description, who discloses, who receives, each purpose, an end by date or event,
signature and date, and the authority of whoever signs for another) and (c)(2) (the right to revoke, that treatment is not
conditioned on signing, that what is told may be told on); 164.508(b)(5) for revocation. A class of persons may be named
as recipient. The rule sets no longest time; a year at the most is this house's.

The Spanish and the Arabic are translations made by this house: no lawyer and no certified translator has read them yet.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH, Basis

SINCE = {1: date(2026, 11, 29)}
STATEMENTS = {
    (ENGLISH, 1): (
        "You may take this back at any time by telling us in writing. It does not undo what was shared while it was in force.",
        "Your care, its payment and what you are entitled to do not depend on signing this.",
        "Those who receive this may not be bound by the same privacy law. They could pass it on.",
        "You get a copy of this paper when you have signed it.",
    ),
    (SPANISH, 1): (
        "Puede retirar este permiso en cualquier momento avisándonos por escrito. Eso no deshace lo que se compartió "
        "mientras estaba en vigor.",
        "Su atención, el pago de esa atención y aquello a lo que tiene derecho no dependen de que firme esto.",
        "Es posible que quienes reciban esto no estén obligados por la misma ley de privacidad. Podrían pasarlo a "
        "otros.",
        "Recibe una copia de este papel cuando lo haya firmado.",
    ),
    (ARABIC, 1): (
        "يمكنكم سحب هذا الإذن في أي وقت بإبلاغنا كتابةً. ولا يلغي ذلك ما تمت مشاركته أثناء سريانه.",
        "لا تتوقف رعايتكم ولا دفع تكاليفها ولا ما يحق لكم الحصول عليه على توقيع هذه الورقة.",
        "قد لا يكون من يتلقى هذه المعلومات ملزمًا بقانون الخصوصية نفسه، وقد ينقلها إلى غيره.",
        "تحصلون على نسخة من هذه الورقة بعد توقيعها.",
    ),
}
NOTICE = {
    ENGLISH: "Health information, disclosed under a signed authorization. Use it only for the purpose named in it.",
    SPANISH: (
        "Información de salud, comunicada con una autorización firmada. Úsela solo para el fin que se indica en ella."
    ),
    ARABIC: "معلومات صحية تم الإفصاح عنها بموجب تفويض موقَّع. لا تستخدموها إلا للغرض المذكور فيه.",
}

BASES.put(
    Basis(
        key="hipaa", source="45 CFR 164.508(c)", name=_("Health information (HIPAA)"),
        when=_("For health records: to a clinic, a hospital, an insurer, or from one."),
        default_days=180, longest_days=365, general=True,
        never_marks=frozenset({Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}),
        statements=STATEMENTS, since=SINCE, notice=NOTICE,
    )
)  # fmt: skip
