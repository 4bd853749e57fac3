"""Addresses of the room."""

from django.urls import path

from alongside.confidentiality.views import access, alias, asked, lending, readers, urgent

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
]
