"""Addresses of the room."""

from django.urls import path

from alongside.confidentiality.views import breaches, oversight

urlpatterns = [
    path("looks/", oversight.unusual, name="unusual"),
    path("looks/<uuid:look>/", oversight.unusual_look, name="unusual_look"),
    path("agency/looks/rules/", oversight.look_rules, name="look_rules"),
    path("agency/looks/account/", breaches.touched, name="touched"),
    path("agency/breaches/", breaches.breaches, name="breaches"),
    path("agency/breaches/new/", breaches.breach_new, name="breach_new"),
    path("agency/breaches/<uuid:breach>/", breaches.breach, name="breach"),
    path("agency/breaches/<uuid:breach>/edit/", breaches.breach_edit, name="breach_edit"),
    path("agency/breaches/<uuid:breach>/steps/new/", breaches.breach_step_new, name="breach_step_new"),
    path("agency/breaches/<uuid:breach>/<slug:step>/", breaches.breach_step, name="breach_step"),
]
