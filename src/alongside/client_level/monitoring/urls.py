"""Addresses of the room."""

from django.urls import URLPattern, path

from alongside.client_level.monitoring import views

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case>/reviews/new/", views.review_new, name="review_new"),
    path("cases/<uuid:case>/objectives/<uuid:objective>/progress/", views.progress_new, name="progress_new"),
]
