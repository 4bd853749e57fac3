"""Substance use disorder treatment records: the consent of 42 CFR Part 2 as amended in 2024.

Source: 42 CFR 2.31 (elements of written consent; one consent may cover all future uses for treatment, payment and health
care operations, and may then name recipients as a class), 2.32 (the notice that accompanies each disclosure), 2.31(a)(6)
and (7) (revocation and end: no longer than the purpose needs), 2.22 (notice to patients). Two years at the most is this house's.

The Spanish and the Arabic are translations made by this house: no lawyer and no certified translator has read them yet.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH, Basis

STATEMENTS = {
    (ENGLISH, 1): (
        "Records of treatment for substance use have their own protection in federal law. They leave only with your written consent.",
        "You may take this back in writing at any time, except for what was already done in reliance on it.",
        "If it covers treatment, payment and health care operations, those who receive it may pass it on for these as health "
        "privacy law allows, but not for use against you in court.",
        "You may ask who has received your records. Your treatment does not depend on consent to share beyond what it takes to treat you.",
    ),
    (SPANISH, 1): (
        "Los registros del tratamiento por uso de sustancias tienen su propia protección en la ley federal. Solo "
        "salen con su consentimiento por escrito.",
        "Puede retirar este permiso por escrito en cualquier momento, salvo en lo que ya se haya hecho confiando en "
        "él.",
        "Si abarca el tratamiento, el pago y las operaciones de atención médica, quienes lo reciban pueden pasarlo a "
        "otros para esos fines como lo permite la ley de privacidad de la salud, pero no para usarlo en contra de "
        "usted en un tribunal.",
        "Puede preguntar quién ha recibido sus registros. Su tratamiento no depende de que consienta en compartir más "
        "de lo que hace falta para ese tratamiento.",
    ),
    (ARABIC, 1): (
        "لسجلات العلاج من تعاطي المواد حماية خاصة بها في القانون الفيدرالي. ولا تخرج إلا بموافقتكم الخطية.",
        "يمكنكم سحب هذه الموافقة كتابةً في أي وقت، باستثناء ما تم فعله بالفعل استنادًا إليها.",
        "إذا شملت العلاج والدفع وعمليات الرعاية الصحية، فيجوز لمن يتلقى المعلومات أن ينقلها لهذه الأغراض بحسب ما يسمح "
        "به قانون خصوصية المعلومات الصحية، ولكن ليس لاستخدامها ضدكم أمام المحكمة.",
        "يمكنكم أن تسألوا من تلقى سجلاتكم. ولا يتوقف علاجكم على الموافقة على مشاركة ما يزيد على ما يلزم لعلاجكم.",
    ),
}
NOTICE = {
    ENGLISH: (
        "These records are protected by 42 CFR Part 2. You may not use or disclose them in any civil, criminal, "
        "administrative or legislative proceeding against the patient without the patient’s specific written consent "
        "or a court order under that part. Further use or disclosure is barred unless the consent or that part "
        "permits it. A copy of the consent, or what it covers, goes along with this."
    ),
    SPANISH: (
        "Estos registros están protegidos por la norma 42 CFR Part 2. No puede usarlos ni comunicarlos en ningún "
        "procedimiento civil, penal, administrativo o legislativo contra la persona en tratamiento sin su "
        "consentimiento específico por escrito o una orden judicial conforme a esa norma. Todo otro uso o "
        "comunicación está prohibido, salvo que el consentimiento o esa norma lo permitan. Los acompaña una copia del "
        "consentimiento o de lo que este abarca."
    ),
    ARABIC: (
        "هذه السجلات محمية بموجب \u206642 CFR Part 2\u2069. لا يجوز لكم استخدامها أو الإفصاح عنها في أي إجراء مدني أو جنائي أو "
        "إداري أو تشريعي ضد المريض دون موافقته الخطية المحددة أو أمر من المحكمة بموجب تلك اللائحة. ويُحظر أي استخدام "
        "أو إفصاح آخر ما لم تسمح به الموافقة أو تلك اللائحة. وترافق هذه السجلات نسخة من الموافقة أو بيان بما تشمله."
    ),
}

BASES.put(
    Basis(
        key="part2", source="42 CFR 2.31, 2.32 (2024)", name=_("Substance use treatment (42 CFR Part 2)"),
        when=_("For records of treatment for substance use, also to those who treat the same person."),
        default_days=365, longest_days=730, general=True, general_for=_("Treatment, payment and health care operations"),
        must_mark=frozenset({Mark.SUBSTANCE_USE}), never_marks=frozenset({Mark.PSYCHOTHERAPY}),
        statements=STATEMENTS, since={1: date(2026, 11, 29)}, notice=NOTICE,
    )
)  # fmt: skip
