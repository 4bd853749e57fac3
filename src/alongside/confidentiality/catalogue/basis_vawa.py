"""Victim services: a release must be informed, written, specific and reasonably limited in time, and never a condition.

Sources: Violence Against Women Act, 34 U.S.C. 12291(b)(2) with 28 CFR 90.4(b); Family Violence Prevention and Services
Act, 42 U.S.C. 10406(c)(5) with 45 CFR 1370.4. Programs under them may not ask for a release as a price of service, and
what is known of a survivor is not entered into a shared database. Those laws give no number of days: 30 by default and 90 at
the most are this house's reading of a reasonable time, and the release closes at once when the safety need has passed.

The Spanish and the Arabic are translations made by this house: no lawyer and no certified translator has read them yet.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH, Basis

STATEMENTS = {
    (ENGLISH, 1): (
        "You do not have to sign. Our help stays the same whether you sign or not.",
        "We have talked about what could happen if this is shared, and about other ways to reach the same end.",
        "Only the facts listed here are shared, only with those named here. Once they have them we cannot promise what they do.",
        "This ends on the day written here, and sooner if the need it serves has passed or if you take it back.",
        "You can take it back at any time, in writing or aloud. We stop at once.",
    ),
    (SPANISH, 1): (
        "No tiene que firmar. Nuestra ayuda es la misma, firme o no.",
        "Hemos hablado de lo que podría pasar si esto se comparte y de otras maneras de lograr lo mismo.",
        "Solo se comparten los datos que están escritos aquí, y solo con quienes se nombran aquí. Una vez que los "
        "tengan, no podemos asegurar qué harán con ellos.",
        "Este permiso termina el día que está escrito aquí, y antes si ya pasó la necesidad para la que sirve o si "
        "usted lo retira.",
        "Puede retirarlo en cualquier momento, por escrito o de palabra. Dejamos de compartir de inmediato.",
    ),
    (ARABIC, 1): (
        "لستم ملزمين بالتوقيع. مساعدتنا لكم تبقى كما هي سواء وقّعتم أم لا.",
        "تحدثنا عما قد يحدث إذا تمت مشاركة هذه المعلومات، وعن طرق أخرى للوصول إلى الغاية نفسها.",
        "لا تتم مشاركة سوى المعلومات المذكورة هنا، ومع المذكورين هنا فقط. وبعد أن تصل إليهم لا يمكننا أن نضمن ما "
        "سيفعلونه بها.",
        "ينتهي هذا الإذن في اليوم المكتوب هنا، وقبل ذلك إذا زالت الحاجة التي أُعطي من أجلها أو إذا سحبتموه.",
        "يمكنكم سحبه في أي وقت، كتابةً أو شفهيًا. ونتوقف فورًا.",
    ),
}
NOTICE = {
    ENGLISH: (
        "This concerns a person who receives victim services. It was shared by their written, limited leave. It may "
        "not be shared further, entered into a shared database, or used to find them."
    ),
    SPANISH: (
        "Esto se refiere a una persona que recibe servicios para víctimas. Se compartió con su permiso escrito y "
        "limitado. No se puede compartir con nadie más, ni ingresar en una base de datos compartida, ni usar para "
        "encontrar a esa persona."
    ),
    ARABIC: (
        "يتعلق هذا بشخص يتلقى خدمات مقدمة للضحايا. وقد تمت مشاركته بإذن خطي ومحدود منه. ولا تجوز مشاركته مع غيركم، أو "
        "إدخاله في قاعدة بيانات مشتركة، أو استخدامه للعثور على ذلك الشخص."
    ),
}

BASES.put(
    Basis(
        key="vawa", source="34 U.S.C. 12291(b)(2); 28 CFR 90.4(b); 45 CFR 1370.4", name=_("Victim services (VAWA, FVPSA)"),
        when=_("For survivors of domestic or sexual violence, stalking or trafficking. Named parties only, for a short time."),
        default_days=30, longest_days=90,
        never_marks=frozenset({Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}), event=_("The safety need that this serves has passed."),
        statements=STATEMENTS, since={1: date(2026, 11, 29)}, notice=NOTICE,
    )
)  # fmt: skip
