"""Addresses of the room."""

from django.urls import URLPattern, path

from alongside.confidentiality.views import copies, disposal, policies, retention, statements

CASE = "cases/<uuid:case>/"
KEPT = "agency/policies/"
RULES = "agency/retention/"
DUE = "retention/"

urlpatterns: list[URLPattern] = [
    path("policies/", policies.all_in_force, name="policies"),
    path("policies/<uuid:policy>/", policies.policy, name="policy"),
    path(KEPT, policies.kept, name="policies_kept"),
    path(KEPT + "new/", policies.policy_new, name="policy_new"),
    path(KEPT + "<uuid:policy>/", policies.policy_write, name="policy_write"),
    path(KEPT + "<uuid:policy>/in-force/", policies.policy_put_in_force, name="policy_put_in_force"),
    path(CASE + "policies/", copies.case_policies, name="case_policies"),
    path(CASE + "policies/new/", copies.policy_copy_new, name="policy_copy_new"),
    path(CASE + "policies/<uuid:copy>/print.pdf", copies.policy_copy_pdf, name="policy_copy_pdf"),
    path(CASE + "policies/in-force/<uuid:version>.pdf", copies.policy_to_print, name="policy_pdf"),
    path(CASE + "differs/<str:kind>/<uuid:record>/", statements.statement_new, name="statement_new"),
    path(CASE + "statements/<uuid:statement>/reply/", statements.statement_reply, name="statement_reply"),
    path(CASE + "retention/", retention.case_retention, name="case_retention"),
    path(CASE + "holds/new/", retention.hold_new, name="hold_new"),
    path(CASE + "holds/<uuid:hold>/lift/", retention.hold_end, name="hold_lift"),
    path(RULES, retention.rules, name="retention_rules"),
    path(RULES + "new/", retention.rule_new, name="rule_new"),
    path(RULES + "<uuid:rule>/", retention.rule_edit, name="rule_edit"),
    path(DUE, disposal.due, name="due"),
    path(DUE + "propose/<uuid:subject>/", disposal.disposal_propose, name="disposal_propose"),
    path(DUE + "proposals/<uuid:disposal>/approve/", disposal.disposal_approve, name="disposal_approve"),
    path(DUE + "proposals/<uuid:disposal>/turn-down/", disposal.disposal_turn_down, name="disposal_turn_down"),
    path(DUE + "proposals/<uuid:disposal>/carry-out/", disposal.disposal_carry_out, name="disposal_carry_out"),
    path(DUE + "certificates/", disposal.certificates, name="certificates"),
    path(DUE + "certificates/<uuid:certificate>/", disposal.certificate, name="certificate"),
    path(DUE + "certificates/<uuid:certificate>/print.pdf", disposal.certificate_pdf, name="certificate_pdf"),
]
