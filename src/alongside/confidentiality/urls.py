"""Addresses of the room."""

from django.urls import path

from alongside.confidentiality.views import disclosures, family, printing, releases

CASE = "cases/<uuid:case>"
RELEASE = f"{CASE}/releases/<uuid:release>"
DISCLOSURE = f"{CASE}/disclosures/<uuid:disclosure>"

urlpatterns = [
    path(f"{CASE}/consent/", releases.consent, name="consent"),
    path(f"{CASE}/releases/new/", releases.release_new, name="release_new"),
    path(f"{RELEASE}/", releases.release, name="release"),
    path(f"{RELEASE}/edit/", releases.release_edit, name="release_edit"),
    path(f"{RELEASE}/sign/", releases.release_sign_page, name="release_sign"),
    path(f"{RELEASE}/take-back/", releases.release_step, {"act": "back"}, name="release_back"),
    path(f"{RELEASE}/end/", releases.release_step, {"act": "event"}, name="release_event"),
    path(f"{RELEASE}/paper/", releases.release_pdf, name="release_pdf"),
    path(f"{CASE}/disclosures/new/", disclosures.disclosure_new, name="disclosure_new"),
    path(f"{CASE}/disclosures/accounting/", disclosures.accounting, name="accounting"),
    path(f"{DISCLOSURE}/", disclosures.disclosure, name="disclosure"),
    path(f"{DISCLOSURE}/consultation/", disclosures.disclosure_step, {"act": "consult"}, name="disclosure_consult"),
    path(f"{DISCLOSURE}/told/", disclosures.disclosure_step, {"act": "tell"}, name="disclosure_tell"),
    path(f"{DISCLOSURE}/packet/", disclosures.packet, name="packet"),
    path(f"{CASE}/print/<str:what>/", printing.print_for, name="print_for"),
    path(f"{CASE}/people/<uuid:other>/sharing/", family.sharing, name="sharing"),
]
