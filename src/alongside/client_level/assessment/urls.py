"""Addresses of the room."""

from django.urls import path

from alongside.client_level.assessment import views

HERE = "cases/<uuid:case>/assessment/"
SITTING = HERE + "<uuid:sitting>/"

urlpatterns = [
    path(HERE, views.assessment, name="assessment"),
    path(HERE + "print.pdf", views.assessment_pdf, name="assessment_pdf"),
    path(HERE + "new/", views.sitting_new, name="sitting_new"),
    path(SITTING, views.sitting, name="sitting"),
    path(SITTING + "write/", views.sitting_write, name="sitting_write"),
    path(SITTING + "findings/new/", views.finding_new, name="finding_new"),
    path(SITTING + "findings/<uuid:finding>/", views.finding_edit, name="finding_edit"),
    path("cases/<uuid:case>/needs/new/", views.need_new, name="need_new"),
    path("cases/<uuid:case>/needs/order/", views.needs_order, name="needs_order"),
    path("cases/<uuid:case>/needs/<uuid:need>/", views.need_edit, name="need_edit"),
]
