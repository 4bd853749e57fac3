"""Addresses of the room."""

from django.urls import path

from alongside.documentation.views import case, documents

CASE = "cases/<uuid:case>"

urlpatterns = [
    path(f"{CASE}/", case.case, name="case"),
    path(f"{CASE}/timeline/", case.timeline, name="timeline"),
    path(f"{CASE}/file/", case.case_file, name="case_file"),
    path(f"{CASE}/seen/", case.seen, name="seen"),
    path(f"{CASE}/documents/new/", documents.document_new, name="document_new"),
    path(f"{CASE}/documents/<uuid:document>/", documents.document, name="document"),
    path(f"{CASE}/documents/<uuid:document>/edit/", documents.document_edit, name="document_edit"),
    path(f"{CASE}/documents/<uuid:document>/aside/", documents.document_aside, name="document_aside"),
    path(f"{CASE}/documents/file/<uuid:file>/", documents.document_file, name="document_file"),
    path("shared/<uuid:share>/file/<uuid:file>/", documents.shared_file, name="shared_file"),
    path(f"{CASE}/disclosures/<uuid:disclosure>/file/<uuid:file>/", documents.disclosed_file, name="disclosed_file"),
]
