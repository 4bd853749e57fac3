"""Addresses of the room."""

from django.urls import path

from alongside.documentation import views

urlpatterns = [
    path("cases/<uuid:case>/", views.case, name="case"),
    path("cases/<uuid:case>/timeline/", views.timeline, name="timeline"),
    path("cases/<uuid:case>/file/", views.case_file, name="case_file"),
    path("cases/<uuid:case>/seen/", views.seen, name="seen"),
]
