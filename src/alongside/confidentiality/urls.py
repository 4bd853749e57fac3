"""Addresses of the room."""

from django.urls import path

from alongside.confidentiality.views import (
    access,
    alias,
    asked,
    disclosures,
    family,
    lending,
    printing,
    readers,
    releases,
    urgent,
)

CASE = "cases/<uuid:case>"
RELEASE = f"{CASE}/releases/<uuid:release>"
DISCLOSURE = f"{CASE}/disclosures/<uuid:disclosure>"

urlpatterns = [
    path("cases/<uuid:case>/access/", access.case_access, name="case_access"),
    path("cases/<uuid:case>/access/conflicts/new/", access.conflict_new, name="conflict_new"),
    path("cases/<uuid:case>/access/conflicts/<uuid:conflict>/end/", access.conflict_end_it, name="conflict_end"),
    path("cases/<uuid:case>/access/readers/new/", readers.mark_reader_new, name="mark_reader_new"),
    path("cases/<uuid:case>/access/readers/<uuid:reader>/end/", readers.mark_reader_stop, name="mark_reader_end"),
    path("cases/<uuid:case>/access/alias/", alias.alias, name="alias"),
    path("cases/<uuid:case>/access/lent/new/", lending.file_lend, name="file_lend"),
    path("cases/<uuid:case>/access/lent/<uuid:assignment>/back/", lending.file_take_back, name="file_take_back"),
    path("account/access/", access.own_access, name="own_access"),
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/reason/", urgent.urgent_reason, name="urgent_reason"),
    path("urgent/openings/", urgent.urgent_openings, name="urgent_openings"),
    path("urgent/openings/<uuid:opening>/", urgent.urgent_judgment, name="urgent_judgment"),
    path("agency/access/", asked.agency_access, name="agency_access"),
    path("agency/access/urgent/", asked.agency_urgent, name="agency_urgent"),
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
