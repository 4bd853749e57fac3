"""Addresses of the room."""

from django.urls import path

from alongside.supervision import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("cases/", views.cases, name="cases"),
]
