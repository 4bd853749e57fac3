"""Addresses of the room."""

from django.urls import URLPattern, path

from alongside.client_level.termination import views

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case>/ending/", views.ending, name="ending"),
    path("cases/<uuid:case>/ending/close/", views.case_close, name="case_close"),
    path("cases/<uuid:case>/ending/reopen/", views.case_reopen, name="case_reopen"),
    path("cases/<uuid:case>/follow-ups/<uuid:follow_up>/", views.follow_up, name="follow_up"),
]
